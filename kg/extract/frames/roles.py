"""Arguments of role nouns: who holds the role ("holder") and in what ("whole").

"Pentagon spokesman X", "X, head of Y", "X was elected president of Y".

Parsers are unsure about titles and appositions, so names beside the role noun count as much as the dependency tree.
"""

from collections import defaultdict
from collections.abc import Container, Iterator
from dataclasses import replace

from spacy.tokens import Doc, Token

from kg.extract.frames import verbs
from kg.extract.frames.predication import Predication, conjuncts, listed, objects_of, prepositions
from kg.extract.frames.structures import Names, is_party
from kg.extract.typing_rules import noun_type
from kg.resources import words

_INSIDE_PHRASE = frozenset(("ADJ", "NOUN", "PROPN", "NUM", "VERB", "ADV"))
_OPENERS = frozenset((",", "(", "–", "—", "-", ":"))
_BODIES = frozenset(("Organization", "MilitaryForce", "City", "Region", "Country", "Facility"))
_LONGEST_PHRASE = 12


def predicate(role: Token, first: int, names: Names, holders: Container[str]) -> Predication:
    """The role noun (its words begin at token `first`) with "holder", "possessor", "compound", "kind" ("committee" chairman) and preposition slots.

    `holders` are the classes that may hold the role: persons, for "capital" cities, for "subsidiary" organisations.
    """
    slots: dict[str, list[Token]] = defaultdict(list)
    slots["kind"] += [t for t in role.doc[first : role.i] if t.pos_ in ("NOUN", "PROPN") and noun_type(t.lemma_.lower()) in _BODIES]
    left = _left(role.doc, first, names, slots)
    head = role.doc[first : role.i + 1].root  # "secretary" in "secretary of state"
    for preposition in prepositions(head):
        if preposition.i > role.i:
            slots[preposition.lower_] += _wholes(preposition)
    if first and role.doc[first - 1].lower_ in words("phrases")["no office"]:
        return Predication(role, role.doc[first : role.i + 1].lemma_.lower(), {}, "none", first)
    if role.lemma_.lower() in words("phrases")["kin"] and not slots["possessor"] and not slots["of"]:
        slots["possessor"] += _family(head)
    construction = _holder(role, head, left, names, slots, holders)
    for holder in slots["holder"]:
        for preposition in prepositions(holder):  # "spokesman X of the ministry"
            if preposition.lower_ not in slots and construction == "title":
                slots[preposition.lower_] += objects_of(preposition)
    return Predication(role, role.doc[first : role.i + 1].lemma_.lower(), slots, construction, first)


def each(predication: Predication) -> Iterator[Predication]:
    """ "Presidents X of A and Y of B": one predication for each holder who has an own whole, else the predication as it is."""
    holders = predication.slot("holder")
    own = {h.i: found for h in holders if (found := [t for p in prepositions(h) if p.lower_ == "of" for t in objects_of(p)])}
    if len(holders) < 2 or len(own) < len(holders):
        yield predication
        return
    for holder in holders:
        yield replace(predication, slots={**predication.slots, "holder": [holder], "of": own[holder.i]})


def _wholes(preposition: Token) -> Iterator[Token]:
    """The objects of the preposition; "chairman of the board of X" is X's."""
    for thing in objects_of(preposition):
        further = [t for p in prepositions(thing) if p.lower_ in ("of", "at") for t in objects_of(p)] if thing.lemma_ == "board" else []
        yield from further or [thing]


def _left(doc: Doc, first: int, names: Names, slots: dict[str, list[Token]]) -> int:
    """Walks left through the noun phrase and collects names and possessives; gives the index where the phrase begins."""
    i = first - 1
    while i >= 0 and first - i < _LONGEST_PHRASE:
        token = doc[i]
        if name := names.get(i):
            if name.type == "Person" and not (name.end < len(doc) and doc[name.end].tag_ == "POS"):
                break
            i = name.start - 1
            if is_party(name):  # "Republican president Trump" leads no party
                continue
            followed = name.end < len(doc) and doc[name.end].tag_ == "POS"
            slots["possessor" if followed else "compound"].append(name.head)
        elif token.tag_ in ("PRP$", "WP$"):
            slots["possessor"].append(token)
            i -= 1
        elif token.tag_ == "POS" and doc[i - 1].pos_ == "NOUN" and i - 1 not in names:  # "the company's"
            slots["possessor"].append(doc[i - 1])
            i -= 1
        elif (
            token.tag_ == "POS"
            or token.lower_ in ("and", "&", "-", "vice", "'s")
            or (token.pos_ in _INSIDE_PHRASE and token.dep_ not in ("ROOT", "nsubj", "dobj", "pobj", "ccomp"))
        ):
            i -= 1
        else:
            return i if token.pos_ == "DET" else i + 1
    return i + 1


