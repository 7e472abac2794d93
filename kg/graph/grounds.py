"""What triples rest on that no document says: background knowledge, or the rules by which they follow from what is said."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from kg.graph import names, records, vocabulary
from kg.graph.answers import readable
from kg.graph.reasoning import Reason, infer
from kg.graph.store import Store
from kg.graph.terms import BACKGROUND, LABEL, Term
from kg.graph.triples import MODALITY, OBJECT, PREDICATE, SUBJECT

_PLACES = {BACKGROUND: "background knowledge", vocabulary.GRAPH: "the ontology"}


@dataclass(frozen=True, slots=True)
class Statement:
    """A triple in words. `claims` are those that say so, `places` what else does; both are empty where it follows."""

    subject: str
    relation: str
    object: str
    claims: tuple[str, ...] = ()
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ground:
    """A statement with the rule by which it follows and what it follows from; no rule where it is known from elsewhere."""

    statement: Statement
    rule: str = ""
    summary: str = ""
    premises: tuple[Statement, ...] = ()


def find(store: Store, triples: Iterable[ox.Triple]) -> list[Ground]:
    """The grounds of those triples that are known or follow, then those of what they follow from; none where none does."""
    wanted = list(triples)
    known = [
        Ground(_statement(store, triple)) for triple in wanted if ox.Quad(triple.subject, triple.predicate, triple.object, BACKGROUND) in store.inner
    ]
    if known or not wanted:
        return known
    inference = infer(store)
    reasons = dict.fromkeys(reason for triple in wanted for reason in inference.reasons(triple))
    return [_ground(store, reason) for reason in reasons]


def claims(store: Store, subjects: Iterable[Term] | None, relation: ox.NamedNode, objects: Iterable[Term] | None) -> set[ox.NamedNode]:
    """The claims of documents with that relation between these; None stands for anybody, told or not."""
    found = _with(store, PREDICATE, [relation])
    for predicate, ends in ((SUBJECT, subjects), (OBJECT, objects)):
        if ends is not None:
            found &= _with(store, predicate, ends)
    return found


def _with(store: Store, predicate: ox.NamedNode, objects: Iterable[Term]) -> set[ox.NamedNode]:
    quads = (quad for each in objects for quad in store.inner.quads_for_pattern(None, predicate, each, None))
    return {quad.subject for quad in quads if isinstance(quad.subject, ox.NamedNode) and names.spoken(quad)}


def _ground(store: Store, reason: Reason) -> Ground:
    premises = tuple(_statement(store, premise) for premise in reason.premises)
    return Ground(_statement(store, reason.conclusion), reason.rule.name, reason.rule.summary, premises)


def _statement(store: Store, triple: ox.Triple) -> Statement:
    subject, predicate, object_ = triple
    assert isinstance(predicate, ox.NamedNode)
    told = sorted(records.ident(node) for node in claims(store, [subject], predicate, [object_]) if _is_actual(store, node))
    graphs = {quad.graph_name for quad in store.inner.quads_for_pattern(subject, predicate, object_, None)}
    places = sorted({_place(graph) for graph in graphs if isinstance(graph, ox.NamedNode) and not (told and graph.value.startswith(names.DOCUMENT))})
    return Statement(_name(store, subject), _name(store, predicate), _name(store, object_), tuple(told), tuple(places))


def _is_actual(store: Store, claim: ox.NamedNode) -> bool:
    return any(readable(quad.object).endswith("actual") for quad in store.inner.quads_for_pattern(claim, MODALITY, None, None))


def _place(graph: ox.NamedNode) -> str:
    return _PLACES.get(graph) or (f"document {records.ident(graph)}" if graph.value.startswith(names.DOCUMENT) else graph.value)


def _name(store: Store, term: Term) -> str:
    """What people call it: a name in documents, else one from elsewhere; of a term its own."""
    if not isinstance(term, ox.NamedNode) or not term.value.startswith(names.ENTITY):
        return readable(term).removeprefix("kg:")
    quads = list(store.inner.quads_for_pattern(term, LABEL, None, None))
    said = Counter(quad.object.value for quad in quads if names.spoken(quad))  # type: ignore[union-attr]
    return names.choose(said or Counter(quad.object.value for quad in quads)) if quads else readable(term)  # type: ignore[union-attr]


def known(store: Store, text: str) -> list[ox.NamedNode]:
    """The entities that a name means, those too that only background knowledge names."""
    return names.find(store, text) or sorted(set(_background(store, names.fold(text))), key=lambda node: node.value)


def _background(store: Store, wanted: str) -> Iterator[ox.NamedNode]:
    for quad in store.inner.quads_for_pattern(None, LABEL, None, BACKGROUND):
        if isinstance(quad.subject, ox.NamedNode) and names.fold(quad.object.value) == wanted:  # type: ignore[union-attr]
            yield quad.subject
