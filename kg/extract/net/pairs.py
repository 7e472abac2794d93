"""What the text between and around two participants says, whatever relation is asked for: short texts that a person can read."""

from collections.abc import Iterator, Mapping

from kg.extract.arguments import Argument
from kg.extract.mentions import Markable
from kg.extract.net.trees import Tree

_BUCKETS = (0, 1, 2, 3, 4, 6, 8, 12, 20)
SKIPPED = ("conj", "compound", "det", "punct", "nmod")  # edges that tell little of how two words are related
_SHORT = 4  # tokens between two participants that are written out
_LONGEST = 15  # tokens between two participants that are looked at
_WORDS = 8
_CONTENT = ("VERB", "NOUN", "ADJ")
_TELLING = ("PUNCT", "ADP", "VERB", "NOUN", "SCONJ", "CCONJ")

Names = Mapping[int, Markable]


def pair_features(tree: Tree, names: Names, first: Argument, second: Argument) -> Iterator[str]:
    """The features of two participants of one sentence, in text order."""
    x, y = first.markable, second.markable
    types = f"{first.type} {second.type}"
    yield f"kinds={x.kind} {y.kind}"
    yield from _way(tree, x.head.i, y.head.i, types)
    yield from _between(tree, names, x, y, types)
    yield from _around(tree, "first", x)
    yield from _around(tree, "second", y)


def bucket(number: int) -> str:
    """A number in rough steps."""
    return next((str(limit) for limit in _BUCKETS if number <= limit), "many")


def _way(tree: Tree, i: int, j: int, types: str) -> Iterator[str]:
    way = tree.way(i, j)
    if way is None:
        return
    label, short = tree.label(i, j), tree.write(way, SKIPPED)
    yield f"way={label}"
    yield f"way={label} {types}"
    yield f"short way={short}"
    yield f"steps={min(len(way), 7)}"
    if way.up and way.down:
        yield f"top={tree.lemmas[way.top]}"
        yield f"top={tree.lemmas[way.top]} {short}"
    for step in (*way.up[1:], *way.down[:-1]):
        if tree.pos[step] in _CONTENT:
            yield f"on way={tree.lemmas[step]}"


def _between(tree: Tree, names: Names, x: Markable, y: Markable, types: str) -> Iterator[str]:
    lemmas, pos = tree.lemmas, tree.pos
    yield f"gap={bucket(y.start - x.end)}"
    if y.start < x.end:
        yield "nested"
        return
    between = range(x.end, y.start)
    if len(between) <= _SHORT:
        middle = " ".join("NAME" if k in names else lemmas[k] for k in between)
        yield f"middle={middle}"
        yield f"middle={middle} {types}"
        yield "middle kinds=" + " ".join("NAME" if k in names else pos[k] for k in between)
    others = {id(names[k]): names[k].type for k in between if k in names}
    yield f"names between={min(len(others), 4)}"
    for side, name in (("first", x), ("second", y)):
        if name.type in others.values():
            yield f"like {side} between"
    words = dict.fromkeys(lemmas[k] for k in between[:_LONGEST] if k not in names and pos[k] in _TELLING)
    for word in list(words)[:_WORDS]:
        yield f"between={word}"


def _around(tree: Tree, side: str, name: Markable) -> Iterator[str]:
    start, end, head, lemmas = name.start, name.end, name.head.i, tree.lemmas
    if start:
        yield f"{side} after={lemmas[start - 1]}"
    if start > 1:
        yield f"{side} after={lemmas[start - 2]} {lemmas[start - 1]}"
    if end < len(lemmas):
        yield f"{side} before={lemmas[end]}"
    if end + 1 < len(lemmas):
        yield f"{side} before={lemmas[end]} {lemmas[end + 1]}"
    yield f"{side} place={tree.deps[head]}"
    yield f"{side} word={lemmas[end - 1] if name.kind == 'name' else lemmas[head]}"
    if name.label == "NORP":
        yield f"{side} adjective"
    for child in name.head.children:
        if child.dep_ == "appos":
            yield f"{side} is={lemmas[child.i]}"
    if tree.deps[head] == "appos":
        yield f"{side} is={lemmas[tree.heads[head]]}"
