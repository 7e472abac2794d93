"""Facts weighed: independent voices for and against, copies of one sentence counted once, the degree explained."""

from dataclasses import replace

import pytest
import toy

from kg.graph import corroboration, queries
from kg.graph.corroboration import Belief, beliefs
from kg.graph.shapes import validate
from kg.graph.store import Store
from kg.model import Extraction, Span


def telling(ident: str, *, source: str | None = None, modality: str = "actual", sentence: str = "", by: tuple[str, ...] = ()) -> Extraction:
    """An article with the first claim of the toy articles, told in its own way."""
    base = toy.shelling()
    claim = replace(
        base.claims[0],
        id=f"c-{ident}",
        modality=modality,  # type: ignore[arg-type]
        attributed_to=by,
        evidence=Span(0, 10, sentence or f"As {ident} has it."),
        event=None,
    )
    return replace(base, document={**base.document, "id": ident, "source": source}, claims=(claim,), events=())


def only(*extractions: Extraction) -> Belief:
    (found,) = beliefs(extractions)
    return found


@pytest.mark.parametrize(
    ("told", "supporting", "opposing", "degree"),
    [
        ([telling("one")], 1, 0, 0.67),
        ([telling("one"), telling("two")], 2, 0, 0.75),
        ([telling("one"), telling("two", modality="negated")], 1, 1, 0.5),
        ([telling("one", modality="negated")], 0, 1, 0.33),
        ([telling("one"), telling("two", modality="possible")], 1, 0, 0.67),
        ([telling("one", sentence="The Guard  shelled it."), telling("two", sentence="the guard shelled it.")], 1, 0, 0.67),
        ([telling("one", source="https://post.example/1"), telling("two", source="https://post.example/2")], 1, 0, 0.67),
        ([telling("one", source="https://post.example/1"), telling("two", source="https://star.example/2")], 2, 0, 0.75),
        ([telling("one", by=("organization/ministry-of-war",)), telling("two", by=("organization/ministry-of-war",))], 1, 0, 0.67),
        ([telling("one", by=("organization/morning-post", "organization/ministry-of-war")), telling("two", by=("person/anna-vogel",))], 2, 0, 0.75),
    ],
)
def test_voices_are_counted_and_weighed(told: list[Extraction], supporting: int, opposing: int, degree: float) -> None:
    found = only(*told)
    assert (len(found.supporting), len(found.opposing), found.degree) == (supporting, opposing, degree)
    assert only(*reversed(told)).degree == degree


def test_two_speakers_of_one_name_are_two_voices() -> None:
    other = telling("two", by=("person/karl-stein",))
    namesake = replace(other, entities=tuple(replace(e, name="Anna Vogel") if e.id == "person/karl-stein" else e for e in other.entities))
    found = only(telling("one", by=("person/anna-vogel",)), namesake)
    assert [(voice.name, voice.documents) for voice in found.supporting] == [("Anna Vogel", ("one",)), ("Anna Vogel", ("two",))]


def test_copies_join_what_stood_apart() -> None:
    """One and three have no sentence in common, but two has one with each."""
    two = telling("two", sentence="First.")
    two = replace(two, claims=(two.claims[0], replace(two.claims[0], id="c-again", evidence=Span(20, 30, "Second."))))
    found = only(telling("one", sentence="First."), telling("three", sentence="Second."), two)
    assert [voice.documents for voice in found.supporting] == [("one", "three", "two")]


def test_a_symmetric_fact_is_one_whatever_its_order() -> None:
    base = toy.denial()
    met = next(claim for claim in base.claims if claim.relation == "metWith")
    turned = replace(met, id="c-turned", subject=met.object, object=met.subject)
    found = [belief for belief in beliefs([replace(base, claims=(met, turned))]) if belief.relation == "metWith"]
    assert [belief.claims for belief in found] == [tuple(sorted((met.id, "c-turned")))]


def test_the_degree_is_explained() -> None:
    found = only(telling("one"), telling("two", modality="negated", by=("force/black-guard",)), telling("three", modality="possible"))
    assert found.reason == "1 for (one); 1 against (Black Guard); 1 only as possible: 2/4"


def test_beliefs_are_written_in_place_of_earlier_ones_and_asked_for() -> None:
    with Store.open() as store:
        store.replace_all(toy.extractions())
        for _ in range(2):
            corroboration.write(store, corroboration.find(store))
        answer = queries.run(store, "beliefs", {"entity": "Zenda Bridge"})
        row = dict(zip(answer.variables, answer.texts[-1], strict=True))
        assert (row["subject"], row["belief"], row["for"], row["against"]) == ("Black Guard", "0.5", "1", "1")
        assert row["because"] == "1 for (Ministry of War); 1 against (Black Guard): 2/4"
        assert validate(store).conforms
        store.retract("b")
        corroboration.write(store, corroboration.find(store))
        assert validate(store).conforms
        assert all(int(each[5]) == 0 for each in queries.run(store, "beliefs").texts[:1])


def test_a_document_that_is_gone_leaves_no_broken_belief() -> None:
    with Store.open() as store:
        store.replace_all(toy.extractions())
        corroboration.write(store, corroboration.find(store))
        store.retract("b")
        assert validate(store).conforms
