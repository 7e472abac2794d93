"""Whether something happened, according to the sentence: actual, negated or possible.

A predicate is judged from the outside in. What it depends on says first how its clause is meant ("refused to", "a plan to",
"if"), then its own modal, negation and adverbs are applied. Who says it does not matter: what officials say happened is actual.
"""

from itertools import pairwise

from spacy.tokens import Token

from kg.extract.polarity import ACTUAL, VERBAL, Judgement, combine, has, limits, own

__all__ = ["Judgement", "judge"]

_DEPTH = 12
_LINKS = 60  # of a list: from there on its first member speaks for all between


def judge(trigger: Token) -> Judgement:
    """The modality of a verb, noun or adjective that stands for an event or a role."""
    view = _view(trigger, _DEPTH)
    if view.modality == "actual":
        return Judgement("actual", ())
    cues = {token.i: token for token in view.cues}
    return Judgement(view.modality, tuple(cues[i] for i in sorted(cues)))


def _view(token: Token, depth: int) -> Judgement:
    if depth <= 0:
        return ACTUAL
    above = _from_governor(token, depth)
    return combine(above, own(token))


def _flipped(view: Judgement, governor: Token) -> Judgement:
    """Under "refused": negated, actual when the governor itself was negated."""
    if view.modality == "actual":
        return Judgement("negated", (governor,))
    if view.modality == "negated" and not has("denying", governor.lemma_.lower()):
        return ACTUAL
    return Judgement("possible", (*view.cues, governor))


def _opened(view: Judgement, governor: Token) -> Judgement:
    """Under "wants": possible; negated when the wish itself is denied."""
    if view.modality == "negated" and has("wish", governor.lemma_.lower()):
        return Judgement("negated", (*view.cues, governor))
    return Judgement("possible", (*view.cues, governor))


def _from_governor(token: Token, depth: int) -> Judgement:
    dep, head = token.dep_, token.head
    if dep == "ROOT" or head == token:
        return ACTUAL
    if dep == "conj":
        return _from_conjuncts(token, depth)
    if dep in ("xcomp", "ccomp", "csubj", "csubjpass", "oprd"):
        return _from_clause_governor(token, head, depth)
    if dep == "acl" or (dep == "relcl" and any(c.dep_ == "aux" and c.lower_ == "to" for c in token.children)):
        return _from_noun_governor(token, head, depth)
    if dep in ("advcl", "pcomp"):
        return _from_adverbial(token, head, depth)
    if dep == "pobj":
        return _from_preposition(token, head, depth)
    if dep in ("dobj", "nsubj", "nsubjpass", "attr", "acomp"):
        return _from_verb(token, head, depth)
    if dep in ("compound", "amod", "nmod"):
        return _from_compound(token, head, depth)
    return ACTUAL


def _from_conjuncts(token: Token, depth: int) -> Judgement:
    """Conjuncts share what governs them; each passes on to the next what reaches over the conjunction."""
    chain = [token]
    while chain[-1].dep_ == "conj" and chain[-1].head != chain[-1]:
        chain.append(chain[-1].head)
    view = _from_governor(chain[-1], depth - 1)
    chain = [*chain[:_LINKS], chain[-1]] if len(chain) > _LINKS else chain
    for head, following in pairwise(reversed(chain)):
        view = _from_conjunct(following, head, view)
    return view


def _from_conjunct(token: Token, head: Token, above: Judgement) -> Judgement:
    """Of modals and negation no more than reaches over the conjunction."""
    subject = any(c.dep_ in ("nsubj", "nsubjpass") for c in token.children)
    if subject and token.tag_ in ("VBD", "VBZ", "VBP") and any(c.dep_ == "aux" and c.lower_ == "to" for c in head.children):
        return ACTUAL
    if subject or any(c.dep_ in ("aux", "auxpass") and c.lower_ != "to" for c in token.children):
        return above
    first = own(head)
    if first.modality == "actual" or not _reaches(first, token, head):
        return above
    return combine(above, first)


