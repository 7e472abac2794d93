"""What people decide about identity: judged by name, taken back, carried in files, and explained."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.errors import JudgementError, QueryError
from kg.graph import names, records
from kg.graph.identities import Identities
from kg.graph.terms import document as document_node
from kg.graph.terms import entity as entity_node
from kg.identity.judgements import PERSON, RULE, Judgement
from kg.model import Mention


@dataclass(frozen=True, slots=True)
class Sighting:
    """What one document calls an entity."""

    document: str
    title: str | None
    name: str
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A member of an entity: the id that documents by themselves give it, and where they speak of it."""

    id: str
    sightings: tuple[Sighting, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why an entity is what it is: its parts, and the judgements of rules and people about them."""

    id: str
    name: str
    parts: tuple[Part, ...]
    judgements: tuple[Judgement, ...]


def judge(identities: Identities, answer: str, one: str, other: str, *, reason: str = "", by: str = PERSON) -> Judgement:
    """Records that two are the "same" or "different". Names, ids and IRIs are understood, and ENTITY@DOCUMENT for what one document says.

    Raises QueryError when a name is unknown, JudgementError when it means several or the judgement contradicts an earlier one.
    """
    ends = member(identities, one), member(identities, other)
    if ends[0] == ends[1]:
        raise JudgementError(f"{one} and {other} are {ends[0]}; write ENTITY@DOCUMENT for what one document says of it")
    for end in ends:
        identities.join_in(end)
    told = _names(identities, ends[0]), _names(identities, ends[1])
    judgement = Judgement("same" if answer == "same" else "different", *ends, reason, by, told[0], told[1])
    identities.judge(judgement)
    return identities.registry.judged[judgement.id]


def member(identities: Identities, text: str) -> str:
    """The member that a name, id or IRI means; of an entity with several, the one called so, else the first."""
    head, at, document = text.rpartition("@")
    if at and head and identities.store.inner.contains_named_graph(document_node(document)):
        entity = identities.registry.entity(member(identities, head))
        return identities.part(entity, document)
    node = names.address(text)
    ident = text if node is None else records.ident(node)
    if identities.registry.member(ident) is not None:
        return ident
    found = [records.ident(node) for node in names.require(identities.store, text)]
    if len(found) > 1:
        raise JudgementError(f"{text!r} may be {', '.join(found)}; write the id")
    members = identities.registry.of_entity(found[0]) or found
    called = [each for each in members if names.fold(text) in map(names.fold, _names(identities, each))]
    return (called or members)[0]


def _names(identities: Identities, ident: str) -> tuple[str, ...]:
    found = identities.registry.member(ident)
    return found.profile.names if found else ()


def judgements(identities: Identities) -> list[Judgement]:
    """What people have decided, in order."""
    return sorted(identities.registry.judged.values(), key=lambda judgement: judgement.number)


def undo(identities: Identities, number: int | None = None) -> Judgement:
    """Takes a person's judgement back, the last one unless a number is given. Raises JudgementError when there is none."""
    known = judgements(identities)
    found = [judgement for judgement in known if number in (None, judgement.number)]
    if not found:
        raise JudgementError(f"no judgement number {number}" if known else "nothing to undo: no judgements by people")
    return identities.undo(found[-1].id)


def bring(identities: Identities, told: Iterable[Judgement]) -> Iterator[tuple[Judgement, JudgementError | None]]:
    """Adds judgements of a file; those that are there already are left out, each that contradicts comes with its error."""
    for judgement in told:
        if judgement.id in identities.registry.judged:
            continue
        try:
            identities.judge(judgement)
            yield judgement, None
        except JudgementError as error:
            yield judgement, error


def why(identities: Identities, text: str) -> list[Explanation]:
    """The explanation of each entity that a name, id or IRI means. Raises QueryError when there is none."""
    return [_explained(identities, records.ident(node)) for node in names.require(identities.store, text)]


def _explained(identities: Identities, ident: str) -> Explanation:
    registry = identities.registry
    members = registry.of_entity(ident)
    parts = [Part(each, tuple(_sightings(identities, each))) for each in members]
    if not members:
        extractions = records.read_all(identities.store, mentioning=[entity_node(ident)])
        sightings = tuple(Sighting(x.id, x.document.get("title"), x.entity(ident).name, x.entity(ident).mentions) for x in extractions)
        parts = [Part(ident, sightings)]
    about = {(j.id, j.number): j for each in members for j in registry.about(each)}
    ordered = sorted(about.values(), key=lambda j: (j.by.startswith(RULE), j.number))
    called = [sighting.name for part in parts for sighting in part.sightings]
    if not called:
        raise QueryError(f"no document speaks of {ident}")
    return Explanation(ident, max(called, key=lambda name: (called.count(name), len(name), name)), tuple(parts), tuple(ordered))


def _sightings(identities: Identities, ident: str) -> Iterator[Sighting]:
    for name in identities.registry.documents(ident):
        extraction = identities.as_read(name)
        found = next((entity for entity in extraction.entities if entity.id == ident), None)
        if found is not None:
            yield Sighting(extraction.id, extraction.document.get("title"), found.name, found.mentions)
