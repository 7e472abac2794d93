"""Every export can be read back by rdflib or networkx with the same content, and gives the same bytes each time."""

import hashlib
import io
import json
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import networks
import networkx as nx
import pyoxigraph as ox
import pytest
import rdflib
import toy
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib.compare import isomorphic

from kg import exporters
from kg.errors import FormatError, StoreError
from kg.graph.store import Store
from kg.model import Entity, Extraction

# rdflib warns of its own parts.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib.*")

TRIPLES = {"turtle": "turtle", "ntriples": "nt", "rdfxml": "xml", "jsonld": "json-ld"}
QUADS = {"nquads": "nquads", "trig": "trig"}


def written(store: Store, format: str) -> bytes:
    file = io.BytesIO()
    exporters.export(store, file, format)
    return file.getvalue()


def stored(*extractions: Extraction) -> Store:
    store = Store.open()
    store.replace_all(extractions)
    return store


def union(store: Store) -> rdflib.Graph:
    lines = ox.serialize({quad.triple for quad in store.quads()}, format=ox.RdfFormat.N_TRIPLES)
    return rdflib.Graph().parse(data=lines or b"", format="nt")


def test_the_formats_are_the_agreed_ones() -> None:
    of_triples = {"jsonld", "nquads", "ntriples", "rdfxml", "trig", "turtle", "webannotation"}
    assert exporters.formats().keys() == of_triples | set(networks.FORMATS) | {"events"}


@pytest.mark.parametrize("format", TRIPLES)
def test_the_same_graph_is_read_back(format: str) -> None:
    store = stored(*toy.extractions())
    found = rdflib.Graph().parse(data=written(store, format), format=TRIPLES[format])
    assert set(found) == set(union(store))


@pytest.mark.parametrize("format", TRIPLES)
def test_a_node_without_a_name_stays_one(format: str) -> None:
    """No graph of kg has any, but answers to queries have."""
    file = io.BytesIO()
    nameless, knows = ox.BlankNode("x"), ox.NamedNode("http://xmlns.com/foaf/0.1/knows")
    exporters.write_triples([ox.Triple(nameless, knows, nameless)], file, format)
    ((subject, _, value),) = rdflib.Graph().parse(data=file.getvalue(), format=TRIPLES[format])
    assert isinstance(subject, rdflib.BNode)
    assert subject == value


@pytest.mark.parametrize("format", QUADS)
def test_the_same_dataset_is_read_back(format: str) -> None:
    store = stored(*toy.extractions())
    found = rdflib.Dataset()
    found.parse(data=written(store, format), format=QUADS[format])
    expected = rdflib.Dataset()
    expected.parse(data=b"".join(store.nquads()), format="nquads")
    assert set(found.quads()) == set(expected.quads())


TEXT = st.text(st.characters(codec=None), max_size=20) | st.sampled_from(
    [
        "\x00\x1f\x7f\x85",
        "\ud800 alone",
        "😀👩‍👩‍👧",
        "مرحبا بالعالم",
        '"quoted" \'\'\' """',
        "a\rb\r\nc\n\td",
        "x" * 10_000,
        "]]>",
        "<b>&amp;</b>",
        "\\u0041",
        "end\\",
        "\u2028\ufeff\ufffe",
    ]
)


@settings(max_examples=30)
@given(TEXT, TEXT)
def test_nasty_labels_come_back(name: str, ident: str) -> None:
    base = toy.shelling()
    thing = Entity(f"person/{ident}", "Person", name, (ident,))
    store = stored(
        replace(
            base,
            document={**base.document, "id": ident, "title": name},
            entities=(*base.entities[:2], thing),
            claims=base.claims[:1],
            events=(),
            quotes=(),
        )
    )
    expected = union(store)
    for format, parser in TRIPLES.items():
        found = rdflib.Graph().parse(data=written(store, format), format=parser)
        assert set(found) == set(expected), format
    dataset = rdflib.Dataset(default_union=True)
    dataset.parse(data=written(store, "trig"), format="trig")
    assert len(set(dataset.triples((None, None, None)))) == len(set(expected))
    graph = nx.read_graphml(io.BytesIO(written(store, "graphml")), force_multigraph=True)
    assert graph.number_of_edges() == 1
    assert len(graph) == 3


