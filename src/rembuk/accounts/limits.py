"""Limits as rows, one statement a hit or for several: exact across processes, forgotten by nobody."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db import connection

from rembuk.common import clock
from rembuk.common.errors import TooMany

_HIT = """
    INSERT INTO accounts_limit (key, window_start, count) VALUES (%s, %s, 1)
    ON CONFLICT (key, window_start) DO UPDATE SET count = accounts_limit.count + 1
    RETURNING count
"""

# Rows are taken in the order of the acts. Whoever counts a network, an account and both together does it in this order:
# of two who share some of them one may wait for the other, never each for the other.
_HIT_BEHIND = """
    WITH first AS (
        INSERT INTO accounts_limit (key, window_start, count) VALUES (%s, %s, 1)
        ON CONFLICT (key, window_start) DO UPDATE SET count = accounts_limit.count + 1
        RETURNING count
    ), behind AS (
        INSERT INTO accounts_limit (key, window_start, count)
        SELECT act.key, act.start, 1
        FROM first, unnest(%s::text[], %s::timestamptz[]) WITH ORDINALITY AS act (key, start, place)
        WHERE first.count <= %s ORDER BY act.place
        ON CONFLICT (key, window_start) DO UPDATE SET count = accounts_limit.count + 1
        RETURNING key, count
    )
    SELECT NULL, count FROM first UNION ALL SELECT key, count FROM behind
"""

_TAKE_BACK = "UPDATE accounts_limit SET count = count - 1 WHERE key = %s AND window_start = %s AND count > 0"

type _Hits = list[tuple[str, datetime]]
_hits: ContextVar[_Hits | None] = ContextVar("hits", default=None)


@dataclass(frozen=True, slots=True)
class Act:
    """What is counted under ``key``: so many are allowed in a window of time, to everybody at a network address or to one."""

    key: str
    allowed: int
    window: timedelta
    is_of_network: bool = False

    def start(self, moment: datetime) -> datetime:
        """When the window began that a moment lies in."""
        seconds = int(self.window.total_seconds())
        return datetime.fromtimestamp(int(moment.timestamp()) // seconds * seconds, UTC)


@contextmanager
def counting() -> Iterator[None]:
    """What is counted inside can be given back together (``give_back``)."""
    token = _hits.set([])
    try:
        yield
    finally:
        _hits.reset(token)


def give_back() -> None:
    """Take back whatever was counted since ``counting`` began: it did nothing, for it had been done before."""
    hits = _hits.get() or []
    with connection.cursor() as cursor:
        while hits:
            cursor.execute(_TAKE_BACK, hits.pop())


def hit(key: str, *, allowed: int, window: timedelta, at: datetime | None = None) -> None:
    """Count one act under ``key``; past ``allowed`` acts in the current window, refuse.

    Raises:
        TooMany: with the seconds until the window ends.
    """
    count(Act(key, allowed, window), at=at)


def count(act: Act, *, at: datetime | None = None) -> None:
    """As ``hit``."""
    moment = clock.instant(at)
    hits = [(act.key, act.start(moment))]
    with connection.cursor() as cursor:
        cursor.execute(_HIT, hits[0])
        (found,) = cursor.fetchone()
    _remember(hits)
    refuse_past(act, found, at=moment)


def hit_behind(first: Act, *behind: Act, at: datetime | None = None) -> dict[str, int]:
    """Count one act under several keys (different ones) in one statement; behind a first one past what it allows, nothing else.

    Returns the count of each that was counted by its key; whether it is too many is for the caller to say
    (``refuse_past``).
    """
    moment = clock.instant(at)
    (key, start), *others = hits = [(act.key, act.start(moment)) for act in (first, *behind)]
    with connection.cursor() as cursor:
        keys, starts = [key for key, _start in others], [start for _key, start in others]
        cursor.execute(_HIT_BEHIND, [key, start, keys, starts, first.allowed])
        counts = {name or key: found for name, found in cursor.fetchall()}
    _remember([hit for hit in hits if hit[0] in counts])
    return counts


def refuse_past(act: Act, found: int, *, at: datetime | None = None) -> None:
    """Refuse what has been counted more often than is allowed.

    Raises:
        TooMany: with the seconds until the window ends.
    """
    if found > act.allowed:
        moment = clock.instant(at)
        left = act.start(moment) + act.window - moment
        raise TooMany(retry_after=max(1, int(left.total_seconds())), is_of_network=act.is_of_network)


def _remember(counted: _Hits) -> None:
    hits = _hits.get()
    if hits is not None:
        hits.extend(counted)


def take_back(act: Act, *, at: datetime | None = None) -> None:
    """Take one act back from the current window."""
    counted = (act.key, act.start(clock.instant(at)))
    hits = _hits.get()
    if hits is not None and counted in hits:
        hits.remove(counted)
    with connection.cursor() as cursor:
        cursor.execute(_TAKE_BACK, counted)


def forget_old(*, before: datetime) -> int:
    """Delete windows that began before an instant; returns how many."""
    from rembuk.accounts.models import Limit

    deleted, _kinds = Limit.objects.filter(window_start__lt=before).delete()
    return deleted
