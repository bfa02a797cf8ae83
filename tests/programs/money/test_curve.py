"""The curve of money: cumulated per month, missing plans missing, nothing lost on the way."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rembuk.programs.money.curve import MonthPoint, PlannedMonth, Spending, money_curve

TODAY = date(2027, 3, 15)
AMOUNTS = st.decimals(min_value=0, max_value=Decimal("99999999.99"), places=2)
DAYS = st.dates(min_value=date(2026, 1, 1), max_value=TODAY)
MONTHS = DAYS.map(lambda day: day.replace(day=1))
PLANS = st.dictionaries(MONTHS, AMOUNTS, max_size=8).map(
    lambda rows: [PlannedMonth(month, amount, amount) for month, amount in sorted(rows.items())]
)
SPENDINGS = st.lists(st.builds(Spending, DAYS, AMOUNTS), max_size=12)


def test_curve_cumulates_plan_and_spending_by_month() -> None:
    # By hand. First plan 100 + 200 + 300; revised to 50 + 200 + 350 (April); spent 40 in February, 110 in March.
    plan = [
        PlannedMonth(date(2027, 1, 1), Decimal(100), Decimal(50)),
        PlannedMonth(date(2027, 2, 1), Decimal(200), Decimal(200)),
        PlannedMonth(date(2027, 4, 1), Decimal(300), Decimal(350)),
    ]
    spent = [
        Spending(date(2027, 3, 1), Decimal(100)),
        Spending(date(2027, 2, 28), Decimal(40)),
        Spending(date(2027, 3, 12), Decimal(10)),
    ]
    assert money_curve(plan, spent, TODAY) == (
        MonthPoint(date(2027, 1, 1), Decimal(100), Decimal(50), Decimal(0)),
        MonthPoint(date(2027, 2, 1), Decimal(300), Decimal(250), Decimal(40)),
        MonthPoint(date(2027, 3, 1), Decimal(300), Decimal(250), Decimal(150)),
        MonthPoint(date(2027, 4, 1), Decimal(600), Decimal(600), None),
    )


def test_curve_without_plan_has_spending_alone() -> None:
    spent = [Spending(date(2026, 12, 31), Decimal(5)), Spending(date(2027, 1, 1), Decimal(7))]
    assert money_curve([], spent, TODAY) == (
        MonthPoint(date(2026, 12, 1), None, None, Decimal(5)),
        MonthPoint(date(2027, 1, 1), None, None, Decimal(12)),
    )


def test_curve_of_a_draft_has_no_first_plan() -> None:
    (point,) = money_curve([PlannedMonth(date(2027, 1, 1), None, Decimal(9))], [], TODAY)
    assert (point.first, point.planned) == (None, Decimal(9))


def test_curve_of_nothing_has_no_points() -> None:
    assert money_curve([], [], TODAY) == ()


@given(PLANS, SPENDINGS)
def test_curve_ends_with_all_that_is_planned_and_spent(
    plan: list[PlannedMonth], spent: list[Spending]
) -> None:
    points = money_curve(plan, spent, TODAY)
    if not points:
        assert not plan
        assert not spent
        return
    assert points[-1].planned == (sum((row.amount for row in plan), Decimal()) if plan else None)
    assert points[-1].actual == sum((row.amount for row in spent), Decimal())


@given(PLANS, SPENDINGS)
def test_curve_has_every_month_once_and_never_falls(plan: list[PlannedMonth], spent: list[Spending]) -> None:
    points = money_curve(plan, spent, TODAY)
    numbers = [point.month.year * 12 + point.month.month for point in points]
    assert numbers == list(range(numbers[0], numbers[0] + len(numbers))) if numbers else True
    for name in ("first", "planned", "actual"):
        values = [value for point in points if (value := getattr(point, name)) is not None]
        assert values == sorted(values)


@pytest.mark.parametrize(
    ("ends", "count", "second"),
    [(date(2031, 12, 1), 60, date(2027, 2, 1)), (date(2032, 1, 1), 23, date(2027, 3, 1))],
)
def test_more_than_five_years_are_told_by_quarter_with_the_present_month(
    ends: date, count: int, second: date
) -> None:
    plan = [PlannedMonth(date(2027, 1, 1), None, Decimal(5)), PlannedMonth(ends, None, Decimal(7))]
    points = money_curve(plan, [Spending(date(2027, 2, 3), Decimal(4))], date(2028, 5, 9))
    assert len(points) == count
    assert (points[1].month, points[1].planned, points[1].actual) == (second, 5, 4)
    assert (points[-1].month, points[-1].planned) == (ends, 12)
    assert date(2028, 5, 1) in {point.month for point in points}


def test_months_of_any_years_make_a_short_curve() -> None:
    plan = [PlannedMonth(date(1, 1, 1), None, Decimal(5)), PlannedMonth(date(9999, 12, 1), None, Decimal(7))]
    assert len(money_curve(plan, [], date(2028, 5, 9))) < 65
