"""Who says it: the noun phrase that a word of saying belongs to, read off the parse of its sentence."""

from spacy.tokens import Doc, Token

from kg.extract import speech
from kg.extract.given_names import of_role
from kg.extract.typing_rules import noun_type
from kg.identity.names import strip_titles

_SUBJECTS = ("nsubj", "nsubjpass")
_NOMINAL = ("NOUN", "PROPN", "PRON")
_AUTHORS = ("PERSON", "ORG")
_REACH = 14
_RELATIVES = frozenset(["who", "which", "that", "whom"])


def subject(verb: Token) -> Token | None:
    """The head of the subject of a verb: its own, or that of the verb it goes along with. Relative pronouns give their noun."""
    seen = 0
    while seen < 6:
        own = next((c for c in verb.children if c.dep_ in _SUBJECTS), None)
        if own is not None:
            return antecedent(own)
        if (
            verb.dep_ == "pcomp"
            and verb.head.lower_ == "as"
            and (quoted := next((c for c in verb.head.head.rights if c.dep_ == "dobj"), None)) is not None
        ):
            return quoted  # "quoted X as saying"
        if verb.dep_ in ("conj", "xcomp", "advcl", "pcomp", "ccomp", "dep", "parataxis"):
            verb = _clause_above(verb)
        elif verb.dep_ == "acl":
            return verb.head if verb.head.pos_ in _NOMINAL else None
        else:
            return None
        seen += 1
    return None


def antecedent(subject: Token) -> Token:
    """The noun that a relative pronoun stands for; any other subject is itself."""
    return subject.head.head if subject.lower_ in _RELATIVES and subject.head.dep_ == "relcl" else subject


def _clause_above(verb: Token) -> Token:
    head = verb.head
    while head.pos_ in ("ADP", "SCONJ") and head.head != head:
        head = head.head
    return head


def speaker(cue: Token) -> Token | None:
    """The head of the noun phrase that says it; None when the text does not tell."""
    found = _speaker(cue)
    return None if found is None else bearer(found)


def bearer(source: Token) -> Token:
    """The person whose title a phrase gives, where the parser takes another word for its head: "Ohio Senator Ann Lee", "the judge, Ann Lee"."""
    if source.ent_type_ == "PERSON" or source.pos_ not in ("NOUN", "PROPN"):
        return source
    doc, end = source.doc, source.sent.end
    for i in range(source.i + 1, min(source.i + _REACH, end)):
        token = doc[i]
        if token.pos_ in ("AUX", "SCONJ", "PRON") or (token.pos_ == "VERB" and token.tag_ != "VBG") or token.is_quote:
            return source
        if token.ent_type_ == "PERSON":
            if _head(token).head == source:  # in apposition, which coreference knows
                return source
            titled = next((k for k in range(i - 1, source.i - 1, -1) if not _is_title(doc[k])), source.i - 1) + 1
            behind = doc[titled - 1] if titled > source.i else None
            if doc[i - 1].text == ",":
                return _head(token) if any(_is_person(t) for t in (source, doc[i - 2])) and not _is_listed(token) else source
            if titled == i:  # "the speaker of the parliament Ann Lee"
                return _head(token) if _is_person(source) and doc[i - 1].pos_ in ("NOUN", "PROPN") and _of(doc, source.i, i) else source
            return _head(token) if behind is None or behind.pos_ not in ("ADP", "CCONJ") else source
    return source


def _of(doc: Doc, start: int, end: int) -> bool:
    """True when the last preposition between the two is "of"."""
    return next((t.lower_ for t in reversed(doc[start:end]) if t.pos_ == "ADP"), "") == "of"


def _is_title(token: Token) -> bool:
    """ "President", "Lt.", "professor"."""
    return token.pos_ in ("NOUN", "PROPN") and (_is_person(token) or bool(strip_titles(f"{token.text} X")[0]))


def _is_person(token: Token) -> bool:
    word = token.lower_
    known = noun_type(word) == "Person" or of_role(word) is not None or word.endswith(("man", "woman"))
    return known and token.pos_ in ("NOUN", "PROPN") and token.ent_type_ != "PERSON"


