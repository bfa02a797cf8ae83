"""Kurva S and the deviation from it in points and days.

The example is a building of four milestones reckoned by hand after the fixed formula 0/100; days are read off the
curve of the plan as in earned schedule (W. Lipke, "Schedule is Different", The Measurable News, 2003).
"""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rembuk.programs.plan.curve import MOST_PERIODS, Deviation, Point, curve, deviation, first_deviation
from rembuk.programs.plan.progress import Stone, progress
from tests.programs.plan.stones import DAYS, UNHURRIED, stone, stones

ROAD = [
    stone(1, "20", date(2027, 1, 31), done_on=date(2027, 1, 29)),
    stone(2, "30", date(2027, 3, 15), first_ends_on=date(2027, 2, 28), done_on=date(2027, 3, 20)),
    stone(3, "50", date(2027, 8, 20)),
]


def test_curve_by_month_gives_both_plans_and_what_was_done_until_today() -> None:
    points = curve(ROAD, date(2027, 4, 10))
    rows = [(point.on, point.planned, point.actual, point.first) for point in points]
    assert rows == [
        (date(2026, 12, 31), 0, 0, 0),
        (date(2027, 1, 31), 20, 20, 20),
        (date(2027, 2, 28), 20, 20, 50),
        (date(2027, 3, 31), 50, 50, 50),
        (date(2027, 4, 10), 50, 50, 50),
        (date(2027, 4, 30), 50, None, 50),
        (date(2027, 5, 31), 50, None, 50),
        (date(2027, 6, 30), 50, None, 50),
        (date(2027, 7, 31), 50, None, 50),
        (date(2027, 8, 20), 100, None, 100),
    ]


def test_curve_of_a_short_plan_goes_by_week() -> None:
    rows = [stone(1, "1", date(2027, 1, 20), first_weight=None)]
    assert [point.on for point in curve(rows, date(2026, 6, 1))] == [
        date(2026, 12, 31),
        date(2027, 1, 3),
        date(2027, 1, 10),
        date(2027, 1, 17),
        date(2027, 1, 20),
    ]
    assert curve(rows, date(2026, 6, 1))[-1] == Point(date(2027, 1, 20), Decimal(100), None, None)


def test_curve_goes_on_to_today_while_something_is_to_do() -> None:
    rows = [stone(1, "1", date(2027, 2, 28))]
    assert curve(rows, date(2027, 4, 3), every="month")[-1] == Point(
        date(2027, 4, 3), Decimal(100), Decimal(0), Decimal(100)
    )
    done = [stone(1, "1", date(2027, 2, 28), done_on=date(2027, 3, 2))]
    assert curve(done, date(2027, 4, 3))[-1].on == date(2027, 3, 2)


@pytest.mark.parametrize(
    ("ends_on", "second", "before_last"),
    [
        (date(2031, 11, 30), date(2027, 1, 31), date(2031, 10, 31)),
        (date(2033, 5, 20), date(2027, 3, 31), date(2033, 3, 31)),
        (date(2057, 5, 20), date(2027, 12, 31), date(2056, 12, 31)),
        (date(9999, 12, 31), date(2029, 12, 31), None),
    ],
)
def test_curve_of_a_long_plan_goes_by_quarter_or_years(
    ends_on: date, second: date, before_last: date | None
) -> None:
    days = [point.on for point in curve([stone(1, "1", ends_on)], date(2026, 6, 1))]
    assert (days[0], days[-1]) == (date(2026, 12, 31), ends_on)
    assert len(days) <= MOST_PERIODS + 2
    if before_last:
        assert (days[1], days[-2]) == (second, before_last)


ANY_DAY = st.dates()


