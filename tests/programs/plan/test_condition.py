"""On time, late, critical: thresholds are exceeded, not met.

The defaults are those of a critical contract (kontrak kritis; Peraturan LKPP 12/2021, Lampiran II): more than 10
points behind while planned progress is up to 70 per cent, more than 5 afterwards.
"""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rembuk.programs.plan.condition import Condition, Thresholds, condition, condition_of, standing
from rembuk.programs.plan.curve import Deviation
from tests.programs.plan.stones import stone

USUAL = Thresholds()
PERCENT = st.decimals(min_value=0, max_value=100, places=2)


@pytest.mark.parametrize(
    ("planned", "actual", "expected"),
    [
        ("50", "50", Condition.ON_TIME),
        ("50", "60", Condition.ON_TIME),
        ("50", "49.99", Condition.LATE),
        ("50", "40", Condition.LATE),
        ("50", "39.99", Condition.CRITICAL),
        ("70", "60", Condition.LATE),
        ("70", "59.99", Condition.CRITICAL),
        ("70.01", "65.01", Condition.LATE),
        ("70.01", "65", Condition.CRITICAL),
        ("100", "95", Condition.LATE),
        ("100", "94.99", Condition.CRITICAL),
    ],
)
def test_condition_by_the_usual_thresholds(planned: str, actual: str, expected: Condition) -> None:
    assert condition(Decimal(planned), Decimal(actual), USUAL) == expected


def test_condition_by_thresholds_of_the_settings() -> None:
    patient = Thresholds(Decimal(5), Decimal(20), Decimal(50), Decimal(10))
    judged = [condition(Decimal(40), Decimal(actual), patient) for actual in (35, 34, 20, 19)]
    assert judged == ["on_time", "late", "late", "critical"]


@given(PERCENT, PERCENT, PERCENT)
def test_condition_never_improves_when_less_is_done(planned: Decimal, one: Decimal, other: Decimal) -> None:
    order = [Condition.CRITICAL, Condition.LATE, Condition.ON_TIME]
    less, more = sorted([one, other])
    assert order.index(condition(planned, less, USUAL)) <= order.index(condition(planned, more, USUAL))


def test_condition_is_on_time_where_equal_weights_were_done_for_others_that_are_due() -> None:
    rows = [
        stone(1, "1", date(2027, 2, 1)),
        stone(2, "1", date(2027, 12, 1), done_on=date(2027, 1, 15)),
        stone(3, "1", date(2027, 12, 1)),
    ]
    assert condition_of(rows, date(2027, 3, 1), USUAL, days_behind=0) == Condition.ON_TIME


def test_condition_of_what_falls_due_today_is_on_time_until_the_day_is_over() -> None:
    rows = [stone(1, "1", date(2027, 2, 1))]
    day = timedelta(days=1)
    assert condition_of(rows, rows[0].ends_on, USUAL, days_behind=0) == Condition.ON_TIME
    assert condition_of(rows, rows[0].ends_on + day, USUAL, days_behind=0) == Condition.CRITICAL


@pytest.mark.parametrize(
    ("days", "expected"), [(0, Condition.ON_TIME), (1, Condition.LATE), (400, Condition.LATE)]
)
def test_condition_without_milestones_follows_the_dates_of_the_phases(days: int, expected: Condition) -> None:
    assert condition_of([], date(2027, 2, 1), USUAL, days_behind=days) == expected


def test_standing_gives_figures_but_no_condition_of_what_is_not_measured() -> None:
    rows = [stone(1, "1", date(2027, 2, 1))]
    found = standing(rows, date(2027, 2, 3), USUAL, days_behind=0, is_measured=False)
    assert (found.condition, found.deviation, found.first_deviation) == (
        None,
        Deviation(Decimal(-100), -2),
        Deviation(Decimal(-100), -2),
    )
    measured = standing(rows, date(2027, 2, 3), USUAL, days_behind=0, is_measured=True)
    assert measured.condition == Condition.CRITICAL
    assert measured.progress is not None
