"""Documents in the store under the ids of who is meant: merged, parted again, retracted, whatever the order."""

import itertools
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import JudgementError, QueryError, StoreError
from kg.graph import judging, names, records, texts
from kg.graph.background import COUNTRY_CODE
from kg.graph.candidates import candidates
from kg.graph.identities import Identities
from kg.graph.registry import NUMBER, REDIRECTS
from kg.graph.shapes import validate
from kg.graph.sightings import REGISTRY
from kg.graph.store import Store
from kg.graph.terms import BACKGROUND, LATITUDE, LOCATED_IN, entity
from kg.identity.judgements import from_lines, to_lines
from kg.identity.resolve import resolve
from kg.model import Claim, Document, Entity, Extraction, Mention, Span


def article(number: int, *people: str, places: tuple[tuple[str, str], ...] = ()) -> Extraction:
    """An article in which the first of the people meets each of the others."""
    text = " met ".join(people)
    things = [("Person", name) for name in people] + list(places)
    entities = tuple(Entity(f"e-{n}", kind, name, mentions=(Mention(n * 40, n * 40 + len(name), name),)) for n, (kind, name) in enumerate(things))
    evidence = Span(0, max(len(text), 1), text or ".")
    claims = tuple(
        Claim(f"c-{number}-{n}", "e-0", "metWith", f"e-{n}", "actual", (), evidence, None, None, Span(0, 3, "met"), 0.9, "metWith/Reciprocal/meet")
        for n in range(1, len(people))
    )
    head = {"id": f"news/{number}", "title": f"Article {number}", "sha256": f"{number:08x}" + "0" * 56, "length": 4000}
    return resolve(Extraction(head, entities, claims))


@pytest.fixture
def store() -> Store:
    return Store.open(None)


def written(*articles: Extraction, store: Store | None = None) -> Identities:
    identities = Identities(store or Store.open(None))
    identities.write(articles)
    return identities


def ids(store: Store, document: str) -> set[str]:
    extraction = records.read(store, document)
    assert extraction
    return {each.id for each in extraction.entities}


def test_the_store_keeps_one_last_number_and_goes_on_from_it(store: Store) -> None:
    for number, people in enumerate((("Anna Berg", "Otto Hahnel"), ("Ivan Petrov", "Rosa Keller")), 1):
        identities = written(article(number, *people), store=store)
        judging.judge(identities, "same", people[0], people[1])
        last = [quad.object.value for quad in store.inner.quads_for_pattern(REGISTRY, NUMBER, None, None)]
        assert last == [str(number)]


def test_spellings_of_two_articles_are_one_entity_whose_first_id_stays(store: Store) -> None:
    written(article(1, "Qassem Soleimani", "Anna Berg"), article(2, "Qassim Suleimani", "Otto Hahnel"), store=store)
    assert ids(store, "news/1") == {"person/qassem-soleimani", "person/anna-berg"}
    assert ids(store, "news/2") == {"person/qassem-soleimani", "person/otto-hahnel"}


def test_the_old_id_still_leads_to_the_entity(store: Store) -> None:
    written(article(1, "Qassem Soleimani"), article(2, "Qassim Suleimani"), store=store)
    old, now = entity("person/qassim-suleimani"), entity("person/qassem-soleimani")
    assert names.find(store, old.value) == [now]
    assert names.find(store, "person/qassim-suleimani") == [now]
    assert {q.predicate.value.rsplit("/", 1)[-1].rsplit("#", 1)[-1] for q in store.inner.quads_for_pattern(old, None, now, REDIRECTS)} == {
        "sameAs",
        "isReplacedBy",
    }


def test_redirects_and_background_go_into_the_formats_that_have_graphs(store: Store) -> None:
    written(article(1, "Qassem Soleimani", places=(("City", "Baghdad"),)), article(2, "Qassim Suleimani"), store=store)
    lines = b"".join(store.nquads()).decode()
    assert "entity/person/qassim-suleimani> <http://www.w3.org/2002/07/owl#sameAs>" in lines
    assert "wgs84_pos#lat" in lines
    assert "graph/registry" not in lines


def test_two_of_one_article_become_one_and_come_apart_again_exactly(store: Store) -> None:
    """A judgement that makes two of one article one, taken back, leaves the bytes that were there."""
    identities = written(article(1, "Abe Shinzo", "Anna Berg", "Shinzo Abe"), article(2, "Shinzo Abe", "Otto Hahnel"), store=store)
    before = store.nquads()
    judging.judge(identities, "same", "person/abe-shinzo", "person/shinzo-abe", reason="name order")
    assert ids(store, "news/1") == {"person/abe-shinzo", "person/anna-berg"}
    (read,) = [found for found in records.read_all(store) if found.id == "news/1"]
    assert all(claim.subject != claim.object for claim in read.claims), "nobody meets himself"
    assert ids(store, "news/2") == {"person/abe-shinzo", "person/otto-hahnel"}
    judging.undo(identities)
    assert store.nquads() == before
    assert validate(store).conforms


