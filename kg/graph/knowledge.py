"""A user's own knowledge base read from a file, CSV or Turtle."""

from collections import defaultdict
from pathlib import Path

import pyoxigraph as ox

from kg.errors import InputError
from kg.graph.terms import LABEL, TYPE, node
from kg.identity.knowledge import Entry, Knowledge, code, from_csv
from kg.iris import local

_NAMES = (LABEL, node("foaf:name"), node("schema:name"), node("skos:prefLabel"))
_FIELDS = {
    "description": (node("dcterms:description"), node("schema:description"), node("skos:definition"), node("rdfs:comment")),
    "country": (node("kg:countryCode"), node("schema:nationality"), node("schema:addressCountry")),
    "start": (node("schema:startDate"),),
    "end": (node("schema:endDate"),),
}


def load(path: Path) -> Knowledge:
    """The base of a file: CSV with the columns id, name, aliases, type, description, country, start, end, or Turtle. Raises InputError.

    In Turtle names are rdfs:label and skos:altLabel, the class is rdf:type, the country kg:countryCode, dates schema:startDate and endDate.
    """
    try:
        if path.suffix.lower() in (".ttl", ".nt"):
            return Knowledge(tuple(_from_turtle(path)))
        with path.open(encoding="utf-8-sig", newline="") as file:
            return Knowledge(tuple(from_csv(file, str(path))))
    except OSError as error:
        raise InputError(f"{path}: can't be read ({error.strerror or error})") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: not UTF-8") from error
    except SyntaxError as error:
        raise InputError(f"{path}: not valid Turtle: {error}") from error


def _from_turtle(path: Path) -> list[Entry]:
    told: dict[str, dict[ox.NamedNode, list[str]]] = defaultdict(lambda: defaultdict(list))
    for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
        if isinstance(quad.subject, ox.NamedNode) and not isinstance(quad.object, ox.BlankNode | ox.Triple):
            told[quad.subject.value][quad.predicate].append(quad.object.value)
    found = []
    for subject in sorted(told):
        values = told[subject]
        names = [name for predicate in _NAMES for name in values.get(predicate, ())]
        if names:
            aliases = tuple(sorted({*names[1:], *values.get(node("skos:altLabel"), ())}))
            kind = min((local(each) for each in values.get(TYPE, ())), default="")
            fields = {field: next((v for p in predicates for v in values.get(p, ())), "") for field, predicates in _FIELDS.items()}
            fields["country"] = code(local(fields["country"])) if fields["country"] else ""
            found.append(Entry(subject, names[0], aliases, kind, **fields))
    return found