def _reaches(first: Judgement, token: Token, head: Token) -> bool:
    """Whether a modal or negation of the first conjunct holds for the second: "will not attack or shell", "did not attack but fled"."""
    joined = next((c.lower_ for c in head.children if c.dep_ == "cc"), "and")
    if first.modality == "possible":
        return head.pos_ not in VERBAL or token.tag_ == head.tag_ or token.tag_ in ("VB", "VBP")
    return joined in ("or", "nor") or (joined == "and" and token.tag_ == head.tag_ and token.tag_ in ("VB", "NN", "NNS"))


def _is_passive(verb: Token) -> bool:
    return any(c.dep_ == "auxpass" for c in verb.children)


def _from_clause_governor(token: Token, head: Token, depth: int) -> Judgement:
    governor = head.lemma_.lower()
    if has("glad", governor):
        return ACTUAL
    view = _view(head, depth - 1)
    if token.dep_ == "oprd" and token.pos_ not in VERBAL:
        return _opened(view, head) if _is_passive(head) and has("open passive", governor) else view
    infinitive = any(c.dep_ == "aux" and c.lower_ == "to" for c in token.children)
    if infinitive:
        return _from_infinitive_governor(head, governor, view)
    if token.tag_ == "VBG" and token.dep_ == "xcomp":
        if has("closed gerund", governor):
            return _flipped(view, head)
        return _opened(view, head) if has("open gerund", governor) else view
    if token.dep_ == "xcomp" and governor != "let":
        return view
    if governor == "be":
        # "it is unlikely that", "it is not true that"
        governor = next((c.lemma_.lower() for c in head.children if c.dep_ in ("acomp", "attr")), governor)
    return _from_finite_governor(head, governor, view)


def _from_infinitive_governor(head: Token, governor: str, view: Judgement) -> Judgement:
    if has("refusing", governor):
        return _flipped(view, head)
    if _is_passive(head) and has("open passive", governor):
        return _opened(view, head)
    if governor == "go" and head.tag_ == "VBG":
        return _opened(view, head)
    if governor == "have" and head.tag_ not in ("VBD", "VBN"):
        return _opened(view, head)
    if has("implicative", governor):
        return view
    return _opened(view, head)


def _from_finite_governor(head: Token, governor: str, view: Judgement) -> Judgement:
    if has("causative", governor):
        return view
    if has("closed clause", governor):
        return Judgement("possible", (*view.cues, head)) if view.modality != "actual" else _flipped(view, head)
    if _is_passive(head) and has("open passive", governor):
        return _opened(view, head)
    if has("open clause", governor):
        return Judgement("possible", (*view.cues, head))
    if has("weak", governor) and view.modality == "negated":
        return Judgement("possible", (*view.cues, head))
    return ACTUAL


def _from_noun_governor(token: Token, noun: Token, depth: int) -> Judgement:
    """ "a plan to attack", "no evidence that they attacked", "soldiers killed in the attack"."""
    governor = noun.lemma_.lower()
    infinitive = next((c for c in token.children if c.dep_ == "aux" and c.lower_ == "to"), None)
    denied = next((c for c in noun.children if c.lower_ == "no" and not limits(c)), None)
    if infinitive is not None:
        view = _view(noun, depth - 1)
        if has("refusing", governor):
            return _flipped(view, noun)
        if denied is not None or view.modality == "negated":
            return Judgement("negated", (*view.cues, noun))
        if has("implicative", governor):
            return view
        return Judgement("possible", (*view.cues, noun))
    clause = any(c.dep_ == "mark" for c in token.children)
    if clause:
        if denied is not None:
            return Judgement("negated", (denied, noun))
        return Judgement("possible", (noun,)) if has("open noun", governor) else ACTUAL
    return Judgement("negated", (denied,)) if denied is not None else ACTUAL


