"""Corroboration: for each fact the independent voices that tell it and that deny it, and how far to believe it on that ground.

A voice is whoever a claim goes back to: the innermost source that is named, else the publisher (the host of an address), else the
document; of copies of one text it is that of the first. Documents with the same sentence are one voice, for one has it from the other.
What is only possible counts for neither side.
Belief is Laplace's rule of succession, (1 + for) / (2 + for + against): 0.5 without a voice, 0.67 with one, 0.5 again when one denies it.
It says how much was said for a fact, not whether it is true.
"""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

import pyoxigraph as ox

from kg import ontology
from kg.graph import copies, records
from kg.graph.facts import Fact, facts_of
from kg.graph.store import Store
from kg.graph.terms import TYPE, claim, decimal, entity, integer, literal, node, term
from kg.graph.triples import DERIVED, OBJECT, PREDICATE, SUBJECT
from kg.iris import ID, resource
from kg.model import Extraction

BELIEFS = ox.NamedNode(f"{ID}graph/beliefs")
BELIEF, DEGREE, FOR, AGAINST = node("kg:Belief"), node("kg:degreeOfBelief"), node("kg:supportingSources"), node("kg:opposingSources")
REASON = node("rdfs:comment")

Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Voice:
    """One independent source with the documents in which it is heard."""

    name: str
    documents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Belief:
    """What was said for and against a fact. `possible` are documents that only plan, fear or ask it; `claims` are all ids."""

    subject: str
    relation: str
    object: str
    supporting: tuple[Voice, ...]
    opposing: tuple[Voice, ...]
    possible: tuple[str, ...]
    subject_id: str
    object_id: str | None
    claims: tuple[str, ...]

    @property
    def degree(self) -> float:
        """Between 0 and 1."""
        return round((1 + len(self.supporting)) / (2 + len(self.supporting) + len(self.opposing)), 2)

    @property
    def documents(self) -> tuple[str, ...]:
        """The documents that tell the fact."""
        return tuple(sorted({document for voice in self.supporting for document in voice.documents}))

    @property
    def reason(self) -> str:
        """The degree in words."""
        sides = [f"{len(voices)} {side} ({', '.join(v.name for v in voices)})" for side, voices in self._sides() if voices]
        sides += [f"{len(self.possible)} only as possible"] if self.possible else []
        told, all_told = 1 + len(self.supporting), 2 + len(self.supporting) + len(self.opposing)
        return f"{'; '.join(sides)}: {told}/{all_told}"

    def _sides(self) -> tuple[tuple[str, tuple[Voice, ...]], ...]:
        return ("for", self.supporting), ("against", self.opposing)


def beliefs(extractions: Iterable[Extraction], known: Mapping[str, str] | None = None) -> list[Belief]:
    """Each fact once, the most supported first; claims whose subject the text doesn't tell are left out.

    `known` are publishers by document; those of others are told by their addresses.
    """
    known = known or {}
    return weigh((fact, known.get(e.id) or publisher(e.document.get("source"), e.id)) for e in extractions for fact in facts_of(e))


def weigh(facts: Iterable[tuple[Fact, str]]) -> list[Belief]:
    """The beliefs that claims give ground for, each claim with its publisher, the most supported first."""
    return sorted(grounded(facts), key=lambda b: (-len(b.supporting), -len(b.opposing), b.subject, b.relation, b.object, b.claims))


def grounded(facts: Iterable[tuple[Fact, str]]) -> Iterator[Belief]:
    """The beliefs in no order."""
    both_ways = symmetric()
    told: dict[Key, list[tuple[Fact, str]]] = defaultdict(list)
    for fact, publisher in facts:
        if (key := key_of(fact, both_ways)) is not None:
            told[key].append((fact, publisher))
    return map(_belief, told.values())


def symmetric() -> frozenset[str]:
    """The relations whose ends may be told in either order."""
    return frozenset(name for name, relation in ontology.load().relations.items() if relation.symmetric)


def key_of(fact: Fact, symmetric: frozenset[str] = frozenset()) -> Key | None:
    """What makes two claims one fact; the ends of a symmetric relation may be told in either order."""
    if fact.subject_id is None or (end := fact.object_id or fact.object) is None:
        return None
    one, other = sorted((fact.subject_id, end)) if fact.relation in symmetric else (fact.subject_id, end)
    return one, fact.relation, other


def publisher(source: str | None, document: str) -> str:
    """The host of a document's address, or else the document's id."""
    return urlsplit(str(source or "")).hostname or document


