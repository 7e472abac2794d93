"""Development data read as texts with marked names, for train_names.py. Labels are those of spaCy's English pipelines.

A text is `closed` when whoever annotated it marked every person, organisation, place and facility, so that an unmarked word is no such name.
`unknown` are stretches about which the annotation says nothing that the labels can express.
"""

import gzip
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kg.extract import gazetteer
from kg.extract.typing_rules import entity_type, is_group
from kg.identity.names import strip_titles

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
KEPT_OUT = ("3", "7")
Row = dict[str, Any]

# The first label is the usual one; the others stand when the stock model gives them to the same words.
PERSON, BODY, COUNTRY, REGION, PLACE = ("PERSON",), ("ORG", "NORP"), ("GPE", "NORP"), ("GPE", "LOC", "NORP", "FAC"), ("LOC", "FAC", "GPE")
GOLD = {
    "Person": PERSON,
    "Organization": BODY,
    "MilitaryForce": ("ORG",),
    "Group": ("ORG", "NORP"),
    "Country": COUNTRY,
    "Region": ("GPE", "LOC", "NORP"),
    "City": ("GPE",),
    "Place": ("LOC", "FAC"),
    "Facility": ("FAC",),
    "NamedEvent": ("EVENT",),
    "Work": ("WORK_OF_ART", "LAW"),
    "Weapon": ("PRODUCT",),
    "Vehicle": ("PRODUCT",),
}
# The first tag that an entity has decides.
DWIE = {
    "skip": (),
    "deity": (),
    "gpe0-x": ("NORP",),
    "gpe1-x": ("NORP",),
    "gpe2-x": ("NORP",),
    "loc-x": ("NORP",),
    "religion-x": ("NORP",),
    "ethnicity": ("NORP",),
    "person": PERSON,
    "organization": BODY,
    "gpe": COUNTRY,
    "facility": ("FAC",),
    "location": ("LOC", "GPE"),
    "event": ("EVENT",),
    "work_of_art": ("WORK_OF_ART",),
    "treaty": ("LAW",),
    "product": ("PRODUCT",),
    "value": None,
}
CONLL04 = {"Peop": PERSON, "Org": BODY, "Loc": REGION}
CROSSRE = {
    "person": PERSON,
    "politician": PERSON,
    "organisation": BODY,
    "politicalparty": BODY,
    "location": REGION,
    "country": COUNTRY,
    "event": ("EVENT",),
    "election": ("EVENT",),
}
REDOCRED = {"PER": PERSON, "ORG": BODY, "LOC": REGION, "TIME": None, "NUM": None}


@dataclass(frozen=True, slots=True)
class Name:
    """Words [start, end) of a text with the labels they may have; none when the labels can't express what they are."""

    start: int
    end: int
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """A text with its names, which do not overlap."""

    id: str
    text: str
    names: tuple[Name, ...] = ()
    closed: bool = True
    unknown: tuple[tuple[int, int], ...] = field(default=())

    @property
    def kept_out(self) -> bool:
        """True for the fifth that is only measured."""
        return self.id.endswith(KEPT_OUT)


def articles(folder: str) -> Iterator[Text]:
    """The hand-annotated articles: every place where one of an entity's names stands in the text."""
    marks = {row["id"]: row for row in _rows(f"{folder}/gold.jsonl")}
    for row in _rows(f"{folder}/articles.jsonl"):
        if row["id"] in marks:
            names, unknown = _surface_forms(row["text"], marks[row["id"]]["entities"])
            yield Text(row["id"], row["text"], names, unknown=unknown)


def dwie() -> Iterator[Text]:
    """Deutsche Welle articles, annotated throughout."""
    texts = {row["id"]: row["text"] for row in _rows("dwie/dev.jsonl")}
    for row in _rows("dwie/dev-tokens.jsonl.gz"):
        text = texts[row["id"]]
        places = list(_align(row["tokens"], text))
        names = []
        for entity in row["entities"]:
            tags = {tag.removeprefix("type::") for tag in entity["tags"]}
            labels = next((DWIE[tag] for tag in DWIE if tag in tags), ())
            if labels is not None:
                names += [_name(text, places[m["start"]][0], places[m["end"] - 1][1], labels) for m in entity["mentions"]]
        yield _text(row["id"], text, names)


def conll04(part: str) -> Iterator[Text]:
    """Newswire sentences in which many names are not marked."""
    return _token_rows(_rows(f"conll04/{part}.jsonl"), CONLL04, closed=False)


def crossre() -> Iterator[Text]:
    """Sentences of news and of Wikipedia about politics."""
    for part in ("news", "extension-news", "politics"):
        yield from _token_rows(_rows(f"crossre/{part}-train.jsonl"), CROSSRE)


def redocred() -> Iterator[Text]:
    """Openings of Wikipedia articles."""
    for row in _rows("redocred/dev.jsonl.gz"):
        mentions = [m | {"type": e["type"]} for e in row["entities"] for m in e["mentions"]]
        yield from _token_rows([row | {"entities": mentions}], REDOCRED)


