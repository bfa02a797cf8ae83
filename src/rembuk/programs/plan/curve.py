"""Kurva S: planned against actual progress over the whole time, and the deviation in points and days."""

from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from rembuk.programs.plan.progress import WHOLE, Line, Stone, marks, reached

type Every = Literal["week", "month"]
# Half a year or less is drawn by week, longer plans by month, and so on: a table and a drawing of at most so many
# periods can be read, and a mistyped year fills no memory.
_WEEKS_UP_TO = timedelta(days=183)
MOST_PERIODS = 60
_QUARTER, _YEAR = 3, 12


@dataclass(frozen=True, slots=True)
class Point:
    """Per cent by the end of a day; ``actual`` is ``None`` on days to come, ``first`` without a first plan."""

    on: date
    planned: Decimal
    actual: Decimal | None
    first: Decimal | None


@dataclass(frozen=True, slots=True)
class Deviation:
    """How far from a plan: points of per cent and calendar days, negative when behind."""

    points: Decimal
    days: int


def curve(stones: Sequence[Stone], today: date, *, every: Every | None = None) -> list[Point]:
    """The points of the curve, by week (Sundays) or by month, quarter or years (last days); empty without milestones
    that count.

    From the day before the first start, where nothing is done, to the last planned end, or to today while
    something is still to do after it. Today is always a point when it lies between. Without ``every`` short plans
    go by week, longer ones by month, very long ones in steps that make at most ``MOST_PERIODS`` periods.
    """
    found = marks(stones)
    if not found.planned:
        return []
    begins, ends = span(stones, today)
    is_short = every == "week" or (every is None and ends - begins <= _WEEKS_UP_TO)
    periods = _week_ends(begins, ends) if is_short else _month_ends(begins, ends)
    days = sorted({begins, *periods, ends, *([today] if begins < today < ends else [])})
    return [
        Point(
            on=day,
            planned=reached(found.planned, day),
            actual=reached(found.actual, day) if day <= today else None,
            first=reached(found.first, day) if found.first else None,
        )
        for day in days
    ]


def span(stones: Sequence[Stone], today: date) -> tuple[date, date]:
    """First and last day of the curve of at least one milestone that counts."""
    starts = [
        day for stone in stones for day in (stone.starts_on, stone.first_starts_on, stone.started_on) if day
    ]
    ends = [day for stone in stones for day in (stone.ends_on, stone.first_ends_on, stone.done_on) if day]
    begins, last = date.fromordinal(max(1, min(starts).toordinal() - 1)), max(ends)
    is_open = any(stone.done_on is None and not stone.is_dropped for stone in stones)
    return begins, max(last, today) if is_open else last


def deviation(stones: Sequence[Stone], on: date) -> Deviation | None:
    """Against the current plan on a day; ``None`` without milestones that count.

    Days: behind, since when a share has been due that is not reached (0 on the day itself); ahead, until the plan
    gets as far (the schedule read off the curve of the plan: W. Lipke, "Schedule is Different", 2003). Once
    everything is done and the plan is over, points are 0 and days those between the planned and the actual end.
    """
    found = marks(stones)
    if not found.planned:
        return None
    return _against(found.planned, found.actual, on)


def first_deviation(stones: Sequence[Stone], on: date) -> Deviation | None:
    """The same against the plan as first published; ``None`` before there is one."""
    found = marks(stones)
    if not found.planned or not found.first:
        return None
    return _against(found.first, found.actual, on)


def _against(plan: Line, actual: Line, on: date) -> Deviation:
    done, due = reached(actual, on), reached(plan, on)
    ends = max(mark.on for mark in plan.marks)
    if done == WHOLE and on >= ends:
        return Deviation(done - due, (ends - max(mark.on for mark in actual.marks if mark.on <= on)).days)
    return Deviation(done - due, _days(plan, done, due, on))


def _days(plan: Line, done: Decimal, due: Decimal, on: date) -> int:
    if done == due:
        return 0
    steps = sorted({mark.on for mark in plan.marks})
    if done < due:
        return (next(day for day in steps if reached(plan, day) > done) - on).days
    return (next(day for day in steps if reached(plan, day) >= done) - on).days


def months_a_step(months: int) -> int:
    """How many months go into one step, so that so many months make at most ``MOST_PERIODS`` steps."""
    years = -(-months // (_YEAR * MOST_PERIODS))
    return next(step for step in (1, _QUARTER, _YEAR * years) if months <= step * MOST_PERIODS)


def _week_ends(begins: date, ends: date) -> Iterator[date]:
    """The Sundays from one day to the day before another."""
    first = begins.toordinal() + 6 - begins.weekday()
    return map(date.fromordinal, range(first, ends.toordinal(), 7))


def _month_ends(begins: date, ends: date) -> Iterator[date]:
    """The last days of the steps (months, quarters, years) from one day to the day before another."""
    first, last = (day.year * _YEAR + day.month - 1 for day in (begins, ends))
    step = months_a_step(last - first + 1)
    for month in range(first + (-first - 1) % step, last + 1, step):
        year, number = divmod(month, _YEAR)
        day = date(year, number + 1, monthrange(year, number + 1)[1])
        if day < ends:
            yield day
