"""Everything the store holds about one entity."""

from collections import Counter
from dataclasses import dataclass

import pyoxigraph as ox

from kg.graph import knowledge, names, records
from kg.graph.facts import Fact, facts_of
from kg.graph.store import Store
from kg.identity.knowledge import Entry
from kg.model import Event, Extraction


@dataclass(frozen=True, slots=True)
class Happening:
    """An event with names in place of ids; `roles` are pairs such as ("agent", "Ruritania")."""

    id: str
    type: str
    time: str | None
    roles: tuple[tuple[str, str], ...]
    counts: tuple[tuple[str, int], ...]
    modality: str
    sentence: str
    document: str


@dataclass(frozen=True, slots=True)
class Saying:
    """A quotation."""

    text: str
    direct: bool
    document: str


@dataclass(frozen=True, slots=True)
class Profile:
    """An entity. `mentions` says how often it is called what, the most often first; `says` are claims that it is the source of.

    `known` are the entries of the user's own knowledge base that it is.
    """

    id: str
    name: str
    types: tuple[str, ...]
    aliases: tuple[str, ...]
    links: tuple[str, ...]
    documents: tuple[str, ...]
    mentions: tuple[tuple[str, int], ...]
    facts: tuple[Fact, ...]
    says: tuple[Fact, ...]
    events: tuple[Happening, ...]
    quotes: tuple[Saying, ...]
    known: tuple[Entry, ...]


def show(store: Store, entity: str | ox.NamedNode) -> list[Profile]:
    """What is known about each entity that the name, alias, id or IRI means; the most mentioned first."""
    nodes = [entity] if isinstance(entity, ox.NamedNode) else names.find(store, entity)
    profiles = [_profile(store, node) for node in nodes]
    return sorted(profiles, key=lambda profile: (-sum(number for _, number in profile.mentions), profile.id))


def _profile(store: Store, node: ox.NamedNode) -> Profile:
    ident = records.ident(node)
    extractions = list(records.read_about(store, node))
    seen = [entity for extraction in extractions for entity in extraction.entities if entity.id == ident]
    called = Counter(entity.name for entity in seen)
    name = names.choose(called) if called else ident
    facts = [fact for extraction in extractions for fact in facts_of(extraction)]
    links = tuple(sorted({link for entity in seen for link in entity.links}))
    mentions = Counter(" ".join(mention.text.split()) for entity in seen for mention in entity.mentions)
    return Profile(
        id=ident,
        name=name,
        types=tuple(sorted({entity.type for entity in seen})),
        aliases=tuple(sorted(({alias for entity in seen for alias in entity.aliases} | set(called)) - {name})),
        links=links,
        documents=tuple(extraction.id for extraction in extractions),
        mentions=tuple(sorted(mentions.items(), key=lambda item: (-item[1], item[0]))),
        facts=tuple(fact for fact in facts if ident in (fact.subject_id, fact.object_id)),
        says=tuple(fact for fact in facts if ident in fact.source_ids and ident not in (fact.subject_id, fact.object_id)),
        events=tuple(happening(e, x) for x in extractions for e in x.events if any(ident in filled for filled in e.roles.values())),
        quotes=tuple(Saying(q.text, q.direct, x.id) for x in extractions for q in x.quotes if q.speaker == ident),
        known=tuple(knowledge.entries(store, links)),
    )


def happening(event: Event, extraction: Extraction) -> Happening:
    """An event with names in place of ids."""
    called = {entity.id: entity.name for entity in extraction.entities}
    return Happening(
        id=event.id,
        type=event.type,
        time=None if event.time is None else event.time.value or event.time.text,
        roles=tuple((role, called.get(ident, ident)) for role, filled in event.roles.items() for ident in filled),
        counts=tuple(sorted(event.counts.items())),
        modality=event.modality,
        sentence=event.evidence.text if event.evidence else event.trigger.text,
        document=extraction.id,
    )
