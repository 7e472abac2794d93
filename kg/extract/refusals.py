"""Why a word that may express a relation makes no claim: the first condition that failed, and what would have to change."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from kg.explanation import Refusal, Weighing
from kg.extract.claims import Hurdle
from kg.extract.extractor import Extractor
from kg.extract.missing_words import MissingWords
from kg.extract.selection import Article, Draft
from kg.extract.slots import Slots
from kg.extract.trace import Judged, Stopped, Trace
from kg.extract.vacancies import Vacancies
from kg.extract.weighing import weighing
from kg.ontology import Trigger

_NOTED = tuple(Hurdle)
_MOST = 3  # pairs of a word whose weighing is shown
_NEAR = 0.5  # from this share of the threshold on, a pair without any word is near
_UNJUDGED = (
    "no word or class does: from sentences that people judged, the model learned that a claim like this is mostly wrong; "
    "a relation of your own (--ontology FILE) is not judged by it"
)
_OTHER = "nothing, where that is true; neither word nor classes are to blame"


@dataclass(slots=True)
class _Word:
    """What became of one word and relation; the entry that came furthest is kept."""

    reach: int = -1
    refusal: Refusal | None = None
    weighed: list[Weighing] = field(default_factory=list)

    def offer(self, reach: int, refusal: Refusal) -> None:
        if reach > self.reach:
            self.reach, self.refusal = reach, refusal


class Refusals:
    """Answers for each sentence of one document."""

    def __init__(self, traced: Trace) -> None:
        self._traced = traced
        extractor: Extractor = traced.extractor
        slots = Slots(traced.reading, traced.catch.net.arguments, extractor.lexicon, extractor.ontology)
        self._vacancies = Vacancies(traced, slots)
        self._missing = MissingWords(traced)
        self._article = Article(traced.catch.drafts, extractor.ontology)
        self._stopped: dict[tuple[int, int], list[Stopped]] = defaultdict(list)
        self._judged: dict[tuple[int, int], list[Judged]] = defaultdict(list)
        for stopped in traced.stopped:
            if stopped.entry.predicate != "structure":
                self._stopped[stopped.paragraph, stopped.predication.trigger.sent.start].append(stopped)
        for judged in traced.judged:
            if not judged.stays:
                self._judged[judged.candidate.paragraph, judged.candidate.sentence].append(judged)

    def of(self, paragraph: int, sent: Tokens, told: Sequence[tuple[Draft, Judged | None]]) -> list[Refusal]:
        """The refusals of a sentence in text order; further readings of a word that made a claim are left out."""
        taken = {(draft.predication.trigger.i, draft.entry.relation) for draft, _ in told}
        speaking = {draft.predication.trigger.i for draft, _ in told if draft.entry.predicate != "structure"}
        pairs = {(judged.candidate.pair, judged.candidate.relation) for _, judged in told if judged}
        words: dict[tuple[int, str], _Word] = defaultdict(_Word)
        for stopped in self._stopped[paragraph, sent.start]:
            key = (stopped.predication.trigger.i, stopped.entry.relation)
            if key[0] not in speaking and self._vacancies.is_near(stopped):
                words[key].offer(_NOTED.index(stopped.hurdle) + 1, self._stop(stopped))
        for judged in self._judged[paragraph, sent.start]:
            if (judged.candidate.pair, judged.candidate.relation) not in pairs:
                self._weigh(judged, taken, words)
        found = [
            replace(word.refusal, weighed=tuple(sorted(word.weighed, key=_likeliest)[:_MOST])) for word in words.values() if word.refusal is not None
        ]
        found += self._missing.of(paragraph, sent)
        if not found and not told:  # nothing is near; then what is far is told
            far = [each for each in self._stopped[paragraph, sent.start] if each.predication.trigger.pos_ != "AUX"]
            found = [*map(self._stop, far), *self._missing.of(paragraph, sent, 1)]
        return sorted(found, key=lambda r: (r.start, r.end, r.relation, r.hurdle))

    def _weigh(self, judged: Judged, taken: set[tuple[int, str]], words: dict[tuple[int, str], _Word]) -> None:
        candidate = judged.candidate
        if judged.verdict.probability is None and not candidate.drafts:
            return  # of relations that the model doesn't know only frames make claims
        weighed = weighing(self._traced.extractor.ranking, judged)
        if candidate.trigger is None:
            if (weighed.probability or 0.0) >= _NEAR * (weighed.threshold or 0.0):
                token = candidate.object.markable.head
                word = words[-token.i - 1, candidate.relation]
                word.offer(0, self._refusal(candidate.paragraph, token, None, candidate.relation, "model", _wordless(weighed), _UNJUDGED))
                word.weighed.append(weighed)
            return
        predication, entry = candidate.trigger
        key = (predication.trigger.i, candidate.relation)
        if not candidate.drafts and (key in taken or entry.predicate == "structure"):
            return
        word = words[key]
        word.weighed.append(weighed)
        if not candidate.drafts and (weighed.probability or 0.0) < _NEAR * (weighed.threshold or 0.0):
            return
        reason, hurdle, advice = self._verdict(judged, weighed)
        word.offer(
            len(_NOTED) + 1 if candidate.drafts else 0,
            self._refusal(candidate.paragraph, predication.trigger, entry, candidate.relation, hurdle, reason, advice),
        )

    def _verdict(self, judged: Judged, weighed: Weighing) -> tuple[str, str, str]:
        """(reason, hurdle, advice) for a candidate that no frame stopped."""
        candidate = judged.candidate
        pair = f"{weighed.subject or 'somebody'} → {weighed.object}"
        objections = [self._article.objection(draft) for draft in candidate.drafts]
        if candidate.dropped and objections and objections[0] is not None:
            why = " ".join((objections[0].__doc__ or "").split()).rstrip(".")
            return f"{pair} is left out: {why[:1].lower()}{why[1:]}", "selection", _OTHER
        if judged.verdict.accepted:
            return f"{pair}: the two stand in one such relation to each other, and another is likelier", "selection", _OTHER
        return f"{pair}: the model gives it {_number(weighed.probability)}, below {_number(weighed.threshold)}", "model", _UNJUDGED

    def _stop(self, stopped: Stopped) -> Refusal:
        reason, advice = self._vacancies.told(stopped)
        hurdle = stopped.hurdle.value
        return self._refusal(stopped.paragraph, stopped.predication.trigger, stopped.entry, stopped.entry.relation, hurdle, reason, advice)

    def _refusal(self, paragraph: int, token: Token, entry: Trigger | None, relation: str, hurdle: str, reason: str, advice: str) -> Refusal:
        span = self._traced.reading.span(paragraph, token.i, token.i + 1)
        return Refusal(span.text, span.start, span.end, relation, "" if entry is None else entry.frame, hurdle, reason, advice)


def _wordless(weighed: Weighing) -> str:
    pair = f"{weighed.subject} → {weighed.object}"
    return f"{pair}: no word of the lexicon says it, and the model gives it {_number(weighed.probability)}, below {_number(weighed.threshold)}"


def _likeliest(weighed: Weighing) -> tuple[float, str, str]:
    return -(weighed.probability or 0.0), weighed.subject or "", weighed.object


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"
