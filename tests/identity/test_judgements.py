"""Judgements of identity: transitive, never in contradiction, carried as lines of a file."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import JudgementError, RecordError
from kg.identity.judgements import RULE, Judgement, check, from_lines, groups, to_lines


def same(one: str, other: str, number: int = 0, by: str = "person") -> Judgement:
    return Judgement("same", one, other, number=number, by=by)


def different(one: str, other: str, number: int = 0) -> Judgement:
    return Judgement("different", one, other, number=number)


@pytest.mark.parametrize(
    ("judgements", "expected"),
    [
        ([], [["a"], ["b"], ["c"], ["d"]]),
        ([same("a", "b"), same("b", "c")], [["a", "b", "c"], ["d"]]),
        ([same("c", "d"), same("a", "d")], [["a", "c", "d"], ["b"]]),
        ([same("a", "b", by=RULE), different("a", "b")], [["a"], ["b"], ["c"], ["d"]]),
        ([same("a", "b", 1, RULE), same("b", "c", 2, RULE), different("a", "c")], [["a", "b"], ["c"], ["d"]]),
        ([same("a", "b", 1, RULE), same("b", "c", 2), different("a", "c")], [["a"], ["b", "c"], ["d"]]),
        ([same("a", "x"), different("a", "x")], [["a"], ["b"], ["c"], ["d"]]),
    ],
    ids=["none", "transitive", "by way of others", "a person overrules a rule", "no way around", "people before rules", "unknown"],
)
def test_groups(judgements: list[Judgement], expected: list[list[str]]) -> None:
    assert groups(["a", "b", "c", "d"], judgements) == expected


@pytest.mark.parametrize(
    ("known", "new"),
    [
        ([different("a", "b")], same("a", "b")),
        ([same("a", "b"), same("b", "c")], different("a", "c")),
        ([same("a", "b"), different("b", "c")], same("a", "c")),
        ([], same("a", "a")),
    ],
)
def test_a_contradiction_is_refused(known: list[Judgement], new: Judgement) -> None:
    with pytest.raises(JudgementError):
        check(new, known)


def test_rules_are_no_contradiction() -> None:
    check(different("a", "b"), [same("a", "b", by=RULE)])


IDS = st.sampled_from("abcdefg")
PAIRS = st.lists(st.tuples(st.sampled_from(["same", "different"]), IDS, IDS, st.booleans()), max_size=20)


@given(PAIRS)
def test_groups_part_the_members_and_respect_what_people_decided(told: list[tuple[str, str, str, bool]]) -> None:
    accepted: list[Judgement] = []
    for number, (answer, one, other, person) in enumerate(told):
        new = Judgement(answer if person else "same", one, other, by="person" if person else RULE, number=number)  # type: ignore[arg-type]
        try:
            check(new, accepted)
        except JudgementError:
            continue
        accepted.append(new)
    found = groups(list("abcdefg"), accepted)
    assert sorted(each for group in found for each in group) == list("abcdefg")
    home = {each: n for n, group in enumerate(found) for each in group}
    for judgement in accepted:
        if judgement.by == "person":
            assert (home[judgement.one] == home[judgement.other]) == (judgement.answer == "same"), judgement


TEXT = st.text(max_size=20).filter(lambda text: text.isprintable())


@given(st.lists(st.builds(Judgement, st.sampled_from(["same", "different"]), TEXT, TEXT, TEXT, TEXT, st.tuples(TEXT), st.tuples(TEXT, TEXT))))
def test_lines_give_back_what_was_written(judgements: list[Judgement]) -> None:
    assert list(from_lines(to_lines(judgements), "j.jsonl")) == judgements


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "Expecting"),
        ("[]", "no JSON object"),
        ('{"one": "a"}', "no 'answer'"),
        ('{"answer": "same", "one": "a"}', "no 'other'"),
        ('{"answer": "perhaps", "one": "a", "other": "b"}', "answer 'perhaps'; write same or different"),
        ('{"answer": "same", "one": 1, "other": "b"}', "'one' is not a text"),
        ('{"answer": "same", "one": "a", "other": "b", "one_names": "a"}', "'one_names' is not a list of texts"),
    ],
)
def test_a_line_that_is_no_judgement_is_named(line: str, reason: str) -> None:
    with pytest.raises(RecordError, match=f"^j.jsonl: line 2: not a judgement: {reason}"):
        list(from_lines(["", line], "j.jsonl"))
