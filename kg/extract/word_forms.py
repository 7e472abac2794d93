"""Parts of speech, morphology and lemmas by table: spaCy's rules are asked once a word, tag and relation, and not at each word again.

Its attribute ruler tries all its patterns at every word, and its lemmatizer is Python throughout. But in the packaged pipeline all they look
at is the word itself, its tag and its relation, save in a few patterns of several words: paragraphs with such are left to them. The forms
are the same.
"""

from collections.abc import Iterable, Iterator, Sequence
from threading import Lock
from typing import Any

import numpy as np
from spacy.language import Language
from spacy.matcher import Matcher
from spacy.tokens import Doc
from spacy.util import minibatch

_GIVEN: list[int | str] = ["ORTH", "TAG", "DEP"]
_MADE: list[int | str] = ["TAG", "DEP", "POS", "MORPH", "LEMMA"]
# So many words, tags and relations are kept, 50 MB: a bound that a million articles would reach.
_KEPT = 100_000

Key = tuple[int, int, int]


def install(nlp: Language) -> None:
    """Puts the table in place of the attribute ruler and the lemmatizer, which stay, disabled, as the keepers of the rules."""
    nlp.add_pipe("kg_word_forms", after="lemmatizer")
    nlp.disable_pipes("attribute_ruler", "lemmatizer")


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
        self._lock = Lock()
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
            if self.phrases(doc, allow_missing=True):
                self._ask(doc)
            else:
                single.append((doc, list(map(tuple, doc.to_array(_GIVEN).tolist()))))
        with self._lock:
            if len(self.known) > _KEPT:
                self.known.clear()
            self._learn(list(dict.fromkeys(key for _, keys in single for key in keys if key not in self.known)))
            made = [(doc, [self.known[key] for key in keys]) for doc, keys in single if keys]
        for doc, values in made:
            _annotate(doc, _MADE, values)

    def _learn(self, keys: list[Key]) -> None:
        """Asks the rules for words out of their sentences."""
        docs = [self._doc(keys)] if keys else []
        if any(self.phrases(doc, allow_missing=True) for doc in docs):  # words that by chance stand together
            docs = [self._doc([key]) for key in keys]
        made = (values for doc in docs for values in self._ask(doc).to_array(_MADE).tolist())
        self.known.update(zip(keys, map(tuple, made), strict=True))

    def _doc(self, keys: list[Key]) -> Doc:
        doc = Doc(self.vocab, words=[self.vocab.strings[orth] for orth, _, _ in keys])
        _annotate(doc, _GIVEN[1:], [key[1:] for key in keys])
        return doc

    def _ask(self, doc: Doc) -> Doc:
        asked: Doc = self.lemmatizer(self.ruler(doc))
        return asked


def _annotate(doc: Doc, attributes: list[int | str], values: Sequence[tuple[int, ...]]) -> None:
    array: Any = np.array(values, dtype=np.uint64)
    doc.from_array(attributes, array)


def _index(lemmatizer: Any) -> None:
    """The lemmatizer looks for words in lists of up to 57,000; dictionaries answer at once."""
    table = lemmatizer.lookups.get_table("lemma_index", {})
    for part_of_speech, words in list(table.items()):
        table[part_of_speech] = dict.fromkeys(words)
