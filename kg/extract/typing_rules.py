"""The class of a name or noun, from its words and the recogniser's label.

The label of a small model is a hint only: a name's own words ("Ministry", "Air Base"), the gazetteer and the list of known
organisations come first. Classes are local names of the ontology.
"""

import re
from functools import cache, lru_cache

from kg.extract import gazetteer
from kg.extract.organizations import organization
from kg.identity.names import bare, simplify
from kg.resources import words

_CACHE = 1 << 16
_BY_LABEL = {
    "PERSON": "Person",
    "ORG": "Organization",
    "GPE": "City",
    "LOC": "Place",
    "FAC": "Facility",
    "NORP": "Group",
    "PRODUCT": "Vehicle",
    "EVENT": "NamedEvent",
    "WORK_OF_ART": "Work",
    "LAW": "Work",
}
_PLACES = frozenset({"GPE", "LOC", "FAC", None})
_BODIES = frozenset({"Organization", "MilitaryForce"})
_NOT_PERSONS = _BODIES | {"Facility", "Region", "Vehicle", "Place", "NamedEvent"}
_NAMED_AFTER = 3  # words of a name that is called after a person
# A city of that size is known by its bare name whatever the recogniser thinks.
_KNOWN_CITY = 300_000
# What stands behind these belongs to the head before them: "Ministry of Defence", "Front for the Liberation of Palestine".
_HEAD_END = re.compile(r"\s+(?:of|for|in|on|at|to|against|from|de|del|des|du|della|against|under|with)\s+|\s+[–—-]\s+|\s*,\s+|\s+\(")

_TRADE_NAME = re.compile(r"[a-z][A-Z]{2,}\Z")  # no person is written like "CentOS"


@lru_cache(_CACHE)
def entity_type(text: str, label: str | None = None) -> str | None:
    """The class of a name with spaCy's label (PERSON, NORP, FAC, ORG, GPE, LOC, …); None when nothing tells.

    Adjectives of nationality give Country, nouns for several people of it ("Iranians") Group.
    """
    name = bare(text)
    if not name:
        return None
    known = organization(text)
    if known and not (label == "LOC" and gazetteer.place(name)):
        return known.type
    if is_group(name):
        return "Group"
    if label == "PERSON":
        return _labelled_person(name) or "Person"
    return _gazetteer_type(name, label) or _person_hidden(name, label) or _kind_with_label(name, label) or _by_label(name, label)


@lru_cache(_CACHE)
def is_group(name: str) -> bool:
    """True for names of peoples and believers, and for nouns that name several people of a country: Kurds, Sunni, Iranians."""
    return name[:1].isupper() and (simplify(name) in words("groups")["group"] or gazetteer.people(name))


def _labelled_person(name: str) -> str | None:
    """What else a name that is labelled PERSON plainly is: "Fath Airport", "Raqqah"; None for persons."""
    found = gazetteer.country(name) or gazetteer.demonym(name)
    if found and not gazetteer.ambiguous(name):
        return found.type
    if " " in name:
        last = name.split()[-1]
        called = has_given_name(name) and (len(name.split()) < _NAMED_AFTER or has_surname(last))  # but "Karl Marx Avenue"
        kind = None if called else kind_of_name(name)
        return kind if kind in _NOT_PERSONS or (kind == "Work" and not has_given_name(last) and not has_surname(last)) else None
    if _TRADE_NAME.search(name):
        return "Organization"
    place = None if has_given_name(name) or has_surname(name) else gazetteer.place(name)
    return place.type if place and (place.type == "Region" or place.population >= _KNOWN_CITY) else None


def _gazetteer_type(name: str, label: str | None) -> str | None:
    if gazetteer.government(name):
        return "Country"
    found = gazetteer.country(name) or gazetteer.demonym(name)
    if found and (label in _PLACES or label == "NORP" or not gazetteer.ambiguous(name)):
        return found.type
    if region := gazetteer.regional(name):
        return region.type
    place = gazetteer.place(name)
    if place is None or label in ("EVENT", "WORK_OF_ART", "LAW"):
        return None
    if place.type == "City" and (label not in _PLACES or has_surname(name)) and (has_surname(name) or place.population < _KNOWN_CITY):
        return None
    return place.type if label in _PLACES or kind_of_name(name) not in ("Organization", "MilitaryForce") else None


