"""Whether a name that the name finder took for an organisation or a place is a person's, by how the whole document uses it.

"Keegan" alone looks like a town; who tells, marries, has a brother or is "who" is a person.
"""

from collections.abc import Sequence

from spacy.tokens import Token

from kg.extract import gazetteer
from kg.extract.given_names import is_given_name, of_role
from kg.extract.mentions import Markable
from kg.extract.organizations import organization
from kg.extract.personal_use import acts_as_person, acts_rather_as_person
from kg.extract.typing_rules import is_group, kind_of_name, noun_type
from kg.resources import words

_MOST_WORDS = 3
_BIG_CITY = 100_000
_ACRONYM = 6
_PARTICLES = words("name_parts")["particle"]
_AGAINST = {"PERSON": 0.0, "": 0.0, "NORP": -1.5}


def is_person(names: Sequence[Markable]) -> bool:
    """True when more speaks for a person than against it; `names` are all that one text stands for."""
    text = names[0].text
    if names[0].country is not None or not _looks_like_surname(text) or organization(text) or is_group(text) or kind_of_name(text):
        return False
    first, *rest = text.split()
    given = is_given_name(first) and not gazetteer.regional(first)
    evidence = _by_gazetteer(text) + (2.0 if given else -1.5 if rest else 0.0)
    evidence += 2.0 * any(name.label == "PERSON" for name in names)
    evidence += sum(_use(name) for name in names)
    return evidence > 0.0


def _by_gazetteer(text: str) -> float:
    known = gazetteer.place(text) or gazetteer.regional(text)
    if known is None:
        return 0.0
    return -4.0 if known.type != "City" or known.population > _BIG_CITY else -1.5


def _looks_like_surname(text: str) -> bool:
    """One to three words with capitals, no acronym, no adjective of nationality before a noun."""
    tokens = text.split()
    if len(tokens) > _MOST_WORDS or not all(t[0].isupper() or t.lower() in _PARTICLES for t in tokens) or any(c in "0123456789&/’'." for c in text):
        return False
    return not (text.isupper() and len(text) < _ACRONYM) and gazetteer.demonym(tokens[0]) is None and gazetteer.country(tokens[0]) is None


def _use(name: Markable) -> float:
    """What one mention says, positive for a person."""
    head, doc = name.head, name.doc
    found = _AGAINST.get(name.label, -0.5) - (2.0 if head.tag_ in ("NNS", "NNPS") else 0.0)
    before = doc[name.start - 1].lower_ if name.start else ""
    if before == "the":
        found -= 1.5
    elif of_role(before) or noun_type(before) == "Person":
        found += 1.5
    governor = head.head
    if acts_as_person(head):
        found += 2.0
    elif acts_rather_as_person(head):
        found += 0.7
    elif head.dep_ == "pobj":
        found += {"in": -2.0, "at": -1.0, "near": -1.5, "from": -0.5, "into": -1.0, "outside": -1.5, "with": 0.5, "by": 0.5}.get(governor.lower_, 0.0)
    elif head.dep_ == "compound" and governor.pos_ == "NOUN":
        found -= 0.5
    for child in head.rights:
        if child.dep_ == "relcl" and any(c.lower_ in ("who", "whom", "whose") for c in child.subtree):
            found += 3.0
        elif child.dep_ == "appos" and child.pos_ == "NOUN":
            found += 2.0 if noun_type(child.lemma_.lower()) == "Person" else -1.0
    return found + _reflexive(governor)


def _reflexive(verb: Token) -> float:
    return 1.0 if any(c.lower_ in ("himself", "herself") for c in verb.rights) else 0.0
