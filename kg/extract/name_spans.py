"""Where names stand in a paragraph: spaCy's spans, repaired, and those that only the gazetteer or the capitals show.

A span is (start, end, label) in tokens; the label is spaCy's, or "" where only rules can tell what the name is.
"""

import re
from collections.abc import Container, Iterator, Sequence

from spacy.tokens import Doc, Token

from kg.extract import gazetteer
from kg.extract.organizations import organization
from kg.extract.personal_use import acts_as_person, acts_rather_as_person
from kg.extract.typing_rules import entity_type, has_given_name, kind_of_name, noun_type
from kg.extract.unknown_names import is_unknown, label_of_unknown
from kg.identity.names import strip_titles
from kg.resources import words

TYPES = {
    "PERSON": "Person",
    "NORP": "Group",
    "FAC": "Facility",
    "ORG": "Organization",
    "GPE": "City",
    "LOC": "Place",
    "EVENT": "NamedEvent",
    "WORK_OF_ART": "Work",
    "LAW": "Work",
    "PRODUCT": None,  # a name only where a rule knows what it is
}
_OTHER_LABELS = frozenset(("DATE", "TIME", "PERCENT", "MONEY", "QUANTITY", "ORDINAL", "CARDINAL", "LANGUAGE"))
_PARTICLES = frozenset(
    ("al", "el", "bin", "ibn", "abu", "de", "da", "di", "del", "der", "den", "van", "von", "la", "le", "du", "dos", "ul", "ur", "ould")
)
_PLACE_PREPOSITIONS = frozenset(("in", "at", "near", "from", "to", "outside", "inside", "across", "around", "into", "through", "toward", "towards"))
LONGEST_COUNTRY = 4
_LONGEST = 40  # words: no name is longer, but a finder of names may take a whole list for one
_INSTITUTIONS = {"MilitaryForce": "ORG", "Organization": "ORG", "Facility": "FAC", "Region": "GPE"}
_AGENT_NOUN = re.compile(r"(?:er|or|ist|ian|man|woman)\Z")
_MODIFIERS = frozenset(("amod", "compound", "nmod", "poss"))


def name_spans(doc: Doc, roles: Container[str]) -> list[tuple[int, int, str]]:
    """(start, end, label) of name spans: trimmed, split at possessives, extended, completed, in order."""
    taken = [False] * len(doc)
    spans = list(_seats(doc))
    for start, end, _ in spans:
        taken[start - 2 : end] = [True] * (end - start + 2)
    for ent in doc.ents:
        if any(taken[ent.start : ent.end]) or ent.end - ent.start > _LONGEST:
            continue
        if ent.label_ in TYPES:
            for start, end, label in _split(doc, ent.start, ent.end, ent.label_):
                first, (start, end) = start, _trim(doc, start, end, label)
                if start < end:
                    if label == "PERSON" and start > first and doc[first].lower_ in _PLACE_PREPOSITIONS:
                        label = "LOC"  # "Near Palmyra"
                    spans.append((start, end, label))
                    taken[start:end] = [True] * (end - start)
        elif ent.label_ in _OTHER_LABELS:
            taken[ent.start : ent.end] = [True] * (ent.end - ent.start)
    spans += _countries(doc, taken)
    people_first = sorted(spans, key=lambda s: (s[2] != "PERSON", s))
    spans = [_extend(doc, span, taken, roles) for span in people_first]
    spans += _capitalised(doc, taken, roles)
    named = (_with_domain(doc, _without_role(doc, span, roles), taken) for span in _disjoint(sorted(spans, key=lambda s: (s[0], -s[1]))))
    found = _disjoint(_joined(doc, [_with_kind(doc, span, taken) for span in named if span[0] < span[1]]))
    return [span for span in found if span[1] - span[0] <= _LONGEST]