def _person_hidden(name: str, label: str | None) -> str | None:
    """Persons that the recogniser took for organisations or places: a given name and one or two more words, or a well-known surname."""
    if label not in ("ORG", "GPE", "NORP", "LOC", "PRODUCT", "FAC", "WORK_OF_ART"):
        return None
    tokens = name.split()
    if len(tokens) == 1:
        return "Person" if has_surname(name) else None
    kind = kind_of_name(name)
    # "Eva Forest" is a person, "Bradley Airport" is not.
    person = len(tokens) <= 3 and has_given_name(name) and all(t[0].isupper() for t in tokens) and kind in (None, "Place", "City")
    return "Person" if person or (len(tokens) == 2 and has_surname(tokens[1]) and kind is None and label != "GPE") else None


def has_given_name(name: str) -> bool:
    """True when the name's first word is a common given name."""
    return simplify(name.split()[0]) in words("given_names")["given name"]


def has_surname(name: str) -> bool:
    """True when the name is a surname that the news knows well."""
    return simplify(name) in words("given_names")["surname"]


def _kind_with_label(name: str, label: str | None) -> str | None:
    """What the head of the name says, unless it is a lone word that needs the label's support."""
    kind = kind_of_name(name)
    if kind is None or (" " not in name and kind not in _BODIES):
        return None
    if label == "ORG" and kind in ("NamedEvent", "Work") and _HEAD_END.search(name):
        return None  # "National Conference of State Legislatures"
    return kind


def _by_label(name: str, label: str | None) -> str | None:
    if label == "PRODUCT":
        return None if " " not in name and name.isalpha() else "Vehicle"
    return None if label is None else _BY_LABEL.get(label)


_NUMBER = re.compile(r"\s+\d+\Z")  # "Resolution 2254"


@lru_cache(_CACHE)
def kind_of_name(name: str) -> str | None:
    """The class that the words of a name tell: its last one to three, or the last before "of", "for", a comma, …, or its first."""
    name = bare(name)
    for part in _heads(_NUMBER.sub("", name)):
        tokens = simplify(part).split()
        for length in (3, 2, 1):
            if len(tokens) >= length and (kind := _kinds("").get(" ".join(tokens[-length:]))):
                return kind
    tokens = simplify(name).split()
    if len(tokens) > 1:
        return _kinds("first ").get(" ".join(tokens[:2])) or _kinds("first ").get(tokens[0])
    return None


def _heads(name: str) -> list[str]:
    """The parts of a name whose last word may be its head, the surest first: all that stands before a preposition, then all."""
    first = _HEAD_END.split(name, maxsplit=1)[0]
    return [first] if first == name else [first, name]


@cache
def _kinds(prefix: str) -> dict[str, str]:
    """Words and their classes, of the sections with that prefix."""
    sections = sorted(words("kinds").items())
    chosen = ((name.removeprefix(prefix), entries) for name, entries in sections if name.startswith(prefix) and " " not in name.removeprefix(prefix))
    return {simplify(word): kind for kind, entries in chosen for word in entries}


@lru_cache(_CACHE)
def noun_type(lemma: str, plural: bool = False) -> str | None:
    """The class of what a common noun stands for: "gunman" Person, "car bomb" Weapon; None for nouns that name nothing in the graph.

    Several persons are a Group: say `plural`, or give the plural form ("gunmen", "protesters").
    """
    key = lemma.lower()
    while key:
        kind = _nouns().get(key)
        if kind is not None:
            return "Group" if kind == "Person" and plural else kind
        singular = next((form for form in _singulars(key) if form in _nouns()), None)
        if singular is not None:
            return noun_type(singular, True)
        key = key.partition(" ")[2]
    return None


def _singulars(plural: str) -> list[str]:
    """What a regular plural may come from."""
    forms = []
    if plural.endswith("men"):
        forms.append(plural[:-3] + "man")
    if plural.endswith("people"):
        forms.append(plural[:-6] + "person")
    if plural.endswith("children"):
        forms.append(plural[:-3])
    if plural.endswith("ies"):
        forms.append(plural[:-3] + "y")
    if plural.endswith("ves"):
        forms.append(plural[:-3] + "fe")
    if plural.endswith("es"):
        forms.append(plural[:-2])
    if plural.endswith("s"):
        forms.append(plural[:-1])
    return forms


@cache
def _nouns() -> dict[str, str]:
    return {word: kind for kind, entries in sorted(words("nouns").items()) for word in entries}
