"""The only place that reads the clock.

Everything else takes ``at`` as an argument, or leaves it ``None`` for the database's clock.
"""

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

WIB = ZoneInfo("Asia/Jakarta")
WITA = ZoneInfo("Asia/Makassar")
WIT = ZoneInfo("Asia/Jayapura")
ZONES: dict[str, ZoneInfo] = {"WIB": WIB, "WITA": WITA, "WIT": WIT}


def now() -> datetime:
    """The current instant, in UTC and aware of it."""
    return datetime.now(UTC)


def instant(at: datetime | None) -> datetime:
    """``at`` itself, or the current instant where the caller passed none."""
    return now() if at is None else at


def local_date(at: datetime | None = None, zone: tzinfo = WIB) -> date:
    """The calendar date at an instant in a zone (WIB unless told)."""
    return instant(at).astimezone(zone).date()


def first_instant(day: date, zone: tzinfo) -> datetime:
    """When a day begins in a zone."""
    return datetime.combine(day, time.min, zone)


def last_instant(day: date, zone: tzinfo) -> datetime:
    """When a day has ended in a zone; of the last day there is, its last instant."""
    if day == date.max:
        return datetime.combine(day, time.max, zone)
    return first_instant(day + timedelta(days=1), zone)


def zone_named(name: str) -> ZoneInfo:
    """The zone of ``WIB``, ``WITA`` or ``WIT``.

    Raises:
        KeyError: for any other name.
    """
    return ZONES[name]
