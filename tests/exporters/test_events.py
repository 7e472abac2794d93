"""Event rows: who did what to whom in the codes of political science, where, when, with how many dead, and how many say so."""

import csv
import io
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
import toy
from typer.testing import CliRunner

from kg import exporters, resources
from kg.cli import app
from kg.exporters._actors import Actors, first
from kg.exporters._plover import codes
from kg.exporters.events import COLUMNS
from kg.graph.identities import Identities
from kg.graph.store import Store
from kg.model import Extraction, Time
from kg.ontology import load


def again(ident: str, *, dead: int) -> Extraction:
    """The killing of the toy article as another newspaper tells it, with a death toll of its own."""
    base = toy.shelling()
    events = tuple(replace(e, id=f"{e.id}-{ident}", counts={"deathCount": dead} if e.counts else {}) for e in base.events)
    claims = tuple(replace(c, id=f"{c.id}-{ident}", event=c.event and f"{c.event}-{ident}") for c in base.claims)
    return replace(base, document={**base.document, "id": ident, "sha256": ident * 64}, events=events, claims=claims)


def rows(*extractions: Extraction) -> list[dict[str, str]]:
    store = Store.open()
    Identities(store).write(list(extractions))
    file = io.BytesIO()
    exporters.export(store, file, "events")
    return list(csv.DictReader(io.StringIO(file.getvalue().decode(), newline="")))


def test_a_row_tells_who_did_what_to_whom() -> None:
    by_class = {row["class"]: row for row in rows(*toy.extractions())}
    attack = by_class["Attack"]
    assert (attack["date"], attack["enddate"], attack["date_from"]) == ("2024-03-08", "2024-03-08", "event")
    assert (attack["event"], attack["mode"], attack["quad"], attack["cameo"]) == ("ASSAULT", "heavy-weapons", "4", "18")
    assert (attack["source"], attack["source_code"], attack["source_country"], attack["source_sector"]) == ("Black Guard", "REB", "?", "REB")
    assert (attack["target"], attack["place"], attack["instruments"], attack["sources"]) == ("Zenda Bridge", "Zenda", "mortars", "Ministry of War")
    meeting = by_class["Meeting"]
    assert (meeting["source_sector"], meeting["target_sector"], meeting["quad"]) == ("GOV", "GOV", "1")


def test_only_what_is_told_as_real_is_an_event() -> None:
    assert sorted(row["class"] for row in rows(toy.shelling())) == ["Attack", "Killing"], "the invasion is only threatened"


def test_who_did_it_may_be_unknown_and_a_week_has_two_ends() -> None:
    (wounding,) = (row for row in rows(toy.denial()) if row["class"] == "Injury")
    assert (wounding["source"], wounding["source_code"], wounding["injured"]) == ("", "", "9")
    assert (wounding["date"], wounding["enddate"]) == ("2024-02-26", "2024-03-03")
    assert (wounding["target"], wounding["target_sector"]) == ("Nine people", "CVL")


def test_one_row_for_what_several_documents_tell() -> None:
    (killing,) = (row for row in rows(toy.shelling(), again("c", dead=7), again("d", dead=3)) if row["class"] == "Killing")
    assert (killing["dead"], killing["dead_low"], killing["dead_high"]) == ("3", "3", "7")
    assert (killing["reports"], killing["independent"], killing["documents"]) == ("3", "1", "a; c; d")


def test_deaths_are_counted_once_where_parts_are_left_out() -> None:
    base = toy.shelling()
    attack = next(e for e in base.events if e.type == "Attack")
    for counts in ({}, {"deathCount": 3}, {"deathCount": 5}):
        told = rows(replace(base, events=tuple(replace(e, counts=counts) if e is attack else e for e in base.events)))
        by_class = {row["class"]: row for row in told}
        assert by_class["Killing"]["part_of"] == by_class["Attack"]["id"]
        assert sum(int(row["dead"] or 0) for row in told if not row["part_of"]) == max(3, counts.get("deathCount", 0)), counts


