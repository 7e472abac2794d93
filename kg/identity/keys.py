"""Ids that people can read: slugs of names, and the class family under which the same name means the same thing."""

import hashlib
import re

from kg.identity.names import fold, strip_titles
from kg.ontology import Ontology
from kg.resources import words

# The family of a class is the nearest of these above it: name finders mix up cities, regions and places, forces and organisations,
# but a base, its town and its country are three things.
FAMILIES = frozenset({"Person", "Organization", "Group", "Country", "Facility", "Place"})
LONGEST_SLUG = 80
# Marks that don't tell names apart: "Al-Asad" and "Al Asad", "St. Louis" and "St Louis". Others do: "C" and "C++".
_MARKS = re.compile(r"[\s\-‐‑–—_/.,:;!?'’‘ʻʼ\"“”()\[\]]+")
_JOINED = re.compile(r"(?<=\w)['’ʻʼ](?=\w)|(?<=\b\w)\.(?=\w\b)")


def family(ontology: Ontology, kind: str) -> str:
    """The class that stands for `kind` in ids."""
    return next((c for c in ontology.classes.get(kind, ()) if c in FAMILIES), kind)


def folder(kind: str) -> str:
    """The first part of an id: "NamedEvent" -> "named-event"."""
    return slug(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", kind))


def key(name: str) -> str:
    """What two spellings of a name share."""
    return _MARKS.sub(" ", _JOINED.sub("", fold(name))).strip()


def person_key(name: str) -> str | None:
    """The key of a person's name without titles; None unless given name and surname are there."""
    found = key(strip_titles(name)[1])
    return found if " " in found else None


def organization_key(name: str) -> str | None:
    """The key of an organisation's name; None when it only tells the kind of organisation."""
    found = key(name)
    return None if set(found.split()) <= words("generic_organizations")["word"] else found


def slug(name: str) -> str:
    """The name in ASCII with hyphens. What ASCII can't show or is too long is told apart by a hash, so different keys never have one slug."""
    found = key(name)
    readable = re.sub(r"[^a-z0-9]+", "-", found).strip("-")
    if readable.replace("-", " ") == found and len(readable) <= LONGEST_SLUG:
        return readable
    digest = hashlib.sha256(found.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"{readable[:LONGEST_SLUG].rstrip('-')}-{digest}".lstrip("-")
