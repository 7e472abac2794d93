"""Judgements of identity: two are the same or different, why, and who decided (a rule or a person). What people decided goes before rules.

"Same" is transitive. A judgement that contradicts what people have decided before is refused, not weighed.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any, Literal

from kg.errors import JudgementError, RecordError

RULE = "rule"
PERSON = "person"


@dataclass(frozen=True, slots=True)
class Judgement:
    """`one` and `other` are ids as single documents give them; the names let a person's judgement find them when ids have changed."""

    answer: Literal["same", "different"]
    one: str
    other: str
    reason: str = ""
    by: str = PERSON
    one_names: tuple[str, ...] = ()
    other_names: tuple[str, ...] = ()
    number: int = 0

    @property
    def ends(self) -> frozenset[str]:
        """Both ids."""
        return frozenset((self.one, self.other))

    @property
    def id(self) -> str:
        """The same for the same answer on the same two by the same judge."""
        return hashlib.sha256("\n".join((self.answer, *sorted(self.ends), self.by)).encode("utf-8", "surrogatepass")).hexdigest()[:12]


class Groups:
    """Sets of ids that are the same (union–find), none of which holds two that are different."""

    def __init__(self, different: Iterable[Judgement] = ()) -> None:
        self._above: dict[str, str] = {}
        self._members: dict[str, list[str]] = {}
        self._apart: dict[str, set[str]] = {}
        for judgement in different:
            self._apart.setdefault(judgement.one, set()).add(judgement.other)
            self._apart.setdefault(judgement.other, set()).add(judgement.one)

    def root(self, ident: str) -> str:
        """The id that stands for the group of an id."""
        while (above := self._above.get(ident, ident)) != ident:
            ident = above
        return ident

    def members(self, ident: str) -> list[str]:
        """The group of an id."""
        root = self.root(ident)
        return self._members.get(root, [root])

    def conflict(self, one: str, other: str) -> tuple[str, str] | None:
        """Two that are different and would come together if these were joined."""
        theirs = set(self.members(other))
        return next(((mine, found) for mine in self.members(one) for found in sorted(self._apart.get(mine, set()) & theirs)), None)

    def join(self, one: str, other: str) -> bool:
        """Makes two groups one; False where judgements forbid it."""
        top, below = self.root(one), self.root(other)
        if top == below:
            return True
        if self.conflict(one, other):
            return False
        self._members[top] = [*self.members(top), *self.members(below)]
        self._members.pop(below, None)
        self._above[below] = top
        return True


def groups(members: Sequence[str], judgements: Iterable[Judgement]) -> list[list[str]]:
    """The members in groups of the same, those of earlier members first: people's judgements count, then rules in their order."""
    ordered = sorted(judgements, key=lambda j: (j.by.startswith(RULE), j.number, j.id))
    found = Groups(j for j in ordered if j.answer == "different")
    known = set(members)
    for judgement in ordered:
        if judgement.answer == "same" and judgement.ends <= known:
            found.join(judgement.one, judgement.other)
    rank = {member: n for n, member in enumerate(members)}
    made = {found.root(member): sorted(found.members(member), key=rank.__getitem__) for member in members}
    return sorted(made.values(), key=lambda group: rank[group[0]])


def check(new: Judgement, known: Iterable[Judgement]) -> None:
    """Raises JudgementError when the judgement contradicts what people have decided before."""
    told = [j for j in known if not j.by.startswith(RULE)]
    if new.one == new.other:
        raise JudgementError(f"{new.one}: both are one entity already")
    found = Groups(j for j in told if j.answer == "different")
    for judgement in told:
        if judgement.answer == "same":
            found.join(judgement.one, judgement.other)
    if new.answer == "same" and (apart := found.conflict(new.one, new.other)):
        raise JudgementError(f"conflict: {apart[0]} and {apart[1]} were judged different{_why(told, apart)}; undo that first")
    if new.answer == "different" and found.root(new.one) == found.root(new.other):
        raise JudgementError(f"conflict: {new.one} and {new.other} are the same by judgement{_why(told, (new.one, new.other))}; undo that first")


def _why(known: Sequence[Judgement], ends: tuple[str, str]) -> str:
    found = next((j for j in known if j.ends == set(ends)), None)
    return f" (number {found.number}{f', {found.reason}' if found.reason else ''})" if found else ""


def to_lines(judgements: Iterable[Judgement]) -> Iterator[str]:
    """One JSON object a line, as `from_lines` reads them."""
    for judgement in judgements:
        told = {name: value for name, value in asdict(judgement).items() if name != "number"}
        yield json.dumps(told, ensure_ascii=False) + "\n"


def from_lines(lines: Iterable[str], source: str) -> Iterator[Judgement]:
    """Judgements from lines of JSON; empty lines are left out. Raises RecordError, which names the source and the line."""
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                yield _from_json(json.loads(line))
            except (ValueError, TypeError) as error:
                raise RecordError(f"{source}: line {number}: not a judgement: {error}; lines are as kg judgements -o writes them") from error


def _from_json(data: Any) -> Judgement:
    """Raises ValueError."""
    if not isinstance(data, dict):
        raise ValueError("no JSON object")
    told: dict[str, Any] = {field.name: data[field.name] for field in fields(Judgement) if field.name in data and field.name != "number"}
    for name in ("answer", "one", "other"):
        if name not in told:
            raise ValueError(f"no {name!r}")
    if told["answer"] not in ("same", "different"):
        raise ValueError(f"answer {told['answer']!r}; write same or different")
    for name, value in told.items():
        listed = name in ("one_names", "other_names")
        if not (isinstance(value, list) and all(isinstance(each, str) for each in value) if listed else isinstance(value, str)):
            raise ValueError(f"{name!r} is not {'a list of texts' if listed else 'a text'}")
        told[name] = tuple(value) if listed else value
    return Judgement(**told)