def _head(token: Token) -> Token:
    """The head of the person's name that begins here."""
    end = token.i + 1
    while end < len(token.doc) and token.doc[end].ent_iob_ == "I":
        end += 1
    return token.doc[token.i : end].root


def _is_listed(token: Token) -> bool:
    """True for one of several: "the judge, Ann Lee and her clerk"."""
    return any(c.dep_ == "conj" for c in token.rights) or token.dep_ == "conj"


def _speaker(cue: Token) -> Token | None:
    if cue.lower_ == "according":
        return _author(_object_of(cue.nbor()))
    if cue.pos_ == "NOUN":
        return _speaker_of_noun(cue)
    if (inverted := inverted_subject(cue)) is not None:
        return inverted
    if speech.is_passive(cue):
        by = next((c for c in cue.children if c.dep_ == "agent"), None)
        if by is not None:
            return _object_of(by)
        if cue.dep_ != "acl":
            return None
    found = subject(cue)
    if found is None or (found.lower_ == "it" and found.dep_ == "nsubjpass") or found.dep_ == "expl":
        return None
    if cue.dep_ in ("acl", "relcl") and speech.is_text_noun(found):
        return writer(found) or found
    return _author(found)


def _author(source: Token | None) -> Token | None:
    """Whose text it is, for "a post by Cook", "Cook's post" and "a post published by Cook"; anything but a text is itself."""
    if source is None or not speech.is_text_noun(source):
        return source
    for child in source.children:
        if (child.dep_ == "poss" and child.ent_type_ not in ("DATE", "TIME")) or (child.dep_ == "compound" and child.ent_type_ in _AUTHORS):
            return child
        author = _object_of(child) if child.dep_ in ("prep", "agent") else None
        if author is not None and (child.lower_ in ("by", "from") or (child.lower_ == "of" and author.ent_type_ in _AUTHORS)):
            return author
        if child.dep_ == "acl" and (by := next((c for c in child.children if c.dep_ == "agent"), None)) is not None:
            return _object_of(by)
    return source


def inverted_subject(cue: Token) -> Token | None:
    """The lawyer of "It was lawful, argued the lawyer", which the parser takes for an object."""
    if cue.tag_ not in ("VBD", "VBZ", "VBP") or cue.i == 0 or cue.nbor(-1).text not in (",", "”", '"') or not speech.is_say(cue, "inverted"):
        return None
    taken = any(c.dep_ in ("nsubj", "nsubjpass", "aux", "cc") or (c.dep_ == "ccomp" and c.i > cue.i) for c in cue.children)
    if taken or any(c.dep_ == "cc" and c.i < cue.i for c in cue.head.children if c.head != cue):
        return None
    return next((c for c in cue.rights if c.dep_ in ("dobj", "npadvmod", "attr", "oprd") and c.pos_ in _NOMINAL), None)


def _object_of(preposition: Token) -> Token | None:
    return next((c for c in preposition.children if c.dep_ == "pobj"), None)


def _speaker_of_noun(noun: Token) -> Token | None:
    for child in noun.children:
        if child.dep_ == "poss":
            return child
        if child.dep_ == "prep" and child.lower_ in ("by", "from", "of") and (owner := _object_of(child)) is not None:
            return owner
    if noun.dep_ == "ROOT":
        # "Smith claims that …", where the parser takes the verb for a noun
        return next((c for c in noun.children if c.dep_ == "compound"), None)
    if noun.dep_ in ("dobj", "attr") and noun.head.pos_ == "VERB":
        return subject(noun.head)
    return None


def writer(noun: Token) -> Token | None:
    """Whose text it is: "Cook's post", "a post by Cook", or the subject of "Cook released a post"."""
    author = _author(noun)
    if author != noun:
        return author
    verb = noun
    while verb.pos_ not in ("VERB", "AUX") and verb.head != verb:
        verb = verb.head
    return subject(verb) if verb != noun else None