def _from_adverbial(token: Token, head: Token, depth: int) -> Judgement:
    """Adverbial clauses are presupposed, but for purposes, "without", and what goes along with a deed that lies ahead."""
    if head.pos_ in ("ADP", "SCONJ"):
        return _from_preposition(token, head, depth)
    if token.dep_ != "advcl":
        return ACTUAL
    infinitive = next((c for c in token.children if c.dep_ == "aux" and c.lower_ == "to"), None)
    if infinitive is not None:
        governor = head.lemma_.lower()
        if has("refusing", governor):
            return _flipped(_view(head, depth - 1), head)
        return Judgement("possible", (infinitive,))
    mark = next((c.lower_ for c in token.children if c.dep_ == "mark" or (c.dep_ == "advmod" and c.tag_ == "WRB")), "")
    if mark in ("", "when", "before", "after", "once", "until", "till", "whenever") and not _is_past(token):
        return _if_open(_view(head, depth - 1))
    return ACTUAL


def _is_past(verb: Token) -> bool:
    tags = {child.tag_ for child in verb.children}
    return "VBD" in tags or (verb.tag_ in ("VBD", "VBN") and not tags & {"VBP", "VBZ", "MD"})


def _if_open(view: Judgement) -> Judgement:
    return view if view.modality == "possible" else ACTUAL


def _from_preposition(token: Token, preposition: Token, depth: int) -> Judgement:
    word = preposition.lower_
    if has("closed mark", word) or (word == "of" and any(c.lower_ == "instead" for c in preposition.children)):
        return Judgement("negated", (preposition,))
    if has("open mark", word):
        return Judgement("possible", (preposition,))
    head = preposition.head
    if head.dep_ == "prep" and head.pos_ == "ADP" and head != preposition:
        return _from_preposition(head, head, depth - 1) if depth > 1 else ACTUAL
    governor = head.lemma_.lower()
    pair = f"{governor} {word}"
    if has("closed preposition", pair):
        return _flipped(_view(head, depth - 1), head)
    if has("open preposition", pair):
        return _opened(_view(head, depth - 1), head)
    if token.dep_ == "pcomp" and head.pos_ in VERBAL and has("means", word):
        # "fled to study there before moving": what comes before a purpose was no purpose
        purpose = head.dep_ == "advcl" and word in ("before", "after")
        return ACTUAL if purpose else _if_open(_view(head, depth - 1))
    if head.pos_ in ("NOUN", "PROPN") and word in ("of", "for", "on", "against", "to", "about", "over"):
        if has("open noun", governor) and word in ("of", "for", "about", "over"):
            return _opened(_view(head, depth - 1), head)
        if has("transparent", governor):
            return _view(head, depth - 1)
    return ACTUAL


def _from_verb(token: Token, verb: Token, depth: int) -> Judgement:
    """Nouns and adjectives beside a verb: "foiled an attack", "carried out an attack", "is not a spokesman"."""
    governor = verb.lemma_.lower()
    dep = token.dep_
    if dep in ("attr", "acomp"):
        return _view(verb, depth - 1)
    if dep in ("dobj", "nsubjpass"):
        particle = next((c.lower_ for c in verb.children if c.dep_ == "prt"), "")
        if has("closed object", governor) or has("closed object", f"{governor} {particle}"):
            return _flipped(_view(verb, depth - 1), verb)
        if has("open object", governor):
            return _opened(_view(verb, depth - 1), verb)
    happens = has("occurring", governor) or _is_existential(verb) if dep == "nsubj" else has("light", governor)
    return _view(verb, depth - 1) if happens else ACTUAL


def _is_existential(verb: Token) -> bool:
    return any(c.dep_ == "expl" for c in verb.children)


def _from_compound(token: Token, head: Token, depth: int) -> Judgement:
    if token.pos_ in ("NOUN", "PROPN") and token.dep_ in ("compound", "nmod"):
        governor = head.lemma_.lower()
        if has("open noun", governor):
            return Judgement("possible", (head,))
    return ACTUAL
