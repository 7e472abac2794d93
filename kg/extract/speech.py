"""The words that say that somebody says something, and the tests whether a token is one of them."""

from functools import cache

from spacy.strings import get_string_id
from spacy.tokens import Token

from kg import resources


@cache
def _lemmas(section: str) -> frozenset[int]:
    """Ids of the lemmas of a section: comparing numbers is what keeps the pass over all tokens cheap."""
    return frozenset(int(get_string_id(word)) for word in resources.words("speech")[section])


@cache
def _verbs() -> frozenset[int]:
    return frozenset().union(*(_lemmas(s) for s in ("say", "quote", "believe", "object", "order", "deed", "passive")))


@cache
def cue_lemmas() -> frozenset[int]:
    """Ids of the lemmas that may be cues: the cheap first test of every token."""
    return _verbs() | _lemmas("noun") | {int(get_string_id("accord")), int(get_string_id("according"))}


def is_cue(token: Token) -> bool:
    """Whether a token with one of `cue_lemmas` is used as a word of saying."""
    if token.pos_ == "VERB":
        return token.lemma in _verbs() or _is_according(token)
    return _is_according(token) or (token.pos_ == "NOUN" and token.lemma in _lemmas("noun"))


def _is_according(token: Token) -> bool:
    return token.lower_ == "according" and token.i + 1 < len(token.doc) and token.nbor().lower_ == "to"


def is_say(token: Token, *sections: str) -> bool:
    """Whether the verb stands in one of the sections of the word list."""
    return token.pos_ == "VERB" and any(token.lemma in _lemmas(section) for section in sections)


def is_text_noun(token: Token) -> bool:
    """ "statement", "letter": what a colon opens."""
    return token.pos_ in ("NOUN", "PROPN") and token.lemma in _lemmas("text")


def is_source_noun(token: Token) -> bool:
    """ "police", "officials", "report": whom a headline names without a verb."""
    return token.pos_ in ("NOUN", "PROPN") and token.lower_ in resources.words("speech")["source"]


def is_passive(verb: Token) -> bool:
    return verb.tag_ == "VBN" and (verb.dep_ == "acl" or any(c.dep_ in ("auxpass", "nsubjpass") for c in verb.children))
