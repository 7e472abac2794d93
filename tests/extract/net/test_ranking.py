"""The model that judges claims: loads, says the same each time, keeps to its threshold, explains itself, leaves to frames what it doesn't know."""

import copy
from dataclasses import replace

import pytest

from kg.extract import Extractor
from kg.extract.net import ranking
from kg.extract.net.features import Described
from kg.extract.net.ranking import ALL, FILE, Group, Ranking
from kg.extract.selection import STANDINGS
from kg.model import Document, Extraction

TEXT = (
    "Anna Holm, a spokeswoman for NATO, said that Russia bombed Kharkiv on Monday. Ukrainian President Olena Marchenko visited Narvik, Norway. "
    "The mayor of Oslo, Erik Moe, met Labour lawmaker Vera Vik, who worked for Statoil. Nine people were killed in Kabul, police said."
)
LARGEST = 1_000_000
ROUNDED = 2


def read(extractor: Extractor, model: Ranking) -> Extraction:
    reader = copy.copy(extractor)
    reader.ranking = model
    return reader.extract(Document("case", TEXT))


def with_thresholds(model: Ranking, threshold: float) -> Ranking:
    return replace(model, framed=replace(model.framed, threshold=threshold), caught=replace(model.caught, threshold=threshold), event=threshold)


def test_the_file_is_small_and_names_what_it_knows() -> None:
    model = ranking.load()
    assert FILE.stat().st_size < LARGEST, "the weights are a small file"
    assert {"leads", "locatedIn", "attacked", "memberOf"} <= model.known
    assert set(model.weights) == {ALL, *model.known}, "weights for the known relations and for all of them together"


def test_twice_the_same(extractor: Extractor) -> None:
    assert read(extractor, extractor.ranking) == read(extractor, extractor.ranking)


def test_confidence_is_the_probability(extractor: Extractor) -> None:
    for claim in read(extractor, extractor.ranking).claims:
        assert 0 < claim.confidence <= 1, claim.rule
        assert claim.confidence == round(claim.confidence, ROUNDED)


def test_events_have_a_threshold_of_their_own(extractor: Extractor) -> None:
    strict = replace(with_thresholds(extractor.ranking, 1.0), event=0.0)
    said = {(c.relation, c.rule.split("/")[1]) for c in read(extractor, strict).claims}
    assert ("attacked", "Transitive") in said, f"the bombing stays: {said}"
    assert not {relation for relation, _ in said} & {"leads", "locatedIn", "spokesmanOf"}, f"nothing lasting is so sure: {said}"


@pytest.mark.parametrize(("low", "high"), [(0.1, 0.3), (0.3, 0.6), (0.6, 0.9)])
def test_a_higher_threshold_only_takes_away(extractor: Extractor, low: float, high: float) -> None:
    more, less = (read(extractor, with_thresholds(extractor.ranking, t)) for t in (low, high))
    assert {c.id for c in less.claims} <= {c.id for c in more.claims}, f"nothing may be accepted at {high} that is not at {low}"


def test_what_the_net_alone_caught_says_so(extractor: Extractor) -> None:
    rules = {c.rule.split("/")[1] for c in read(extractor, with_thresholds(extractor.ranking, 0.02)).claims}
    assert "Net" in rules, f"at a low threshold the net should have caught something: {rules}"


def test_unknown_relations_are_left_to_the_frames(extractor: Extractor) -> None:
    claims = read(extractor, replace(extractor.ranking, known=frozenset())).claims
    assert claims, "the frames should find something"
    assert all("/Net/" not in c.rule for c in claims), "the net alone claims nothing that the model can't judge"


def test_reasons_are_the_heaviest_features() -> None:
    model = Ranking(
        {"leads": {"word=chief": 1.5, ">gap=1": -0.2}, ALL: {"framed": -2.0}}, frozenset(("leads",)), Group(1, 0, 0.5), Group(1, 0, 0.5), 0.2, {}
    )
    found = Described([">gap=1"], ["word=chief"], ["framed", "never seen"])
    assert model.reasons("leads", found) == [("*framed", -2.0), ("word=chief", 1.5), (">gap=1", -0.2)]
    assert model.score("leads", found) == pytest.approx(-0.7)


def test_one_standing_of_two_towards_each_other(extractor: Extractor) -> None:
    standings: dict[tuple[int, frozenset[str]], set[str]] = {}
    for claim in read(extractor, with_thresholds(extractor.ranking, 0.02)).claims:
        for number, family in enumerate(STANDINGS):
            if claim.relation in family and claim.subject and claim.object:
                standings.setdefault((number, frozenset((claim.subject, claim.object))), set()).add(claim.relation)
    assert standings, "the text tells standings"
    assert all(len(said) == 1 for said in standings.values()), f"two stand to each other in one way only: {standings}"
