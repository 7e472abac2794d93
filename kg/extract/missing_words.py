"""Words of a sentence that the lexicon lacks, or has as another part of speech or in a longer phrase, though somebody stands around them."""

from collections.abc import Iterator, Sequence

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from kg.explanation import Refusal
from kg.extract import speech
from kg.extract.arguments import Argument
from kg.extract.frames import Predication, adjectives, is_verb, nouns, verbs
from kg.extract.frames.predication import prepositions
from kg.extract.net.candidates import Candidate
from kg.extract.net.features import describe
from kg.extract.trace import Trace
from kg.ontology import Trigger

_MOST = 4  # relations that are proposed for a word
_SLOTS = ("agent", "patient", "possessor", "compound")
_CHAINS = ("appos", "nsubj", "attr")
_SHORT = 3  # letters of a word that tells something of a phrase


class MissingWords:
    """Looks for them in one document."""

    def __init__(self, traced: Trace) -> None:
        self._traced = traced
        self._lexicon = traced.extractor.lexicon
        found = [p for paragraph in traced.reading.predicates for p, entries in paragraph if any(e.predicate != "structure" for e in entries)]
        self._known = {(id(p.trigger.doc), p.trigger.i) for p in found}

    def of(self, paragraph: int, sent: Tokens, least: int = 2) -> Iterator[Refusal]:
        """The words of a sentence, each with the first thing that keeps it from being a predicate; `least` have to stand around it."""
        names = self._traced.reading.names[paragraph]
        for token in sent:
            if (id(token.doc), token.i) in self._known or not (is_verb(token) or token.pos_ in ("NOUN", "ADJ")):
                continue
            entries = list(self._lexicon.every(token.lemma_.lower()))
            if token.i in names:
                yield from self._inside_name(paragraph, token, entries)
            elif any(not phrase for _, phrase, _ in entries):
                yield from self._other_kind(paragraph, token, entries)
            elif near := [each for each in entries if self._is_near(token, each[1])]:
                yield from self._longer(paragraph, token, near)
            elif not entries:
                yield from self._unknown(paragraph, token, least)

    def _inside_name(self, paragraph: int, token: Token, entries: Sequence[tuple[str, tuple[str, ...], Trigger]]) -> Iterator[Refusal]:
        name = self._traced.reading.names[paragraph][token.i]
        for _, phrase, entry in entries:
            if not phrase and token.text.islower():
                reason = f"it is part of the name “{name.text}” ({name.type})"
                yield self._refusal(
                    paragraph, token, entry, "name", reason, "if it is no name, the name was read wrongly: another --model may read it better"
                )
                return

    def _other_kind(self, paragraph: int, token: Token, entries: Sequence[tuple[str, tuple[str, ...], Trigger]]) -> Iterator[Refusal]:
        """One refusal for each relation that the word has as another part of speech."""
        if len(self._parties(paragraph, token)) < 2:
            return
        here = "verb" if is_verb(token) else "noun" if token.pos_ == "NOUN" else "adjective"
        done: set[str] = set()
        for kind, phrase, entry in entries:
            if phrase or entry.relation in done:
                continue
            done.add(entry.relation)
            same = kind == here or (kind == "role" and here == "noun")
            reason = f"in this phrase it doesn't mean {entry.relation}" if same else f"it is read as {_a(here)}, and the lexicon has it as {_a(kind)}"
            yield self._refusal(
                paragraph, token, entry, "part of speech", reason, f"if that is right, add {self._entry(paragraph, token)} to kg:{entry.relation}"
            )

    def _longer(self, paragraph: int, token: Token, entries: Sequence[tuple[str, tuple[str, ...], Trigger]]) -> Iterator[Refusal]:
        done: set[str] = set()
        for kind, phrase, entry in entries:
            if entry.relation not in done:
                done.add(entry.relation)
                words = " ".join((token.lemma_, *phrase) if kind == "verb" else (*phrase, token.lemma_))
                reason = f"alone it doesn't mean {entry.relation}; the lexicon has “{words}”, whose words don't all stand there in this order"
                yield self._refusal(
                    paragraph, token, entry, "phrase", reason, f"add the phrase as it stands here to the lex:lemma of kg:{entry.relation}"
                )

    def _is_near(self, token: Token, phrase: tuple[str, ...]) -> bool:
        """True when a telling word of the phrase stands in the sentence."""
        there = {w for t in token.sent for w in (t.lower_, t.lemma_.lower())}
        return any(len(word) > _SHORT and word in there for word in phrase)

    def _unknown(self, paragraph: int, token: Token, least: int) -> Iterator[Refusal]:
        parties = self._parties(paragraph, token)
        if len(parties) < least or token.pos_ == "ADJ" or self._takes_part(paragraph, token):
            return
        if token.lemma in speech.cue_lemmas() and speech.is_cue(token) and not all(party.cluster.named for party in parties[:2]):
            return  # "said", "told reporters": who says so is kept with what is said
        like = self._lexicon.alike(token.lemma_.lower())
        others = f", only {' and '.join(f'“{word}”' for word in like)}" if like else ""
        reason = f"the lexicon doesn't have it{others}; around it stands {' and '.join(map(_told, parties[:2]))}"
        yield self._refusal(paragraph, token, None, "lexicon", reason, self._proposal(paragraph, token, parties))

    def _takes_part(self, paragraph: int, token: Token) -> bool:
        """True for nouns that are somebody or something themselves: "embassy"."""
        return token.pos_ == "NOUN" and token.dep_ not in ("appos", "compound") and self._traced.catch.net.arguments.of(paragraph, token) is not None

    def _proposal(self, paragraph: int, token: Token, parties: Sequence[Argument]) -> str:
        if len(parties) < 2:
            return "a claim needs two; if the sentence names another for a reader, the parse doesn't put it beside the word (--format svg shows it)"
        entry = self._entry(paragraph, token)
        relations = self._relations(paragraph, token, *parties[:2])
        if not relations:
            return f"no relation takes {parties[0].type} and {parties[1].type}; write one of your own with {entry} (--ontology FILE)"
        block = " or ".join(f"kg:{name}" for name in relations)
        return f"if it tells {block}, add {entry} to that block; else write a relation of your own with it (--ontology FILE)"

    def _parties(self, paragraph: int, token: Token) -> list[Argument]:
        """Who stands around a word, one a slot: who does it, whom it is done to, and behind its prepositions; of a noun those with a name."""
        predication = self._predication(token)
        order = [*(s for s in _SLOTS if s in predication.slots), *(s for s in predication.slots if s not in _SLOTS)]
        places = [list(predication.slot(slot)) for slot in order]
        if token.pos_ == "NOUN":
            beside = [*([token.head] if token.dep_ in ("appos", "compound") else []), *(c for c in token.children if c.dep_ in _CHAINS)]
            places.insert(0, beside)
        found: dict[int, Argument] = {}
        for tokens in places:
            here = (self._traced.catch.net.arguments.of(paragraph, each) for each in tokens)
            first = next((a for a in here if a is not None and (is_verb(token) or a.cluster.named)), None)
            if first is not None:
                found.setdefault(id(first.cluster), first)
        return list(found.values()) if any(a.cluster.named for a in found.values()) else []

    def _predication(self, token: Token) -> Predication:
        if is_verb(token):
            return verbs.predicate(token)
        return adjectives.predicate(token) if token.pos_ == "ADJ" else nouns.predicate(token)

    def _relations(self, paragraph: int, token: Token, subject: Argument, object_: Argument) -> list[str]:
        """The relations that take the two, those first that the model finds likeliest by all but the word."""
        net, ranking = self._traced.catch.net, self._traced.extractor.ranking
        fitting = [
            relation.name
            for relation in self._traced.ontology.relations.values()
            if relation.triggers
            and not relation.literal
            and net.ontology.is_a(subject.type, relation.domain)
            and net.ontology.is_a(object_.type, relation.range)
            and any(
                trigger.predicate == ("verb" if is_verb(token) else "role" if self._is_role(subject) else "noun") for trigger in relation.triggers
            )
        ]
        candidates = [Candidate(paragraph, token.sent.start, name, subject, object_) for name in fitting]
        scores = {c.relation: ranking.score(c.relation, found) for c, found in zip(candidates, describe(net, candidates), strict=True)}
        return sorted(fitting, key=lambda name: (name not in ranking.known, -scores[name], name))[:_MOST]

    def _is_role(self, subject: Argument) -> bool:
        return subject.type == "Person"

    def _entry(self, paragraph: int, token: Token) -> str:
        """An entry of the lexicon that would read the word here."""
        predication = self._predication(token)
        lemma = predication.lemma if is_verb(token) else token.lemma_.lower()
        behind = next((p.lower_ for p in prepositions(token) if p.pos_ == "ADP" and predication.slot(p.lower_)), None)
        if not is_verb(token):
            people = [a for a in self._parties(paragraph, token)[:1] if self._is_role(a)]
            frame, asked = ("RoleNoun" if people else "EventNoun"), behind not in (None, "of", "for")
        elif predication.slot("patient"):
            frame, asked = ("Transitive" if predication.slot("agent") else "PatientPrepositional"), not predication.slot("agent")
        else:
            frame, asked = ("Prepositional" if behind else "Transitive"), True
        tail = f' ; lex:preposition "{behind}"' if asked and behind else ""
        return f'[ lex:frame lex:{frame} ; lex:lemma "{lemma}"{tail} ]'

    def _refusal(self, paragraph: int, token: Token, entry: Trigger | None, hurdle: str, reason: str, advice: str) -> Refusal:
        span = self._traced.reading.span(paragraph, token.i, token.i + 1)
        relation, frame = ("", "") if entry is None else (entry.relation, entry.frame)
        return Refusal(span.text, span.start, span.end, relation, frame, hurdle, reason, advice)


def _told(argument: Argument) -> str:
    return f"{' '.join(argument.cluster.name.split())} ({argument.type})"


def _a(kind: str) -> str:
    return f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"
