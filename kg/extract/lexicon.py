"""The ontology's entries as hash tables: from a word of the text to the triggers it may be.

Verbs are keyed by their first word ("take into custody" by "take"; "fatally shoot" by "shoot"), nouns and roles by their last.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from spacy.tokens import Token

from kg.ontology import Ontology, Trigger

Phrase = tuple[str, ...]
Entries = Sequence[tuple[Phrase, Trigger]]

_DEFAULT_PREPOSITIONS = {"RoleNoun": ("of", "for"), "EventNoun": ("of",)}
_STEM, _SHARE, _ALIKE = 5, 0.8, 3  # letters that forms of one word share, their part of the shorter one, and how many are told
_REACH = 14  # tokens behind a verb in which the rest of its phrase must stand


@dataclass(frozen=True)
class Lexicon:
    """Entries by kind of predicate; a phrase is without the word it is keyed by. `person_roles` are last words of roles that people hold."""

    verbs: Mapping[str, Entries]
    nouns: Mapping[str, Entries]
    adjectives: Mapping[str, Entries]
    roles: Mapping[str, Entries]
    structures: Mapping[str, Sequence[Trigger]]
    classes: Mapping[str, Sequence[str]]
    person_roles: frozenset[str]

    def verb(self, token: Token, lemma: str | None = None) -> list[Trigger]:
        """Entries for a verb with its particle, object noun or complement: all whose words are there; a particle rules the bare verb out."""
        lemma = (lemma or token.lemma_.lower()).removeprefix("co-")
        entries = self.verbs.get(lemma) or (self.verbs.get(lemma.removesuffix("e")) if token.lower_.startswith("co-") else None)
        if not entries:
            return []
        found = [(phrase, trigger) for phrase, trigger in entries if not phrase or _follows(token, phrase)]
        particle = next((c.lower_ for c in token.rights if c.dep_ == "prt"), None)
        if particle and any(phrase[:1] == (particle,) for phrase, _ in found):
            found = [(phrase, trigger) for phrase, trigger in found if phrase]
        return [trigger for _, trigger in found]

    def noun(self, token: Token) -> list[Trigger]:
        """Entries for an event noun, the longest phrase only."""
        return _longest(token, self.nouns.get(token.lemma_.lower(), ()))[1]

    def role(self, token: Token) -> tuple[int, list[Trigger]]:
        """(index of the first word, entries) of the longest role phrase that ends with this noun; no entries when there is none."""
        return _longest(token, self.roles.get(token.lemma_.lower()) or self.roles.get(token.lower_) or ())

    def phrase(self, role: str) -> list[Trigger]:
        """Entries for a role of one word."""
        return [entry for phrase, entry in self.roles.get(role, ()) if not phrase]

    def holders(self, entries: Iterable[Trigger]) -> frozenset[str]:
        """The classes whose members may hold the role; a role that a person can hold is held by persons."""
        allowed = {kind for entry in entries for kind in entry.domain}
        below = frozenset(name for name, above in self.classes.items() if allowed.intersection(above))
        return frozenset(("Person",)) if "Person" in below else below

    def adjective(self, token: Token) -> list[Trigger]:
        """Entries for an adjective."""
        return [trigger for _, trigger in self.adjectives.get(token.lemma_.lower(), ())]

    def every(self, lemma: str) -> Iterator[tuple[str, Phrase, Trigger]]:
        """(kind of predicate, further words, entry) of all entries that are keyed by a word, whatever it is in the sentence."""
        for kind, table in (("verb", self.verbs), ("noun", self.nouns), ("adjective", self.adjectives), ("role", self.roles)):
            for phrase, trigger in table.get(lemma, ()):
                yield kind, phrase, trigger

    def alike(self, lemma: str) -> list[str]:
        """The single words of the lexicon that share their beginning with one that it doesn't have: "bombard" for "bombardment"."""
        least = {word: max(_STEM, round(_SHARE * min(len(word), len(lemma)))) for word in self._single}
        return [word for word, letters in least.items() if len(lemma) >= letters and word[:letters] == lemma[:letters]][:_ALIKE]

    @cached_property
    def _single(self) -> list[str]:
        tables = (self.verbs, self.nouns, self.adjectives, self.roles)
        return sorted({key for table in tables for key, entries in table.items() if len(key) >= _STEM and any(not phrase for phrase, _ in entries)})


def compile_lexicon(ontology: Ontology) -> Lexicon:
    """Builds the tables from the triggers of all relations."""
    tables: dict[str, dict[str, list[tuple[Phrase, Trigger]]]] = {kind: defaultdict(list) for kind in ("verb", "noun", "adjective", "role")}
    structures: dict[str, list[Trigger]] = defaultdict(list)
    for relation in ontology.relations.values():
        for trigger in relation.triggers:
            if trigger.predicate == "structure":
                structures[trigger.frame].append(trigger)
                continue
            for lemma in trigger.lemmas:
                words = _tokens(lemma)
                first = trigger.predicate == "verb" and not words[0].endswith("ly")
                key, phrase = (words[0], words[1:]) if first else (words[-1], words[:-1])
                tables[trigger.predicate][key].append((phrase, trigger))
    for table in tables.values():
        for entries in table.values():
            entries.sort(key=lambda entry: -len(entry[0]))
    person_roles = frozenset(word for word, entries in tables["role"].items() if any(ontology.is_a("Person", t.domain) for _, t in entries))
    return Lexicon(tables["verb"], tables["noun"], tables["adjective"], tables["role"], structures, ontology.classes, person_roles)


def _tokens(lemma: str) -> Phrase:
    """The words as spaCy cuts them: "commander-in-chief" is five tokens."""
    return tuple(lemma.replace("-", " - ").split())


def _follows(verb: Token, phrase: Phrase) -> bool:
    """True when the words stand behind the verb in this order, inside its clause; a manner adverb may stand before it."""
    if phrase[0].endswith("ly"):
        return any(c.lower_ == phrase[0] for c in verb.children)
    doc, at = verb.doc, verb.i + 1
    end = min(verb.sent.end, verb.i + _REACH)
    for word in phrase:
        while at < end and not (doc[at].lower_ == word or doc[at].lemma_ == word):
            if doc[at].pos_ in ("VERB", "PUNCT") and doc[at].tag_ not in ("VBN", "VBG"):
                return False
            at += 1
        if at == end:
            return False
        at += 1
    return _belongs(doc[at - 1], verb)


def _belongs(token: Token, verb: Token) -> bool:
    """True when a word hangs on the verb directly or through one phrase."""
    head = token.head
    return head == verb or head.head == verb or head.head.head == verb


def _longest(token: Token, entries: Entries) -> tuple[int, list[Trigger]]:
    longest = -1
    found: list[Trigger] = []
    for phrase, trigger in entries:
        if len(phrase) < longest:
            break
        if not phrase or _precedes(token, phrase):
            longest = len(phrase)
            found.append(trigger)
    return token.i - max(longest, 0), found


def _precedes(token: Token, phrase: Phrase) -> bool:
    start = token.i - len(phrase)
    if start < 0:
        return False
    before: Iterable[Token] = token.doc[start : token.i]
    return all(word in (t.lower_, t.lemma_.lower()) for word, t in zip(phrase, before, strict=True))


def prepositions(trigger: Trigger) -> tuple[str, ...]:
    """Where the object may stand behind a preposition."""
    return trigger.prepositions or _DEFAULT_PREPOSITIONS.get(trigger.frame, ())
