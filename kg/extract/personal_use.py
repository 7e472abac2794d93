"""Whether a word stands where mostly persons stand: "X told", "X was born", "X's sister"."""

from spacy.tokens import Token

from kg.resources import words

_SECTIONS = {"nsubj": "person verb", "nsubjpass": "done to persons", "poss": "person noun"}


def acts_as_person(head: Token) -> bool:
    """True for the subject of a verb, or the owner of a thing, that goes with persons."""
    section = _SECTIONS.get(head.dep_)
    return section is not None and head.head.lemma_.lower() in words("persons")[section]


def acts_rather_as_person(head: Token) -> bool:
    """True for the subject of a verb that goes with persons more than with organisations."""
    return head.dep_ == "nsubj" and head.head.lemma_.lower() in words("persons")["personal verb"]
