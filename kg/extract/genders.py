"""Whether a person is "he" or "she": from titles, role nouns and given names. What later pronouns say is for coreference to remember."""

from collections.abc import Iterator, Mapping, Sequence

from spacy.tokens import Token

from kg.extract.given_names import Gender, of_name, of_role
from kg.extract.mentions import Markable

_COPULAS = ("be", "become", "remain")


def genders(names: Sequence[Mapping[int, Markable]]) -> dict[int, Gender]:
    """The gender of the named persons of a document by the id of their cluster; what titles and roles say counts before given names."""
    by_role: dict[int, Gender] = {}
    by_name: dict[int, Gender] = {}
    for here in names:
        for at, name in here.items():
            if at == name.start and name.type == "Person" and name.cluster is not None:
                key = id(name.cluster)
                if key not in by_role and (gender := next((g for w in _beside(name) if (g := of_role(w))), None)):
                    by_role[key] = gender
                if key not in by_name and (gender := of_name(name.text)):
                    by_name[key] = gender
    return {**by_name, **by_role}


def _beside(name: Markable) -> Iterator[str]:
    """Words that say who a person is: the title before the name or at its beginning, nouns in apposition either way, the predicate noun."""
    doc, head = name.doc, name.head
    if name.start and doc[name.start - 1].pos_ in ("NOUN", "PROPN", "ADJ"):
        yield doc[name.start - 1].lower_
    if name.end - name.start > 1:
        yield doc[name.start].lower_
    yield from (c.lower_ for c in head.children if c.dep_ in ("appos", "compound"))
    if head.dep_ == "appos":
        yield head.head.lower_
    if head.dep_ == "nsubj" and head.head.lemma_ in _COPULAS:
        yield from (c.lower_ for c in _predicates(head.head))


def _predicates(verb: Token) -> Iterator[Token]:
    for child in verb.rights:
        if child.dep_ == "attr":
            yield child
