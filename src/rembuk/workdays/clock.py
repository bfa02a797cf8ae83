"""Counting working days: Monday to Friday without holidays, in the zone of the office.

A deadline ends with the last second of its day. Hours clocks (3 x 24 jam) run on holidays too.
"""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from functools import lru_cache

from rembuk.common.clock import WIB

from .selectors import closed_days

_ONE_DAY = timedelta(days=1)
_LAST_SECOND = time(23, 59, 59)


@dataclass(frozen=True, slots=True)
class Remaining:
    """What is left until a deadline: whole working days after today, or how many it is late."""

    days: int
    overdue: bool


def is_working_day(day: date, region: str = "") -> bool:
    """Whether offices are open on a date; ``region`` adds the local holidays of that region code."""
    return day.weekday() < 5 and day not in closed_days(region)


def add_working_days(start: datetime, days: int, zone: tzinfo = WIB, region: str = "") -> datetime:
    """The end of the ``days``-th working day after the day of ``start``.

    The day of ``start`` itself doesn't count. With 0 days it is the end of that day, or of the next working
    day when the offices are closed on it.
    """
    day = start.astimezone(zone).date()
    left = days
    while left > 0 or not is_working_day(day, region):
        day += _ONE_DAY
        left -= is_working_day(day, region)
    return datetime.combine(day, _LAST_SECOND, zone)


def working_days_between(start: datetime, end: datetime, zone: tzinfo = WIB, region: str = "") -> int:
    """How many working days lie after the day of ``start`` up to the day of ``end``; negative backwards."""
    first, last = start.astimezone(zone).date(), end.astimezone(zone).date()
    if last < first:
        return -working_days_between(end, start, zone, region)
    # Counted and not walked through: a list asks it of each row, and an answer may be hundreds of days late.
    closed = _closed_weekdays(closed_days(region))
    off = bisect_right(closed, last) - bisect_right(closed, first)
    return _weekdays_until(last) - _weekdays_until(first) - off


@lru_cache(maxsize=64)
def _closed_weekdays(closed: frozenset[date]) -> list[date]:
    return sorted(day for day in closed if day.weekday() < 5)


def _weekdays_until(day: date) -> int:
    """Mondays to Fridays since the first day of the calendar, which is a Monday."""
    weeks, rest = divmod(day.toordinal(), 7)
    return 5 * weeks + min(rest, 5)


def remaining(due: datetime, at: datetime, zone: tzinfo = WIB, region: str = "") -> Remaining:
    """What is left of a deadline at an instant. ``days`` 0 and not overdue means: ends today."""
    if at > due:
        return Remaining(days=working_days_between(due, at, zone, region), overdue=True)
    return Remaining(days=working_days_between(at, due, zone, region), overdue=False)


def add_hours(start: datetime, hours: int) -> datetime:
    """The end of a deadline in hours, which runs on holidays too (UU 27/2022: 3 x 24 jam)."""
    return start + timedelta(hours=hours)
