"""The names of a paragraph with their classes, and the phrases that may stand for an entity."""

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from kg.extract import gazetteer
from kg.extract.name_spans import LONGEST_COUNTRY, TYPES, gazetteer_country, name_spans, plain
from kg.extract.namesakes import means_state
from kg.extract.nlp import Paragraph
from kg.extract.organizations import organization
from kg.extract.paragraphs import is_foreign
from kg.extract.typing_rules import entity_type, has_given_name, has_surname, kind_of_name, noun_type
from kg.extract.unknown_names import is_english
from kg.identity.names import strip_titles
from kg.model import MentionKind
from kg.resources import words

_APPOSED = frozenset(("Organization", "MilitaryForce", "Work", "Vehicle"))
_PERHAPS_PLACES = frozenset((("ORG", "Organization"), ("NORP", "Group"), ("PERSON", "Person")))
_BODIES = ("Organization", "MilitaryForce")
_MODIFIERS = frozenset(("amod", "compound", "nmod", "poss"))

_UNSAYABLE = re.compile(r"[\x00-\x1f\x7f-\x9f]")


@dataclass(eq=False, slots=True)
class Markable:
    """A phrase that may stand for an entity: tokens [start, end) of a paragraph, with its head token and its words as they stand there.

    `type` is a class of the ontology; `country` is set on names and adjectives of countries; `inner` holds names within the name
    ("US" in "US Defence Department"); `told` says that the words beside it tell its class ("the village of X"). `cluster` is
    filled by coreference.
    """

    paragraph: int
    doc: Doc
    start: int
    end: int
    kind: MentionKind
    type: str
    label: str
    head: Token
    country: gazetteer.Country | None = None
    told: bool = False
    inner: list["Markable"] = field(default_factory=list)
    cluster: object | None = None
    text: str = field(init=False)

    def __post_init__(self) -> None:
        self.text = self.doc[self.start : self.end].text


def names(number: int, paragraph: Paragraph, roles: Container[str] = frozenset()) -> list[Markable]:
    """The names of a paragraph in order; they do not overlap, names within names are their `inner`.

    `roles` are the last words of role nouns: "US Defense Secretary" before a name is no name.
    """
    doc = paragraph.doc
    spans = name_spans(doc, roles)
    found = []
    for start, end, label in spans:
        if markable := _markable(number, doc, start, end, label):
            found.append(markable)
    return found


def _markable(number: int, doc: Doc, start: int, end: int, label: str) -> Markable | None:
    end = _without_noun(doc, start, end, label)
    text = plain(doc, start, end)
    if not any(map(str.isalnum, text)) or _UNSAYABLE.search(text) or text.count('"') % 2 or (label == "PERSON" and _is_speaker(text)):
        return None
    if noun_type(text.lower()) in ("Weapon", "Vehicle") or text.lower() in words("phrases")["no name"]:  # "IED", "UAV"
        return None
    if is_foreign(text):
        return None
    if strip_titles(f"{text} Smith")[1] == "Smith":  # "Maj." alone
        return None
    if _is_quoted(doc, start, end) or _is_language(doc, start, end) or _is_first_word(doc, start, end, label) or _is_award_or_currency(text):
        return None
    head = doc[start:end].root
    country = gazetteer.country(text) or _government(doc, start, end)
    kind: MentionKind = "name"
    type_: str | None
    if country is None and (country := gazetteer.demonym(text)):
        if not _is_adjective(head):
            return Markable(number, doc, start, end, kind, "Group", label, head, inner=[])
        type_ = country.type
    elif country is not None:
        type_ = country.type
    else:
        type_ = entity_type(text, label or None) or TYPES.get(label)
        if (label, type_) in _PERHAPS_PLACES and _stands_as_place(doc, start, end, label) and entity_type(text, None) is None:
            type_ = "Place"
    told = None if country is not None else "Place" if _names_base(doc, start, end) else _told_kind(doc, start, end)
    if told is None and type_ in ("City", "Place", "Organization") and _is_called_a_person(head, text):
        told = "Person"
    if told is None and label == "PERSON" and type_ == "Person" and end - start == 1 and _is_headed(doc, end):
        told = "City"
    if told is None and country is None and entity_type(text, None) is None and not has_given_name(text):
        told = _apposed_kind(doc, start, head)
    type_ = told or type_
    if type_ is None or type_ == "Thing":
        return None
    found = Markable(number, doc, start, end, kind, type_, label, head, country, told is not None)
    if country is None and end - start > 1:
        found.inner = list(_inner(number, doc, start, end, type_))
    return found


def _is_speaker(name: str) -> bool:
    """True for "said I", not for "Elizabeth I"."""
    *before, last = name.removesuffix(".").split() or [""]
    return last == "I" and all(map(str.islower, before))


def _is_award_or_currency(name: str) -> bool:
    """True for the prize, not for those who give it: "Nobel Prize Committee"."""
    return not words("phrases")["award or currency"].isdisjoint(name.lower().split()) and kind_of_name(name) is None


def _is_quoted(doc: Doc, start: int, end: int) -> bool:
    """True for a title or nickname that quotation marks enclose, and nothing else with it."""
    return start > 0 and end < len(doc) and doc[start - 1].is_quote and doc[end].is_quote and gazetteer.place(plain(doc, start, end)) is None


def _is_first_word(doc: Doc, start: int, end: int, label: str) -> bool:
    """True for a common noun that has its capital from the beginning of the sentence: "Violence went on"."""
    token = doc[start]
    if end - start > 1 or not token.is_sent_start or token.is_upper:
        return False
    if noun_type(token.lower_) == "Group" and entity_type(token.text, None) is None:
        return True  # "Gunmen shot"
    if label not in ("PERSON", "ORG") or token.tag_ == "NNP":
        return False
    return is_english(token.lower_) and entity_type(token.text, None) is None and not has_given_name(token.text) and not has_surname(token.text)


