"""Names of different articles: what merges by itself, and what must not.

The pairs stand in tests/data/name-pairs.tsv; those of name-pairs-unseen.tsv are kept out of the making of rules.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.extract import gazetteer
from kg.identity.matching import PLACES, Verdict, match, place_profile
from kg.identity.places import Setting
from kg.identity.profiles import Profile, walks

DATA = Path(__file__).parents[1] / "data"
FILE, UNSEEN = DATA / "name-pairs.tsv", DATA / "name-pairs-unseen.tsv"
Pair = tuple[str, bool, str, str]


def pairs(file: Path) -> Iterator[Pair]:
    """(class, whether they are the same, one, other)."""
    kind, same = "", False
    for line in file.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            kind, answer = line.strip("[]").split()
            same = answer == "same"
        elif "\t" in line and not line.startswith("#"):
            one, other = line.split("\t")
            yield kind, same, one.strip(), other.strip()


def profile(kind: str, text: str) -> Profile:
    """ "John Smith {country=Canada; role=mayor}" as an article would tell it."""
    told = dict(part.strip().split("=") for part in (re.findall(r"\{(.*)\}", text) or [""])[0].split(";") if part)
    name = re.sub(r"\s*\{.*\}", "", text)
    country = gazetteer.country(told["country"]) if "country" in told else None
    countries = frozenset([country.code or country.name] if country else ([told["country"]] if "country" in told else []))
    if kind in PLACES:
        return place_profile(kind, name, Setting(within=countries))
    return Profile(kind, (name,), countries, walks(told.get("role", "")))


def judged(file: Path) -> list[tuple[Pair, Verdict]]:
    return [(pair, match(profile(pair[0], pair[2]), profile(pair[0], pair[3]))) for pair in pairs(file)]


@pytest.mark.parametrize(("file", "size"), [(FILE, 400), (UNSEEN, 100)], ids=["seen", "unseen"])
def test_the_set_is_large_and_half_of_it_is_tempting(file: Path, size: int) -> None:
    found = list(pairs(file))
    assert len(found) >= size
    assert sum(not same for _, same, _, _ in found) >= len(found) / 2
    assert len(set(found)) == len(found)


def test_no_unseen_pair_is_among_those_that_rules_were_made_with() -> None:
    seen, unseen = ({frozenset((kind, a.casefold(), b.casefold())) for kind, _, a, b in pairs(file)} for file in (FILE, UNSEEN))
    assert not seen & unseen


@pytest.mark.parametrize("file", [FILE, UNSEEN], ids=["seen", "unseen"])
def test_merges_across_articles_are_right_and_most_are_found(file: Path) -> None:
    results = judged(file)
    merged = [pair for pair, verdict in results if verdict.answer == "same"]
    wrong = [pair for pair in merged if not pair[1]]
    missed = [pair for pair, verdict in results if pair[1] and verdict.answer != "same"]
    precision = 1 - len(wrong) / len(merged)
    recall = (len(merged) - len(wrong)) / sum(same for (_, same, _, _), _ in results)
    assert precision >= 0.98, f"precision {precision:.3f}; wrong: {wrong}"
    assert recall >= 0.90, f"recall {recall:.3f}; missed: {missed}"


@pytest.mark.parametrize("file", [FILE, UNSEEN], ids=["seen", "unseen"])
def test_the_order_of_the_two_does_not_matter(file: Path) -> None:
    for kind, _, a, b in pairs(file):
        one, other = profile(kind, a), profile(kind, b)
        assert match(one, other).answer == match(other, one).answer, f"{a} | {b}"