def publishers(store: Store) -> dict[str, str]:
    """The publisher of each document; of copies of one text that of the first."""
    own = {each.id: publisher(each.source, each.id) for each in store.documents()}
    first = copies.found(store)
    return {ident: own.get(first.get(ident, ident), name) for ident, name in own.items()}


def _belief(told: list[tuple[Fact, str]]) -> Belief:
    first = min((fact for fact, _ in told), key=lambda fact: (fact.document, fact.start, fact.claim))
    assert first.subject_id is not None
    return Belief(
        subject=first.subject or first.subject_id,
        relation=first.relation,
        object=first.object or "",
        supporting=voices((fact, publisher) for fact, publisher in told if fact.modality == "actual"),
        opposing=voices((fact, publisher) for fact, publisher in told if fact.modality == "negated"),
        possible=tuple(sorted({fact.document for fact, _ in told if fact.modality == "possible"})),
        subject_id=first.subject_id,
        object_id=first.object_id,
        claims=tuple(sorted(fact.claim for fact, _ in told)),
    )


def voices(told: Iterable[tuple[Fact, str]]) -> tuple[Voice, ...]:
    """Who is heard, by claims with their publishers; those with a sentence in common are one."""
    told = list(told)
    if len(told) < 2:
        # Most facts are told once.
        return tuple(Voice(fact.sources[-1] if fact.sources else publisher, (fact.document,)) for fact, publisher in told)
    names: dict[str, str] = {}
    documents: dict[str, set[str]] = defaultdict(set)
    sentences: dict[str, set[str]] = defaultdict(set)
    for fact, publisher in told:
        # By id: two officials without a name are not one.
        ident, name = (fact.source_ids[-1], fact.sources[-1]) if fact.sources else (f"publisher {publisher}", publisher)
        names[ident] = min(name, names.get(ident, name))
        documents[ident].add(fact.document)
        sentences[ident].add(" ".join(fact.sentence.casefold().split()))
    found: list[tuple[str, set[str], set[str]]] = []
    for ident in sorted(names, key=lambda each: (names[each], each)):
        same = [voice for voice in found if voice[2] & sentences[ident]]
        found = [voice for voice in found if voice not in same]
        heard = documents[ident].union(*(voice[1] for voice in same))
        words = sentences[ident].union(*(voice[2] for voice in same))
        found.append((same[0][0] if same else names[ident], heard, words))
    return tuple(Voice(name, tuple(sorted(heard))) for name, heard, _ in sorted(found, key=lambda voice: (voice[0], sorted(voice[1]))))


def find(store: Store, *, concerns: Callable[[Belief], bool] = lambda belief: True) -> list[Belief]:
    """The beliefs that all documents give ground for."""
    return [belief for belief in beliefs(records.read_all(store), publishers(store)) if concerns(belief)]


def of(store: Store, facts: Collection[Fact]) -> dict[str, Belief]:
    """The beliefs in some facts, by claim; only documents that speak of their subjects are read."""
    wanted = {fact.claim for fact in facts}
    subjects = {entity(fact.subject_id) for fact in facts if fact.subject_id is not None}
    found = beliefs(records.read_all(store, mentioning=subjects), publishers(store)) if subjects else []
    return {claim: belief for belief in found for claim in belief.claims if claim in wanted}


def weighed(store: Store) -> Store:
    """A copy of the store in memory, with the beliefs that it gives ground for."""
    return store.with_graph(BELIEFS, lambda copy: (quad for belief in find(copy) for quad in _quads(belief)))


def write(store: Store, found: Iterable[Belief]) -> None:
    """Writes beliefs in place of those that were there."""
    wanted = {quad for belief in found for quad in _quads(belief)}
    there = set(store.inner.quads_for_pattern(None, None, None, BELIEFS))
    store.change(there - wanted, wanted - there)


def _quads(belief: Belief) -> Iterator[ox.Quad]:
    words = "\x1f".join((belief.subject_id, belief.relation, belief.object_id or belief.object))
    about = ox.NamedNode(resource("belief", hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:12]))
    end = literal(belief.object) if belief.object_id is None else entity(belief.object_id)
    for predicate, object_ in (
        (TYPE, BELIEF),
        (SUBJECT, entity(belief.subject_id)),
        (PREDICATE, term(belief.relation)),
        (OBJECT, end),
        (DEGREE, decimal(belief.degree)),
        (FOR, integer(len(belief.supporting))),
        (AGAINST, integer(len(belief.opposing))),
        (REASON, literal(belief.reason)),
        *((DERIVED, claim(ident)) for ident in belief.claims),
    ):
        yield ox.Quad(about, predicate, object_, BELIEFS)