def test_what_rules_never_compare_is_judged_and_taken_back_too(store: Store) -> None:
    identities = written(article(1, "Unit 7", "Anna Berg"), article(2, "Unit Seven"), store=store)
    assert identities.registry.member("person/unit-7") is None
    before = store.nquads()
    judging.judge(identities, "same", "person/unit-7", "person/unit-seven")
    assert ids(store, "news/1") == {"person/anna-berg", *ids(store, "news/2")}
    judging.undo(identities)
    assert store.nquads() == before


def test_what_a_rule_has_joined_comes_apart_by_judgement(store: Store) -> None:
    identities = written(article(1, "Bill Weld"), article(2, "William Weld"), store=store)
    assert ids(store, "news/2") == {"person/bill-weld"}
    judging.judge(identities, "different", "Bill Weld", "William Weld", reason="father and son", by="Anna")
    assert ids(store, "news/2") == {"person/william-weld"}
    (found,) = judging.why(identities, "person/bill-weld")
    assert [(j.by, j.reason) for j in found.judgements if j.by == "Anna"] == [("Anna", "father and son")]


def test_one_name_in_two_articles_can_be_judged_two_people(store: Store) -> None:
    identities = written(article(1, "Li Wei", "Anna Berg"), article(2, "Li Wei", "Otto Hahnel"), store=store)
    assert ids(store, "news/2") >= {"person/li-wei"}
    judging.judge(identities, "different", "Li Wei", "Li Wei@news/2")
    assert ids(store, "news/1") >= {"person/li-wei"}
    assert ids(store, "news/2") >= {"person/li-wei-00000002"}
    identities.write([article(2, "Li Wei", "Otto Hahnel")])
    assert ids(store, "news/2") >= {"person/li-wei-00000002"}, "the judgement survives a new reading"


def test_judgements_survive_rebuilding_by_way_of_a_file() -> None:
    articles = [article(1, "Abe Shinzo", "Bill Weld"), article(2, "Shinzo Abe"), article(3, "William Weld")]
    first = written(*articles)
    judging.judge(first, "same", "person/abe-shinzo", "person/shinzo-abe")
    judging.judge(first, "different", "person/bill-weld", "person/william-weld")
    lines = list(to_lines(judging.judgements(first)))
    before, after = Identities(Store.open(None)), written(*articles)
    assert all(error is None for _, error in judging.bring(before, from_lines(lines, "j.jsonl")))
    before.write(articles)
    assert all(error is None for _, error in judging.bring(after, from_lines(lines, "j.jsonl")))
    assert before.store.nquads() == first.store.nquads() == after.store.nquads()


def test_a_contradiction_in_a_file_is_told_and_the_rest_is_added() -> None:
    first = written(article(1, "Abe Shinzo"), article(2, "Shinzo Abe"), article(3, "Anna Berg"))
    judging.judge(first, "same", "person/abe-shinzo", "person/shinzo-abe")
    lines = list(to_lines(judging.judgements(first)))
    wrong = lines[0].replace('"same"', '"different"')
    other = lines[0].replace('"same"', '"different"').replace("person/shinzo-abe", "person/anna-berg")
    told = [error for _, error in judging.bring(first, from_lines([wrong, other], "j.jsonl"))]
    assert isinstance(told[0], JudgementError)
    assert told[1] is None


def test_it_stays_when_the_store_is_opened_again(tmp_path: Path) -> None:
    with Store.open(tmp_path / "s") as store:
        identities = written(article(1, "Bill Weld"), article(2, "William Weld"), store=store)
        judging.judge(identities, "different", "person/bill-weld", "person/william-weld")
    with Store.open(tmp_path / "s") as store:
        identities = written(article(3, "William Weld", "Anna Berg"), article(4, "Bill Weld"), store=store)
        assert ids(store, "news/3") == {"person/william-weld", "person/anna-berg"}
        assert ids(store, "news/4") == {"person/bill-weld"}
        judging.undo(identities)
        assert ids(store, "news/3") == {"person/bill-weld", "person/anna-berg"}


def test_what_is_unknown_or_means_several_is_told(store: Store) -> None:
    identities = written(article(1, "Anna Berg"), store=store)
    with pytest.raises(QueryError, match="no entity called 'Nobody'"):
        judging.judge(identities, "same", "Nobody", "Anna Berg")
    with pytest.raises(JudgementError, match="ENTITY@DOCUMENT"):
        judging.judge(identities, "same", "Anna Berg", "anna berg")
    with pytest.raises(JudgementError, match="nothing to undo"):
        judging.undo(identities)


