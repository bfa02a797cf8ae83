"""Places on a chart in percent of its width and height, and round figures along an axis; pure, for ``curves`` and ``gantt``."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from django.utils.formats import date_format

HUNDRED = Decimal(100)
# Percent of the width that labels under a chart need on a phone: in the middle, and beside those at the ends.
APART, FROM_ENDS = 27, 39


def place(value: float | Decimal) -> str:
    """A share in percent as SVG attributes take it: two places, no needless zeros."""
    return f"{float(value):.2f}".rstrip("0").rstrip(".")


def across(day: date, first: date, last: date) -> float:
    """How far a day lies between two others, 0 to 100; 0 where they are one day, the ends for days outside."""
    whole = (last - first).days
    return min(100.0, max(0.0, (day - first).days * 100 / whole)) if whole > 0 else 0.0


def upward(value: Decimal, low: Decimal, high: Decimal) -> float:
    """Where a value stands from the top of the chart, 0 to 100."""
    return float((high - value) * 100 / (high - low)) if high > low else 100.0


def steps(values: Iterable[Decimal | None], *, floor: Decimal | None = Decimal(0)) -> list[Decimal]:
    """Round figures for an axis that holds all values, four to seven of them, the lowest first.

    ``floor`` is on the axis too (``None`` lets it begin near the smallest value).
    """
    known = [value for value in values if value is not None]
    if floor is not None or not known:
        known.append(floor or Decimal(0))
    low, high = min(known), max(known)
    if low == high:
        high = low + (abs(low) or HUNDRED)
    step = _round_step((high - low) / 4)
    first = (low / step).to_integral_value(rounding="ROUND_FLOOR")
    last = (high / step).to_integral_value(rounding="ROUND_CEILING")
    return [step * count for count in range(int(first), int(last) + 1)]


def _round_step(least: Decimal) -> Decimal:
    """The smallest of 1, 2, 2.5, 5 times a power of ten that is not less."""
    power = Decimal(1).scaleb(least.adjusted())
    return next(step for factor in ("1", "2", "2.5", "5", "10") if (step := Decimal(factor) * power) >= least)


def shown_days(days: Sequence[date]) -> list[date]:
    """The days that get a label: the first, the last, and those between that stand far enough from the others."""
    if len(days) <= 1:
        return list(days)
    first, last = days[0], days[-1]
    shown: list[date] = []
    for day in days[1:-1]:
        here = across(day, first, last)
        before = across(shown[-1], first, last) + APART if shown else FROM_ENDS
        if before <= here <= 100 - FROM_ENDS:
            shown.append(day)
    return [first, *shown, last]


def day_label(day: date, *, is_long: bool) -> str:
    """A day under a chart: month and year where it spans long, else day and month."""
    return date_format(day, "M Y" if is_long else "j M")
