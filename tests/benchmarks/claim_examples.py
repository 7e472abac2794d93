"""Candidates with what an annotation says of them, for train_claims.py."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from judged import KEPT_OUT, Fact

from kg.extract import Extractor
from kg.extract.arguments import Argument, Arguments
from kg.extract.mentions import Markable
from kg.extract.net.candidates import Candidate, Net, Open
from kg.extract.net.features import Described, describe
from kg.extract.reading import Reading
from kg.extract.record import Recorder
from kg.extract.selection import Draft
from kg.model import Span
from kg.ontology import Ontology


@dataclass(slots=True)
class Example:
    """A candidate with what the annotation says: right, wrong or (None) open; `fact` is the predicted fact, `hits` the annotated ones it meets."""

    relation: str
    found: Described
    right: bool | None
    weight: float
    fact: Fact
    hits: tuple[Fact, ...] = ()
    framed: bool = False
    types: tuple[str, str] = ("", "")
    near: bool = True
    text: str = ""


@dataclass(slots=True)
class Article:
    """The examples of an article and how many facts it has to be found (0 where the set isn't scored by facts)."""

    source: str
    id: str
    examples: list[Example] = field(default_factory=list)
    wanted: frozenset[Fact] = frozenset()

    @property
    def kept_out(self) -> bool:
        """True for the fifth that is never learned from."""
        return self.id[-1:] in KEPT_OUT


@dataclass(slots=True)
class Caught:
    """What the net caught in one document."""

    net: Net
    candidates: Sequence[Candidate]
    described: Sequence[Described]


class Collector(Extractor):
    """Keeps what the net catches and accepts nothing."""

    def __init__(self, open_: Open) -> None:
        super().__init__()
        self.ranking = replace(self.ranking, open=open_)

    def drafts(self, reading: Reading, arguments: Arguments) -> list[Draft]:
        catch = self.cast(reading, arguments)
        net, candidates = catch.net, catch.candidates
        self.caught = Caught(net, candidates, list(describe(net, candidates)))
        return []


class View:
    """The entities of a document as the scorers see them."""

    def __init__(self, caught: Caught, ontology: Ontology, text: str) -> None:
        import common

        self.reading = caught.net.reading
        self._recorder = Recorder(self.reading, caught.net.arguments, ontology)
        self._ids: dict[int, str] = {}
        rows = []
        for cluster in [*self.reading.clusters, *self.reading.participants]:
            if cluster.markables:
                entity = self._recorder._entity(cluster)
                self._ids[id(cluster)] = entity.id
                mentions = [{"start": m.start, "end": m.end, "text": m.text, "kind": m.kind} for m in entity.mentions]
                rows.append({"id": entity.id, "type": entity.type, "name": entity.name, "aliases": list(entity.aliases), "mentions": mentions})
        self.record = common.Record({"entities": rows}, text)

    def id(self, argument: Argument | None) -> str:
        """The record's id of an argument; "?" for nobody known."""
        return "?" if argument is None else self._ids[id(argument.cluster)]

    def names(self, argument: Argument | None) -> set[str]:
        """Names and mentions of the argument's entity; none for nobody known."""
        if argument is None:
            return set()
        entity = self.record.entities[self.id(argument)]
        return {entity["name"], *entity["aliases"], *(m["text"] for m in entity["mentions"])}

    def is_mentioned(self, argument: Argument | None, place: tuple[int, int] | None) -> bool:
        """True when the argument, or another mention of the same, stands at the place; None is nobody known."""
        if argument is None or place is None:
            return argument is place
        return any(self._place(m) == place for m in (argument.markable, *argument.cluster.markables))

    def _place(self, markable: Markable) -> tuple[int, int]:
        span = self.reading.span(markable.paragraph, markable.start, markable.end)
        return span.start, span.end

    def sentence(self, candidate: Candidate) -> Span:
        """Where the candidate's sentence stands in the text."""
        return self.reading.sentence(candidate.paragraph, self.reading.paragraphs[candidate.paragraph].doc[candidate.sentence])

    def spans(self, candidate: Candidate, argument: Argument, nominal: bool = True) -> list[tuple[int, int]]:
        """The argument's own span and the entity's other mentions in the sentence."""
        here, m = self.sentence(candidate), argument.markable
        own = self.reading.span(m.paragraph, m.start, m.end)
        mentions = self.record.entities[self.id(argument)]["mentions"]
        found = [(own.start, own.end)] if nominal or m.kind != "nominal" else []
        return found + [
            (k["start"], k["end"]) for k in mentions if k["start"] < here.end and here.start < k["end"] and (nominal or k["kind"] != "nominal")
        ]


def example(
    article: Article, c: Candidate, found: Described, right: bool | None, weight: float, fact: Fact, hits: tuple[Fact, ...] = (), near: bool = True
) -> Example:
    types = ("?" if c.subject is None else c.subject.cluster.type, c.object.cluster.type)
    return Example(c.relation, found, right, weight, fact, hits, c.framed, types, near)


def fold(ident: str, folds: int) -> int:
    """The fold of an article, by a hash of its id."""
    return int(hashlib.sha256(ident.encode()).hexdigest(), 16) % folds