def _holder(role: Token, top: Token, left: int, names: Names, slots: dict[str, list[Token]], holders: Container[str]) -> str:
    """Fills "holder"; gives the name of the construction."""
    head, dep = top.head, top.dep_
    after = _behind_parenthesis(role)
    following = names.get(after)
    if following and following.start == after and following.type in holders:
        slots["holder"] += list(conjuncts(following.head)) if role.tag_ in ("NNS", "NNPS") else [following.head]
        return "title"
    if between := _behind_whole(role, names, holders):
        preposition, whole, holder = between
        slots["holder"].append(holder)
        if whole not in slots[preposition]:
            slots[preposition].append(whole)
        return "title"
    if dep == "pobj" and head.lower_ == "of" and head.head.lower_ == "one":  # "X, one of the country's vice presidents"
        top = head.head
        head, dep = top.head, top.dep_
    own = list(listed(top)) or [c for c in top.rights if c.dep_ == "appos" and c.pos_ == "PROPN"][:1]
    many = top.tag_ in ("NNS", "NNPS")
    if (
        dep == "appos"
        and head.pos_ in ("PROPN", "NOUN", "PRON")
        and not (own and (many or head.pos_ == "NOUN"))
        and (not many or head.tag_ not in ("NN", "NNP"))
    ):
        slots["holder"].append(head)
        return "apposition"
    if own:
        slots["holder"] += own
        return "apposition"
    if dep in ("attr", "oprd") and head.pos_ in ("VERB", "AUX"):
        clause = verbs.predicate(head)
        slots["holder"] += clause.slot("agent") if head.lemma_ in words("phrases")["copula"] else (clause.slot("patient") or clause.slot("agent"))
        slots["holder"] = [t for t in slots["holder"] if t is not top]
        return "copula"
    if dep == "nsubj" and head.lemma_ == "be" and (told := [c for c in head.rights if c.dep_ == "attr" and c.i in names]):
        slots["holder"] += conjuncts(told[0])  # "its chairman is X"
        return "copula"
    if dep == "pobj" and head.lower_ == "as" and (found := _as(head)):
        slots["holder"] += found
        return "as"
    if neighbour := _beside(role, left, names, holders):
        slots["holder"].append(neighbour)
        return "apposition"
    if dep == "conj" and head.dep_ == "pobj" and head.head.head.pos_ == "NOUN":
        head = head.head.head  # "leader of the rebels and president of the union"
    if dep == "conj" and head.pos_ in ("NOUN", "PROPN") and head.dep_ in ("appos", "attr") and head.i not in names:
        construction = _holder(head, head, left, names, slots, holders)
        return construction
    return "none"


def _family(noun: Token) -> list[Token]:
    """Whose kin it is where another word tells: "his wife, A, and a son", "X has two children", "X is survived by a daughter"."""
    above = noun
    while above.dep_ in ("conj", "appos") and above.head.pos_ in ("NOUN", "PROPN"):
        above = above.head
        if owners := [t for c in above.lefts if c.dep_ == "poss" for t in conjuncts(c)]:
            return owners
    verb = above.head
    if above.dep_ == "dobj" and verb.lemma_ in ("have", "leave"):
        return list(verbs.predicate(verb).slot("agent"))
    if above.dep_ == "pobj" and verb.lower_ == "by" and verb.head.lemma_ == "survive":
        return list(verbs.predicate(verb.head).slot("patient"))
    return []


def _behind_parenthesis(role: Token) -> int:
    """The index behind the role noun, an explanation in parentheses passed over: "MP (Member of Parliament) X"."""
    doc, after = role.doc, role.i + 1
    if after < len(doc) and doc[after].text == "(":
        for i in range(after + 1, min(after + _LONGEST_PHRASE, len(doc))):
            if doc[i].text == ")":
                return i + 1
    return after


def _behind_whole(role: Token, names: Names, holders: Container[str]) -> tuple[str, Token, Token] | None:
    """(preposition, whole, holder) of "First Minister of Scotland Nicola Sturgeon": the name stands directly behind the whole."""
    doc, i = role.doc, role.i + 2
    if "Person" not in holders or i >= len(doc) or doc[i - 1].pos_ != "ADP":
        return None
    while i < len(doc) and i not in names and doc[i].pos_ in ("DET", "ADJ"):
        i += 1
    whole = names.get(i)
    name = whole and names.get(whole.end)
    if whole and name and whole.type != "Person" and name.type == "Person" and name.start == whole.end:
        return doc[role.i + 1].lower_, whole.head, name.head
    return None


def _as(preposition: Token) -> list[Token]:
    governor = preposition.head
    if governor.pos_ not in ("VERB", "AUX"):
        return [governor] if governor.pos_ == "PROPN" else []
    clause = verbs.predicate(governor)
    if governor.lemma_ in words("phrases")["appointing"]:
        return list(clause.slot("patient"))
    return list(clause.slot("agent") or clause.slot("patient"))


def _beside(role: Token, left: int, names: Names, holders: Container[str]) -> Token | None:
    """The person before a comma ("X, 34, the head of") or behind one ("the firm's head, X")."""
    doc = role.doc
    i = left - 1
    single = role.tag_ in ("NN", "NNP")
    if i >= 1 and doc[i].text in _OPENERS and (single or names.get(i - 1) is None or names[i - 1].head.dep_ == "conj"):
        i -= 1
        if doc[i].like_num and i >= 2 and doc[i - 1].text == ",":
            i -= 2
        name = names.get(i)
        if name and name.type in holders and name.end == i + 1:
            return name.head
    end = _end_of_whole(role, names)
    if end + 1 < len(doc) and doc[end].text in (",", ":"):
        name = names.get(end + 1)
        if name and name.type in holders and name.start == end + 1 and single:
            return name.head
    return None


def _end_of_whole(role: Token, names: Names) -> int:
    """Where "spokesperson of NATO" ends: behind the last name of the "of" phrase, whatever the parser hangs on it."""
    doc, end = role.doc, role.i + 1
    if end >= len(doc) or doc[end].lower_ not in ("of", "for", "at", "in", "to", "from"):
        return end
    i = end + 1
    while i < len(doc) and (i in names or doc[i].pos_ in ("DET", "ADJ", "NOUN", "PROPN", "CCONJ", "PART")):
        i = names[i].end if i in names else i + 1
    return i
