""" "It" that stands for nothing: "it is clear that", "it was reported that", "it rained", "makes it hard to"."""

from spacy.tokens import Token

from kg.resources import words

_CONTENT = frozenset(("ccomp", "csubj", "csubjpass", "advcl", "xcomp", "acl", "relcl"))


def is_pleonastic(it: Token) -> bool:
    """True when the grammar around "it" shows that it only fills a place."""
    if it.lower_ != "it":
        return False
    if it.dep_ == "expl":
        return True
    verb = it.head
    if it.dep_ in ("nsubj", "nsubjpass") and verb.pos_ in ("VERB", "AUX"):
        if verb.lemma_ in _listed("empty verb"):
            return True
        if it.dep_ == "nsubjpass":
            return any(c.dep_ in ("ccomp", "csubj", "csubjpass", "csubj:pass") for c in verb.rights) and verb.lemma_ in _listed("reported verb")
        if verb.lemma_ == "be":
            return _empty_copula(verb)
        return verb.lemma_ in _listed("clause verb") and any(c.dep_ in ("ccomp", "csubj", "xcomp") for c in verb.rights)
    return it.dep_ in ("dobj", "nsubj") and verb.pos_ == "ADJ"


def _empty_copula(verb: Token) -> bool:
    """ "is clear that", "is time to", "was in May that", "is not known whether", "is Monday"."""
    for child in verb.rights:
        if child.dep_ in ("acomp", "attr", "prep", "oprd", "advmod") and child.ent_type_ in ("DATE", "TIME"):
            return True
        if child.dep_ in ("acomp", "attr"):
            if child.lemma_.lower() in _listed("empty predicate"):
                return True
            if child.dep_ == "acomp" and any(c.dep_ in ("ccomp", "xcomp", "csubj", "advcl") for c in (*child.rights, *verb.rights)):
                return True
    return any(c.dep_ in ("csubj", "ccomp") for c in verb.rights)


def _listed(section: str) -> frozenset[str]:
    return words("coreference")[section]