def test_why_lists_every_mention_and_rule(store: Store) -> None:
    identities = written(article(1, "Qassem Soleimani"), article(2, "Anna Berg", "Qassim Suleimani"), store=store)
    (found,) = judging.why(identities, "Qassim Suleimani")
    assert [part.id for part in found.parts] == ["person/qassem-soleimani", "person/qassim-suleimani"]
    assert [(s.document, m.start, m.text) for part in found.parts for s in part.sightings for m in s.mentions] == [
        ("news/1", 0, "Qassem Soleimani"),
        ("news/2", 40, "Qassim Suleimani"),
    ]
    assert [judgement.reason for judgement in found.judgements] == ["person/spelling: Qassim Suleimani – Qassem Soleimani"]


def test_candidates_are_what_the_rules_leave_open_and_nobody_has_judged(store: Store) -> None:
    identities = written(article(1, "J. Smith", "Anna Berg"), article(2, "John Smith", "Anna Berg"), article(3, "Ida Brandt"), store=store)
    found = candidates(identities)
    assert [{c.one.id, c.other.id} for c in found] in ([], [{"person/j-smith", "person/john-smith"}])
    for each in found:
        judging.judge(identities, "different", each.one.id, each.other.id)
    assert candidates(identities) == []


def test_a_candidate_shows_a_sentence_or_the_words_around_its_name_where_the_text_is_kept(store: Store) -> None:
    kept = Document("news/2", "Fog.\n" + "It was late " * 20 + "when John Smith came" + " and it was cold" * 20 + ".\nRain.")
    silent = article(2, "John Smith")
    at = kept.text.index("John Smith")
    (smith,) = silent.entities
    smith = replace(smith, mentions=(Mention(at, at + 10, "John Smith"),))
    silent = replace(silent, document={**silent.document, "sha256": kept.sha256, "length": len(kept.text)}, entities=(smith,))
    identities = written(article(1, "J. Smith", "Anna Berg"), silent, store=store)
    named = [each.sentences[0].text for pair in candidates(identities) for each in (pair.one, pair.other)]
    assert named == ["J. Smith met Anna Berg", "John Smith"]
    texts.keep(store, kept)
    (pair,) = candidates(identities)
    words = pair.other.sentences[0].text
    assert words.startswith("…")
    assert "late when John Smith came and it was" in words
    assert words.endswith("…")
    assert len(words) < 260


def test_places_bring_background_in_a_graph_of_its_own(store: Store) -> None:
    identities = written(article(1, "Anna Berg", places=(("City", "Austin"), ("Region", "Texas"))), store=store)
    inner = store.inner
    austin, texas, states = entity("place/austin"), entity("place/texas"), entity("country/united-states")
    assert [q.object for q in inner.quads_for_pattern(austin, LOCATED_IN, None, BACKGROUND)] == [texas]
    assert [q.object for q in inner.quads_for_pattern(texas, LOCATED_IN, None, BACKGROUND)] == [states]
    assert [q.object.value for q in inner.quads_for_pattern(states, COUNTRY_CODE, None, BACKGROUND)] == ["US"]  # type: ignore[union-attr]
    assert next(inner.quads_for_pattern(austin, LATITUDE, None, BACKGROUND)).object.value.startswith("30.")  # type: ignore[union-attr]
    said = store.graphs()[0]
    assert not list(inner.quads_for_pattern(None, LOCATED_IN, None, said)), "the article does not say it"
    assert validate(store).conforms
    identities.retract("news/1")
    assert not list(inner.quads_for_pattern(None, None, None, BACKGROUND))


def everything(store: Store) -> set[str]:
    """All that is stored beside the terms and the history, without what was there last."""
    told = (q for q in store.inner if q.subject != REGISTRY and not str(q.graph_name).endswith(("/ontology>", "/graph/history>")))
    return {str(q) for q in told if "#number>" not in str(q.predicate)}


def test_retracting_leaves_what_the_other_documents_support() -> None:
    articles = [article(1, "Qassem Soleimani", places=(("City", "Baghdad"),)), article(2, "Qassim Suleimani", "Anna Berg"), article(3, "Anna Berg")]
    whole = written(*articles)
    assert whole.retract("news/3")
    assert not whole.retract("news/3")
    assert everything(whole.store) == everything(written(*articles[:2]).store)
    assert whole.retract("news/2")
    assert everything(whole.store) == everything(written(articles[0]).store)