def raw(name: str, wanted: int, skip: Iterable[str] = ()) -> Iterator[Text]:
    """News without annotation, evenly taken from the file; texts that begin like one in `skip` are left out."""
    known = {_opening(text) for text in skip}
    rows = [row for row in _rows(f"news_raw/{name}.jsonl.gz") if _opening(row["text"]) not in known]
    for row in rows[:: max(1, len(rows) // wanted)][:wanted]:
        yield Text(row["id"], row["text"], closed=False)


def _opening(text: str) -> str:
    return re.sub(r"\W+", "", text)[:80]


def _rows(path: str) -> list[Row]:
    file = DATA / path
    read: Callable[[], str] = (lambda: gzip.decompress(file.read_bytes()).decode()) if path.endswith(".gz") else file.read_text
    return [json.loads(line) for line in read().splitlines() if line.strip()]


def _align(tokens: Iterable[str], text: str) -> Iterator[tuple[int, int]]:
    at = 0
    for token in tokens:
        start = text.index(token, at)
        at = start + len(token)
        yield start, at


def _token_rows(rows: Iterable[Row], types: Mapping[str, tuple[str, ...] | None], *, closed: bool = True) -> Iterator[Text]:
    for row in rows:
        text, places = _join(row["tokens"])
        names = []
        for entity in row["entities"]:
            labels = types.get(entity["type"], ())
            if labels is not None:
                names.append(_name(text, places[entity["start"]][0], places[entity["end"] - 1][1], labels))
        yield _text(row["id"], text, names, closed=closed)


def _join(tokens: Iterable[str]) -> tuple[str, list[tuple[int, int]]]:
    """Tokens as running text, with their places in it."""
    text, places, glue, quoted = "", [], True, False
    for token in tokens:
        word = {"``": '"', "''": '"', "-LRB-": "(", "-RRB-": ")", "`": "'"}.get(token, token)
        closing = word == '"' and quoted
        if not (glue or closing or re.fullmatch(r"[,.;:!?)\]}%]+|'(?:s|re|ve|ll|d|m|t)?|n't", word, re.IGNORECASE)):
            text += " "
        places.append((len(text), len(text) + len(word)))
        text += word
        glue = word in "([{$#" or (word == '"' and not closing)
        quoted ^= word == '"'
    return text, places


def _text(ident: str, text: str, names: Iterable[Name], *, closed: bool = True) -> Text:
    kept, unknown = _disjoint(names)
    return Text(ident, text, kept, closed, unknown)


def _disjoint(names: Iterable[Name]) -> tuple[tuple[Name, ...], tuple[tuple[int, int], ...]]:
    """Names with labels, the longest where two overlap; and the places of those without."""
    kept: list[Name] = []
    unknown: list[tuple[int, int]] = []
    for name in sorted(set(names), key=lambda n: (n.start - n.end, n.start, n.labels)):
        if not name.labels:
            unknown.append((name.start, name.end))
        elif all(name.end <= other.start or other.end <= name.start for other in kept):
            kept.append(name)
    return tuple(sorted(kept, key=lambda n: n.start)), tuple(unknown)


def _name(text: str, start: int, end: int, labels: tuple[str, ...]) -> Name:
    """A name without article; adjectives of nationality, peoples and places get the label that the word lists know."""
    if article := re.match(r"(?:the|a|an)\s+", text[start:end], re.IGNORECASE):
        start += article.end()
    if labels == PERSON:
        start = end - len(strip_titles(text[start:end])[1] or text[start:end])
    words = text[start:end]
    if not re.search(r"[^\W\d_]", words) or words.islower():
        return Name(start, end, ())
    if "NORP" in labels and (is_group(words) or (gazetteer.demonym(words) and not gazetteer.country(words))):
        labels = ("NORP",)
    elif labels is REGION:
        kind = {"Facility": "FAC", "Place": "LOC"}.get(entity_type(words, None) or "", "GPE")
        labels = (kind, *labels)
    return Name(start, end, labels)


def _surface_forms(text: str, entities: Iterable[Row]) -> tuple[tuple[Name, ...], tuple[tuple[int, int], ...]]:
    forms: dict[str, tuple[str, ...]] = {}
    named = [e for e in entities if e["named"]]
    known = {name for e in named for name in e["names"]}
    for entity in named:
        labels = GOLD.get(entity["type"], ())
        for form in entity["names"]:
            forms.setdefault(form, labels if _is_name(form, entity, known) else ())
    names = []
    for form, labels in forms.items():
        for found in re.finditer(r"(?<!\w)" + re.escape(form) + r"(?!\w)", text):
            names.append(_name(text, *found.span(), labels) if labels else Name(*found.span(), ()))
    return _disjoint(names)


def _is_name(form: str, entity: Row, known: set[str]) -> bool:
    """False for descriptions ("the ministry", "Chelyabinsk's governor") and for names with a lower-case head ("Syrian army")."""
    bare = re.sub(r"^(?:the|a|an)\s+", "", form, flags=re.IGNORECASE)
    owner = re.match(r"(.+?)['’]s ", form)
    if owner and owner[1] in known:
        return False
    if entity["type"] == "Person" and not strip_titles(bare)[1]:
        return False
    return bare[:1].isupper() and not bare.split()[-1][:1].islower()