@pytest.mark.parametrize("format", exporters.formats())
def test_the_same_content_gives_the_same_bytes(format: str) -> None:
    forward, backward = stored(*toy.extractions()), stored(*reversed(toy.extractions()))
    assert written(forward, format) == written(backward, format)


def test_another_process_gives_the_same_bytes() -> None:
    """Sets and tables of hashes have another order in each process."""
    code = (
        "import io, hashlib, json, toy, kg.exporters as e\n"
        "from kg.graph.store import Store\n"
        "s = Store.open()\ns.replace_all(toy.extractions())\n"
        "def written(format):\n    file = io.BytesIO()\n    e.export(s, file, format)\n    return hashlib.sha256(file.getvalue()).hexdigest()\n"
        "print(json.dumps({format: written(format) for format in e.formats()}))"
    )
    path = f"{Path(__file__).parents[1]}:{Path(__file__).parents[2]}"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, env={"PYTHONPATH": path, "PYTHONHASHSEED": "7"}, check=True)
    store = stored(*toy.extractions())
    assert json.loads(done.stdout) == {format: hashlib.sha256(written(store, format)).hexdigest() for format in exporters.formats()}


@pytest.mark.parametrize("format", exporters.formats())
def test_an_empty_store_can_be_exported(format: str) -> None:
    data = written(Store.open(), format)
    if format in TRIPLES:
        assert isomorphic(rdflib.Graph().parse(data=data, format=TRIPLES[format]), rdflib.Graph())
    elif format == "graphml":
        assert len(nx.read_graphml(io.BytesIO(data))) == 0


def test_turtle_is_pleasant_to_read() -> None:
    text = written(stored(toy.shelling()), "turtle").decode()
    assert '<entity/force/black-guard>\n    a kg:MilitaryForce ;\n    rdfs:label "Black Guard"@en ;\n' in text
    assert "kg:attacked <entity/facility/zenda-bridge>" in text
    assert "kg:confidence 0.95 ;" in text
    assert not re.search(r"<https://w3id.org/kg-news/(?:id|ontology#)", text.split("\n\n", 1)[1])


def test_graphml_has_an_edge_a_claim_with_its_id() -> None:
    graph = nx.read_graphml(io.BytesIO(written(stored(*toy.extractions()), "graphml")), force_multigraph=True)
    assert graph.nodes["force/black-guard"]["label"] == "Black Guard"
    assert graph.number_of_edges() == 13
    assert all(str(key).startswith("c-") for *_, key in graph.edges(keys=True))


def test_graphml_keys_are_unique() -> None:
    keys = re.findall(rb'<key id="([^"]+)"', written(stored(toy.shelling()), "graphml"))
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize(
    ("name", "format"),
    [
        ("g.ttl", "turtle"),
        ("g.NT", "ntriples"),
        ("g.xml", "rdfxml"),
        ("g.graphml", "graphml"),
        ("g.jsonld", "jsonld"),
        ("g.anno.jsonld", "webannotation"),
    ],
)
def test_the_suffix_says_the_format(tmp_path: Path, name: str, format: str) -> None:
    assert exporters.find(Path(name)).name == format
    exporters.export(stored(toy.shelling()), tmp_path / name)
    assert (tmp_path / name).read_bytes() == written(stored(toy.shelling()), format)


@pytest.mark.parametrize(("path", "format"), [("g.docx", None), ("g", None), ("g.ttl", "wordperfect")])
def test_an_unknown_format_lists_the_known_ones(path: str, format: str | None) -> None:
    with pytest.raises(FormatError, match=re.escape("graphml (.graphml), graphology (.graphology.json .sigma.json), jgf")):
        exporters.export(Store.open(), Path(path), format)
    assert not Path(path).exists()


def test_a_place_that_can_not_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="can't be written"):
        exporters.export(Store.open(), tmp_path / "no" / "g.ttl")
