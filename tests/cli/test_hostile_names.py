"""Names and ids that try to break out of whatever they are written into: all that is printed and exported stays whole."""

import csv
import io
import json
import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest
from typer.testing import CliRunner, Result

from kg.cli import app
from kg.model import Claim, Entity, Extraction, Mention, Quote, Span

NAMES = (
    'Anna "Q" O\'Neill\\',
    "<script>alert(1)</script>&amp;]]><!--",
    "line\nbreak\r\n\ttab\u2028\u2029\x85",
    '"} } ; DROP ALL ; SELECT * { ?s ?p "',
    "> . <urn:a> <urn:b> <urn:c> .",
    "\u202eevil\u2066 \u200f",
    "\x1b[31mred\x1b]0;title\x07\x9b2J\0",
    "=cmd|' /C calc'!A0,;",
    "[bold]markup[/bold] [/] {x} %s ${HOME} `id`",
    "../../etc/passwd",
    "😀é́\ufdd0\ufffe",
)
RDF = {"ttl": ox.RdfFormat.TURTLE, "nq": ox.RdfFormat.N_QUADS, "nt": ox.RdfFormat.N_TRIPLES, "trig": ox.RdfFormat.TRIG, "rdf": ox.RdfFormat.RDF_XML}
runner = CliRunner()


def kg(*words: str) -> Result:
    return runner.invoke(app, list(words))


def record(name: str, number: int) -> Extraction:
    """A record in which all that a text can decide is the name."""
    span = Span(0, len(name), name)
    people = [Entity(f"e{n}{name}", "Person", f"{name}{n}", (name,), (name,), (Mention(0, len(name), name),)) for n in (1, 2)]
    told = Claim(f"c{name}", people[0].id, "met", people[1].id, "actual", (people[0].id,), span, span, span, span, 0.9, f"met/{name}", title=name)
    document = {"id": f"{number}{name}", "source": name, "title": name, "published": None, "sha256": f"{number}", "length": 9, "author": name}
    return Extraction(document, tuple(people), (told, replace(told, id=f"d{name}", modality="negated")), (), (Quote(0, 9, name, True, people[0].id),))


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of records with such names."""
    place = tmp_path_factory.mktemp("hostile")
    lines = (json.dumps(record(name, number).to_json()) + "\n" for number, name in enumerate(NAMES))
    (place / "records.jsonl").write_text("".join(lines), encoding="utf-8")
    result = kg("load", str(place / "records.jsonl"), "--store", str(place / "store"))
    assert result.exit_code == 0, result.stderr
    return place / "store"


def quiet(result: Result) -> str:
    """What was printed, in which nothing commands the terminal. Colours that kg sets itself are none of a text's business."""
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    found = re.findall("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", result.output)
    assert not found, f"{found} in {result.output[:500]!r}"
    return result.output


def test_what_people_read_holds_no_commands_to_the_terminal(store: Path) -> None:
    for words in (["facts"], ["facts", "--belief"], ["incidents"], ["beliefs"], ["query", "offices"], ["candidates"], ["judgements"], ["validate"]):
        quiet(kg(*words, "--store", str(store)))
    for name in NAMES:
        quiet(kg("show", f"{name}1", "--store", str(store)))
        quiet(kg("show", name, "--store", str(store)))
    name = "\x1b[31mred\x1b]0;title\x07\x9b2J\0"
    for words in (["history", f"{name}1"], ["why", f"{name}1"], ["path", f"{name}1", f"{name}2"], ["why", f"{name}1 met {name}2"], ["retract", name]):
        quiet(kg(*words, "--store", str(store)))
    query = "SELECT ?name { ?s rdfs:label ?name FILTER(CONTAINS(?name, ?part)) }"
    quiet(kg("query", query, "--param", f"part={name}", "--store", str(store)))


@pytest.mark.parametrize("suffix", sorted(RDF))
def test_graphs_parse_again(store: Path, tmp_path: Path, suffix: str) -> None:
    file = tmp_path / f"out.{suffix}"
    assert kg("export", str(file), "--store", str(store)).exit_code == 0
    assert sum(1 for _ in ox.parse(file.read_bytes(), format=RDF[suffix])) > 100


@pytest.mark.parametrize("suffix", ["graphml", "gexf", "cx2", "gml", "dot", "net", "csv", "zip", "html"])
def test_networks_are_written(store: Path, tmp_path: Path, suffix: str) -> None:
    file = tmp_path / f"out.{suffix}"
    result = kg("export", str(file), "--store", str(store)) if suffix != "html" else kg("view", "-o", str(file), "--store", str(store))
    assert result.exit_code == 0, result.output
    data = file.read_bytes()
    if suffix in ("graphml", "gexf"):
        ElementTree.fromstring(data)
    elif suffix == "cx2":
        json.loads(data)
    elif suffix == "csv":
        assert len({len(row) for row in csv.reader(io.StringIO(data.decode()))}) == 1
    elif suffix == "html":
        assert b"<script>alert(1)" not in data
