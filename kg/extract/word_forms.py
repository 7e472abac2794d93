"""Parts of speech, morphology and lemmas by table: spaCy's rules are asked once a word, tag and relation, and not at each word again.

Its attribute ruler tries 179 patterns at every word, and its lemmatizer is Python throughout. But all they look at is the word itself, its
tag and its relation, save in a few patterns of several words: paragraphs with such are left to them. The forms are the same.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np
from spacy.language import Language
from spacy.matcher import Matcher
from spacy.pipeline import AttributeRuler
from spacy.pipeline.lemmatizer import Lemmatizer
from spacy.tokens import Doc
from spacy.util import minibatch

_GIVEN: list[int | str] = ["ORTH", "TAG", "DEP"]
_MADE: list[int | str] = ["TAG", "DEP", "POS", "MORPH", "LEMMA"]
_DECIDING = {"LOWER", "ORTH", "TAG", "DEP", "IS_SPACE"}
# So many words, tags and relations are kept: a bound on memory, which a million articles would reach.
_KEPT = 200_000

Key = tuple[int, int, int]


def install(nlp: Language) -> None:
    """Puts the table in place of the attribute ruler and the lemmatizer, where these stand side by side and are of the kind it knows."""
    names = nlp.pipe_names
    at = names.index("attribute_ruler") if "attribute_ruler" in names else -1
    if at >= 0 and names[at : at + 2] == ["attribute_ruler", "lemmatizer"] and _are_known(nlp.get_pipe(names[at]), nlp.get_pipe(names[at + 1])):
        nlp.add_pipe("kg_word_forms", after="lemmatizer")
        nlp.disable_pipes("attribute_ruler", "lemmatizer")


def _are_known(ruler: Any, lemmatizer: Any) -> bool:
    if type(ruler) is not AttributeRuler or not isinstance(lemmatizer, Lemmatizer) or lemmatizer.mode != "rule" or lemmatizer.overwrite:
        return False
    patterns: Any = ruler.patterns
    return all(set(token) <= _DECIDING for rule in patterns for pattern in rule["patterns"] for token in pattern)


@Language.factory("kg_word_forms", assigns=["token.pos", "token.morph", "token.lemma"])
def make(nlp: Language, name: str) -> "WordForms":
    """Takes the rules of the pipeline's own components."""
    return WordForms(nlp.get_pipe("attribute_ruler"), nlp.get_pipe("lemmatizer"))


class WordForms:
    """A component of the pipeline that sets what the attribute ruler and the lemmatizer would."""

    def __init__(self, ruler: Any, lemmatizer: Any) -> None:
        self.ruler, self.lemmatizer, self.vocab = ruler, lemmatizer, ruler.vocab
        _index(lemmatizer)
        self.known: dict[Key, tuple[int, ...]] = {}
        self.phrases = Matcher(self.vocab)
        for number, rule in enumerate(ruler.patterns):
            if several := [pattern for pattern in rule["patterns"] if len(pattern) > 1]:
                self.phrases.add(str(number), several)

    def __call__(self, doc: Doc) -> Doc:
        return next(self.pipe([doc]))

    def pipe(self, docs: Iterable[Doc], *, batch_size: int = 128) -> Iterator[Doc]:
        """The documents with the forms of their words, in order."""
        batches: Iterator[list[Doc]] = minibatch(docs, size=batch_size)  # type: ignore[no-untyped-call]
        for batch in batches:
            self._set(batch)
            yield from batch

    def _set(self, docs: list[Doc]) -> None:
        single = []
        for doc in docs:
            if (len(doc) and doc.has_annotation("LEMMA")) or self.phrases(doc, allow_missing=True):
                self._ask(doc)
            else:
                single.append((doc, list(map(tuple, doc.to_array(_GIVEN).tolist()))))
        if len(self.known) > _KEPT:
            self.known.clear()
        self._learn(list(dict.fromkeys(key for _, keys in single for key in keys if key not in self.known)))
        for doc, keys in single:
            if keys:
                _set(doc, _MADE, [self.known[key] for key in keys])

    def _learn(self, keys: list[Key]) -> None:
        """Asks the rules for words out of their sentences."""
        if not keys:
            return
        doc = self._doc(keys)
        if apart := bool(self.phrases(doc, allow_missing=True)):  # then with a word between that is in no pattern of several words
            between = (self.vocab.strings.add("|"), self.vocab.strings.add("."), 0)
            doc = self._doc([each for key in keys for each in (key, between)])
        made = self._ask(doc).to_array(_MADE)[:: 1 + apart]
        self.known.update(zip(keys, map(tuple, made.tolist()), strict=True))

    def _doc(self, keys: list[Key]) -> Doc:
        doc = Doc(self.vocab, words=[self.vocab.strings[orth] for orth, _, _ in keys])
        _set(doc, _GIVEN[1:], [key[1:] for key in keys])
        return doc

    def _ask(self, doc: Doc) -> Doc:
        asked: Doc = self.lemmatizer(self.ruler(doc))
        return asked


def _set(doc: Doc, attributes: list[int | str], values: Sequence[tuple[int, ...]]) -> None:
    array: Any = np.array(values, dtype=np.uint64)
    doc.from_array(attributes, array)


def _index(lemmatizer: Any) -> None:
    """The lemmatizer looks for words in lists of up to 57,000; dictionaries answer at once."""
    table = lemmatizer.lookups.get_table("lemma_index", {})
    for part_of_speech, words in list(table.items()):
        table[part_of_speech] = dict.fromkeys(words)
