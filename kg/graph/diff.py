"""Two graphs compared by what they say: which facts are gone, new or told in another way, and which documents came or went.

Facts are matched within a document: first those with the same words (relation, names and sentence), then, of the rest, those of one
relation in one sentence. So a name that is read in another way is one change, not two.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pyoxigraph as ox

from kg.errors import FormatError, InputError
from kg.graph import jsonl, records
from kg.graph.facts import Fact, facts_of
from kg.graph.reifiers import unreify
from kg.graph.store import Store
from kg.model import Extraction

FILES = {".nq": ox.RdfFormat.N_QUADS, ".trig": ox.RdfFormat.TRIG}
# Fields that make one fact another telling of the same. Where it stands and what it is called inside (claim, event) does not.
COMPARED = (
    "subject",
    "object",
    "modality",
    "sources",
    "title",
    "time",
    "place",
    "instrument",
    "confidence",
    "rule",
    "subject_id",
    "object_id",
    "source_ids",
)


@dataclass(frozen=True, slots=True)
class Change:
    """A fact that only the first graph has ("gone"), only the second ("new"), or both in different forms ("changed").

    `fact` is that of the second graph where it has one; `fields` are (name, before, after) of what has changed.
    """

    kind: Literal["gone", "new", "changed"]
    fact: Fact
    fields: tuple[tuple[str, object, object], ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """All changes, by document and place in the text. `documents_changed` are those whose text is another; `same` counts equal facts."""

    documents_gone: tuple[str, ...]
    documents_new: tuple[str, ...]
    documents_changed: tuple[str, ...]
    changes: tuple[Change, ...]
    same: int

    @property
    def empty(self) -> bool:
        """True when the graphs say the same of the same documents."""
        return not (self.documents_gone or self.documents_new or self.documents_changed or self.changes)


def read(place: str) -> Iterator[Extraction]:
    """The documents of a store, an exported file (.nq, .trig) or a file of records (.jsonl). Raises KgError."""
    path = Path(place)
    suffix = path.with_suffix("").suffix if path.suffix == ".gz" else path.suffix
    if suffix == ".jsonl":
        yield from (extraction for _, extraction in jsonl.read(jsonl.lines(path), _refuse(path)))
    elif path.is_file():
        with Store.open() as store:
            store.inner.extend(unreify(_quads(path)))
            yield from records.read_all(store)
    else:
        with Store.open(place, read_only=True) as store:
            yield from records.read_all(store)


def _quads(path: Path) -> list[ox.Quad]:
    if path.suffix not in FILES:
        raise FormatError(f"{path}: not a graph with its documents; give a store, or a file {', '.join(FILES)} or .jsonl")
    try:
        return list(ox.parse(path=str(path), format=FILES[path.suffix]))
    except OSError as error:
        raise InputError(f"{path}: can't be read ({error.strerror or error})") from error
    except SyntaxError as error:
        raise InputError(f"{path}: not valid {path.suffix}: {error}") from error


def _refuse(path: Path) -> jsonl.OnError:
    def refuse(number: int, error: Exception) -> None:
        raise InputError(f"{path}:{number}: {error}") from error

    return refuse


def diff(one: Iterable[Extraction], other: Iterable[Extraction]) -> Difference:
    """What has to be said to make the second of the first."""
    (texts, before), (new_texts, after) = _told(one), _told(other)
    changes = []
    same = 0
    for document in sorted({*before, *after}):
        for old, new in pairs(before.get(document, []), after.get(document, [])):
            change = _change(old, new)
            if change is None:
                same += 1
            else:
                changes.append(change)
    return Difference(
        documents_gone=tuple(sorted(texts.keys() - new_texts.keys())),
        documents_new=tuple(sorted(new_texts.keys() - texts.keys())),
        documents_changed=tuple(sorted(d for d in texts.keys() & new_texts.keys() if texts[d] != new_texts[d])),
        changes=tuple(sorted(changes, key=lambda c: (c.fact.document, c.fact.start, c.fact.end, c.fact.relation, c.kind, c.fact.claim))),
        same=same,
    )


def _told(extractions: Iterable[Extraction]) -> tuple[dict[str, str | None], dict[str, list[Fact]]]:
    texts, facts = {}, {}
    for extraction in extractions:
        texts[extraction.id] = extraction.document.get("sha256")
        facts[extraction.id] = facts_of(extraction)
    return texts, facts


def pairs(before: list[Fact], after: list[Fact]) -> Iterator[tuple[Fact | None, Fact | None]]:
    """Each fact once: with its match, or alone."""
    for key in (_whole, _words, _sentence):
        found, before, after = _matched(before, after, key)
        yield from found
    yield from ((fact, None) for fact in before)
    yield from ((None, fact) for fact in after)


def _matched(
    before: list[Fact], after: list[Fact], key: Callable[[Fact], Hashable]
) -> tuple[list[tuple[Fact | None, Fact | None]], list[Fact], list[Fact]]:
    """(pairs of one key, what is left of the first, what is left of the second)"""
    waiting: dict[Hashable, list[Fact]] = defaultdict(list)
    for fact in after:
        waiting[key(fact)].append(fact)
    pairs: list[tuple[Fact | None, Fact | None]] = []
    left = []
    for fact in before:
        if matches := waiting[key(fact)]:
            pairs.append((fact, matches.pop(0)))
        else:
            left.append(fact)
    return pairs, left, [fact for facts in waiting.values() for fact in facts]


def _whole(fact: Fact) -> Hashable:
    return (_words(fact), *(getattr(fact, name) for name in COMPARED))


def _words(fact: Fact) -> Hashable:
    return fact.relation, fact.sentence, fact.subject, fact.object


def _sentence(fact: Fact) -> Hashable:
    return fact.relation, fact.sentence


def _change(old: Fact | None, new: Fact | None) -> Change | None:
    if old is None or new is None:
        alone = old or new
        assert alone is not None
        return Change("new" if old is None else "gone", alone)
    fields = differences(old, new)
    return Change("changed", new, fields) if fields else None


def differences(old: Fact, new: Fact) -> tuple[tuple[str, object, object], ...]:
    """(name, before, after) of the fields that make them another telling."""
    return tuple((name, a, b) for name in COMPARED if (a := getattr(old, name)) != (b := getattr(new, name)))