def test_two_that_are_part_of_each_other_have_an_end() -> None:
    base = toy.shelling()
    attack, killing = (next(e for e in base.events if e.type == kind) for kind in ("Attack", "Killing"))
    told = rows(replace(base, events=tuple(replace(e, part_of=killing.id) if e is attack else e for e in base.events)))
    assert [bool(row["part_of"]) for row in told].count(True) == 1


@pytest.mark.parametrize(
    ("sentence", "time", "dead", "dates"),
    [
        ("Nine people were killed in the conflict.", None, 9, ("", "", "total")),
        ("As of Friday, Nine people had been killed.", "2024-03-08", 9, ("", "", "total")),
        ("So far Nine people have been killed this year.", "2024", 9, ("2024-01-01", "2024-12-31", "event")),
        ("Nine people were killed in the war on Friday.", "2024-03-08", 9, ("2024-03-08", "2024-03-08", "event")),
        ("Nine people were killed in the war, one of them by a mine.", None, 1, ("2024-03-09", "2024-03-09", "publication")),
        ("Nine people were killed, the Ministry of War said.", None, 9, ("2024-03-09", "2024-03-09", "publication")),
    ],
)
def test_dead_of_a_longer_time_have_no_day(sentence: str, time: str | None, dead: int, dates: tuple[str, str, str]) -> None:
    article = toy.Toy("a", sentence, "", "2024-03-09")
    more = {"time": Time("then", time)} if time else {}
    article.event("Killing", "killed", {"target": ("group/nine-people",)}, counts={"deathCount": dead}, **more)
    (row,) = rows(article.extraction())
    assert (row["date"], row["enddate"], row["date_from"], row["dead"]) == (*dates, str(dead))


def test_dead_of_an_attack_have_its_day_however_they_are_counted() -> None:
    article = toy.Toy("a", "As of Friday, Nine people had been killed by an attack on Monday.", "", "2024-03-09")
    attack = article.event("Attack", "attack", {"target": ("group/nine-people",)}, time=Time("on Monday", "2024-03-04", "day"))
    article.event("Killing", "killed", {"target": ("group/nine-people",)}, counts={"deathCount": 9}, part_of=attack)
    assert {row["date_from"] for row in rows(article.extraction())} <= {"event", "publication"}


def test_a_total_lies_between_no_two_days() -> None:
    article = toy.Toy("a", "Nine people were killed in the conflict.", "", "2024-03-09")
    article.event("Killing", "killed", {"target": ("group/nine-people",)}, counts={"deathCount": 9})
    store, file = Store.open(), io.BytesIO()
    Identities(store).write([article.extraction()])
    exporters.export(store, file, "events", since="2024")
    assert len(file.getvalue().splitlines()) == 1


def nobody(base: Extraction) -> Extraction:
    """The article as if it told neither who attacked nor whom; whoever was killed stays."""
    events = tuple(replace(e, roles={"place": ("city/zenda",)}) if e.type == "Attack" else e for e in base.events)
    return replace(base, events=events, claims=tuple(claim for claim in base.claims if claim.event != base.events[0].id))


def test_what_nobody_did_to_nobody_is_no_row_and_is_counted_in_the_report(tmp_path: Path) -> None:
    path, file = tmp_path / "s", tmp_path / "events.csv"
    with Store.open(path) as store:
        Identities(store).write([nobody(toy.shelling())])
    told = CliRunner().invoke(app, ["export", str(file), "--store", str(path), "--report"])
    assert "rows: 1 of 2 left out" in told.output
    (killing,) = csv.DictReader(io.StringIO(file.read_text(), newline=""))
    assert (killing["class"], killing["part_of"], killing["dead"]) == ("Killing", "", "3"), "what it is part of has no row"


