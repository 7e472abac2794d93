"""Pairs of entities that a person should look at: alike by name, left open by the rules; the likeliest and most spoken of first."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, islice

from rapidfuzz import fuzz

from kg.graph import records
from kg.graph.identities import Identities
from kg.graph.registry import BLOCKING_KEY
from kg.graph.sightings import REGISTRY
from kg.identity.matching import match
from kg.identity.profiles import Profile
from kg.identity.registry import WIDEST_BLOCK, Member

_SENTENCES = 2


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two as documents tell of it."""

    id: str
    profile: Profile
    documents: int
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A pair with what speaks for it; `shared` are people of both's articles, `score` orders."""

    one: Side
    other: Side
    rule: str
    shared: tuple[str, ...]
    score: float


def candidates(identities: Identities, limit: int = 20) -> list[Candidate]:
    """The pairs, best first."""
    registry = identities.registry
    scored = []
    for one, other in _pairs(identities):
        verdict = match(one.profile, other.profile)
        if verdict.answer == "different" or verdict.rule == "nothing in common":
            continue
        sizes = [len(registry.documents(m.id)) for m in (one, other)]
        scored.append((_score(one.profile, other.profile, min(sizes)), one, other, verdict.rule, sizes))
    scored.sort(key=lambda found: (-found[0], found[1].id, found[2].id))
    return [
        Candidate(_side(identities, one, sizes[0]), _side(identities, other, sizes[1]), rule, _shared(one.profile, other.profile), score)
        for score, one, other, rule, sizes in scored[:limit]
    ]


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


def _side(identities: Identities, member: Member, documents: int) -> Side:
    return Side(member.id, member.profile, documents, tuple(_sentences(identities, member.id)))


def _sentences(identities: Identities, ident: str) -> Iterator[str]:
    """Sentences that tell something of a member, one a document."""
    for name in islice(identities.registry.documents(ident), _SENTENCES):
        extraction = identities.as_read(name)
        told = [claim.evidence.text for claim in extraction.claims if ident in (claim.subject, claim.object)]
        told = told or [mention.text for entity in extraction.entities if entity.id == ident for mention in entity.mentions]
        if told:
            yield f"{told[0]} [{extraction.id}]"
