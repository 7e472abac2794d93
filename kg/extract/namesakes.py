"""Cities and the states around them that have one name: "the governor of New York" is that of the state."""

from spacy.tokens import Doc, Token

from kg.extract import gazetteer
from kg.resources import words


def means_state(doc: Doc, start: int, end: int) -> bool:
    """True where a name that a city and a state share is the state's: beside an office of a state, among other states, behind a city in it."""
    home = state(doc[start:end].text)
    return home is not None and (_has_office(doc, start, end) or _is_among_states(doc, start, end, home) or _is_behind_city(doc, start, end, home))


def state(name: str) -> gazetteer.Place | None:
    """The state, where the bare name is that of a city of the same country too: New York, Washington."""
    city, area = gazetteer.place(name), gazetteer.region(name) or gazetteer.region(f"{name} State")
    return area if city and area and city.type == "City" and city.code == area.code else None


def _has_office(doc: Doc, start: int, end: int) -> bool:
    offices = words("phrases")["office of a state"]
    if start > 1 and doc[start - 1].lower_ in ("of", "from", "for") and doc[start - 2].lemma_.lower() in offices:
        return True
    return end < len(doc) and doc[end].lemma_.lower() in offices


def _is_among_states(doc: Doc, start: int, end: int, home: gazetteer.Place) -> bool:
    before = _beside(doc, start, -1)
    after = _beside(doc, end - 1, 1)
    if before is not None and before.type == "City":
        return False
    return any(place is not None and place.type == "Region" and place.code == home.code for place in (before, after))


def _is_behind_city(doc: Doc, start: int, end: int, home: gazetteer.Place) -> bool:
    """True in "Buffalo, New York", and not in "Chicago, New York and Boston"."""
    before = _beside(doc, start, -1)
    if before is None or before.type != "City" or before.code != home.code or doc[start - 1].text != ",":
        return False
    after = _beside(doc, end - 1, 1)
    listed = end < len(doc) and doc[end].lower_ == "and"
    return not listed and (after is None or after.type != "City")


def _beside(doc: Doc, edge: int, step: int) -> gazetteer.Place | None:
    """The place that a comma or "and" joins to the name, before its first token or behind its last."""
    at = edge + step
    if not 0 <= at < len(doc) or doc[at].lower_ not in (",", "and"):
        return None
    at += step
    if 0 <= at < len(doc) and doc[at].lower_ == "and":
        at += step
    return gazetteer.place(_name(doc[at])) if 0 <= at < len(doc) else None


def _name(token: Token) -> str:
    """The words of the name that the token is part of."""
    start, end = token.i, token.i + 1
    while start > 0 and token.doc[start].ent_iob_ == "I":
        start -= 1
    while end < len(token.doc) and token.doc[end].ent_iob_ == "I":
        end += 1
    return token.doc[start:end].text