def _seats(doc: Doc) -> Iterator[tuple[int, int, str]]:
    """The state in "Senator X (R-Texas)", "Rep. X, D-N.Y.,"."""
    for i in range(1, len(doc) - 2):
        if doc[i].text in ("R", "D") and doc[i - 1].text in "(," and doc[i + 1].text in "-–" and doc[i + 2].text[0].isupper():
            end = i + 3
            while end < len(doc) and doc[end].text[0].isupper():
                end += 1
            if end < len(doc) and doc[end].text in "),":
                yield i + 2, end, "GPE"


def _joined(doc: Doc, spans: Sequence[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Neighbours that are one known name together: "Iraqi" and "Kurdistan", "Liberal" and "Democrat"."""
    joined: list[tuple[int, int, str]] = []
    for start, end, label in spans:
        if joined and joined[-1][1] == start:
            both = plain(doc, joined[-1][0], end)
            if joined[-1][2] == "NORP" and gazetteer.place(both):
                joined[-1] = (joined[-1][0], end, "GPE")
                continue
            if joined[-1][2] in ("ORG", "NORP") and label in ("ORG", "NORP") and organization(both):
                joined[-1] = (joined[-1][0], end, "ORG")
                continue
        joined.append((start, end, label))
    return joined


def _with_domain(doc: Doc, span: tuple[int, int, str], taken: list[bool]) -> tuple[int, int, str]:
    """ "United States Department" goes on to "of the Treasury", "University" to "of Guelph", "Western District" to "of Texas"."""
    start, end, label = span
    if end + 1 >= len(doc) or doc[end].lower_ not in ("of", "for") or label not in ("ORG", "FAC", "LOC", "GPE"):
        return span
    kind = kind_of_name(doc[end - 1].text)
    if kind is None or (label in ("LOC", "GPE") and (kind != "Region" or doc[end].lower_ == "for")):
        return span
    at = end + 1 + (doc[end + 1].lower_ == "the")
    last = at
    while last < len(doc) and _is_name_word(doc[last]) and doc[last].ent_type_ != "PERSON":
        last += 1
    if last > at:
        taken[start:last] = [True] * (last - start)
        return start, last, label
    return span


def _with_kind(doc: Doc, span: tuple[int, int, str], taken: list[bool]) -> tuple[int, int, str]:
    """The span with a lower-case kind behind it: "Iraqi government", "Houston police", "Evin prison", "YPG militia"."""
    start, end, label = span
    if end >= len(doc) or label == "PERSON" or not doc[end].text.isalpha() or not doc[end].text[0].islower():
        return span
    last = end
    while last + 1 < len(doc) and doc[last].dep_ in ("compound", "amod") and doc[last].head.i == last + 1 and doc[last].text.isalpha():
        last += 1
    noun = doc[last]
    if (
        last - end > 2
        or taken[last]
        or noun.pos_ not in ("NOUN", "PROPN")
        or doc[end - 1].dep_ not in _MODIFIERS
        or doc[end - 1].head.i not in range(end, last + 1)
    ):
        return span
    if noun.lemma_ in words("phrases")["government"] and gazetteer_country(doc, start, end):
        return start, last + 1, "GPE"
    kind = noun_type(noun.lemma_)
    if kind not in _INSTITUTIONS or (noun.tag_ == "NNS" and kind != "MilitaryForce") or _is_indefinite(noun):
        return span
    one_of_many = kind in ("Facility", "Region") and noun.lemma_ not in words("phrases")["mission"]
    generic = noun.lemma_ in words("phrases")["generic body"]
    if (one_of_many or generic) and gazetteer_country(doc, start, end):
        return span  # "the American base" is one of many
    if (generic and label == "ORG") or (noun.lemma_ in words("phrases")["around a place"] and gazetteer.place(plain(doc, start, end))):
        return span  # "the RMT union" is the RMT, "the San Francisco area" no place of its own
    return start, last + 1, _INSTITUTIONS[kind]


def _is_indefinite(noun: Token) -> bool:
    return any(c.lower_ in ("a", "an", "another", "every", "each", "any", "no") or c.dep_ == "nummod" for c in noun.lefts)


def gazetteer_country(doc: Doc, start: int, end: int) -> gazetteer.Country | None:
    """The country that the tokens name, as noun or adjective."""
    text = plain(doc, start, end)
    return gazetteer.country(text) or gazetteer.demonym(text)


def _disjoint(spans: Sequence[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    kept: list[tuple[int, int, str]] = []
    for span in spans:
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return kept


def _split(doc: Doc, start: int, end: int, label: str) -> Iterator[tuple[int, int, str]]:
    """Parts "Iraq" and "Joint Military Command" of "Iraq's Joint Military Command"; other names as they are."""
    for i in range(start + 1, end - 1):
        if doc[i].tag_ == "POS" and gazetteer.place(plain(doc, start, i)):
            yield start, i, "GPE"
            yield i + 1, end, "ORG" if label in ("GPE", "PERSON") else label
            return
    for i in range(start + 1, end - 1):  # "World Health Organization (WHO"
        if doc[i].text == "(":
            yield start, i, label
            yield i + 1, end, label
            return
    for i in range(start + 1, end - 1):  # "First Minister of Scotland Nicola Sturgeon"
        text = plain(doc, start, i)
        place = gazetteer.country(text) or (start > 0 and doc[start - 1].lower_ == "of" and gazetteer.place(text))
        if place and doc[i].lower_ in words("given_names")["given name"]:
            yield start, i, "GPE"
            yield i, end, "PERSON"
            return
    yield start, end, label


def plain(doc: Doc, start: int, end: int) -> str:
    return doc[start:end].text


def _trim(doc: Doc, start: int, end: int, label: str) -> tuple[int, int]:
    while start < end and (_is_edge(doc[start], first=True) or (end - start > 1 and _asks(doc[start]))):
        start += 1
    while start < end and (_is_edge(doc[end - 1], first=False) or (end - start > 1 and _is_caption(doc, end))):
        end -= 1
    if label == "PERSON" and end - start > 2 and noun_type(doc[start].lower_) == "Person":
        start += 1
    if label == "PERSON" and end - start > 1 and _opens(doc[start]) and organization(plain(doc, start, end)) is None:
        rest = doc[start + 1]
        start = end if end - start == 2 and (rest.pos_ == "PRON" or rest.like_num) else start + 1  # "Afterwards Trump", "Wherever I", "Sales 284.7"
    if label == "PERSON" and end - start > 1:
        titles, bare = strip_titles(plain(doc, start, end))
        if titles and bare:
            cut = doc[end - 1].idx + len(doc[end - 1]) - len(bare)
            while start < end - 1 and doc[start].idx < cut:
                start += 1
    if label == "PERSON" and end - start > 2 and _AGENT_NOUN.search(doc[start].text) and not has_given_name(doc[start].text):
        later = (i for i in range(start + 1, end - 1) if has_given_name(doc[i].text))
        start = next(later, start)  # "Voter Kitty Mak", "Board Member Jennifer Homendy"
    while label == "ORG" and end - start > 1 and _before_person(doc, end) and strip_titles(doc[end - 1].text + " X")[0]:
        end -= 1  # "Army Lt" of "Army Lt. Gen. Townsend"
    return start, end


def _before_person(doc: Doc, end: int) -> bool:
    """True when only titles stand between here and a person."""
    for token in doc[end : end + 4]:
        if token.ent_type_ == "PERSON":
            return True
        if token.text != "." and not strip_titles(token.text + " X")[0]:
            return False
    return False


def _without_role(doc: Doc, span: tuple[int, int, str], roles: Container[str]) -> tuple[int, int, str]:
    """What stands before a role noun and a person: "US" of "US Defense Secretary Esper", "Pentagon" of "Pentagon Press Secretary Cook"."""
    start, end, label = span
    if end - start > 1 and end < len(doc) and doc[end - 1].lower_ in words("phrases")["part of an office"]:
        after = end + (doc[end].text == "-" and end + 1 < len(doc))
        if doc[after].lower_ in roles:  # "Senate Majority" of "Senate Majority Leader"
            end -= 1
            span = start, end, label
    if label == "PERSON" or end >= len(doc) or doc[end - 1].lower_ not in roles or doc[end].ent_type_ != "PERSON":
        return span
    for size in range(min(LONGEST_COUNTRY, end - start - 1), 0, -1):
        if gazetteer_country(doc, start, start + size):
            return start, start + size, "GPE"
        if entity_type(plain(doc, start, start + size), None):
            return start, start + size, "ORG"
    return start, start, label


def _is_edge(token: Token, *, first: bool) -> bool:
    """True for a token that can't begin (or end) a name: article, possessive, punctuation, a lower-case word."""
    text = token.text
    if not text[0].isalnum():
        return not (first and text[0] in "@#$")
    if first:
        return (
            token.lower_ in _PLACE_PREPOSITIONS
            or token.tag_ in ("DT", "POS", "PRP$", "IN", "CC")
            or (text[0].islower() and text.lower() not in _PARTICLES and "-" not in text and text.isalpha())
        )
    return token.tag_ == "POS" or text[0].islower()


def _asks(token: Token) -> bool:
    """True for the verb that opens a sentence before its subject: "Had X known"; what may be a given name ("Will") only in a question."""
    if not token.is_sent_start or token.lower_ not in words("phrases")["opens a question"]:
        return False
    return not has_given_name(token.text) or any(t.text == "?" for t in token.sent)


def _opens(token: Token) -> bool:
    """True for a common word that owes its capital to the beginning of the sentence."""
    return bool(token.is_sent_start) and token.lower_ in words("common")["common"]


def _is_calling(token: Token) -> bool:
    """True for "Podcaster" at the beginning of a sentence before a name."""
    return bool(token.is_sent_start) and noun_type(token.lower_) == "Person" and not has_given_name(token.text)


def _is_caption(doc: Doc, end: int) -> bool:
    """True where a name ends with what is shown under a picture: "Ana Ruiz Image: …"."""
    return end < len(doc) and doc[end].text == ":" and doc[end - 1].lower_ in words("phrases")["of a caption"]


def _countries(doc: Doc, taken: list[bool]) -> list[tuple[int, int, str]]:
    found, i = [], 0
    while i < len(doc):
        if not taken[i] and doc[i].text[0].isupper():
            for size in range(min(LONGEST_COUNTRY, len(doc) - i), 0, -1):
                text = plain(doc, i, i + size)
                label = "GPE" if gazetteer.country(text) else "NORP" if gazetteer.demonym(text) else ""
                if label and not any(taken[i : i + size]):
                    found.append((i, i + size, label))
                    taken[i : i + size] = [True] * size
                    i += size - 1
                    break
        i += 1
    return found


def _extend(doc: Doc, span: tuple[int, int, str], taken: list[bool], roles: Container[str]) -> tuple[int, int, str]:
    """The span with the proper nouns beside it that belong to the same noun phrase."""
    start, end, label = span
    if label == "NORP" and gazetteer.demonym(plain(doc, start, end)):
        return span
    start, end = _whole_word(doc, start, end, label, taken)
    while start > 0 and not taken[start - 1] and _is_name_word(doc[start - 1]) and start <= doc[start - 1].head.i < end:
        if label == "PERSON" and (strip_titles(plain(doc, start - 1, end))[0] or _opens(doc[start - 1]) or _is_calling(doc[start - 1])):
            break
        start -= 1
    last = end
    while (
        last < len(doc)
        and not taken[last]
        and _is_name_word(doc[last])
        and doc[last].lower_ not in roles
        and not _is_caption(doc, last + 1)
        and not (label == "PERSON" and last + 1 < len(doc) and doc[last + 1].lower_ in roles)  # "X Foreign Minister"
        and doc[last - 1].head.i >= last
        and doc[last - 1].dep_ in ("compound", "nmod", "amod")
    ):
        last += 1
    if last > end and not (last < len(doc) and doc[last].lower_ in roles and label in ("GPE", "NORP")):  # not "US District" of "US District Judge"
        label, end = ("ORG" if label in ("GPE", "NORP") else label), last
    taken[start:end] = [True] * (end - start)
    return start, end, label


def _whole_word(doc: Doc, start: int, end: int, label: str, taken: list[bool]) -> tuple[int, int]:
    """The span with the rest of a hyphened name ("Yu Hoi-kwan", "ABS-CBN") or behind its article ("Abdel Fattah el-Sisi"); not "US-led"."""
    if label not in ("PERSON", "ORG") or gazetteer_country(doc, start, end):
        return start, end
    while end + 1 < len(doc) and _is_hyphen(doc, end) and not taken[end + 1] and _goes_on(doc, end + 1):
        end += 2
    while start > 1 and _is_hyphen(doc, start - 1) and not taken[start - 2] and _goes_on(doc, start - 2):
        start -= 2
    if label == "PERSON" and end + 2 < len(doc) and doc[end].lower_ in _PARTICLES and doc[end + 1].text == "-" and doc[end + 2].text[0].isupper():
        end += 3
    return start, end


def _is_hyphen(doc: Doc, i: int) -> bool:
    return doc[i].text in ("-", "‑", "–") and not doc[i - 1].whitespace_ and not doc[i].whitespace_


def _goes_on(doc: Doc, i: int) -> bool:
    """True for a word that can be a part of a hyphened name."""
    return doc[i].pos_ == "PROPN" and doc[i].text.isalpha() and gazetteer_country(doc, i, i + 1) is None


def _is_name_word(token: Token) -> bool:
    return token.pos_ == "PROPN" and token.text[0].isupper() and token.lower_ not in _PLACE_PREPOSITIONS


def _capitalised(doc: Doc, taken: list[bool], roles: Container[str]) -> list[tuple[int, int, str]]:
    """Runs of proper nouns that the name finder left out; the label is "" where only rules can tell what they are."""
    found, i = [], 0
    while i < len(doc):
        if taken[i] or not _is_name_word(doc[i]):
            i += 1
            continue
        end = i + 1
        while end < len(doc) and not taken[end] and _is_name_word(doc[end]):
            end += 1
        start, last = _trim(doc, i, end, "PERSON")
        while start < last and (doc[last - 1].lower_ in roles or doc[last - 1].lower_.removesuffix("s") in roles):
            last -= 1
        if last < end and start < last:  # "Labour" of "Labour MP", but not "Foreign" of "Foreign Minister"
            if entity_type(plain(doc, start, last), None) is not None:
                found.append((start, last, "ORG"))
            elif end < len(doc) and doc[end].ent_type_ == "PERSON" and is_unknown(doc, start, last):
                found.append((start, last, "GPE"))
        elif start < last and (label := _label_by_context(doc, start, last)):
            found.append((start, last, label))
        elif last - start == 1 and noun_type(doc[start].lower_) is None and (acts_as_person(doc[start]) or acts_rather_as_person(doc[start])):
            found.append((start, last, "PERSON"))
        elif start < last and (label := label_of_unknown(doc, start, last)):
            found.append((start, last, label))
        i = max(end, i + 1)
    return found


def _label_by_context(doc: Doc, start: int, end: int) -> str:
    """What a title, the gazetteer or the capitals of a dateline tell of a run that the name finder left out; mostly it is no name."""
    text = plain(doc, start, end)
    if start and strip_titles(plain(doc, start - 1, end))[0] and doc[start - 1].text[0].isupper():
        return "PERSON"
    if doc[start].is_upper or (start and doc[start - 1].lower_ in _PLACE_PREPOSITIONS and doc[end - 1].dep_ == "pobj"):
        return "GPE" if gazetteer.place(text) else ""
    return ""
