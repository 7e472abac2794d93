"""Two tellings of one happening share a key, so that no others have to be compared."""

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extract.tellings import Outline

clusters = st.frozensets(st.integers(1, 4), max_size=2)
counts = st.dictionaries(st.sampled_from(["deathCount", "injuredCount"]), st.integers(1, 3)).map(lambda found: frozenset(found.items()))
times = st.none() | st.tuples(st.just("day"), st.sampled_from(["2020-01-01", "2020-01-02"]))
outlines = st.builds(
    lambda agents, targets, spots, counts, time, anaphoric: Outline(agents, agents, targets, targets, targets, spots, counts, time, anaphoric),
    agents=clusters,
    targets=clusters,
    spots=clusters,
    counts=counts,
    time=times,
    anaphoric=st.booleans(),
)


@settings(max_examples=300)
@given(outlines, st.lists(outlines, min_size=1, max_size=3))
def test_what_fits_shares_a_key_or_only_points_back(here: Outline, earlier: list[Outline]) -> None:
    if not here.fits(earlier):
        return
    shared = set(here.keys) & {key for each in earlier for key in each.keys}
    assert shared or (here.anaphoric and not here.targets)
