"""The curve of money: what was to be spent by the end of each month, first and now, against what was. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from rembuk.programs.plan.curve import months_a_step


@dataclass(frozen=True, slots=True)
class PlannedMonth:
    """What a month is to cost: in the first plan (``None`` before there is one) and now."""

    month: date
    first: Decimal | None
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Spending:
    """Money that was spent on a day."""

    on: date
    amount: Decimal


@dataclass(frozen=True, slots=True)
class MonthPoint:
    """Cumulated rupiah at the end of a month (``month`` is its first day).

    ``first`` and ``planned`` are ``None`` without such a plan, ``actual`` in months that have not begun.
    """

    month: date
    first: Decimal | None
    planned: Decimal | None
    actual: Decimal | None


def money_curve(
    plan: Sequence[PlannedMonth], spent: Iterable[Spending], today: date
) -> tuple[MonthPoint, ...]:
    """One point per month, without gaps, from the first to the last month that a plan or spending knows.

    Of more than five years only the last month of each quarter or year, the first, the present and the last month.

    While nothing is planned after today, the curve ends with the last spending: the months since then tell
    nothing new. Nothing planned and nothing spent gives no points.
    """
    by_month: dict[date, Decimal] = {}
    for one in spent:
        by_month[one.on.replace(day=1)] = by_month.get(one.on.replace(day=1), Decimal()) + one.amount
    rows = {row.month: row for row in plan}
    known = {*rows, *by_month}
    if not known:
        return ()
    has_first = any(row.first is not None for row in plan)
    points: list[MonthPoint] = []
    first = planned = actual = Decimal()
    for month in months_between(min(known), max(known)):
        row = rows.get(month)
        first += (row.first or Decimal()) if row else Decimal()
        planned += row.amount if row else Decimal()
        actual += by_month.get(month, Decimal())
        points.append(
            MonthPoint(
                month,
                first if has_first else None,
                planned if rows else None,
                actual if month <= today else None,
            )
        )
    return tuple(_thinned(points, today))


def months_between(start: date, end: date) -> Iterator[date]:
    """The first day of each month from one to another, both included."""
    first, last = (day.year * 12 + day.month - 1 for day in (start, end))
    for month in range(first, last + 1):
        yield date(month // 12, month % 12 + 1, 1)


def _thinned(points: Sequence[MonthPoint], today: date) -> Iterator[MonthPoint]:
    step = months_a_step(len(points))
    present = today.replace(day=1)
    ends = {points[0].month, present, points[-1].month}
    return (
        point
        for point in points
        if point.month in ends or (point.month.year * 12 + point.month.month) % step == 0
    )