def _is_language(doc: Doc, start: int, end: int) -> bool:
    """True in "said in Arabic", "an Arabic-language paper", "a Kurdish dialect"."""
    if end - start > 1 or gazetteer.demonym(doc[start].text) is None:
        return False
    at = end + (end + 1 < len(doc) and doc[end].text == "-")
    if at < len(doc) and doc[at].lemma_.lower() in words("phrases")["of a language"]:
        return True
    return start > 0 and doc[start - 1].lower_ == "in" and doc[start].dep_ == "pobj"


def _without_noun(doc: Doc, start: int, end: int, label: str) -> int:
    """Where the name ends when a common noun in capitals follows a country: "U.S. Market", "American Dream"."""
    text = plain(doc, start, end)
    if label == "EVENT" or organization(text) or kind_of_name(text) in _BODIES:
        return end
    for size in range(min(LONGEST_COUNTRY, end - start - 1), 0, -1):
        country = plain(doc, start, start + size)
        if gazetteer.country(country) or gazetteer.demonym(country):
            return start + size if all(_is_common(doc[i]) for i in range(start + size, end)) else end
    return end


def _is_common(token: Token) -> bool:
    """True for a word that has small letters within sentences and stands for nobody."""
    return token.lower_ in words("common")["common"] and noun_type(token.lemma_.lower()) not in (*_BODIES, "Group")


def _told_kind(doc: Doc, start: int, end: int) -> str | None:
    """The class of place that the words beside tell: "the village of X", "X, a town in"."""
    if means_state(doc, start, end):
        return "Region"
    if start > 1 and doc[start - 1].lower_ == "of" and doc[start - 2].lemma_ in words("phrases")["kind of place"]:
        kind = noun_type(doc[start - 2].lemma_)
    elif end + 2 < len(doc) and doc[end].text == "," and doc[end + 1].lower_ in ("a", "the") and doc[end + 2].lemma_ in ("city", "town", "village"):
        kind = "City"
    else:
        return None
    return kind if kind in ("City", "Region", "Place") else None


def _is_headed(doc: Doc, end: int) -> bool:
    """True before the title and the name of a head of state or minister: "Threnn President Ana Ruiz"."""
    title = next((i for i in range(end, min(end + 3, len(doc) - 1)) if doc[i].text in words("phrases")["heads a state"]), None)
    return title is not None and doc[title + 1].ent_type_ == "PERSON" and all(t.dep_ not in ("cc", "punct", "prep") for t in doc[end:title])


def _apposed_kind(doc: Doc, start: int, head: Token) -> str | None:
    """The class of the noun directly before: "law firm X", "the album X"; quotation marks may stand between."""
    at = start - 1 - (start > 0 and doc[start - 1].is_quote)
    if at < 0 or doc[at].tag_ != "NN" or doc[at].ent_type_:
        return None
    noun = doc[at]
    beside = head.head == noun or noun.head == head or (noun.dep_ == "compound" and noun.head.i >= start)
    kind = noun_type(noun.lower_) if beside else None
    return kind if kind in _APPOSED else None


def _is_called_a_person(head: Token, name: str) -> bool:
    """True for "X, the prime minister," where X is no place that the gazetteer knows."""
    called = any(c.dep_ == "appos" and c.tag_ == "NN" and noun_type(c.lemma_) == "Person" for c in head.rights)
    return called and entity_type(name, None) is None


def _stands_as_place(doc: Doc, start: int, end: int, label: str) -> bool:
    """True in "in X", "near X"; for what looks like a person only in "in southern X"."""
    if label == "PERSON":
        return start > 0 and end - start == 1 and doc[start - 1].lower_ in words("places")["direction"]
    return start > 0 and doc[start:end].root.dep_ == "pobj" and doc[start - 1].lower_ in ("in", "near")


def _names_base(doc: Doc, start: int, end: int) -> bool:
    """True in "the base at X": whatever X looks like, a place has that name."""
    return start > 1 and end - start == 1 and doc[start - 1].lower_ == "at" and noun_type(doc[start - 2].lower_) == "Facility"


def _government(doc: Doc, start: int, end: int) -> gazetteer.Country | None:
    governs = doc[end - 1].lemma_ in words("phrases")["government"] and end - start > 1
    return (gazetteer_country(doc, start, end - 1) if governs else None) or gazetteer.government(plain(doc, start, end))


def _is_adjective(token: Token) -> bool:
    return token.pos_ == "ADJ" or token.dep_ in _MODIFIERS or token.tag_ == "NNP"


def _inner(number: int, doc: Doc, start: int, end: int, type_: str) -> Iterator[Markable]:
    """A country or city at the beginning of an organisation's or facility's name, or behind "of" in it."""
    if type_ not in ("Organization", "MilitaryForce", "Facility", "Region"):
        return
    place = gazetteer.place(plain(doc, start, end)) if type_ == "Region" else None
    for size in range(min(LONGEST_COUNTRY, end - start - 1), 0, -1):
        text = plain(doc, start, start + size)
        if country := gazetteer.country(text) or gazetteer.demonym(text):
            if place is None or place.code == country.code:  # not in "British Columbia"
                yield Markable(number, doc, start, start + size, "name", country.type, "GPE", doc[start + size - 1], country)
            break
    for i in range(start + 1, end - 1):
        if doc[i].lower_ in ("of", "in"):
            at = i + 1 + (doc[i + 1].tag_ == "DT")
            if at < end and (country := gazetteer.country(plain(doc, at, end))):
                yield Markable(number, doc, at, end, "name", country.type, "GPE", doc[end - 1], country)