@pytest.mark.parametrize(
    ("options", "classes"),
    [
        (("--min-confidence", "0.95"), {"Attack"}),
        (("--min-confidence", "0.96"), set()),
        (("--modality", "actual"), {"Attack", "Killing"}),
        (("--modality", "possible"), set()),
    ],
)
def test_events_go_with_their_claims(tmp_path: Path, options: tuple[str, ...], classes: set[str]) -> None:
    base, path = toy.shelling(), tmp_path / "s"
    unclaimed = replace(base.events[0], id="v-unclaimed", roles={"agent": ("force/black-guard",)})
    with Store.open(path) as store:
        Identities(store).write([replace(base, events=(*base.events, unclaimed))])
    told = CliRunner().invoke(app, ["export", "-", "--format", "events", "--store", str(path), *options])
    assert {row["class"] for row in csv.DictReader(io.StringIO(told.stdout, newline=""))} == classes


def test_a_week_counts_when_a_day_of_it_lies_between(tmp_path: Path) -> None:
    path = tmp_path / "s"
    with Store.open(path) as store:
        Identities(store).write(toy.extractions())
    for options, classes in (
        (("--from", "2024-03-03", "--to", "2024-03-08"), {"Injury", "Attack", "Killing"}),
        (("--from", "2024-03-09"), {"Meeting"}),
        (("--to", "2024-02"), {"Injury"}),
    ):
        told = CliRunner().invoke(app, ["export", "-", "--format", "events", "--store", str(path), *options])
        assert {row["class"] for row in csv.DictReader(io.StringIO(told.stdout, newline=""))} == classes, options


@pytest.mark.parametrize(("option", "message"), [("--from=soon", "--from soon: not a date"), ("--projection=facts", "not a network")])
def test_what_can_not_be_chosen_is_told_and_leaves_the_file_as_it_was(tmp_path: Path, option: str, message: str) -> None:
    path, file = tmp_path / "s", tmp_path / "events.csv"
    Store.open(path).close()
    file.write_text("before")
    told = CliRunner().invoke(app, ["export", str(file), "--store", str(path), option])
    assert told.exit_code == 1
    assert message in str(told.exception) + told.output
    assert [each.name for each in sorted(tmp_path.iterdir())] == ["events.csv", "s"]
    assert file.read_text() == "before"


def test_every_column_is_told_of_by_the_command_line() -> None:
    told = CliRunner().invoke(app, ["export", "--columns"])
    assert told.exit_code == 0
    assert all(column in told.output for column in COLUMNS)
    assert list(rows(toy.shelling())[0]) == list(COLUMNS)
    assert "--columns" in CliRunner().invoke(app, ["export", "--help"]).output


@pytest.mark.parametrize(
    ("kind", "name", "ties", "code"),
    [
        ("Country", "Iraq", {}, "IRQGOV"),
        ("MilitaryForce", "Turkish army", {}, "TURMIL"),
        ("MilitaryForce", "Third Brigade", {"partOf": "country/iraq"}, "IRQMIL"),
        ("MilitaryForce", "Third Brigade", {}, "REB"),
        ("MilitaryForce", "Third Brigade", {"basedIn": "country/iraq"}, "IRQREB"),
        ("MilitaryForce", "Baghdad police", {"locatedIn": "country/iraq"}, "IRQCOP"),
        ("Organization", "Turkish Defence Ministry", {}, "TURGOV"),
        ("Organization", "United Nations", {}, "IGO"),
        ("Organization", "Red Cross", {"basedIn": "country/iraq"}, "NGO"),
        ("Organization", "Morning Post", {}, "JRN"),
        ("Organization", "Acme Corp.", {"basedIn": "country/iraq"}, "IRQBUS"),
        ("Organization", "American Red Cross", {}, "USANGO"),
        ("Organization", "American Civil Liberties Union", {"basedIn": "country/iraq"}, "USANGO"),
        ("Organization", "Amnesty International", {"basedIn": "country/iraq"}, "NGO"),
        ("Organization", "NASA", {}, "USAGOV"),
        ("Organization", "FBI", {}, "USACOP"),
        ("Organization", "Acme Workers' Union", {}, "LAB"),
        ("Region", "Republic of Artsakh", {"locatedIn": "country/iraq"}, "GOV"),
        ("MilitaryForce", "the military", {}, "MIL"),
        ("Person", "the official", {}, "GOV"),
        ("Person", "the solicitor general", {}, "JUD"),
        ("Group", "A jury", {}, "JUD"),
        ("Person", "Ali", {"headOfState": "country/iraq"}, "IRQGOV"),
        ("Person", "Ali", {"spokesmanOf": "organization/ministry"}, "TURGOV"),
        ("Person", "Ali", {"ministerOf": "country/iraq"}, "IRQGOV"),
        ("Person", "Norwegian minister", {}, "NORGOV"),
        ("Person", "Stephen King", {}, "CVL"),
        ("Person", "Ali", {"citizenOf": "country/iraq"}, "IRQCVL"),
        ("Group", "two soldiers", {}, "MIL"),
        ("Group", "protesters", {}, "OPP"),
        ("City", "Nowhere", {"locatedIn": "country/iraq"}, "IRQ"),
        ("Thing", "it", {}, "?"),
    ],
)
def test_codes_of_actors(kind: str, name: str, ties: dict[str, str], code: str) -> None:
    known = {
        "x": {"label": name, "type": kind},
        "country/iraq": {"label": "Iraq", "type": "Country"},
        "organization/ministry": {"label": "Turkish Defence Ministry", "type": "Organization"},
    }
    base = toy.shelling().claims[0]
    claims = [replace(base, subject="x", relation=relation, object=object_, modality="actual") for relation, object_ in ties.items()]
    assert Actors(Store.open(), known, claims).actor("x").code == code


