"""Checks the graph against its SHACL shapes (ontology/shapes/graph.ttl) and the queries of queries/checks."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

from kg import resources
from kg.graph import queries
from kg.graph.answers import readable
from kg.graph.store import Store
from kg.iris import PREFIXES

# pyshacl keeps every result: documents are checked in groups, so that memory stays small however many there are.
GROUP = 50


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """What is wrong with a node: the message of the shape or check, and the value that breaks it."""

    node: str
    message: str
    value: str | None = None

    def __str__(self) -> str:
        return f"{self.node}: {self.message}" + (f" Found: {self.value}" if self.value else "")


@dataclass(frozen=True, slots=True)
class Report:
    """The outcome. `documents` says how many were checked."""

    documents: int
    violations: tuple[Violation, ...]

    @property
    def conforms(self) -> bool:
        """True when nothing is wrong."""
        return not self.violations

    def __str__(self) -> str:
        return "\n".join([f"{self.documents} documents, {len(self.violations)} violations", *map(str, self.violations)])


def validate(store: Store) -> Report:
    """Checks every document by the shapes, and the store as a whole by the checks."""
    names = store.graphs()
    found = {violation for at in range(0, len(names), GROUP) for violation in _shapes(store, names[at : at + GROUP])}
    found.update(checks(store))
    return Report(len(names), tuple(sorted(found, key=lambda v: (v.node, v.message, v.value or ""))))


def checks(store: Store) -> Iterator[Violation]:
    """What the queries of `queries/checks` find in the store as a whole."""
    for name, answer in queries.check(store).items():
        summary = queries.library("checks")[name].summary
        for row in answer.texts:
            yield Violation(row[0], summary, " ".join(filter(None, row[1:])) or None)


def _shapes(store: Store, names: list[ox.NamedNode]) -> Iterator[Violation]:
    import pyshacl
    import rdflib
    from rdflib.namespace import SH

    data = ox.serialize((q.triple for name in names for q in store.inner.quads_for_pattern(None, None, None, name)), format=ox.RdfFormat.N_TRIPLES)
    graph = rdflib.Graph().parse(data=data or b"", format="nt")
    shapes = rdflib.Graph().parse(resources.folder("ontology") / "shapes" / "graph.ttl")
    conforms, results, _ = pyshacl.validate(graph, shacl_graph=shapes, inference="none", advanced=False)
    if conforms:
        return
    for result in results.subjects(rdflib.RDF.type, SH.ValidationResult):
        message = results.value(result, SH.resultMessage) or results.value(result, SH.sourceConstraintComponent)
        yield Violation(_readable(results.value(result, SH.focusNode)), str(message), _readable(results.value(result, SH.value)) or None)


def _readable(node: Any) -> str:
    if node is None:
        return ""
    return readable(ox.NamedNode(str(node))) if str(node).startswith(tuple(PREFIXES.values())) else str(node)
