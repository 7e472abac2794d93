"""Which reports tell of one happening, how many are independent, and what they disagree on."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.identity.incidents import Report, incidents, same_event

BRIDGE, GUARD, ZENDA = "facility/zenda-bridge", "organization/black-guard", "place/zenda"
KNOWN = {BRIDGE, GUARD, ZENDA, "place/hentzau", "organization/red-guard", "person/ida-brandt", "person/otto-hahnel"}


def report(document: str, *, roles: dict[str, tuple[str, ...]] | None = None, **more: object) -> Report:
    """A report of an attack by the Guard on the bridge, or of something else."""
    filled = {"agent": (GUARD,), "target": (BRIDGE,)} if roles is None else roles
    specific = frozenset(i for found in filled.values() for i in found if i in KNOWN)
    base = Report(f"v-{document}", document, "Attack", "2024-03-09", None, filled, specific, {}, (), f"words of {document}", document)
    return replace(base, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (report("a"), report("b"), True),
        (report("a"), report("b", type="Killing"), False),
        (report("a"), report("b", published="2024-03-30"), False),
        (report("a", time="2024-03-08"), report("b", time="2024-03-09"), True),
        (report("a", time="2024-03-08"), report("b", time="2024-03-12"), False),
        (report("a", time="2024-03-08"), report("b", time="2024-03"), True),
        (report("a", time="2024-W10"), report("b", time="2024-03-08"), True),
        (report("a", time="1994"), report("b"), False),
        (report("a"), report("b", roles={"agent": (GUARD,), "target": ("person/ida-brandt",)}), False),
        (report("a"), report("b", roles={"target": (BRIDGE,)}), True),
        (report("a"), report("b", roles={"agent": ("organization/red-guard",), "target": (BRIDGE,)}), False),
        (
            report("a", roles={"agent": (GUARD,), "target": (BRIDGE,), "place": (ZENDA,)}),
            report("b", roles={"agent": ("organization/red-guard",), "target": (BRIDGE,), "place": (ZENDA,)}),
            True,
        ),
        (
            report("a", roles={"place": (ZENDA,)}, counts={"deathCount": 9}),
            report("b", roles={"place": (ZENDA,)}, counts={"deathCount": 11}),
            True,
        ),
        (
            report("a", roles={"place": (ZENDA,)}, counts={"deathCount": 9}),
            report("b", roles={"place": (ZENDA,)}, counts={"deathCount": 40}),
            False,
        ),
        (report("a", roles={"place": (ZENDA,)}), report("b", roles={"place": (ZENDA,)}), False),
    ],
)
def test_reports_of_one_happening(one: Report, other: Report, same: bool) -> None:
    assert same_event(one, other) is same
    assert same_event(other, one) is same


def test_unnamed_people_count_where_the_articles_tell_one_story() -> None:
    told = {"roles": {"target": ("group/three-people-1",)}, "gist": frozenset(("trigger shot", "target three people"))}
    town = {"setting": frozenset((ZENDA, "person/ida-brandt"))}
    assert same_event(report("a", **told, **town), report("b", **told, **town))
    assert not same_event(report("a", **told, **town), report("b", **told, setting=frozenset((ZENDA,))))


def test_an_incident_counts_reports_and_copies_once() -> None:
    found = incidents([report("agency"), report("gazette", original="agency"), report("herald", original="agency"), report("post")])
    (incident,) = found
    assert incident.documents == ("agency", "gazette", "herald", "post")
    assert incident.independent == 2


@pytest.mark.parametrize(
    ("sentences", "independent"),
    [
        (("What of the raid on the bridge?", "What of the raid on the bridge ?"), 1),
        (("What of the raid on the bridge?", "The Guard raided the bridge."), 2),
    ],
)
def test_a_sentence_repeated_in_several_articles_is_one_voice(sentences: tuple[str, ...], independent: int) -> None:
    (incident,) = incidents([report(f"d{number}", sentence=sentence) for number, sentence in enumerate(sentences)])
    assert len(incident.documents) == 2
    assert incident.independent == independent


def test_disagreements_name_the_documents_for_each_value() -> None:
    place = {"agent": (GUARD,), "target": (BRIDGE,), "place": (ZENDA,)}
    other = {"agent": ("organization/red-guard",), "target": (BRIDGE,), "place": (ZENDA,)}
    (incident,) = incidents(
        [
            report("a", roles=place, counts={"deathCount": 9}, time="2024-03-08"),
            report("b", roles=place, counts={"deathCount": 9}, time="2024-03-08"),
            report("c", roles=other, counts={"deathCount": 12}, time="2024-03-08"),
        ]
    )
    assert [(d.aspect, d.values) for d in incident.disagreements] == [
        ("deathCount", (("9", ("a", "b")), ("12", ("c",)))),
        ("agent", ((GUARD, ("a", "b")), ("organization/red-guard", ("c",)))),
    ]


def test_a_place_within_another_is_no_disagreement() -> None:
    town = {"target": (BRIDGE,), "place": (ZENDA,)}
    land = {"target": (BRIDGE,), "place": ("place/hentzau",)}
    told = [report("a", roles=town), report("b", roles={**town, "place": (ZENDA, "place/hentzau")}), report("c", roles=land)]
    (incident,) = incidents(told, lambda outer, inner: (outer, inner) == ("place/hentzau", ZENDA))
    assert incident.disagreements == ()


REPORTS = st.lists(
    st.builds(
        lambda document, kind, target, time, dead: replace(
            report(f"d{document}", roles={"agent": (GUARD,), "target": (target,)}, type=kind, time=time, counts={"deathCount": dead}),
            event=f"v-{document}-{kind}-{target}-{time}-{dead}",
        ),
        st.integers(0, 4),
        st.sampled_from(["Attack", "Killing"]),
        st.sampled_from(sorted(KNOWN)),
        st.sampled_from([None, "2024-03-08", "2024-03", "2024-W10", "2023", "..", "nonsense", "2024-03-08/2024-03-10"]),
        st.integers(0, 50),
    ),
    max_size=10,
    unique_by=lambda r: r.event,
)


@given(REPORTS, st.randoms())
def test_every_report_is_in_one_incident_whatever_the_order(told: list[Report], chance: object) -> None:
    found = incidents(told)
    assert sorted(r.event for i in found for r in i.reports) == sorted(r.event for r in told)
    shuffled = list(told)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert incidents(shuffled) == found
    for incident in found:
        assert 1 <= incident.independent <= len(incident.documents)
        assert len({r.type for r in incident.reports}) == 1
