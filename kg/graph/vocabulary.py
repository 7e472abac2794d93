"""The terms of the ontology as the store holds them: classes and properties with label, definition and hierarchy, without the lexicon."""

import difflib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pyoxigraph as ox

from kg import iris, resources
from kg.errors import OntologyError, QueryError
from kg.graph.engine import Engine
from kg.graph.terms import LABEL, node, term

GRAPH = ox.NamedNode(iris.KG.removesuffix("#"))
SUBPROPERTY = node("rdfs:subPropertyOf")
FILES = ("graph", "entities", "relations", "events")

_KEPT = {
    node(name)
    for name in (
        "rdf:type",
        "rdfs:label",
        "skos:definition",
        "rdfs:subClassOf",
        "rdfs:subPropertyOf",
        "rdfs:domain",
        "rdfs:range",
        "schema:domainIncludes",
        "schema:rangeIncludes",
        "owl:inverseOf",
        "lex:eventType",
    )
}


@cache
def quads(extra: tuple[Path, ...] = ()) -> frozenset[ox.Quad]:
    """Statements about terms, from the project's files and the user's own, in the graph of the ontology."""
    folder = resources.folder("ontology")
    files = [*(folder / f"{name}.ttl" for name in FILES), *extra]
    return frozenset(quad for file in files for quad in read(file) if _kept(quad))


def below(store: Engine, relation: str) -> frozenset[str]:
    """Local names of a relation and of all relations below it, as the store knows them."""
    found = [term(relation)]
    for current in found:
        found += [q.subject for q in store.quads_for_pattern(None, SUBPROPERTY, current, GRAPH) if q.subject not in found]  # type: ignore[misc]
    return frozenset(iris.local(name.value) for name in found)


def find(store: Engine, text: str) -> str:
    """The local name of the relation that a name or label means, in upper or lower case. Raises QueryError when there is none."""
    wanted = " ".join(text.removeprefix("kg:").split()).casefold()
    known = sorted((name, label) for name, label in labels(store).items() if name[:1].islower())
    for name, label in known:
        if wanted in (name.casefold(), label.casefold()):
            return name
    like = difflib.get_close_matches(wanted, [name for name, _ in known], n=3)
    raise QueryError(f"no relation called {text!r}" + (f"; did you mean {' or '.join(like)}?" if like else "; ontology/relations.ttl has them"))


def labels(store: Engine) -> dict[str, str]:
    """The label of each term by its local name, as the store knows them."""
    return labels_of(store.quads_for_pattern(None, LABEL, None, GRAPH))


def labels_of(found: Iterable[ox.Quad]) -> dict[str, str]:
    """The labels among statements about terms."""
    return {iris.local(q.subject.value): q.object.value for q in found if q.predicate == LABEL}  # type: ignore[union-attr]


def read(file: Path) -> list[ox.Quad]:
    """All statements of an ontology file, in the graph of the ontology. Raises OntologyError."""
    try:
        parsed = ox.parse(path=str(file), format=ox.RdfFormat.TURTLE)
        return [ox.Quad(q.subject, q.predicate, q.object, GRAPH) for q in parsed]
    except OSError as error:
        raise OntologyError(f"{file}: can't be read ({error.strerror or error}); name an existing Turtle file") from error
    except SyntaxError as error:
        raise OntologyError(f"{file}: not valid Turtle: {error}") from error


def _kept(quad: ox.Quad) -> bool:
    return (
        quad.predicate in _KEPT
        and isinstance(quad.subject, ox.NamedNode)
        and not quad.subject.value.startswith(iris.LEX)
        and not isinstance(quad.object, ox.BlankNode)
    )
