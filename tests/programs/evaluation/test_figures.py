"""Figures of a round from counts: means, distributions, and splits that never show fewer than five people."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from rembuk.programs.evaluation.elements import SHORT, SKM
from rembuk.programs.evaluation.figures import LEAST, NOWHERE, Figures, figures
from rembuk.programs.evaluation.skm import Counts

SHORT_CODES = [element.code for element in SHORT]


def of(**people: int) -> dict[str, dict[str, Counts]]:
    """So many people by region, all of whom give 3 to everything."""
    return {region: dict.fromkeys(SHORT_CODES, (0, 0, n, 0)) for region, n in people.items()}


def rows(found: Figures | None) -> list[tuple[tuple[str, ...], int]]:
    """Regions and size of each split."""
    assert found is not None
    return [(split.regions, split.n) for split in found.splits]


def test_figures_have_mean_and_distribution_of_each_element() -> None:
    # Benefit 1 2 4 4 = 11/4; quality 4 4 4 4 = 4; openness 1 1 1 2 = 5/4; all 32/12.
    counts: dict[str, Counts] = {"benefit": (1, 1, 0, 2), "quality": (0, 0, 0, 4), "openness": (3, 1, 0, 0)}
    found = figures("short", {NOWHERE: counts})
    assert found is not None
    assert [(row.code, row.counts, row.mean) for row in found.rated] == [
        ("benefit", (1, 1, 0, 2), Fraction(11, 4)),
        ("quality", (0, 0, 0, 4), Fraction(4)),
        ("openness", (3, 1, 0, 0), Fraction(5, 4)),
    ]
    assert (found.n, found.mean, found.splits, found.skm) == (4, Fraction(8, 3), (), None)
    assert found.of("openness").mean == Fraction(5, 4)


def test_figures_of_a_public_service_carry_the_skm() -> None:
    found = figures("skm", {NOWHERE: {element.code: (0, 0, 1, 0) for element in SKM}})
    assert found is not None
    assert found.skm is not None
    assert (found.skm.n, str(found.skm.converted), found.skm.grade) == (1, "75.00", "C")


def test_figures_before_anybody_rated_are_none() -> None:
    assert figures("short", {}) is None


def test_splits_join_what_is_small() -> None:
    assert rows(figures("short", of(a=9, b=5, c=4, d=1))) == [(("a",), 9), (("b",), 5), (("c", "d"), 5)]


def test_splits_take_in_the_next_smallest_where_the_rest_is_too_small() -> None:
    # The one person of c could be told from the total and the rows of a and b.
    assert rows(figures("short", of(a=9, b=5, c=1))) == [(("a",), 9), (("b", "c"), 6)]


def test_splits_of_one_region_or_of_few_people_are_none() -> None:
    assert rows(figures("short", of(a=9))) == []
    assert rows(figures("short", of(a=4, b=3))) == []
    assert rows(figures("short", of(a=9, b=2))) == []


@given(st.dictionaries(st.sampled_from("abcdefgh"), st.integers(1, 12), min_size=1))
def test_splits_cover_everybody_once_and_none_is_small(people: dict[str, int]) -> None:
    found = figures("short", of(**people))
    assert found is not None
    assert found.n == sum(people.values())
    assert all(split.n >= LEAST for split in found.splits)
    if found.splits:
        assert sorted(key for split in found.splits for key in split.regions) == sorted(people)
        assert sum(split.n for split in found.splits) == found.n
        assert len(found.splits) > 1
