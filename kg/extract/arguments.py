"""From a token to the entities it stands for: names, resolved pronouns and descriptions, and participants without a name."""

from dataclasses import dataclass

from spacy.tokens import Token

from kg.extract.coreference import cluster_at
from kg.extract.entities import Cluster
from kg.extract.frames.structures import PLACES, kind_of
from kg.extract.mentions import Markable
from kg.extract.reading import Reading
from kg.extract.typing_rules import noun_type


@dataclass(frozen=True, slots=True)
class Argument:
    """An entity in a slot, by the mention that stands there."""

    cluster: Cluster
    markable: Markable

    @property
    def type(self) -> str:
        """Class of the entity; of a country's people ("Iranians") the class of the mention."""
        return self.cluster.type


class Arguments:
    """Looks tokens up once and remembers."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._known: dict[tuple[int, int], Argument | None] = {}

    def of(self, paragraph: int, token: Token) -> Argument | None:
        """The argument whose phrase has this head, or None when it is nothing that can take part."""
        key = (paragraph, token.i)
        if key not in self._known:
            self._known[key] = self._find(paragraph, token)
        return self._known[key]

    def speaker(self, paragraph: int, token: Token) -> Argument | None:
        """Like `of`, for the head of the phrase that says who says it: a poll or an announcer is no participant of events, but speaks."""
        found = self.of(paragraph, token)
        if found is None and (phrase := self._reading.participants.of(paragraph, token, speaks=True)) is not None:
            return _argument(phrase)
        return found

    def _find(self, paragraph: int, token: Token) -> Argument | None:
        reading = self._reading
        names, referents = reading.names[paragraph], reading.referents[paragraph]
        markable = names.get(token.i) or referents.get(token.i)
        if markable is not None:
            inner = next((m for m in markable.inner if m.head.i == token.i and token.i != markable.head.i), None)
            return _argument(inner or markable)
        if token.pos_ == "PRON":
            return None
        if place := kind_of(token, names) or self._named_base(token, names):
            return _argument(place)
        if (cluster := cluster_at(reading, paragraph, token)) is not None:
            return self._describe(paragraph, token, cluster)
        if token.dep_ == "appos" and (found := names.get(token.head.i)):
            return _argument(found)
        if title := self._title(token, names):
            return _argument(title)
        participant = reading.participants.of(paragraph, token)
        return None if participant is None else _argument(participant)

    def _named_base(self, token: Token, names: dict[int, Markable]) -> Markable | None:
        """ "the American base at Asad": a place that only names the facility."""
        if token.i + 2 >= len(token.doc) or token.nbor().lower_ not in ("at", "of") or noun_type(token.lower_) != "Facility":
            return None
        place = names.get(token.i + 2)
        return place if place and place.type in PLACES and place.country is None else None

    def _title(self, token: Token, names: dict[int, Markable]) -> Markable | None:
        """The person whose name follows: "commander Qassem Soleimani"."""
        following = names.get(token.i + 1)
        return following if following and following.type == "Person" and following.start == token.i + 1 and token.pos_ in ("NOUN", "PROPN") else None

    def _describe(self, paragraph: int, token: Token, cluster: Cluster) -> Argument:
        markable = Markable(paragraph, token.doc, token.i, token.i + 1, "nominal", cluster.type, "", token)
        cluster.add(markable)
        return Argument(cluster, markable)


def _argument(markable: Markable) -> Argument | None:
    return Argument(markable.cluster, markable) if isinstance(markable.cluster, Cluster) else None
