"""A user's own knowledge of people and organisations: names, classes, countries and dates, by which entities get the ids of that base.

What is known counts where name and class agree, no country speaks against it and the article's date lies within the entry's;
two entries that fit one name leave it alone.
"""

import csv
import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass, replace
from functools import cached_property

from kg.errors import InputError
from kg.extract import gazetteer
from kg.identity.context import profiles
from kg.identity.keys import folder, key, slug
from kg.identity.matching import BODIES, PLACES
from kg.identity.profiles import Profile
from kg.identity.resolve import rewritten
from kg.model import Entity, Extraction

COLUMNS = ("id", "name", "aliases", "type", "description", "country", "start", "end")


@dataclass(frozen=True, slots=True)
class Entry:
    """Somebody or something of the base: `id` is an IRI, `country` an ISO code or "", `start` and `end` are ISO dates or ""."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    type: str = ""
    description: str = ""
    country: str = ""
    start: str = ""
    end: str = ""

    def fits(self, kind: str, profile: Profile | None, published: str) -> bool:
        """True when class, countries and date don't speak against it."""
        apart = bool(profile and profile.countries and self.country) and self.country not in (profile.countries if profile else ())
        dated = published and ((self.start and published < self.start[: len(published)]) or (self.end and published[: len(self.end)] > self.end))
        return not apart and not dated and (not self.type or _family(self.type) == _family(kind))


def _family(kind: str) -> str:
    return "body" if kind in BODIES else "place" if kind in PLACES else kind


@dataclass(frozen=True)
class Knowledge:
    """A base of entries."""

    entries: tuple[Entry, ...]

    @cached_property
    def by_name(self) -> dict[str, list[Entry]]:
        """The entries by the keys of their names and aliases."""
        found: dict[str, list[Entry]] = defaultdict(list)
        for entry in self.entries:
            for name in {key(text) for text in (entry.name, *entry.aliases)}:
                found[name].append(entry)
        return dict(found)

    @property
    def version(self) -> str:
        """What the base says, as a hash: documents are read again when it changes."""
        return hashlib.sha256(json.dumps([astuple(entry) for entry in self.entries]).encode()).hexdigest()[:8]

    def entry(self, entity: Entity, profile: Profile | None, published: str) -> Entry | None:
        """The one entry that an entity is."""
        for names in ([entity.name], [m.text for m in entity.mentions if m.kind == "name"]):
            found = {entry for name in names for entry in self.by_name.get(key(name), ()) if entry.fits(entity.type, profile, published)}
            if found:
                return found.pop() if len(found) == 1 else None
        return None


def known(extraction: Extraction, knowledge: Knowledge) -> Extraction:
    """The extraction with the entities that the base knows under the ids of their entries, linked to them."""
    told = profiles(extraction)
    published = str(extraction.document.get("published") or "")[:10]
    ids: dict[str, str] = {}
    links: dict[str, str] = {}
    for entity in extraction.entities:
        entry = knowledge.entry(entity, told.get(entity.id), published) if entity.named else None
        if entry is not None:
            ids[entity.id] = entry_id(entry, entity.type)
            links[entity.id] = entry.id
    entities = tuple(replace(e, links=(*e.links, links[e.id])) if e.id in links and links[e.id] not in e.links else e for e in extraction.entities)
    return rewritten(replace(extraction, entities=entities), ids)


def entry_id(entry: Entry, kind: str) -> str:
    """The id of an entry: its name, with a hash of its IRI, so that namesakes of the base stay apart."""
    family = {"body": "Organization", "place": "Place"}.get(_family(kind), kind)
    return f"{folder(family)}/{slug(entry.name)}-k{hashlib.sha256(entry.id.encode('utf-8', 'surrogatepass')).hexdigest()[:6]}"


def from_csv(lines: Iterable[str], source: str) -> Iterator[Entry]:
    """Entries from CSV with a head; aliases are separated by ";". Raises InputError, which names the line."""
    reader = csv.DictReader(lines)
    missing = {"id", "name"} - set(reader.fieldnames or ())
    if missing:
        raise InputError(f"{source}: no column {' or '.join(sorted(missing))}; it takes {', '.join(COLUMNS)}")
    for number, row in enumerate(reader, 2):
        cells = {column: (row.get(column) or "").strip() for column in COLUMNS}
        if not cells["id"] or not cells["name"]:
            raise InputError(f"{source}: line {number}: id and name must not be empty")
        aliases = tuple(alias for part in cells.pop("aliases").split(";") if (alias := part.strip()))
        yield Entry(**{**cells, "country": code(cells["country"])}, aliases=aliases)


def code(country: str) -> str:
    """The ISO code of a country given by name or code."""
    found = gazetteer.country(country)
    return (found.code or found.name) if found else country
