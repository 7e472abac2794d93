"""How explanations of claims and sentences are printed for people."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.cli.tables import shown

if TYPE_CHECKING:
    from kg.explanation import Entry, Factor, Party, Refusal, Sentence, Told, Weighing, Why
    from kg.graph.grounds import Ground, Statement

_MOST_FACTORS = 5
_MOST_MENTIONS = 6
_MOST_REFUSALS = 8
_WORDS = 4
_WORTH = 0.15  # a probability below is not worth a line


def claim(why: "Why") -> Iterator[str]:
    """A stored claim: what is said of it, and what would be if its text were there."""
    yield from told(why.told, why.sentence if why.sentence.words else None)
    yield f"  document    {shown(why.document)}"
    if why.missing:
        yield f"  not shown   the way in the parse, the words of who says so, and the parts of the confidence: {shown(why.missing)}"


def ground(found: "Ground") -> Iterator[str]:
    """What no document says: where it is from, or the rule by which it follows and from what."""
    yield f"  {_statement(found.statement)}   no document says it{': it follows' if found.rule else ''}"
    if found.rule:
        yield f"  rule        {found.rule}: {found.summary}"
    else:
        yield f"  known from  {', '.join(found.statement.places)}"
    for premise in found.premises:
        said = ", ".join([*(f"claim {ident}" for ident in premise.claims), *premise.places])
        yield f"  because     {_statement(premise)}   {said or 'which follows'}"


def _statement(each: "Statement") -> str:
    return " ".join(map(shown, (each.subject, each.relation, each.object)))


def sentence(found: "Sentence") -> Iterator[str]:
    """A sentence: whom it names, its claims, and the words that made none."""
    yield f"“{shown(found.text)}”"
    names = ", ".join(f"{shown(f.text)} ({_called(f.text, f.name)}{f.type}{f', {f.kind}' if f.kind != 'name' else ''})" for f in found.found)
    yield f"  names       {names or 'nobody and nothing'}"
    for each in found.told:
        yield ""
        yield from told(each, found)
    near = list(_nearest(_merged(found.refusals)))
    for refusal in near[:_MOST_REFUSALS]:
        yield ""
        yield from refused(refusal)
    left = len(near) - _MOST_REFUSALS
    if left > 0:
        yield ""
        yield f"  and {left} more that are less near: --format json"
    if not found.told and not found.refusals:
        few = len({f.name for f in found.found}) < 2
        yield "  no claim    " + ("a claim needs two who are named" if few else "no word between the names is in the lexicon or near one that is")


def told(each: "Told", within: "Sentence | None") -> Iterator[str]:
    """A claim with everything that made it."""
    subject = each.subject.name if each.subject else "?"
    object_ = each.object.name if each.object else "?"
    yield f"  {shown(subject)} {each.relation} {shown(object_)}   {each.modality}, confidence {each.confidence:.2f}   {each.claim}"
    yield f"  sentence    {marked(each)}"
    yield f"  word        {shown(each.trigger.text)}{_entry(each.entry, each.rule)}"
    if each.entry:
        frame = each.rule.split("/")[1] if each.rule.count("/") > 1 else each.entry.frame
        built = f", {each.construction}" if each.construction else ""
        yield f"  frame       {frame}{built}: {_slots(each.entry) if frame != 'Net' else 'no frame says it; the net caught the two near the word'}"
    for side, party in (("subject", each.subject), ("object", each.object)):
        if party is not None:
            yield f"  {side:11} {_party(party)}"
            if party.way and " " in party.way:
                yield f"              {shown(party.way)}"
            if chain := _chain(party):
                yield f"              {chain}"
    sources = " › ".join(f"{shown(s.speaker)}{f' (“{shown(s.cue)}”' + (', own words)' if s.direct else ')') if s.cue else ''}" for s in each.sources)
    yield f"  said by     {sources or 'the article itself'}"
    cues = ", ".join(f"“{shown(cue)}”" for cue in each.cues)
    own = each.entry.modality if each.entry else "actual"
    because = f"because of {cues}" if cues else "the word itself says so" if own != "actual" else "nothing denies it or leaves it open"
    yield f"  modality    {each.modality}: {because}"
    if each.weighing is not None:
        yield f"  confidence  {_confidence(each)}"
        yield from _factors(each.weighing, "              ")


def marked(each: "Told") -> str:
    """The sentence with subject, word and object in brackets; what lies within another is left unmarked."""
    text, start = each.sentence.text, each.sentence.start
    spans = [(each.trigger.start, each.trigger.end, "word")]
    spans += [(p.here.start, p.here.end, side) for side, p in (("subject", each.subject), ("object", each.object)) if p and p.here]
    parts, at = [], start
    for first, last, name in sorted(spans, key=lambda s: (s[0], -s[1])):
        if at <= first and last <= start + len(text):
            parts += [text[at - start : first - start], f"[{text[first - start : last - start]}]({name})"]
            at = last
    return shown("".join([*parts, text[at - start :]]))


def refused(refusal: "Refusal") -> Iterator[str]:
    """A word that made no claim."""
    relation = f" → {refusal.relation} ({refusal.frame})" if refusal.frame else f" → {refusal.relation}" if refusal.relation else ""
    yield f"  no claim    “{shown(refusal.word)}”{relation}"
    yield f"  because     {shown(refusal.reason)}"
    for weighed in refusal.weighed[:1] if refusal.hurdle != "selection" else ():
        if weighed.probability is not None and weighed.threshold is not None and weighed.probability >= _WORTH:
            pair = f"{shown(weighed.subject or 'somebody')} → {shown(weighed.object)}"
            yield f"  the model   {pair} {weighed.probability:.2f}, asks for {weighed.threshold:.2f}"
            yield from _factors(weighed, "              ") if refusal.hurdle == "model" else ()
    yield f"  to change   {shown(refusal.advice)}"


def _nearest(refusals: Iterable["Refusal"]) -> Sequence["Refusal"]:
    order = ("model", "selection", "opinion", "itself", "intention", "subject", "lexicon", "object", "parties", "part of speech", "phrase", "name")
    rank = {hurdle: n for n, hurdle in enumerate(order)}
    near = sorted(refusals, key=lambda r: (rank.get(r.hurdle, len(order)), -max((w.probability or 0.0 for w in r.weighed), default=0.0), r.start))
    return near


def _merged(refusals: Sequence["Refusal"]) -> Iterator["Refusal"]:
    """A light verb that fails at its noun for several relations ("take", "make") is told once; the JSON has each."""
    light: dict[int, Refusal] = {}
    for refusal in refusals:
        if refusal.hurdle == "object noun":
            known = light.get(refusal.start)
            light[refusal.start] = refusal if known is None else replace(known, relation=f"{known.relation}, {refusal.relation}", weighed=())
        else:
            yield refusal
    yield from light.values()


def _entry(entry: "Entry | None", rule: str) -> str:
    if entry is None:
        return f"; the ontology has no entry for {rule} any more" if rule.split("/")[-1] else ""
    if not entry.words:
        return f"; no word, the construction says it ({entry.relation})"
    lemma = rule.split("/")[-1]
    others = [word for word in entry.words if word != lemma]
    beside = f" beside {', '.join(others[:_WORDS])}{', …' if len(others) > _WORDS else ''}" if others else ""
    behind = f"; object behind {', '.join(entry.prepositions)}" if entry.prepositions else ""
    return f"; “{lemma}” in an entry of {entry.relation}{beside}{behind}"


def _slots(entry: "Entry") -> str:
    where = {"preposition": "behind the preposition", "agent": "who does it", "patient": "whom it is done to"}
    return f"subject is {where.get(entry.subject_slot, entry.subject_slot)}, object {where.get(entry.object_slot, entry.object_slot)}"


def _party(party: "Party") -> str:
    here = _called(party.here.text, party.name, "here “{}”, ") if party.here else "not told here, "
    wanted = ", ".join(party.wanted) or "any class"
    return f"{shown(party.name)} ({here}{party.type}); asked for: {wanted}" + ("" if party.fits else ", which it is not: the model let it pass")


def _called(text: str, name: str, form: str = "{}, ") -> str:
    return "" if text == name else form.format(shown(text if form != "{}, " else name))


def _chain(party: "Party") -> str:
    """For a pronoun or description: what it was taken to be, step by step back; for somebody who is told elsewhere, where."""
    if party.here is None:
        there = "".join(f" from “{shown(m.text)}” ({m.start})" for m in party.chain[:1])
        return f"taken{there}: the article tells it of the same event, or is about it" if there else ""
    if party.here.kind == "name":
        same = next((m for m in party.chain if m.text == party.name), None)
        return f"the same as “{shown(same.text)}” ({same.start})" if same and party.here.text != party.name else ""
    before = [m for m in reversed(party.chain) if m != party.here][:_MOST_MENTIONS]
    steps = list(dict.fromkeys(f"“{shown(m.text)}” ({m.start})" for m in before))
    return f"{party.here.kind} “{shown(party.here.text)}” stands for {' ← '.join(steps)}" if steps else ""


def _confidence(each: "Told") -> str:
    assert each.weighing is not None
    if each.weighing.probability is None:
        return f"{each.confidence:.2f}, the product of what entry, construction and mentions are worth; the model doesn't judge {each.relation}"
    return f"{each.confidence:.2f}, the share of claims like this that are right; the model asks for {each.weighing.threshold:.2f}"


def _factors(weighed: "Weighing", margin: str) -> Iterator[str]:
    if weighed.probability is None:
        if weighed.factors:
            yield margin + " × ".join(f"{shown(f.name)} {f.value:.2f}" for f in weighed.factors)
        return
    for sign, side in ((1, "for"), (-1, "against")):
        there = [f for f in weighed.factors if f.value * sign > 0][:_MOST_FACTORS]
        if there:
            yield f"{margin}{side}: {_list(there)}"


def _list(factors: Iterable["Factor"]) -> str:
    """With the features that people can read; all stand in the JSON."""
    features = [f.feature.lstrip("*<>?~") if "=" in f.feature and "sure=" not in f.feature else "" for f in factors]
    return "; ".join(f"{f.name} {f.value:+.1f}" + (f" ({shown(feature)})" if feature else "") for f, feature in zip(factors, features, strict=True))
