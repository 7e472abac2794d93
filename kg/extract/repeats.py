"""Names that the name finder met in one place of the document and missed in another: their words again, and persons' surnames alone."""

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Token

from kg.extract.mentions import Markable
from kg.extract.nlp import Paragraph
from kg.identity.names import strip_titles
from kg.resources import words

_LEAST = 3
_REPEATED = frozenset(("Person", "Organization", "MilitaryForce", "Country", "Region", "City", "Place", "Facility"))


def complete(found: Sequence[list[Markable]], paragraphs: Sequence[Paragraph]) -> list[list[Markable]]:
    """The names of each paragraph together with those that only the rest of the document gives away, in order."""
    known = _known(found)
    if not known:
        return list(found)
    return [
        sorted([*here, *_again(number, p.doc, here, known)], key=lambda m: m.start)
        for number, (here, p) in enumerate(zip(found, paragraphs, strict=True))
    ]


def _known(found: Sequence[list[Markable]]) -> dict[str, list[tuple[tuple[str, ...], Markable]]]:
    """First word -> the names that begin with it, longest first. A surname alone counts where it is no other name of the document."""
    texts: dict[tuple[str, ...], Markable] = {}
    surnames: dict[tuple[str, ...], Markable] = {}
    for name in (m for here in found for m in here):
        if name.type not in _REPEATED:
            continue
        if name.end - name.start > 1 or len(name.text) >= _LEAST:
            texts.setdefault(tuple(t.text for t in name.doc[name.start : name.end]), name)
        if name.type == "Person" and " " in strip_titles(name.text)[1]:
            last = name.doc[name.end - 1].text
            if len(last) >= _LEAST and last[0].isupper() and last.lower().rstrip(".") not in words("titles")["suffix"]:
                surnames.setdefault((last,), name)
    by_first: dict[str, list[tuple[tuple[str, ...], Markable]]] = {}
    for tokens, name in {**surnames, **texts}.items():
        by_first.setdefault(tokens[0], []).append((tokens, name))
    for names in by_first.values():
        names.sort(key=lambda pair: -len(pair[0]))
    return by_first


def _again(number: int, doc: Doc, here: Sequence[Markable], known: dict[str, list[tuple[tuple[str, ...], Markable]]]) -> Iterator[Markable]:
    taken = {i for name in here for i in range(name.start, name.end)}
    for token in doc:
        if token.i in taken or token.text not in known or token.ent_type_ in ("DATE", "TIME"):
            continue
        for tokens, name in known[token.text]:
            end = token.i + len(tokens)
            if end <= len(doc) and all(doc[token.i + n].text == word for n, word in enumerate(tokens)) and not taken & set(range(token.i, end)):
                if _is_part(doc, token.i, end) or (len(tokens) == 1 and not _stands_alone(doc, token.i, name)):
                    break
                taken.update(range(token.i, end))
                yield Markable(number, doc, token.i, end, "name", name.type, name.label, doc[token.i : end].root, name.country)
                break


def _is_part(doc: Doc, start: int, end: int) -> bool:
    """True within a longer name: a capitalised word stands directly, or behind a hyphen, before or behind it."""
    before, after = _beside(doc, start - 1, -1), _beside(doc, end, 1)
    if before is not None and not doc[start].is_sent_start and not strip_titles(f"{before.text} X")[0]:
        return True
    return after is not None and after.pos_ in ("PROPN", "NUM", "ADJ")


def _beside(doc: Doc, at: int, step: int) -> Token | None:
    """The capitalised word there."""
    if 0 <= at < len(doc) and doc[at].text == "-":
        at += step
        return doc[at] if 0 <= at < len(doc) and not doc[at].text.islower() else None
    return doc[at] if 0 <= at < len(doc) and doc[at].pos_ == "PROPN" and doc[at].text[:1].isupper() else None


def _stands_alone(doc: Doc, at: int, name: Markable) -> bool:
    """False for a common word that only looks like the name: "the Run" of "Band on the Run"."""
    if name.type == "Person" and at and doc[at - 1].tag_ in ("DT", "PRP$"):
        return False
    return doc[at].text[0].isupper() and (doc[at].pos_ in ("PROPN", "X") or doc[at].is_sent_start or name.type != "Person")