@UNHURRIED
@given(ANY_DAY, ANY_DAY, ANY_DAY, st.none() | ANY_DAY)
@example(date.min, date.max, date.min, None)
@example(date.max, date.max, date.max, date.max)
@example(date.min, date.min, date.max, None)
def test_curve_is_short_and_never_fails_whatever_days_it_is_given(
    starts_on: date, ends_on: date, today: date, done_on: date | None
) -> None:
    rows = [stone(1, "2", ends_on, starts_on=starts_on, done_on=done_on), stone(2, "1", starts_on)]
    points = curve(rows, today)
    assert 0 < len(points) <= MOST_PERIODS + 3
    assert points[-1].planned == 100
    deviation(rows, today)


def test_curve_and_deviation_without_milestones_are_nothing() -> None:
    assert curve([], date(2027, 1, 1)) == []
    assert (deviation([], date(2027, 1, 1)), first_deviation([], date(2027, 1, 1))) == (None, None)
    draft = [stone(1, "1", date(2027, 2, 1), first_weight=None, first_ends_on=None)]
    assert first_deviation(draft, date(2027, 1, 1)) is None


@pytest.mark.parametrize(
    ("on", "current", "first"),
    [
        (date(2027, 1, 28), Deviation(Decimal(0), 0), Deviation(Decimal(0), 0)),
        # The first was ready two days early: the plan gets there on 31 January.
        (date(2027, 1, 29), Deviation(Decimal(20), 2), Deviation(Decimal(20), 2)),
        (date(2027, 1, 31), Deviation(Decimal(0), 0), Deviation(Decimal(0), 0)),
        # The second was first due on 28 February, then on 15 March, and ready on 20 March.
        (date(2027, 3, 15), Deviation(Decimal(-30), 0), Deviation(Decimal(-30), -15)),
        (date(2027, 3, 19), Deviation(Decimal(-30), -4), Deviation(Decimal(-30), -19)),
        (date(2027, 3, 20), Deviation(Decimal(0), 0), Deviation(Decimal(0), 0)),
        (date(2027, 8, 25), Deviation(Decimal(-50), -5), Deviation(Decimal(-50), -5)),
    ],
)
def test_deviation_is_told_in_points_and_days(on: date, current: Deviation, first: Deviation) -> None:
    assert (deviation(ROAD, on), first_deviation(ROAD, on)) == (current, first)


def test_deviation_when_all_is_done_counts_from_the_planned_end_to_the_actual_one() -> None:
    rows = [*ROAD[:2], stone(3, "50", date(2027, 8, 20), done_on=date(2027, 9, 1))]
    assert deviation(rows, date(2028, 1, 1)) == Deviation(Decimal(0), -12)


@UNHURRIED
@given(stones(least=1), DAYS)
def test_deviation_in_days_has_the_sign_of_the_points(rows: list[Stone], on: date) -> None:
    found, figures = deviation(rows, on), progress(rows, on)
    if found is None or figures is None:
        assert all(row.is_dropped for row in rows)
        return
    assert found.points == figures.deviation
    if found.points < 0:
        assert found.days <= 0
    elif found.points > 0:
        assert found.days > 0


@UNHURRIED
@given(stones(least=1), DAYS)
def test_curve_agrees_with_progress_at_each_point_and_ends_at_100(rows: list[Stone], today: date) -> None:
    points = curve(rows, today)
    for point in points:
        figures = progress(rows, point.on)
        assert figures is not None
        assert (point.planned, point.first) == (figures.planned, figures.first)
        assert point.actual == (figures.actual if point.on <= today else None)
    assert [point.on for point in points] == sorted({point.on for point in points})
    if points:
        assert (points[0].planned, points[-1].planned) == (0, 100)


@UNHURRIED
@given(stones(least=1), DAYS)
def test_curve_moved_by_a_day_is_the_same_curve(rows: list[Stone], on: date) -> None:
    day = timedelta(days=1)
    moved = [
        Stone(
            **{
                name: getattr(row, name) + day
                if name.endswith("_on") and getattr(row, name)
                else getattr(row, name)
                for name in Stone.__slots__
            }
        )
        for row in rows
    ]
    assert deviation(moved, on + day) == deviation(rows, on)