def test_reading_again_changes_nothing_and_a_changed_article_is_replaced() -> None:
    articles = [article(1, "Qassem Soleimani"), article(2, "Qassim Suleimani", "Anna Berg")]
    identities = written(*articles)
    before = everything(identities.store)
    assert identities.write(articles) == 0
    assert everything(identities.store) == before
    identities.write([replace(article(2, "Otto Hahnel"), document=articles[1].document)])
    assert ids(identities.store, "news/2") == {"person/otto-hahnel"}
    assert not list(identities.store.inner.quads_for_pattern(entity("person/qassim-suleimani"), None, None, REDIRECTS))


def test_an_article_that_comes_back_gives_its_entities_their_old_ids() -> None:
    articles = [article(1, "Qassem Soleimani"), article(2, "Qassim Suleimani", "Anna Berg"), article(3, "Qasem Soleimani", "Otto Hahnel")]
    identities = written(*articles)
    before = identities.store.nquads()
    for order in itertools.permutations(range(3)):
        for number in order[:2]:
            assert identities.retract(articles[number].id)
        assert identities.store.nquads() != before
        identities.write([articles[number] for number in order[:2]])
        assert identities.store.nquads() == before, order


PEOPLE = ["Qassem Soleimani", "Qassim Suleimani", "Bill Weld", "William Weld", "Abe Shinzo", "Shinzo Abe", "Anna Berg"]


@settings(max_examples=25)
@given(
    st.lists(st.lists(st.sampled_from(PEOPLE), min_size=1, max_size=3, unique=True), min_size=1, max_size=5),
    st.lists(st.tuples(st.sampled_from(["same", "different"]), st.sampled_from(PEOPLE), st.sampled_from(PEOPLE)), max_size=3),
    st.integers(1, 3),
)
def test_judging_and_undoing_leaves_the_bytes_that_were_there(told: list[list[str]], judged: list[tuple[str, str, str]], batch: int) -> None:
    articles = [article(n, *people) for n, people in enumerate(told)]
    identities = Identities(Store.open(None))
    identities.write(articles, batch=batch)
    before = identities.store.nquads()
    made = 0
    for answer, one, other in judged:
        try:
            judging.judge(identities, answer, resolved(one), resolved(other))
            made = len(judging.judgements(identities))
        except (JudgementError, QueryError):
            pass
        assert_consistent(identities)
    for _ in range(made):
        judging.undo(identities)
    assert identities.store.nquads() == before


def resolved(name: str) -> str:
    return article(0, name).entities[0].id


def assert_consistent(identities: Identities) -> None:
    """Each document speaks of exactly the entities that its members are."""
    for name in identities.store.graphs():
        stands = {
            q.subject for q in identities.store.inner.quads_for_pattern(None, ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label"), None, name)
        }
        meant = {entity(identities.registry.entity(member)) for member in identities.registry.sighted(name).values()}
        assert stands == meant, name


def test_the_order_of_batches_does_not_show() -> None:
    articles = [article(n, *people) for n, people in enumerate(itertools.permutations(PEOPLE, 2))]
    one, many = Identities(Store.open(None)), Identities(Store.open(None))
    one.write(articles)
    many.write(articles, batch=1)
    assert one.store.nquads() == many.store.nquads()


def test_a_judgement_of_another_store_means_members_of_those_names(store: Store) -> None:
    elsewhere = written(article(1, "Anna Berg", "Kassem Sulaiman"), article(2, "Otto Hahnel", "Viktor Lund"))
    judging.judge(elsewhere, "same", "Kassem Sulaiman", "Viktor Lund")
    (told,) = judging.judgements(elsewhere)
    foreign = replace(told, one=f"{told.one}-k0000000", other=f"{told.other}-k0000001")
    here = written(article(1, "Anna Berg", "Kassem Sulaiman"), article(2, "Otto Hahnel", "Viktor Lund"), store=store)
    assert [error for _, error in judging.bring(here, [foreign])] == [None]
    assert ids(store, "news/1") & ids(store, "news/2"), "the two are one entity of both articles"
    assert here.registry.waiting() == 0


def test_a_judgement_about_nobody_here_waits(store: Store) -> None:
    elsewhere = written(article(1, "Anna Berg", "Kassem Sulaiman"), article(2, "Otto Hahnel", "Viktor Lund"))
    told = judging.judge(elsewhere, "same", "Kassem Sulaiman", "Viktor Lund")
    here = written(article(3, "Maria Holm", "Erik Moe"), store=store)
    assert [error for _, error in judging.bring(here, [told])] == [None]
    assert here.registry.waiting() == 1


def test_a_store_of_an_earlier_version_is_told(store: Store) -> None:
    store.change((), [ox.Quad(REGISTRY, NUMBER, ox.Literal(12), REGISTRY)])
    with pytest.raises(StoreError, match="earlier version of kg; build it anew"):
        Identities(store)
