"""The registry: members of documents joined to entities, namesakes kept apart, judgements kept in force."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import JudgementError
from kg.identity.judgements import Judgement
from kg.identity.registry import Registry
from kg.identity.resolve import resolve
from kg.model import Claim, Entity, Extraction, Mention, Span

SPAN = Span(0, 5, "words")
Told = tuple[str, str]


def document(number: int, *things: Told, offices: dict[str, tuple[str, str]] | None = None) -> Extraction:
    """A document that names things; `offices` gives people a relation to a country and a title."""
    entities = [Entity(f"e-{n}", kind, name, mentions=(Mention(n, n + len(name), name),)) for n, (kind, name) in enumerate(things)]
    claims = []
    for n, (person, (country, title)) in enumerate((offices or {}).items()):
        entities.append(Entity(f"c-{n}", "Country", country, mentions=(Mention(900, 900 + len(country), country),)))
        subject = next(e.id for e in entities if e.name == person)
        claims.append(Claim(f"k-{n}", subject, "citizenOf", f"c-{n}", "actual", (), SPAN, None, None, SPAN, 0.9, "r", title=title))
    return resolve(Extraction({"id": f"d{number}", "sha256": f"{number:08x}" + "0" * 56}, tuple(entities), tuple(claims)))


def entities(*documents: Extraction, registry: Registry | None = None) -> list[set[str]]:
    """The entities of each document."""
    registry = registry or Registry()
    placed = [registry.place(extraction) for extraction in documents]
    return [{registry.entity(member) for member in found.values()} for found in placed]


def test_spellings_of_different_documents_become_one_with_the_first_id() -> None:
    found = entities(document(1, ("Person", "Qassem Soleimani")), document(2, ("Person", "Gen. Qassim Suleimani")))
    assert found == [{"person/qassem-soleimani"}, {"person/qassem-soleimani"}]


def test_a_surname_alone_joins_nobody() -> None:
    found = entities(document(1, ("Person", "Qassem Soleimani")), document(2, ("Person", "Soleimani")), document(3, ("Person", "Soleimani")))
    assert len({ident for each in found for ident in each}) == 3


def test_a_surname_counts_where_the_same_others_are_named() -> None:
    others = ("Person", "Anna Berg"), ("Person", "Otto Hahnel")
    found = entities(document(1, ("Person", "Tony Weld"), *others), document(2, ("Person", "Weld"), *others))
    assert found[1] == {"person/tony-weld", "person/anna-berg", "person/otto-hahnel"}


def test_a_surname_does_not_make_father_and_son_one() -> None:
    others = ("Person", "Anna Berg"), ("Person", "Otto Hahnel")
    found = entities(*(document(n, ("Person", name), *others) for n, name in enumerate(["Tony Weld", "Weld", "Mark Weld"])))
    assert "person/tony-weld" in found[0] & found[1]
    assert found[2] & {"person/tony-weld", "person/mark-weld"} == {"person/mark-weld"}


def test_whom_one_article_names_beside_each_other_are_two() -> None:
    mother, daughter = ("Person", "Eva Maria Stein"), ("Person", "Eva Stein")
    found = entities(document(1, daughter, mother), document(2, daughter), document(3, mother))
    assert [len(each) for each in found] == [2, 1, 1]
    assert found[1] != found[2]
    assert found[1] | found[2] == found[0]


def test_namesakes_with_other_lives_and_countries_stay_apart() -> None:
    found = entities(
        document(1, ("Person", "Li Wei"), offices={"Li Wei": ("China", "mayor")}),
        document(2, ("Person", "Li Wei"), offices={"Li Wei": ("Malaysia", "badminton player")}),
        document(3, ("Person", "Li Wei"), offices={"Li Wei": ("Malaysia", "badminton player")}),
    )
    assert found[0] != found[1]
    assert found[1] == found[2], "the second of the namesakes is known again"


def test_a_name_that_fits_two_joins_neither() -> None:
    found = entities(
        document(1, ("Person", "George W. Bush")),
        document(2, ("Person", "George H. W. Bush")),
        document(3, ("Person", "George Bush")),
    )
    assert found == [{"person/george-w-bush"}, {"person/george-h-w-bush"}, {"person/george-bush"}]


def test_an_acronym_met_with_its_expansion_is_known_alone_later() -> None:
    body = Entity("e-1", "Organization", "Zed Valley Water Board", mentions=(Mention(0, 22, "Zed Valley Water Board"), Mention(30, 34, "ZVWB")))
    first = resolve(Extraction({"id": "d1", "sha256": "a" * 64}, (body,)))
    assert entities(first, document(2, ("Organization", "ZVWB"))) == [{"organization/zed-valley-water-board"}] * 2


def test_people_overrule_rules_and_can_take_it_back() -> None:
    registry = Registry()
    entities(document(1, ("Person", "Bill Weld")), document(2, ("Person", "William Weld")), registry=registry)
    assert registry.entity("person/william-weld") == "person/bill-weld"
    judgement = Judgement("different", "person/bill-weld", "person/william-weld")
    registry.judge(judgement)
    assert registry.entity("person/william-weld") == "person/william-weld"
    registry.undo(judgement.id)
    assert registry.entity("person/william-weld") == "person/bill-weld"


def test_judgements_hold_for_documents_that_come_later() -> None:
    registry = Registry()
    registry.judge(Judgement("different", "person/bill-weld", "person/william-weld"))
    registry.judge(Judgement("same", "person/abe-shinzo", "person/shinzo-abe"))
    found = entities(
        document(1, ("Person", "Bill Weld"), ("Person", "Abe Shinzo")),
        document(2, ("Person", "William Weld"), ("Person", "Shinzo Abe")),
        registry=registry,
    )
    assert found[0] == {"person/bill-weld", "person/abe-shinzo"}
    assert found[1] == {"person/william-weld", "person/abe-shinzo"}


def test_a_judgement_finds_its_entity_by_name_when_rules_have_changed_its_id() -> None:
    registry = Registry()
    registry.judge(Judgement("same", "person/old-id-1", "person/old-id-2", one_names=("Mao Zedong",), other_names=("Mao Tse-tung",)))
    found = entities(document(1, ("Person", "Mao Zedong")), document(2, ("Person", "Mao Tse-tung")), registry=registry)
    assert found[0] == found[1]


def test_a_contradiction_is_told_and_changes_nothing() -> None:
    registry = Registry()
    entities(document(1, ("Person", "Anna Berg"), ("Person", "Otto Hahnel")), registry=registry)
    registry.judge(Judgement("different", "person/anna-berg", "person/otto-hahnel"))
    with pytest.raises(JudgementError, match="different"):
        registry.judge(Judgement("same", "person/anna-berg", "person/otto-hahnel"))
    assert registry.entity("person/anna-berg") != registry.entity("person/otto-hahnel")


NAMES = [
    "Qassem Soleimani",
    "Qassim Suleimani",
    "Hassan Soleimani",
    "Bill Weld",
    "William Weld",
    "Anna Berg",
    "Shinzo Abe",
    "Mark T. Esper",
    "Mark Esper",
]
DOCUMENTS = st.lists(st.lists(st.sampled_from(NAMES), min_size=1, max_size=4, unique=True), min_size=1, max_size=8)
JUDGED = st.lists(st.tuples(st.sampled_from(["same", "different"]), st.sampled_from(NAMES), st.sampled_from(NAMES)), max_size=4)


def ident(name: str) -> str:
    return document(0, ("Person", name)).entities[0].id


@settings(max_examples=40)
@given(DOCUMENTS, JUDGED, st.randoms())
def test_judgements_hold_whenever_they_are_made(told: list[list[str]], judged: list[tuple[str, str, str]], chance: random.Random) -> None:
    registry = Registry()
    documents = [document(n, *(("Person", name) for name in names)) for n, names in enumerate(told)]
    accepted: list[Judgement] = []
    work: list[Extraction | Judgement] = [*documents, *(Judgement(a, ident(x), ident(y)) for a, x, y in judged)]  # type: ignore[arg-type]
    chance.shuffle(work)
    for each in work:
        if isinstance(each, Extraction):
            registry.place(each)
            continue
        try:
            registry.judge(each)
            accepted.append(each)
        except JudgementError:
            pass
    for judgement in accepted:
        if registry.member(judgement.one) and registry.member(judgement.other):
            one, other = registry.entity(judgement.one), registry.entity(judgement.other)
            assert (one == other) == (judgement.answer == "same"), judgement
    for entity, members in registry.entities.items():
        assert all(registry.entity(member) == entity for member in members)
        assert not members or entity in members
