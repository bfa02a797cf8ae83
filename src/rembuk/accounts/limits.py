"""Limits as rows, one upsert a hit: exact across processes, forgotten by nobody."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta

from django.db import connection

from rembuk.common import clock
from rembuk.common.errors import TooMany

_HIT = """
    INSERT INTO accounts_limit (key, window_start, count) VALUES (%s, %s, 1)
    ON CONFLICT (key, window_start) DO UPDATE SET count = accounts_limit.count + 1
    RETURNING count
"""

_TAKE_BACK = "UPDATE accounts_limit SET count = count - 1 WHERE key = %s AND window_start = %s AND count > 0"

type _Hits = list[tuple[str, datetime]]
_hits: ContextVar[_Hits | None] = ContextVar("hits", default=None)


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
    moment = clock.instant(at)
    start = _window_start(window, moment)
    with connection.cursor() as cursor:
        cursor.execute(_HIT, [key, start])
        (count,) = cursor.fetchone()
    hits = _hits.get()
    if hits is not None:
        hits.append((key, start))
    if count > allowed:
        raise TooMany(retry_after=max(1, int((start + window - moment).total_seconds())))


def take_back(key: str, *, window: timedelta, at: datetime | None = None) -> None:
    """Take one act back from the current window of ``key``."""
    counted = (key, _window_start(window, clock.instant(at)))
    hits = _hits.get()
    if hits is not None and counted in hits:
        hits.remove(counted)
    with connection.cursor() as cursor:
        cursor.execute(_TAKE_BACK, counted)


def _window_start(window: timedelta, moment: datetime) -> datetime:
    seconds = int(window.total_seconds())
    return datetime.fromtimestamp(int(moment.timestamp()) // seconds * seconds, UTC)


def forget_old(*, before: datetime) -> int:
    """Delete windows that began before an instant; returns how many."""
    from rembuk.accounts.models import Limit

    deleted, _kinds = Limit.objects.filter(window_start__lt=before).delete()
    return deleted
