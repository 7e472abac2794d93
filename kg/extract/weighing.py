"""What the model thought of a candidate, and the way through the parse, as people read them."""

from kg.explanation import Factor, Weighing
from kg.extract.arguments import Argument
from kg.extract.confidence import priors
from kg.extract.net.ranking import Ranking
from kg.extract.net.trees import Tree
from kg.extract.selection import Draft
from kg.extract.trace import Judged


def unweighed(draft: Draft) -> Weighing:
    """The priors of a draft that the model has not judged."""
    assert draft.object is not None
    return Weighing(_name(draft.subject), _name(draft.object) or "", None, None, tuple(Factor(name, value) for name, value in priors(draft)))


def weighing(ranking: Ranking, judged: Judged) -> Weighing:
    """How the model judged a candidate; where it leaves the relation to the frames, the priors of its first draft."""
    candidate, verdict = judged.candidate, judged.verdict
    if verdict.probability is None and candidate.drafts:
        return unweighed(candidate.drafts[0])
    factors = [Factor(name, round(value, 2), feature) for name, value, feature in ranking.aspects(candidate.relation, judged.described)]
    return Weighing(
        subject=_name(candidate.subject),
        object=_name(candidate.object) or "",
        probability=None if verdict.probability is None else round(verdict.probability, 3),
        threshold=verdict.threshold,
        factors=tuple(factors),
    )


def _name(argument: Argument | None) -> str | None:
    return None if argument is None else " ".join(argument.cluster.name.split())


def way(tree: Tree, start: int, end: int) -> str:
    """The way through the parse in words: "bombed -nsubj> jets -amod> Turkish"; "<dobj-" where it leads up; "" between sentences."""
    found = tree.way(start, end)
    if found is None:
        return ""
    words = [token.text for token in tree.doc]
    up = [f"<{tree.deps[step]}- {words[tree.heads[step]]}" for step in found.up]
    down = [f"-{tree.deps[step]}> {words[step]}" for step in found.down]
    return " ".join((words[start], *up, *down))
