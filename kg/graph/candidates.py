"""Pairs of entities that a person should look at: alike by name, left open by the rules; the likeliest and most spoken of first."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, islice

from rapidfuzz import fuzz

from kg.graph import records, texts
from kg.graph.identities import Identities
from kg.graph.registry import BLOCKING_KEY
from kg.graph.sightings import REGISTRY
from kg.identity.matching import match
from kg.identity.profiles import Profile
from kg.identity.registry import WIDEST_BLOCK, Member
from kg.model import Extraction

_SENTENCES = 2
# Characters of the text before and behind a name of which nothing is told.
_AROUND = 120


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words of a document; `title` and `published` are the document's."""

    text: str
    document: str
    title: str | None = None
    published: str | None = None


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two as documents tell of it."""

    id: str
    profile: Profile
    documents: int
    sentences: tuple[Quotation, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A pair with what speaks for it; `shared` are people of both's articles, `score` orders."""

    one: Side
    other: Side
    rule: str
    shared: tuple[str, ...]
    score: float


@dataclass(frozen=True, slots=True)
class Pair:
    """A candidate before its sentences are looked up."""

    one: Member
    other: Member
    rule: str
    score: float


def candidates(identities: Identities, limit: int = 20) -> list[Candidate]:
    """The pairs, best first."""
    return [candidate(identities, pair) for pair in ranked(identities)[:limit]]


def ranked(identities: Identities) -> list[Pair]:
    """All pairs, best first."""
    registry = identities.registry
    found = []
    for one, other in _pairs(identities):
        verdict = match(one.profile, other.profile)
        if verdict.answer != "different" and verdict.rule != "nothing in common":
            documents = min(len(registry.documents(member.id)) for member in (one, other))
            found.append(Pair(one, other, verdict.rule, _score(one.profile, other.profile, documents)))
    return sorted(found, key=lambda pair: (-pair.score, pair.one.id, pair.other.id))


def candidate(identities: Identities, pair: Pair) -> Candidate:
    """A pair with its sentences."""
    return Candidate(_side(identities, pair.one), _side(identities, pair.other), pair.rule, _shared(pair.one.profile, pair.other.profile), pair.score)


def _pairs(identities: Identities) -> Iterator[tuple[Member, Member]]:
    """Members that share a key, are of two entities, and of which nobody has judged."""
    registry = identities.registry
    blocks: dict[str, list[str]] = defaultdict(list)
    for quad in identities.store.inner.quads_for_pattern(None, BLOCKING_KEY, None, REGISTRY):
        blocks[quad.object.value].append(records.ident(quad.subject))  # type: ignore[union-attr]
    judged = {judgement.ends for judgement in registry.judged.values()}
    pairs = {pair for block in blocks.values() if len(block) <= WIDEST_BLOCK for pair in combinations(sorted(block), 2)}
    for a, b in sorted(pairs):
        one, other = registry.member(a), registry.member(b)
        if one and other and one.entity != other.entity and frozenset((a, b)) not in judged:
            yield one, other


def _score(one: Profile, other: Profile, documents: int) -> float:
    likeness = max(fuzz.token_sort_ratio(a, b) for a in one.names for b in other.names) / 100
    context = len(one.company & other.company) + 2 * len(one.countries & other.countries) + len(one.roles & other.roles)
    return round(likeness + min(context, 4) / 4 + min(documents, 10) / 20, 4)


def _shared(one: Profile, other: Profile) -> tuple[str, ...]:
    return tuple(sorted(one.company & other.company))


def _side(identities: Identities, member: Member) -> Side:
    names = identities.registry.documents(member.id)
    told = (_quotation(identities, member.id, identities.as_read(name)) for name in islice(names, _SENTENCES))
    return Side(member.id, member.profile, len(names), tuple(filter(None, told)))


def _quotation(identities: Identities, ident: str, extraction: Extraction) -> Quotation | None:
    """A sentence that tells something of a member, or else one that names it."""
    told = [claim.evidence.text for claim in extraction.claims if ident in (claim.subject, claim.object)]
    told += [event.evidence.text for event in extraction.events if event.evidence and any(ident in filled for filled in event.roles.values())]
    words = next(iter(told), None) or _named(identities, ident, extraction)
    head = extraction.document
    return Quotation(words, extraction.id, head.get("title"), head.get("published")) if words else None


def _named(identities: Identities, ident: str, extraction: Extraction) -> str | None:
    """The first name with the words around it, where the text was kept."""
    mention = next((mention for entity in extraction.entities if entity.id == ident for mention in entity.mentions), None)
    if mention is None:
        return None
    text = texts.kept(identities.store, str(extraction.document.get("sha256")))
    if text is None:
        return mention.text
    before, behind = text[max(0, mention.start - _AROUND) : mention.start], text[mention.end : mention.end + _AROUND]
    before, behind = before.rpartition("\n")[2], behind.partition("\n")[0]
    return f"{_cut(before, at_start=True)}{mention.text}{_cut(behind, at_start=False)}"


def _cut(words: str, *, at_start: bool) -> str:
    """Without the half of a word at the end that was cut."""
    if len(words) < _AROUND:
        return words
    return f"…{words.partition(' ')[2]}" if at_start else f"{words.rpartition(' ')[0]}…"
