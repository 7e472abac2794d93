"""What speaks for or against a candidate, as short texts that a person can read.

`pair` is the text between the two, with a sign for their order (">" subject first, "<" object first, "?" nobody known, "~" not in one
sentence); `own` is about the word and the relation; `general` is weighed alike for all relations, so that rare ones profit from the frequent.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from kg.extract.arguments import Argument
from kg.extract.entities import Cluster
from kg.extract.frames import Predication
from kg.extract.lexicon import prepositions
from kg.extract.net.candidates import Candidate, Net, Word
from kg.extract.net.pairs import SKIPPED, pair_features
from kg.extract.net.trees import ENDLESS, Tree, Way
from kg.ontology import Trigger
from kg.resources import words

_STANDING = "how they stand to the word"
_NEAR, _MIDDLE = 2, 4  # steps from the word to a participant
_SUBJECTS = ("nsubj", "csubj")
_PLAIN = (*_SUBJECTS, "dobj", "nsubjpass", "dative", "poss", "amod", "appos", "attr", "relcl", "acl")
_NOTHING: Counter[str] = Counter()
_NOBODY: frozenset[int] = frozenset()
_PHRASES = ("prep", "agent", "dative")


@dataclass(frozen=True, slots=True)
class Described:
    """The features of a candidate."""

    pair: Sequence[str]
    own: list[str] = field(default_factory=list)
    general: list[str] = field(default_factory=list)


def aspect(feature: str) -> str:
    """What a feature is about."""
    beginnings = {beginning: name for name, found in words("aspects").items() for beginning in found}
    plain = feature.lstrip("<>?~")
    return beginnings.get(max((b for b in beginnings if plain.startswith(b)), key=len, default=""), _STANDING)


def describe(net: Net, candidates: Sequence[Candidate]) -> Iterator[Described]:
    """The features of all candidates of a document, in their order."""
    describer = _Describer(net, candidates)
    for candidate in candidates:
        yield describer.describe(candidate)


class _Describer:
    """Knows what the article says elsewhere of the same participants, and who else could be meant in the sentence."""

    def __init__(self, net: Net, candidates: Iterable[Candidate]) -> None:
        self._net = net
        self._pairs: dict[tuple[int, int, int], Sequence[str]] = {}
        self._standings: dict[tuple[int, int], Sequence[str]] = {}
        self._rank = {id(c): n for n, c in enumerate(net.salient)}
        self._framed: dict[tuple[int, int], Counter[str]] = defaultdict(Counter)
        self._partners: dict[tuple[str, int, str], set[int]] = defaultdict(set)
        self._taken: set[tuple[int, int, str, int, str]] = set()
        self._used: set[tuple[int, int, str]] = set()
        self._rivals: dict[tuple[int, int, str, str], set[int]] = defaultdict(set)
        self._crowd: Counter[tuple[int, int, str]] = Counter()
        for c in candidates:
            self._note(c)

    def _note(self, c: Candidate) -> None:
        place = (c.paragraph, c.sentence, c.relation)
        self._crowd[place] += 1
        for side, argument in (("subject", c.subject), ("object", c.object)):
            if argument is not None:
                self._rivals[*place, side].add(argument.markable.head.i)
        if not c.drafts:
            return
        s, o = c.pair
        self._framed[s, o][c.relation] += 1
        self._partners["object", s, c.relation].add(o)
        self._partners["subject", o, c.relation].add(s)
        self._taken.update(((c.paragraph, c.sentence, "object", s, c.relation), (c.paragraph, c.sentence, "subject", o, c.relation)))
        self._used.update((c.paragraph, d.predication.trigger.i, c.relation) for d in c.drafts)

    def describe(self, c: Candidate) -> Described:
        """All features of a candidate."""
        tree = self._net.tree(c.paragraph)
        inside = (c.subject is None or _is_inside(c.subject, c, tree)) and _is_inside(c.object, c, tree)
        sign = "?" if c.subject is None else "~" if not inside else ">" if c.subject.markable.head.i < c.object.markable.head.i else "<"
        pair = self._alone(c, tree) if sign == "?" else self._apart(c) if sign == "~" else self._pair(c, tree)
        found = Described([sign + f for f in pair], ["bias"])
        self._basis(c, found, sign)
        if (word := c.trigger) and word[1].predicate != "structure":
            self._word(c, tree, word, found, sign if inside else "")
        self._elsewhere(c, found)
        return found

    def _basis(self, c: Candidate, found: Described, sign: str) -> None:
        """The frame that says it, or what stands for one."""
        own, general = found.own, found.general
        types = f"{'nobody' if c.subject is None else c.subject.type}>{c.object.type}"
        own.append(f"{sign}types={types}")
        if sign == "~":
            general += [f"~{f}" for f in self._standing(c)]
        if not c.drafts:
            own.append("net" if c.word else "open")
            general.append("net" if c.word else "open")
            if c.implicit:
                own.append(f"rank={c.implicit}")
                general.append(f"rank={c.implicit} {types}")
            return
        best = max(c.drafts, key=lambda d: d.entry.confidence)
        frame, sure = f"frame={best.entry.frame}", f"sure={int(best.entry.confidence * 10)}"
        built = f"{frame}/{best.predication.construction}"
        own += [frame, built, f"{frame}/{best.predication.lemma}", f"{frame} {types}"]
        general += ["framed", frame, built, sure, f"{frame} {sure}"]
        if len({d.entry.frame for d in c.drafts}) > 1:
            general.append("several frames")
        if c.dropped:
            own.append(f"{frame} dropped")
            general += ["dropped", f"{frame} dropped"]
        if best.implicit:
            own.append("implicit")
            general.append("implicit")

    def _word(self, c: Candidate, tree: Tree, word: Word, found: Described, sign: str) -> None:
        """How the two stand to the word of the lexicon; `sign` is empty when they are not in its sentence."""
        own, general, (predication, entry) = found.own, found.general, word
        at, is_a = predication.trigger.i, self._net.ontology.is_a
        fits = (c.subject is None or is_a(c.subject.type, entry.domain)) and is_a(c.object.type, entry.range)
        general += ["fits" if fits else "unfit", f"{'framed' if c.drafts else 'net'} sure={int(entry.confidence * 10)}"]
        own += [f"word={predication.lemma}", f"word={predication.lemma} {sign}"]
        if not sign:
            return
        ways = ["-" if a is None else tree.label(at, a.markable.head.i) for a in (c.subject, c.object)]
        own += [f"ways={ways[0]} {ways[1]}", f"subject way={ways[0]}", f"object way={ways[1]}"]
        general += [f"{entry.frame} {ways[0]} {ways[1]}", f"{entry.predicate} subject {ways[0]}", f"{entry.predicate} object {ways[1]}"]
        order = _order(c, at)
        own.append(f"order={order}")
        general.append(f"{entry.predicate} {order}")
        if c.subject is not None:
            steps = tree.steps_to(tree.on(c.subject.markable.head.i, c.object.markable.head.i), at)
            own.append(f"steps to word={steps}")
            general.append(f"steps to word={steps}")
        self._places(c, tree, predication, entry, found)

    def _places(self, c: Candidate, tree: Tree, predication: Predication, entry: Trigger, found: Described) -> None:
        """Whether the two stand where the entry wants them, and who else might."""
        own, general, at = found.own, found.general, predication.trigger.i
        place = (c.paragraph, c.sentence, c.relation)
        used = "used" if (c.paragraph, at, c.relation) in self._used else "free"
        crowd = min(self._crowd[place], 5)
        parts, asked = [], []
        for side, argument, slot in (("subject", c.subject, entry.subject_slot), ("object", c.object, entry.object_slot)):
            if argument is None:
                parts.append("-")
                asked.append("-")
                continue
            i = argument.markable.head.i
            nearer = sum(abs(k - at) < abs(i - at) for k in self._rivals[*place, side])
            way = tree.way(at, i)
            short = "none" if way is None else tree.write(way, SKIPPED)
            manner = _manner(entry, tree, way)
            own += [f"{side} {short}", f"{side} {manner}"]
            general += [f"{entry.frame} {slot} {short}", f"{side} {manner} {min(nearer, 2)}", f"{entry.predicate} {side} {manner}"]
            parts.append(f"{manner}{min(nearer, 1)}{_distance(tree, way)}")
            asked.append(manner)
        profile = " ".join(parts)
        own += [used, profile, f"crowd={crowd}"]
        general += [f"{entry.predicate} {profile}", f"{profile} {used}", f"crowd={crowd} {used}", f"{entry.predicate} {used}"]
        general.append(f"{asked[0]} {asked[1]} {crowd} {used}")

    def _elsewhere(self, c: Candidate, found: Described) -> None:
        """What the article says of the two in other places, and of each with others."""
        own, general, (s, o) = found.own, found.general, c.pair
        said = self._framed.get((s, o), _NOTHING)
        if said[c.relation] > bool(c.drafts):
            general += ["framed elsewhere", f"framed elsewhere {bool(c.drafts)}"]
        own += [f"also={relation}" for relation in said if relation != c.relation]
        own += [f"turned={relation}" for relation in self._framed.get((o, s), ())]
        if said and c.relation not in said:
            general.append("other relation")
        for side, one, partner in (("object", s, o), ("subject", o, s)):
            partners = self._partners.get((side, one, c.relation), _NOBODY)
            if one and len(partners) > (partner in partners):
                own.append(f"other {side}")
                general.append(f"other {side}")
            if not c.drafts and (c.paragraph, c.sentence, side, one, c.relation) in self._taken:
                own.append(f"other {side} here")
                general.append(f"other {side} here")
        rank = self._rank.get(id(c.object.cluster), ENDLESS)
        own.append(f"object rank={rank if rank < 3 else 'low'}")

    def _pair(self, c: Candidate, tree: Tree) -> Sequence[str]:
        assert c.subject is not None
        first, second = sorted((c.subject, c.object), key=lambda a: a.markable.head.i)
        key = (c.paragraph, first.markable.head.i, second.markable.head.i)
        if key not in self._pairs:
            self._pairs[key] = tuple(pair_features(tree, self._net.reading.names[c.paragraph], first, second))
        return self._pairs[key]

    def _alone(self, c: Candidate, tree: Tree) -> Sequence[str]:
        m = c.object.markable
        place = tree.deps[m.head.i] if m.paragraph == c.paragraph else "elsewhere"
        return (f"kind={m.kind}", f"type={c.object.type}", f"place={place}", "named" if c.object.cluster.named else "unnamed")

    def _apart(self, c: Candidate) -> Sequence[str]:
        word = c.trigger
        return (*self._standing(c), f"role={word[0].lemma} {c.object.type}" if word else "")

    def _standing(self, c: Candidate) -> Sequence[str]:
        """How much the article is about the object, and how near it was mentioned."""
        cluster = c.object.cluster
        key = (id(cluster), c.paragraph)
        if key not in self._standings:
            self._standings[key] = tuple(self._stand(cluster, c.paragraph))
        return self._standings[key]

    def _stand(self, cluster: Cluster, paragraph: int) -> Iterator[str]:
        rank = min(self._rank.get(id(cluster), ENDLESS), 5)
        here = min(sum(m.paragraph == paragraph for m in cluster.markables), 2)
        before = min((paragraph - m.paragraph for m in cluster.markables if m.paragraph <= paragraph), default=ENDLESS)
        like = [k for k in self._net.salient if k.type == cluster.type]
        share = len(cluster.markables) * 4 // (sum(len(k.markables) for k in like) or 1)
        first = min(like.index(cluster), 2) if cluster in like else 3
        yield f"like={first}"
        yield f"like={first} share={share}"
        yield f"like={first} here={here} {cluster.type}"
        yield f"rank={rank}"
        yield f"here={here}"
        yield f"before={min(before, 4)}"
        yield f"times={min(len(cluster.markables), 6)}"


def _is_inside(argument: Argument, c: Candidate, tree: Tree) -> bool:
    m = argument.markable
    return m.paragraph == c.paragraph and tree.sentences[m.head.i] == c.sentence


def _order(c: Candidate, at: int) -> str:
    """The word (W), the subject and the object in text order."""
    places = [(at, "W"), (c.object.markable.head.i, "O")]
    if c.subject is not None:
        places.append((c.subject.markable.head.i, "S"))
    return "".join(letter for _, letter in sorted(places))


def _manner(entry: Trigger, tree: Tree, way: Way | None) -> str:
    """How a participant hangs on the word of the entry, as far as that tells its part."""
    if way is None:
        return "none"
    steps = [k for k in way.down if tree.deps[k] not in SKIPPED]
    if way.up:
        return f"{'across' if steps else 'above'} {tree.deps[way.up[0]]}"
    if not steps:
        return "beside"
    dep = tree.deps[steps[0]]
    if dep in _PHRASES and tree.pos[steps[0]] in ("ADP", "SCONJ"):
        lemma = tree.lemmas[steps[0]]
        return "asked" if lemma in prepositions(entry) else "by" if lemma == "by" else "prep"
    return dep if dep in _PLAIN else "other"


def _distance(tree: Tree, way: Way | None) -> str:
    steps = ENDLESS if way is None else sum(tree.deps[k] not in SKIPPED for k in (*way.up, *way.down))
    return "near" if steps <= _NEAR else "mid" if steps <= _MIDDLE else "far"
