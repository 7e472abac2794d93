"""Entities get ids that are the same in every document, or keep to their own."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.identity.resolve import resolve
from kg.model import Claim, Entity, Event, Extraction, Mention, MentionKind, Quote, Span, Time

HASH = "3f2a9c1b"
SENTENCE = Span(0, 5, "words")


def entity(ident: str, kind: str, name: str, mention: MentionKind = "name", links: tuple[str, ...] = ()) -> Entity:
    return Entity(ident, kind, name, links=links, mentions=(Mention(0, len(name), name, mention),))


def claim(subject: str | None, object_: str | None, sources: tuple[str, ...] = ()) -> Claim:
    return Claim("c-1", subject, "attacked", object_, "actual", sources, SENTENCE, None, None, SENTENCE, 0.9, "attacked/Transitive/attack")


def extraction(*entities: Entity, claims: Sequence[Claim] = (), sha256: str = HASH + "0" * 56) -> Extraction:
    return Extraction({"id": "d", "sha256": sha256}, entities, tuple(claims))


def ids(*entities: Entity, claims: Sequence[Claim] = ()) -> list[str]:
    return [e.id for e in resolve(extraction(*entities, claims=claims)).entities]


@pytest.mark.parametrize(
    ("kind", "name", "expected"),
    [
        ("Person", "Qassem Soleimani", "person/qassem-soleimani"),
        ("Person", "Maj. Gen. Qassem Soleimani", "person/qassem-soleimani"),
        ("Person", "José Ñáñez", "person/jose-nanez"),
        ("Person", "Conan O’Hara", "person/conan-ohara"),
        ("Person", "Soleimani", f"person/soleimani-{HASH}"),
        ("Person", "Mr. Esper", f"person/mr-esper-{HASH}"),
        ("Country", "Iraq", "country/iraq"),
        ("Country", "America", "country/united-states"),
        ("Country", "the U.S.", "country/united-states"),
        ("Country", "Ruritania", "country/ruritania"),
        ("City", "Mosul", "place/mosul"),
        ("City", "Kiev", "place/kyiv"),
        ("City", "the city of Mosul", "place/mosul"),
        ("Region", "Anbar Province", "place/anbar"),
        ("Region", "Anbar", "place/anbar"),
        ("Region", "European", "place/europe"),
        ("Organization", "ISIS", "organization/islamic-state"),
        ("Organization", "Daesh", "organization/islamic-state"),
        ("Place", "Al-Asad", "place/al-asad"),
        ("Facility", "Al Asad", "facility/al-asad"),
        ("Organization", "White House", "organization/white-house"),
        ("MilitaryForce", "Islamic Revolutionary Guard Corps", "organization/islamic-revolutionary-guard-corps"),
        ("Organization", "Reuters", "organization/reuters"),
        ("Organization", "Defence Ministry", f"organization/defence-ministry-{HASH}"),
        ("MilitaryForce", "the Army", f"organization/army-{HASH}"),
        ("Group", "Kurds", "group/kurds"),
        ("Weapon", "Katyusha", "weapon/katyusha"),
        ("NamedEvent", "World Cup", "named-event/world-cup"),
    ],
)
def test_id_of_a_name(kind: str, name: str, expected: str) -> None:
    assert ids(entity("e-1", kind, name)) == [expected], name


US, ALABAMA, FRANCE = (("Country", "United States"), ("Region", "Alabama"), ("Country", "France"))
UK, SCOTLAND = (("Country", "United Kingdom"), ("Country", "Scotland"))


@pytest.mark.parametrize(
    ("name", "places", "known"),
    [
        ("Senate", (US,), "united-states-senate"),
        ("Supreme Court", (US, US, ALABAMA), "united-states-supreme-court"),
        ("Republican Senate", (US,), "united-states-senate"),
        ("Senate", (US, ("Organization", "U.S. Senate")), None),
        ("Parliament", (UK, UK, UK, SCOTLAND), "parliament-of-the-united-kingdom"),
        ("Parliament", (UK, SCOTLAND, SCOTLAND, SCOTLAND), None),
        ("Senate", (US, ALABAMA), None),
        ("Senate", (US, FRANCE), None),
        ("Senate", (US, FRANCE, ("Organization", "U.S. House")), "united-states-senate"),
        ("Senate", (FRANCE,), None),
        ("Senate", (), None),
        ("Alabama Senate", (US,), None),
    ],
)
def test_a_national_body_alone_is_that_of_the_country_at_home(name: str, places: tuple[tuple[str, str], ...], known: str | None) -> None:
    others = [entity(f"e-{n}", kind, text) for n, (kind, text) in enumerate(places)]
    (found,) = (e.id for e in resolve(extraction(entity("e", "Organization", name), *others)).entities if e.name == name)
    assert (found == f"organization/{known}") is (known is not None), found


@pytest.mark.parametrize("mention", ["nominal", "pronoun"])
def test_the_unnamed_keeps_to_its_document(mention: MentionKind) -> None:
    assert ids(entity("e-1", "Group", "20 people", mention)) == [f"group/20-people-{HASH}"]
    assert ids(entity("e-1", "Person", "the prime minister", mention)) == [f"person/prime-minister-{HASH}"]


def test_two_unnamed_of_one_name_stay_two() -> None:
    found = ids(entity("e-1", "Group", "soldiers", "nominal"), entity("e-2", "Group", "soldiers", "nominal"))
    assert found == [f"group/soldiers-{HASH}", f"group/soldiers-{HASH}-2"]


def test_names_that_ascii_cannot_show_stay_apart() -> None:
    found = ids(*(entity(name, "Organization", name) for name in ("C", "C++", "C#", "新华社", "人民日报")))
    assert len(set(found)) == 5
    assert found[0] == "organization/c"
    assert all(ident.isascii() for ident in found)


def test_spellings_of_one_name_become_one_entity_with_all_mentions() -> None:
    (found,) = resolve(extraction(entity("e-1", "Organization", "Al-Shabaab"), entity("e-2", "Organization", "al Shabaab"))).entities
    assert (found.id, found.name, found.aliases) == ("organization/al-shabaab", "Al-Shabaab", ("al Shabaab",))
    assert [m.text for m in found.mentions] == ["Al-Shabaab", "al Shabaab"]


def test_same_name_of_different_classes_stays_apart() -> None:
    assert ids(entity("e-1", "City", "New York"), entity("e-2", "Region", "New York")) == ["place/new-york-city", "place/new-york-state"]


def test_same_name_stays_apart_where_a_claim_relates_the_two() -> None:
    found = ids(entity("e-1", "Person", "John Smith"), entity("e-2", "Person", "John Smith"), claims=[claim("e-1", "e-2")])
    assert found == ["person/john-smith", f"person/john-smith-{HASH}"]


def test_same_name_stays_apart_where_the_links_differ() -> None:
    found = ids(entity("e-1", "City", "Paris", links=("https://a.example/1",)), entity("e-2", "City", "Paris", links=("https://a.example/2",)))
    assert found == ["place/paris", f"city/paris-{HASH}".replace("city", "place")] or found == ["place/paris", "city/paris"]


def test_everything_that_refers_to_an_entity_is_rewritten() -> None:
    people = entity("e-1", "Person", "Ann Vogel"), entity("e-2", "Country", "Iraq"), entity("e-3", "Country", "Republic of Iraq")
    event = Event("v-1", "Attack", SENTENCE, {"agent": ("e-1",), "target": ("e-2", "e-3")}, "actual", ("e-1",), Time("Friday"))
    given_record = replace(
        extraction(*people, claims=[claim("e-1", "e-2", ("e-3", "e-2")), claim(None, "e-3")]),
        events=(event,),
        quotes=(Quote(0, 5, "words", True, "e-1"),),
    )
    found = resolve(given_record)
    assert [(c.subject, c.object, c.attributed_to) for c in found.claims] == [
        ("person/ann-vogel", "country/iraq", ("country/iraq",)),
        (None, "country/iraq", ()),
    ]
    assert found.events[0].roles == {"agent": ("person/ann-vogel",), "target": ("country/iraq",)}
    assert found.events[0].attributed_to == ("person/ann-vogel",)
    assert found.quotes[0].speaker == "person/ann-vogel"


def test_local_ids_differ_between_documents() -> None:
    one, two = (resolve(extraction(entity("e-1", "Person", "Stein"), sha256=letter * 64)).entities[0].id for letter in "ab")
    assert one != two


NAMES = st.sampled_from(
    ["Ann Vogel", "ann vogel", "Vogel", "Iraq", "America", "U.S.", "C", "C++", "新华社", "Paris", "soldiers", "Army", "-", "…"]
) | st.text(min_size=1, max_size=12)
ENTITIES = st.lists(
    st.tuples(
        st.sampled_from(["Person", "Country", "City", "Region", "Facility", "Organization", "MilitaryForce", "Group", "Moon"]), NAMES, st.booleans()
    ),
    max_size=8,
)


@settings(deadline=None)
@given(ENTITIES, st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=4))
def test_resolving_is_idempotent_and_loses_nothing(found: list[tuple[str, str, bool]], pairs: list[tuple[int, int]]) -> None:
    entities = [entity(f"e-{n}", kind, name, "name" if named else "nominal") for n, (kind, name, named) in enumerate(found)]
    claims = [claim(f"e-{a}", f"e-{b}") for a, b in pairs if max(a, b) < len(entities)]
    once = resolve(extraction(*entities, claims=claims))
    assert resolve(once) == once
    known = [e.id for e in once.entities]
    assert len(known) == len(set(known))
    for c in once.claims:
        assert {c.subject, c.object} <= set(known)
    for before, after in zip(claims, once.claims, strict=True):
        assert (before.subject == before.object) == (after.subject == after.object), "a claim came to relate a thing to itself"
    # A name that is a country's or a region's is one, whichever was read.
    area = {"Country": "Region"}
    assert {area.get(e.type, e.type) for e in once.entities} == {area.get(e.type, e.type) for e in entities}