def test_an_official_is_of_the_country_in_the_title() -> None:
    claim = replace(toy.shelling().claims[0], subject="x", relation="worksFor", object="y", modality="actual", title="Turkish solicitor general")
    known = {"x": {"label": "Ali", "type": "Person"}, "y": {"label": "Bureau", "type": "Organization"}}
    assert Actors(Store.open(), known, [claim]).actor("x").code == "TURJUD"


def test_what_is_used_is_no_actor() -> None:
    base = toy.shelling()
    events = tuple(replace(e, roles={**e.roles, "agent": ("weapon/mortars",)}) if e.type == "Attack" else e for e in base.events)
    (attack,) = (row for row in rows(replace(base, events=events)) if row["class"] == "Attack")
    assert (attack["source"], attack["instruments"]) == ("", "mortars")


def test_two_who_lead_each_other_have_an_end() -> None:
    base = toy.shelling().claims[0]
    claims = [replace(base, subject=a, relation="leads", object=b, modality="actual") for a, b in ("xy", "yx")]
    known = {name: {"label": name, "type": "Organization"} for name in "xy"}
    assert Actors(Store.open(), known, claims).actor("x").code == "?"


@pytest.mark.parametrize(
    ("text", "mode"), [("suicide car bomb", "suicide-attack"), ("mortars", "heavy-weapons"), ("a pistol", "firearms"), ("words", "")]
)
def test_modes_by_weapons(text: str, mode: str) -> None:
    assert first("modes", text) == mode


def test_every_code_is_of_a_class_or_relation_and_every_event_of_plover_has_its_quad() -> None:
    ontology = load()
    assert codes().keys() <= ontology.classes.keys() | ontology.relations.keys() | {"cameoCode", "ploverEvent", "ploverMode", "quadClass"}
    quads = {found.event: found.quad for name, found in codes().items() if found.event and name in ontology.classes}
    told = {(found.event, found.quad) for name, found in codes().items() if found.event and name in ontology.classes}
    assert told == set(quads.items()), "one quad class for one type"
    assert set(quads.values()) <= set("1234")


def test_the_alignments_are_turtle() -> None:
    assert list(ox.parse(path=str(resources.folder("ontology") / "alignments.ttl"), format=ox.RdfFormat.TURTLE))


def test_no_cell_is_a_formula(tmp_path: Path) -> None:
    base = toy.shelling()
    hostile = replace(base, entities=tuple(replace(e, name="=cmd()" if e.id == "force/black-guard" else e.name) for e in base.entities))
    assert {row["source"] for row in rows(hostile)} == {"'=cmd()"}
