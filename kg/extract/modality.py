"""Whether something happened, according to the sentence: actual, negated or possible.

A predicate is judged from the outside in. What it depends on says first how its clause is meant ("refused to", "a plan to",
"if"), then its own modal, negation and adverbs are applied. Who says it does not matter: what officials say happened is actual.
"""

from dataclasses import dataclass
from functools import cache

from spacy.tokens import Token

from kg import resources
from kg.model import Modality

_DEPTH = 12
_VERBAL = ("VERB", "AUX")


@dataclass(frozen=True, slots=True)
class Judgement:
    """A modality with the words that made it so, in text order; none when it is actual."""

    modality: Modality
    cues: tuple[Token, ...]


@dataclass(frozen=True, slots=True)
class _View:
    """How a clause is meant, with the words that say so in the order of their discovery."""

    modality: Modality = "actual"
    cues: tuple[Token, ...] = ()


_ACTUAL = _View()


def judge(trigger: Token) -> Judgement:
    """The modality of a verb, noun or adjective that stands for an event or a role."""
    view = _view(trigger, _DEPTH)
    if view.modality == "actual":
        return Judgement("actual", ())
    cues = {token.i: token for token in view.cues}
    return Judgement(view.modality, tuple(cues[i] for i in sorted(cues)))


@cache
def _words() -> dict[str, frozenset[str]]:
    return resources.words("modality")


def _in(section: str, word: str) -> bool:
    return word in _words()[section]


def _view(token: Token, depth: int) -> _View:
    if depth == 0:
        return _ACTUAL
    above = _from_governor(token, depth)
    return _combine(above, _own(token))


def _combine(outer: _View, inner: _View) -> _View:
    """What is negated or open outside stays so; a negation within a negation takes it back."""
    if inner.modality == "actual":
        return outer
    if outer.modality == "actual":
        return inner
    if outer.modality == "negated" and inner.modality == "negated":
        return _ACTUAL
    return _View(outer.modality, outer.cues + inner.cues)


def _flipped(view: _View, governor: Token) -> _View:
    """Under "refused": negated, actual when the governor itself was negated."""
    if view.modality == "actual":
        return _View("negated", (governor,))
    if view.modality == "negated":
        return _ACTUAL
    return _View("possible", (*view.cues, governor))


def _opened(view: _View, governor: Token) -> _View:
    """Under "wants": possible; negated when the wish itself is denied."""
    if view.modality == "negated" and _in("wish", governor.lemma_.lower()):
        return _View("negated", (*view.cues, governor))
    return _View("possible", (*view.cues, governor))


# ---------------------------------------------------------------- the words of the predicate itself


def _own(token: Token) -> _View:
    """Negation, modals, adverbs and conjunctions that stand at the token itself."""
    negators: list[Token] = []
    modals: list[Token] = []
    openers: list[Token] = []
    closers: list[Token] = []
    infinitive = subject = False
    for child in token.children:
        dep, word = child.dep_, child.lower_
        if dep == "neg" or (dep in ("det", "preconj", "advmod", "cc") and child.i < token.i and _in("negator", word)):
            if not _limits(child, token):
                negators.append(child)
        elif dep in ("aux", "auxpass"):
            if child.tag_ == "MD" and _in("modal", word):
                modals.append(child)
            infinitive = infinitive or word == "to"
        elif dep in ("mark", "prep", "advmod") and _in("open mark", word) and (dep == "mark" or token.pos_ in _VERBAL) and child.i < token.i:
            openers.append(child)
        elif dep == "advmod":
            if _in("open adverb", word):
                openers.append(child)
            elif _in("closed adverb", word) and child.i < token.i:
                closers.append(child)
        elif dep == "amod":
            if _in("open adjective", word):
                openers.append(child)
            elif _in("closed adjective", word):
                closers.append(child)
        elif dep in ("nsubj", "nsubjpass"):
            subject = True
            if (denied := _denied_subject(child)) is not None:
                negators.append(denied)
    openers += _mood(token, infinitive, subject)
    return _own_view(negators, modals, openers, closers)


def _own_view(negators: list[Token], modals: list[Token], openers: list[Token], closers: list[Token]) -> _View:
    negated = (len(negators) + len(closers)) % 2 == 1
    if openers:
        return _View("possible", (*openers, *modals, *negators))
    if modals:
        firm = negated and any(_in("firm modal", m.lower_) for m in modals)
        return _View("negated" if firm else "possible", (*modals, *negators))
    return _View("negated", (*negators, *closers)) if negated else _ACTUAL


def _limits(negator: Token, token: Token) -> bool:
    """ "not only", "no longer", "no less than", "not until": it did happen."""
    after = negator.nbor().lower_ if negator.i + 1 < len(negator.doc) else ""
    return after in (
        "only",
        "just",
        "longer",
        "least",
        "less",
        "fewer",
        "more",
        "until",
        "doubt",
        "matter",
        "merely",
        "later",
        "sooner",
    ) and negator.lower_ in ("not", "no", "n't")


