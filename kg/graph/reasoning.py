"""What follows from what documents say, from background knowledge and from the ontology, by the rules of `ontology/rules/`.

It lies in a graph of its own, in memory: a store that is written to never holds it, nor does an export that wasn't asked for it.
Claims are not touched: from what is denied or only possible nothing follows.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain

import pyoxigraph as ox

from kg.graph import rules, vocabulary
from kg.graph.rules import Rule
from kg.graph.store import Store
from kg.graph.terms import TYPE, literal, node
from kg.graph.triples import ACTIVITY, CONTENT_HASH, USED
from kg.iris import ID, KG

INFERRED = ox.NamedNode(f"{ID}graph/inferred")
REASONING = ox.NamedNode(f"{INFERRED.value}#reasoning")
GENERATED, PLAN, ENTITY = node("prov:wasGeneratedBy"), node("prov:Plan"), node("prov:Entity")


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a triple follows: the rule, and the triples that it was applied to, which are said or follow themselves."""

    conclusion: ox.Triple
    rule: Rule
    premises: tuple[ox.Triple, ...]


@dataclass(frozen=True, slots=True)
class Inference:
    """What follows: each triple with the round in which it was found. `known` holds that and what it follows from, said in `sources`."""

    known: ox.Store = field(repr=False)
    rounds: Mapping[ox.Triple, int] = field(repr=False)
    rules: tuple[Rule, ...] = field(repr=False)
    sources: frozenset[ox.NamedNode]

    def reason(self, triple: ox.Triple) -> Reason | None:
        """The shortest reason for a triple; None where it doesn't follow, or is said."""
        at = self.rounds.get(triple)
        if at is None:
            return None
        ways = [(rule, premises) for rule in self.rules for premises in rule.derivations(self.known, triple)]
        # What was found later may follow from this triple, and would be no reason.
        sound = [(rule, premises) for rule, premises in ways if all(self.rounds.get(premise, 0) < at for premise in premises)]
        rule, premises = min(sound, key=lambda way: (max(self.rounds.get(premise, 0) for premise in way[1]), way[0].name))
        return Reason(triple, rule, premises)

    def reasons(self, triple: ox.Triple) -> list[Reason]:
        """The reason for a triple, then those for its premises, down to what is said; none where it doesn't follow."""
        found = dict[ox.Triple, Reason]()
        open_ = [triple]
        for current in open_:
            if current not in found and (reason := self.reason(current)):
                found[current] = reason
                open_ += reason.premises
        return list(found.values())

    def quads(self) -> Iterator[ox.Quad]:
        """The graph of what follows, and from which graphs and by which rules it was inferred."""
        for triple in self.rounds:
            yield ox.Quad(triple.subject, triple.predicate, triple.object, INFERRED)
        yield ox.Quad(INFERRED, TYPE, ENTITY, INFERRED)
        yield ox.Quad(INFERRED, GENERATED, REASONING, INFERRED)
        yield ox.Quad(REASONING, TYPE, ACTIVITY, INFERRED)
        for source in self.sources:
            yield ox.Quad(REASONING, USED, source, INFERRED)
        for rule in self.rules:
            plan = ox.NamedNode(f"{KG.removesuffix('#')}/rules/{rule.name}")
            yield ox.Quad(REASONING, USED, plan, INFERRED)
            yield ox.Quad(plan, TYPE, PLAN, INFERRED)
            yield ox.Quad(plan, CONTENT_HASH, literal(rule.sha256), INFERRED)


def reasoned(store: Store) -> Store:
    """A copy of the store in memory, with what follows beside what is said."""
    return store.with_graph(INFERRED, lambda copy: infer(copy).quads())


def infer(store: Store) -> Inference:
    """Applies the rules until nothing new follows. They make no new nodes, so that there is an end."""
    library = rules.library()
    known, sources = _premises(store, library)
    rounds = dict[ox.Triple, int]()
    while new := {triple for rule in library for triple in rule.new(known)}:
        rounds.update(dict.fromkeys(new, max(rounds.values(), default=0) + 1))
        known.bulk_extend(ox.Quad(triple.subject, triple.predicate, triple.object) for triple in new)
    return Inference(known, rounds, library, sources)


def reasons(store: Store, triple: ox.Triple) -> list[Reason]:
    """Why a triple follows from what a store holds, step by step; none where it doesn't, or is said itself."""
    return infer(store).reasons(triple)


def _premises(store: Store, library: tuple[Rule, ...]) -> tuple[ox.Store, frozenset[ox.NamedNode]]:
    """The triples that rules may apply to, each once, and the graphs they are from.

    That is all whose property, or class, a rule names, or an axiom: a triple of the ontology whose property a rule names.
    """
    engine = store.inner if isinstance(store.inner, ox.Store) else store.copy()
    graphs = {vocabulary.GRAPH, *store.graphs(), *store.shared()} - {INFERRED}
    names = {name for rule in library for name in rule.names}
    terms = [q for q in engine.quads_for_pattern(None, None, None, vocabulary.GRAPH) if q.predicate in names]
    axioms = [q for q in terms if q.predicate != TYPE or q.object in names]
    wanted = {term for term in names.union(*({q.subject, q.object} for q in axioms)) - {TYPE} if isinstance(term, ox.NamedNode)}
    found, sources = {q.triple for q in axioms}, {vocabulary.GRAPH} if axioms else set()
    for name in sorted(wanted, key=str):
        for quad in chain(engine.quads_for_pattern(None, name, None), engine.quads_for_pattern(None, TYPE, name)):
            if isinstance(quad.graph_name, ox.NamedNode) and quad.graph_name in graphs:
                found.add(quad.triple)
                sources.add(quad.graph_name)
    known = ox.Store()
    known.bulk_extend(ox.Quad(triple.subject, triple.predicate, triple.object) for triple in found)
    return known, frozenset(sources)
