"""A user's own knowledge base: read from a file, CSV or Turtle, and kept in the store, in a graph that exports leave out."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import pyoxigraph as ox

from kg.errors import InputError
from kg.graph.changes import Changes
from kg.graph.engine import Engine
from kg.graph.store import Store
from kg.graph.temporal import literal as dated
from kg.graph.terms import TYPE, Term, english, entity, iri, literal, node, term
from kg.identity import places
from kg.identity.keys import key
from kg.identity.knowledge import Entry, Knowledge, from_csv
from kg.identity.resolve import place_id
from kg.identity.tenures import Tenure, checked, code, ordered
from kg.iris import ID, local, resource

KNOWLEDGE = ox.NamedNode(f"{ID}graph/knowledge")
DESCRIPTION, HAS_TENURE, TENURE, OFFICE_OF = node("dcterms:description"), node("kg:hasTenure"), node("kg:Tenure"), node("kg:officeOf")
ROLE_NAME, START, END, COUNTRY_CODE = node("schema:roleName"), node("schema:startDate"), node("schema:endDate"), node("kg:countryCode")
# In the store an entry has neither class nor label, by which questions would take it for an entity of documents.
NAME, ALIAS, CLASS = node("skos:prefLabel"), node("skos:altLabel"), node("dcterms:type")
_NAMES = (node("rdfs:label"), node("foaf:name"), node("schema:name"), NAME)
_FIELDS = {
    "description": (DESCRIPTION, node("schema:description"), node("skos:definition"), node("rdfs:comment")),
    "country": (COUNTRY_CODE, node("schema:nationality"), node("schema:addressCountry")),
    "start": (START,),
    "end": (END,),
}
_Told = Mapping[Term, Mapping[ox.NamedNode, list[Term]]]


def load(path: Path) -> Knowledge:
    """The base of a file: CSV with the columns id, name, aliases, type, description, country, start, end, roles, or Turtle. Raises InputError.

    In Turtle names are rdfs:label and skos:altLabel, the class is rdf:type, the country kg:countryCode, dates schema:startDate and endDate,
    roles kg:hasTenure with schema:roleName and dates.
    """
    try:
        if path.suffix.lower() in (".ttl", ".nt"):
            return Knowledge(tuple(_entries(ox.parse(path=str(path), format=ox.RdfFormat.TURTLE))))
        with path.open(encoding="utf-8-sig", newline="") as file:
            return Knowledge(tuple(from_csv(file, str(path))))
    except OSError as error:
        raise InputError(f"{path}: can't be read ({error.strerror or error})") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: not UTF-8") from error
    except SyntaxError as error:
        raise InputError(f"{path}: line {error.lineno}: not valid Turtle: {error.msg}") from error
    except ValueError as error:
        raise InputError(f"{path}: {error}") from error


def quads(known: Knowledge) -> Iterator[ox.Quad]:
    """The base as the store remembers it."""
    for entry in known.entries:
        yield from _quads(entry, known)


def recall(store: Store) -> Knowledge | None:
    """The base that the store remembers."""
    entries = tuple(_entries(store.inner.quads_for_pattern(None, None, None, KNOWLEDGE)))
    return Knowledge(entries) if entries else None


def entries(store: Store, links: Iterable[str]) -> list[Entry]:
    """The entries that an entity with such links is."""
    return [entry for link in links if (node := iri(link)) for entry in _entries(about(store.inner, node))]


def about(there: Engine | Changes, entry: Term) -> Iterator[ox.Quad]:
    """What is remembered of an entry, and of the offices it holds."""
    for quad in there.quads_for_pattern(entry, None, None, KNOWLEDGE):
        yield quad
        if quad.predicate == HAS_TENURE:
            yield from there.quads_for_pattern(quad.object, None, None, KNOWLEDGE)


def _entries(quads: Iterable[ox.Quad]) -> Iterator[Entry]:
    """The entries that statements tell of, sorted. Raises ValueError, which names the entry."""
    told: dict[Term, dict[ox.NamedNode, list[Term]]] = defaultdict(lambda: defaultdict(list))
    for quad in quads:
        told[quad.subject][quad.predicate].append(quad.object)
    for subject in sorted((each for each in told if isinstance(each, ox.NamedNode)), key=str):
        names = [name for predicate in _NAMES for name in _values(told, subject, predicate)]
        if names:
            try:
                yield _entry(told, subject, names)
            except ValueError as error:
                raise ValueError(f"{subject}: {error}") from error


def _entry(told: _Told, subject: ox.NamedNode, names: list[str]) -> Entry:
    aliases = tuple(sorted({*names[1:], *_values(told, subject, ALIAS)}))
    kind = min((local(each) for predicate in (TYPE, CLASS) for each in _values(told, subject, predicate)), default="")
    fields = {field: next((v for p in predicates for v in _values(told, subject, p)), "") for field, predicates in _FIELDS.items()}
    fields["country"] = code(local(fields["country"])) if fields["country"] else ""
    tenures = (_tenure(told, each) for each in told[subject].get(HAS_TENURE, ()))
    return Entry(subject.value, names[0], aliases, kind, **fields, tenures=tuple(sorted(tenures)))


def _tenure(told: _Told, about: Term) -> Tenure:
    office, start, end = (next(iter(_values(told, about, predicate)), "") for predicate in (ROLE_NAME, START, END))
    if not office:
        raise ValueError('kg:hasTenure without schema:roleName; write it like: kg:hasTenure [ schema:roleName "president of Ruritania" ]')
    return ordered(Tenure(office, checked(start), checked(end)))


def _values(told: _Told, subject: Term, predicate: ox.NamedNode) -> list[str]:
    """The values as text, sorted, those of other languages behind; blank nodes have none."""
    found = told[subject].get(predicate, ()) if subject in told else ()
    foreign = {each.value: isinstance(each, ox.Literal) and each.language not in (None, "en") for each in found if not isinstance(each, ox.Triple)}
    return sorted((each.value for each in found if isinstance(each, ox.NamedNode | ox.Literal)), key=lambda value: (foreign[value], value))


def _quads(entry: Entry, base: Knowledge) -> Iterator[ox.Quad]:
    subject = ox.NamedNode(entry.id)
    said: list[tuple[ox.NamedNode, Term | None]] = [(NAME, english(entry.name)), *((ALIAS, english(alias)) for alias in entry.aliases)]
    said.append((CLASS, term(entry.type) if entry.type else None))
    said.append((DESCRIPTION, english(entry.description) if entry.description else None))
    said.append((COUNTRY_CODE, literal(entry.country) if entry.country else None))
    said += [(START, _day(entry.start)), (END, _day(entry.end))]
    for tenure in entry.tenures:
        held = _tenure_node(entry, tenure)
        said.append((HAS_TENURE, held))
        yield ox.Quad(held, TYPE, TENURE, KNOWLEDGE)
        yield ox.Quad(held, ROLE_NAME, english(tenure.office), KNOWLEDGE)
        for predicate, value in ((START, _day(tenure.start)), (END, _day(tenure.end)), (OFFICE_OF, _whole(entry, tenure, base))):
            if value is not None:
                yield ox.Quad(held, predicate, value, KNOWLEDGE)
    yield from (ox.Quad(subject, predicate, value, KNOWLEDGE) for predicate, value in said if value is not None)


def _tenure_node(entry: Entry, tenure: Tenure) -> ox.NamedNode:
    told = "\n".join((entry.id, tenure.office, tenure.start, tenure.end))
    return ox.NamedNode(resource("tenure", hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:12]))


def _whole(entry: Entry, tenure: Tenure, base: Knowledge) -> ox.NamedNode | None:
    """What the office is of: another entry by its name behind "of", or the country."""
    behind = [tenure.office[at + len(" of ") :] for at in range(len(tenure.office)) if tenure.office.startswith(" of ", at)]
    found = next((known for name in behind if len(known := base.by_name.get(key(name), [])) == 1), [])
    if found:
        return ox.NamedNode(found[0].id)
    countries = entry.post(tenure)[1]
    place = places.country_place(next(iter(countries))) if len(countries) == 1 else None
    return entity(place_id(place)) if place else None


def _day(text: str) -> ox.Literal | None:
    return dated(text) if text else None