def _denied_subject(subject: Token) -> Token | None:
    """The "no" of "no soldiers were killed", the "none" of "none of them"."""
    if subject.lower_ in ("nobody", "none", "nothing", "neither"):
        return subject
    if subject.lower_ == "one" or subject.pos_ in ("NOUN", "PROPN"):
        return next(
            (c for c in subject.children if c.lower_ in ("no", "neither") and c.dep_ in ("det", "neg", "preconj") and not _limits(c, subject)), None
        )
    return None


def _mood(token: Token, infinitive: bool, subject: bool) -> list[Token]:
    """What leaves a main clause open: a question, an order, "Minister to visit Rome"."""
    if token.dep_ != "ROOT" or token.pos_ not in _VERBAL:
        return []
    last = _last(token)
    if last is not None and last.text == "?" and not _asks_for_more(token):
        return [last]
    if infinitive:
        return [c for c in token.children if c.dep_ == "aux" and c.lower_ == "to"]
    if token.tag_ == "VB" and not subject and not any(c.dep_ in ("aux", "auxpass", "csubj", "expl") for c in token.children):
        return [token]
    return []


def _asks_for_more(verb: Token) -> bool:
    """ "Why did they attack?" takes the attack for granted."""
    first = verb.left_edge
    return first.tag_ in ("WRB", "WP", "WDT") and not (first.i + 1 < len(verb.doc) and first.nbor().lower_ == "if")


def _last(token: Token) -> Token | None:
    return next((c for c in reversed(list(token.rights)) if c.dep_ == "punct" and c.text in ("?", ".", "!")), None)


# ---------------------------------------------------------------- what the predicate depends on


def _from_governor(token: Token, depth: int) -> _View:
    dep, head = token.dep_, token.head
    if dep == "ROOT" or head == token:
        return _ACTUAL
    if dep == "conj":
        return _from_conjunct(token, head, depth)
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
    return _ACTUAL


def _from_conjunct(token: Token, head: Token, depth: int) -> _View:
    """Conjuncts share what governs them; modals and negation only as far as they reach over the conjunction."""
    above = _from_governor(head, depth - 1)
    if any(c.dep_ in ("nsubj", "nsubjpass") or (c.dep_ in ("aux", "auxpass") and c.lower_ != "to") for c in token.children):
        return above
    own = _own(head)
    if own.modality == "actual" or not _reaches(own, token, head):
        return above
    return _combine(above, own)


def _reaches(own: _View, token: Token, head: Token) -> bool:
    """Whether a modal or negation of the first conjunct holds for the second: "will not attack or shell", "did not attack but fled"."""
    joined = next((c.lower_ for c in head.children if c.dep_ == "cc"), "and")
    if own.modality == "possible":
        return head.pos_ not in _VERBAL or token.tag_ == head.tag_ or token.tag_ in ("VB", "VBP")
    return joined in ("or", "nor") or (joined == "and" and token.tag_ == head.tag_ and token.tag_ in ("VB", "NN", "NNS"))


def _is_passive(verb: Token) -> bool:
    return any(c.dep_ == "auxpass" for c in verb.children)


def _from_clause_governor(token: Token, head: Token, depth: int) -> _View:
    governor = head.lemma_.lower()
    if _in("glad", governor):
        return _ACTUAL
    view = _view(head, depth - 1)
    if token.dep_ == "oprd" and token.pos_ not in _VERBAL:
        return _opened(view, head) if _is_passive(head) and _in("open passive", governor) else view
    infinitive = any(c.dep_ == "aux" and c.lower_ == "to" for c in token.children)
    if infinitive:
        return _from_infinitive_governor(head, governor, view)
    if token.tag_ == "VBG" and token.dep_ == "xcomp":
        if _in("closed gerund", governor):
            return _flipped(view, head)
        return _opened(view, head) if _in("open gerund", governor) else view
    if token.dep_ == "xcomp" and governor != "let":
        return view
    return _from_finite_governor(head, governor, view)


def _from_infinitive_governor(head: Token, governor: str, view: _View) -> _View:
    if _in("refusing", governor):
        return _flipped(view, head)
    if _is_passive(head) and _in("open passive", governor):
        return _opened(view, head)
    if governor == "go" and head.tag_ == "VBG":
        return _opened(view, head)
    if governor == "have" and head.tag_ not in ("VBD", "VBN"):
        return _opened(view, head)
    if _in("implicative", governor):
        return view
    return _opened(view, head)


def _from_finite_governor(head: Token, governor: str, view: _View) -> _View:
    if _in("causative", governor):
        return view
    if _in("closed clause", governor):
        return _View("possible", (*view.cues, head)) if view.modality != "actual" else _flipped(view, head)
    if _is_passive(head) and _in("open passive", governor):
        return _opened(view, head)
    if _in("open clause", governor):
        return _View("possible", (*view.cues, head))
    if _in("weak", governor) and view.modality == "negated":
        return _View("possible", (*view.cues, head))
    return _ACTUAL


