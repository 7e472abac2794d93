"""A user's own knowledge of people and organisations: names, classes, countries, dates and offices, by which entities get the ids of that base.

What is known counts where name and class agree, no country speaks against it and the article's date lies within the entry's; of two
entries that fit one name the one counts that holds the office by which the article calls it, else none. Who is named by office and
country alone ("the French president") is who holds that office on the day of the article.
"""

import csv
import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, replace
from functools import cached_property
from itertools import chain

from kg.errors import InputError
from kg.identity.context import profiles
from kg.identity.keys import folder, key, slug
from kg.identity.matching import BODIES, PLACES
from kg.identity.names import strip_titles
from kg.identity.profiles import Profile
from kg.identity.resolve import rewritten
from kg.identity.tenures import Post, Tenure, checked, code, post, tenure
from kg.model import Entity, Extraction

COLUMNS = ("id", "name", "aliases", "type", "description", "country", "start", "end", "roles")
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|^`\\\\]+")
_DAY = len("2013-01-05")


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
    tenures: tuple[Tenure, ...] = ()

    def __post_init__(self) -> None:
        if not _IRI.fullmatch(self.id):
            raise ValueError(f"id {self.id!r} is not an IRI; write it like https://example.org/{slug(self.id) or 'name'}")
        if checked(self.start) and checked(self.end) and self.end < self.start[: len(self.end)]:
            raise ValueError(f"the end, {self.end}, is before the start, {self.start}")

    def post(self, told: Tenure) -> Post:
        """An office with its country, which is the entry's where the words name none."""
        office, countries = post(told.office)
        return office, countries or frozenset(filter(None, [self.country]))

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
        return hashlib.sha256(json.dumps(sorted(astuple(entry) for entry in self.entries)).encode()).hexdigest()[:8]

    @cached_property
    def by_post(self) -> dict[Post, list[tuple[Entry, Tenure]]]:
        """Who held an office of a country, and when."""
        found: dict[Post, list[tuple[Entry, Tenure]]] = defaultdict(list)
        for entry in self.entries:
            for told in entry.tenures:
                office, countries = entry.post(told)
                if countries:
                    found[office, countries].append((entry, told))
        return dict(found)

    def entry(self, entity: Entity, profile: Profile | None, published: str) -> Entry | None:
        """The one entry that an entity is by its names."""
        for names in ([entity.name], [m.text for m in entity.mentions if m.kind == "name"]):
            forms = {key(form) for name in names for form in (name, strip_titles(name)[1]) if form}
            found = {entry for form in forms for entry in self.by_name.get(form, ()) if entry.fits(entity.type, profile, published)}
            if len(found) > 1:
                found = {entry for entry in found if _in_office(entry, entity, published)}
            if found:
                return found.pop() if len(found) == 1 else None
        return None

    def holder(self, entity: Entity, days: Sequence[str]) -> Entry | None:
        """The one entry that an entity without a name is by its office, on all the days that the article speaks of."""
        held = (told for m in entity.mentions if m.kind == "nominal" for told in self.by_post.get(post(m.text), ()))
        found = {entry for entry, told in held if all(told.covers(day) for day in days)}
        return found.pop() if len(found) == 1 and entity.type == "Person" else None


def _in_office(entry: Entry, entity: Entity, published: str) -> bool:
    """True when the article calls somebody by an office that the entry holds on its day."""
    titles = {post(strip_titles(m.text)[0]) for m in entity.mentions if m.kind == "name"}
    held = [entry.post(told) for told in entry.tenures if told.covers(published)]
    return any(office == title and (not named or named == countries) for office, countries in held for title, named in titles)


def known(extraction: Extraction, knowledge: Knowledge) -> Extraction:
    """The extraction with the entities that the base knows under the ids of their entries, linked to them. Doing it twice changes nothing more."""
    told = profiles(extraction)
    published = str(extraction.document.get("published") or "")[:10]
    found: dict[str, Entry] = {}
    for entity in extraction.entities:
        entry = knowledge.entry(entity, told.get(entity.id), published) if entity.named else knowledge.holder(entity, _days(extraction, entity))
        if entry is not None:
            found[entity.id] = entry
    entities = tuple(_linked(entity, found[entity.id]) if entity.id in found else entity for entity in extraction.entities)
    return rewritten(replace(extraction, entities=entities), {e.id: entry_id(found[e.id], e.type) for e in extraction.entities if e.id in found})


def _linked(entity: Entity, entry: Entry) -> Entity:
    """The entity with a link to its entry; one that the text doesn't name has the name of the base, its own words are an alias."""
    links = entity.links if entry.id in entity.links else (*entity.links, entry.id)
    if entity.named or entity.name == entry.name:
        return replace(entity, links=links)
    return replace(entity, links=links, name=entry.name, aliases=tuple(dict.fromkeys((entity.name, *entity.aliases))))


def _days(extraction: Extraction, entity: Entity) -> list[str]:
    """The day of the article, and the times of what it tells of somebody: an office named in a look back is held by another."""
    times = (event.time.value for event in extraction.events if event.time and event.time.value and entity.id in chain(*event.roles.values()))
    return [str(extraction.document.get("published") or "")[:_DAY], *(value[:_DAY] for value in times)]


def entry_id(entry: Entry, kind: str) -> str:
    """The id of an entry: its name, with a hash of its IRI, so that namesakes of the base stay apart."""
    family = {"body": "Organization", "place": "Place"}.get(_family(kind), kind)
    return f"{folder(family)}/{slug(entry.name)}-k{hashlib.sha256(entry.id.encode('utf-8', 'surrogatepass')).hexdigest()[:6]}"


def from_csv(lines: Iterable[str], source: str) -> Iterator[Entry]:
    """Entries from CSV with a head; aliases and roles are separated by ";". Raises InputError, which names the line."""
    reader = csv.DictReader(lines, strict=True)
    seen: dict[str, int] = {}
    done = 0
    try:
        missing, unknown = {"id", "name"} - set(reader.fieldnames or ()), set(reader.fieldnames or ()) - set(COLUMNS)
        if missing:
            raise ValueError(f"no column {' or '.join(sorted(missing))}; it takes {', '.join(COLUMNS)}")
        if unknown:
            raise ValueError(f"unknown column {' and '.join(map(repr, sorted(unknown)))}; it takes {', '.join(COLUMNS)}")
        done = reader.line_num
        for row in reader:
            entry = _from_row(row)
            if entry.id in seen:
                raise ValueError(f"id {entry.id} stands in line {seen[entry.id]} already")
            seen[entry.id] = done = reader.line_num
            yield entry
    except csv.Error as error:
        raise InputError(f"{source}: line {done + 1}: not CSV ({error}); is a quotation mark not closed?") from error
    except ValueError as error:
        raise InputError(f"{source}: line {max(reader.line_num, 1)}: {error}") from error


def _from_row(row: Mapping[str | None, str | Sequence[str] | None]) -> Entry:
    if None in row:
        raise ValueError(f'more cells than columns; a cell with a comma stands in quotation marks: "{"".join(row[None] or ()).strip()}"')
    cells = {column: str(row.get(column) or "").strip() for column in COLUMNS}
    if not cells["id"] or not cells["name"]:
        raise ValueError("id and name must not be empty")
    aliases, roles = (sorted({part for each in cells.pop(column).split(";") if (part := each.strip())}) for column in ("aliases", "roles"))
    return Entry(**{**cells, "country": code(cells["country"])}, aliases=tuple(aliases), tenures=tuple(sorted(map(tenure, roles))))
