"""Achievement: the official formulas with their examples, zero and negative targets, missing stays missing."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rembuk.programs.choices import Direction
from rembuk.programs.indicators.achievement import Measured, achievement, whole_achievement

UP, DOWN = Direction.UP, Direction.DOWN
VALUES = st.decimals(min_value=-10_000, max_value=10_000, places=4)
TARGETS = st.decimals(min_value=Decimal("0.0001"), max_value=10_000, places=4)


@pytest.mark.parametrize(
    ("direction", "target", "actual", "percent"),
    [
        # Permen PANRB 8/2021: 70 % reached of 80 % is 87,5 %.
        (UP, "80", "70", "87.50"),
        # The same, special condition: 6,5 months of 7 is 107 %, 9 months of 8 is 87,5 %.
        (DOWN, "7", "6.5", "107.14"),
        (DOWN, "8", "9", "87.50"),
        # By hand: 12 of 10 km is 120 %; 25 cases where 10 was the most are 2 - 2,5 < 0, told as 0.
        (UP, "10", "12", "120.00"),
        (DOWN, "10", "25", "0.00"),
        (UP, "10", "-3", "0.00"),
        # No ratio over zero: reached or not.
        (DOWN, "0", "0", "100.00"),
        (DOWN, "0", "1", "0.00"),
        (UP, "0", "0", "100.00"),
        (UP, "0", "-1", "0.00"),
        # A fall of 2 % was planned, it fell by 1 % only: 1 + (-1 + 2) / 2 = 150 %.
        (UP, "-2", "-1", "150.00"),
        (DOWN, "-2", "-1", "50.00"),
    ],
)
def test_achievement_follows_the_formula(direction: str, target: str, actual: str, percent: str) -> None:
    assert achievement(direction, Decimal(target), Decimal(actual)) == Decimal(percent)


@pytest.mark.parametrize("direction", [UP, DOWN])
def test_missing_actual_stays_missing(direction: str) -> None:
    assert achievement(direction, Decimal(10), None) is None
    assert whole_achievement(direction, [Measured(date(2027, 3, 31), Decimal(10), None)]) is None
    assert whole_achievement(direction, []) is None


def test_whole_achievement_is_that_of_the_last_reported_period() -> None:
    values = [
        Measured(date(2027, 6, 30), Decimal(20), Decimal(15)),
        Measured(date(2027, 3, 31), Decimal(10), Decimal(10)),
        Measured(date(2027, 9, 30), Decimal(30), None),
    ]
    assert whole_achievement(UP, values) == Decimal("75.00")


@given(st.sampled_from([UP, DOWN]), TARGETS | TARGETS.map(lambda value: -value))
def test_target_exactly_reached_is_a_hundred(direction: str, target: Decimal) -> None:
    assert achievement(direction, target, target) == 100


@given(TARGETS, st.decimals(min_value=0, max_value=10_000, places=4))
def test_both_directions_mirror_each_other_around_a_hundred(target: Decimal, actual: Decimal) -> None:
    up, down = achievement(UP, target, actual), achievement(DOWN, target, actual)
    assert up is not None
    assert down is not None
    if down:
        assert abs(up + down - 200) <= Decimal("0.01")


@given(st.sampled_from([UP, DOWN]), VALUES, VALUES, VALUES)
def test_better_is_never_less(direction: str, target: Decimal, one: Decimal, other: Decimal) -> None:
    low, high = sorted([one, other])
    worse, better = (low, high) if direction == UP else (high, low)
    first, second = achievement(direction, target, worse), achievement(direction, target, better)
    assert first is not None
    assert second is not None
    assert first <= second
