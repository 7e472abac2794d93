"""The ontology as the extractor and the graph use it: classes, relations, and the lexicon of each relation.

Read from Turtle with pyoxigraph, which is quicker here than rdflib. A user's own files are read after the project's own
and may add relations, or triggers to relations that are there.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pyoxigraph as ox

from kg import resources
from kg.errors import OntologyError
from kg.iris import KG, LEX, PREFIXES, local
from kg.model import Modality

FILES = ("core", "entities", "relations", "events")
TOP = "Thing"
NET = "Net"  # stands for a frame in the rules of claims that no frame reads; any relation may have them


@dataclass(frozen=True, slots=True)
class Example:
    """A text and the claim in it; `subject` is None where the agent is unknown."""

    text: str
    subject: str | None
    object: str | None


@dataclass(frozen=True, slots=True)
class Trigger:
    """One entry of the lexicon: words in a frame that express `relation`, and where its arguments stand."""

    relation: str
    frame: str
    predicate: str
    subject_slot: str
    object_slot: str
    lemmas: tuple[str, ...]
    prepositions: tuple[str, ...]
    object_nouns: frozenset[str]
    slots: frozenset[str]
    domain: frozenset[str]
    range: frozenset[str]
    modality: Modality
    confidence: float


@dataclass(frozen=True, slots=True)
class Relation:
    """A property of the ontology. `iri` is its name on the web, `name` the local part.

    `domain` and `range` are class names; empty allows every class. `event` is the class of event it makes, `literal` marks
    attributes, `unnamed` relations whose participants may have no name, `unknown_agent` those that are claimed even where the
    text does not tell who did it ("X was killed").
    """

    name: str
    iri: str
    label: str
    definition: str
    domain: frozenset[str]
    range: frozenset[str]
    parents: tuple[str, ...]
    symmetric: bool
    transitive: bool
    inverse: str | None
    event: str | None
    literal: bool
    unnamed: bool
    unknown_agent: bool
    triggers: tuple[Trigger, ...]
    examples: tuple[Example, ...]
    counterexamples: tuple[Example, ...]


@dataclass(frozen=True)
class Ontology:
    """Classes with their superclasses (nearest first, itself included) and relations by local name.

    `own` holds the IRIs of classes and relations outside the project's namespace.
    """

    classes: Mapping[str, tuple[str, ...]]
    relations: Mapping[str, Relation]
    own: Mapping[str, str] = field(default_factory=dict)

    def is_a(self, kind: str, allowed: frozenset[str]) -> bool:
        """True when class `kind` is one of `allowed` or below one; an empty `allowed` admits all."""
        return not allowed or any(c in allowed for c in self.classes.get(kind, (kind,)))

    def ancestors(self, relation: str) -> tuple[str, ...]:
        """The relation and everything above it, nearest first."""
        found = [relation]
        for name in found:
            found.extend(p for p in self.relations[name].parents if p not in found)
        return tuple(found)


class _Graph:
    """Look-ups over the triples of the ontology files."""

    def __init__(self, files: Iterable[Path]) -> None:
        self.values: dict[tuple[object, str], list[ox.NamedNode | ox.BlankNode | ox.Literal]] = defaultdict(list)
        self.kinds: dict[str, list[str]] = defaultdict(list)
        for file in files:
            self._read(file)

    def _read(self, file: Path) -> None:
        try:
            # Blank nodes of different files must not meet under one label.
            for quad in ox.parse(path=str(file), format=ox.RdfFormat.TURTLE, rename_blank_nodes=True):
                triple = quad.triple
                self.values[triple.subject, triple.predicate.value].append(triple.object)
                if triple.predicate.value == RDF_TYPE and isinstance(triple.subject, ox.NamedNode):
                    self.kinds[triple.object.value].append(triple.subject.value)
        except OSError as error:
            raise OntologyError(f"{file}: can't be read ({error.strerror or error}); name an existing Turtle file") from error
        except SyntaxError as error:
            raise OntologyError(f"{file}: not valid Turtle: {error}") from error

    def all(self, node: object, predicate: str) -> list[str]:
        return [v.value for v in self.values.get((node, predicate), ())]

    def nodes(self, node: object, predicate: str) -> list[ox.NamedNode | ox.BlankNode | ox.Literal]:
        return self.values.get((node, predicate), [])

    def one(self, node: object, predicate: str) -> str | None:
        return next(iter(self.all(node, predicate)), None)


RDF_TYPE = PREFIXES["rdf"] + "type"
SUBCLASS = PREFIXES["rdfs"] + "subClassOf"
SUBPROPERTY = PREFIXES["rdfs"] + "subPropertyOf"
OWL = PREFIXES["owl"]


def load(extra: Sequence[Path] = ()) -> Ontology:
    """The project's ontology with the user's own files. Raises OntologyError on a file that is missing, malformed or incomplete."""
    return _load(tuple(extra))


@cache
def _load(extra: tuple[Path, ...]) -> Ontology:
    folder = resources.folder("ontology")
    graph = _Graph([*(folder / f"{name}.ttl" for name in FILES), *extra])
    found = [c for c in graph.kinds[OWL + "Class"] if not c.startswith(LEX)]
    classes = {local(c): tuple(_superclasses(graph, c)) for c in found}
    relations = {r.name: r for r in _relations(graph)}
    for relation in relations.values():
        for name in relation.parents:
            if name not in relations:
                raise OntologyError(f"relation {relation.name}: rdfs:subPropertyOf {name}, which no file defines; define it or correct the name")
        used = relation.domain | relation.range
        for name in used.union(*(t.domain | t.range for t in relation.triggers)):
            if name not in classes:
                raise OntologyError(f"relation {relation.name}: class {name} is not defined; define it as owl:Class or correct the name")
    iris = (*found, *(r.iri for r in relations.values()))
    return Ontology(classes, relations, {local(iri): iri for iri in sorted(iris) if not iri.startswith(KG)})


def _superclasses(graph: _Graph, iri: str) -> Iterator[str]:
    seen = [iri]
    for current in seen:
        yield local(current)
        seen.extend(p for p in graph.all(ox.NamedNode(current), SUBCLASS) if not p.startswith(PREFIXES["sem"]) and p not in seen)


def _relations(graph: _Graph) -> Iterator[Relation]:
    found = dict.fromkeys((*graph.kinds[OWL + "ObjectProperty"], *graph.kinds[OWL + "DatatypeProperty"]))
    literal = set(graph.kinds[OWL + "DatatypeProperty"])
    symmetric, transitive = set(graph.kinds[OWL + "SymmetricProperty"]), set(graph.kinds[OWL + "TransitiveProperty"])
    for iri in found:
        if iri.startswith(LEX):
            continue
        node = ox.NamedNode(iri)
        triggers = graph.nodes(node, LEX + "trigger")
        if not iri.startswith(KG) and not triggers:
            continue
        name = local(iri)
        # rdfs:domain with several values would mean all of them at once; schema:domainIncludes means any.
        domain, range_ = (_classes(graph, node, p) for p in ("domainIncludes", "rangeIncludes"))
        if iri in literal:
            range_ = frozenset()  # a datatype
        inverse, event = graph.one(node, OWL + "inverseOf"), graph.one(node, LEX + "eventType")
        yield Relation(
            name=name,
            iri=iri,
            label=graph.one(node, PREFIXES["rdfs"] + "label") or name,
            definition=graph.one(node, PREFIXES["skos"] + "definition") or "",
            domain=domain,
            range=range_,
            parents=tuple(local(p) for p in graph.all(node, SUBPROPERTY) if p.startswith(KG) or p in found),
            symmetric=iri in symmetric,
            transitive=iri in transitive,
            inverse=inverse and local(inverse),
            event=event and local(event),
            literal=iri in literal,
            unnamed=graph.one(node, LEX + "unnamedArguments") == "true",
            unknown_agent=graph.one(node, LEX + "unknownAgent") == "true",
            triggers=tuple(_trigger(graph, name, t, domain, range_) for t in triggers),
            examples=tuple(_example(graph, e) for e in graph.nodes(node, LEX + "example")),
            counterexamples=tuple(_example(graph, e) for e in graph.nodes(node, LEX + "counterexample")),
        )


def _classes(graph: _Graph, node: object, includes: str) -> frozenset[str]:
    plain = PREFIXES["rdfs"] + includes.removesuffix("Includes")
    found = graph.all(node, PREFIXES["schema"] + includes) or graph.all(node, plain)
    return frozenset(local(c) for c in found) - {TOP}


def _trigger(graph: _Graph, relation: str, node: object, domain: frozenset[str], range_: frozenset[str]) -> Trigger:
    frame = graph.one(node, LEX + "frame")
    kind = frame and graph.one(ox.NamedNode(frame), LEX + "predicate")
    if frame is None or kind is None:
        raise OntologyError(f"relation {relation}: a lex:trigger has the frame {frame or 'none'}; use one of those in ontology/core.ttl")
    lemmas = tuple(sorted(graph.all(node, LEX + "lemma")))
    if kind != "structure" and not lemmas:
        raise OntologyError(f"relation {relation}: a lex:trigger with frame {local(frame)} has no lex:lemma; add the words")
    modality = graph.one(node, LEX + "modality") or "actual"
    if modality not in ("actual", "negated", "possible"):
        raise OntologyError(f"relation {relation}: lex:modality {modality!r}; use actual, negated or possible")
    return Trigger(
        relation=relation,
        frame=local(frame),
        predicate=kind,
        subject_slot=graph.one(node, LEX + "subjectSlot") or graph.one(ox.NamedNode(frame), LEX + "subjectSlot") or "agent",
        object_slot=graph.one(node, LEX + "objectSlot") or graph.one(ox.NamedNode(frame), LEX + "objectSlot") or "patient",
        lemmas=lemmas,
        prepositions=tuple(sorted(graph.all(node, LEX + "preposition"))),
        object_nouns=frozenset(graph.all(node, LEX + "objectNoun")),
        slots=frozenset(graph.all(node, LEX + "slot")),
        domain=_narrowed(graph, node, "domain", domain),
        range=_narrowed(graph, node, "range", range_),
        modality=modality,  # type: ignore[arg-type]
        confidence=float(graph.one(node, LEX + "confidence") or 0.9),
    )


def _narrowed(graph: _Graph, node: object, predicate: str, general: frozenset[str]) -> frozenset[str]:
    return frozenset(local(c) for c in graph.all(node, LEX + predicate)) or general


def _example(graph: _Graph, node: object) -> Example:
    return Example(graph.one(node, LEX + "text") or "", graph.one(node, LEX + "subject"), graph.one(node, LEX + "object"))