def _from_noun_governor(token: Token, noun: Token, depth: int) -> _View:
    """ "a plan to attack", "no evidence that they attacked", "soldiers killed in the attack"."""
    governor = noun.lemma_.lower()
    infinitive = next((c for c in token.children if c.dep_ == "aux" and c.lower_ == "to"), None)
    denied = next((c for c in noun.children if c.lower_ == "no" and not _limits(c, noun)), None)
    if infinitive is not None:
        view = _view(noun, depth - 1)
        if _in("refusing", governor):
            return _flipped(view, noun)
        if denied is not None or view.modality == "negated":
            return _View("negated", (*view.cues, noun))
        if _in("implicative", governor):
            return view
        return _View("possible", (*view.cues, noun))
    clause = any(c.dep_ == "mark" for c in token.children)
    if clause:
        if denied is not None:
            return _View("negated", (denied, noun))
        return _View("possible", (noun,)) if _in("open noun", governor) else _ACTUAL
    return _View("negated", (denied,)) if denied is not None else _ACTUAL


def _from_adverbial(token: Token, head: Token, depth: int) -> _View:
    """Adverbial clauses are presupposed, but for purposes, "without", and what goes along with a deed that lies ahead."""
    if head.pos_ in ("ADP", "SCONJ"):
        return _from_preposition(token, head, depth)
    if token.dep_ != "advcl":
        return _ACTUAL
    infinitive = next((c for c in token.children if c.dep_ == "aux" and c.lower_ == "to"), None)
    if infinitive is not None:
        governor = head.lemma_.lower()
        if _in("refusing", governor):
            return _flipped(_view(head, depth - 1), head)
        return _View("possible", (infinitive,))
    mark = next((c.lower_ for c in token.children if c.dep_ == "mark" or (c.dep_ == "advmod" and c.tag_ == "WRB")), "")
    if mark in ("", "when", "before", "after", "once", "until", "till", "whenever") and not _is_past(token):
        return _if_open(_view(head, depth - 1))
    return _ACTUAL


def _is_past(verb: Token) -> bool:
    return (
        verb.tag_ in ("VBD", "VBN") and not any(c.tag_ in ("VBP", "VBZ", "MD") for c in verb.children) or any(c.tag_ == "VBD" for c in verb.children)
    )


def _if_open(view: _View) -> _View:
    return view if view.modality == "possible" else _ACTUAL


def _from_preposition(token: Token, preposition: Token, depth: int) -> _View:
    word = preposition.lower_
    if _in("closed mark", word) or (word == "of" and preposition.head.lower_ == "instead"):
        return _View("negated", (preposition,))
    if _in("open mark", word):
        return _View("possible", (preposition,))
    head = preposition.head
    if head.dep_ == "prep" and head.pos_ == "ADP" and head != preposition:
        return _from_preposition(head, head, depth - 1) if depth > 1 else _ACTUAL
    governor = head.lemma_.lower()
    pair = f"{governor} {word}"
    if _in("closed preposition", pair):
        return _flipped(_view(head, depth - 1), head)
    if _in("open preposition", pair):
        return _opened(_view(head, depth - 1), head)
    if token.dep_ == "pcomp" and head.pos_ in _VERBAL and _in("means", word):
        return _if_open(_view(head, depth - 1))
    if head.pos_ in ("NOUN", "PROPN") and word in ("of", "for", "on", "against", "to", "about", "over"):
        if _in("open noun", governor) and word in ("of", "for", "about", "over"):
            return _opened(_view(head, depth - 1), head)
        if governor in (
            "series",
            "number",
            "wave",
            "string",
            "spate",
            "kind",
            "type",
            "act",
            "campaign",
            "total",
            "one",
            "some",
            "any",
            "part",
            "victim",
            "target",
        ):
            return _view(head, depth - 1)
        return _ACTUAL
    return _ACTUAL


def _from_verb(token: Token, verb: Token, depth: int) -> _View:
    """Nouns and adjectives beside a verb: "foiled an attack", "carried out an attack", "is not a spokesman"."""
    governor = verb.lemma_.lower()
    dep = token.dep_
    if dep in ("attr", "acomp"):
        return _view(verb, depth - 1)
    if dep in ("dobj", "nsubjpass"):
        if _in("closed object", governor):
            return _flipped(_view(verb, depth - 1), verb)
        if _in("open object", governor):
            return _opened(_view(verb, depth - 1), verb)
    if _in("light", governor):
        if dep == "nsubj" and governor in ("be", "make", "do", "give", "cause", "hold", "lead", "play") and not _is_existential(verb):
            return _ACTUAL
        return _view(verb, depth - 1)
    return _ACTUAL


def _is_existential(verb: Token) -> bool:
    return any(c.dep_ == "expl" for c in verb.children)


def _from_compound(token: Token, head: Token, depth: int) -> _View:
    if token.pos_ in ("NOUN", "PROPN") and token.dep_ in ("compound", "nmod"):
        governor = head.lemma_.lower()
        if _in("open noun", governor):
            return _View("possible", (head,))
    return _ACTUAL
