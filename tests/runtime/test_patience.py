"""Few wait for a database that gives no connection; the rest is refused soon, and at once when it is known to be away."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psycopg
import pytest
from psycopg_pool import PoolTimeout

from rembuk.common.postgresql.base import _Lined
from rembuk.runtime import patience
from rembuk.runtime.patience import SHORT_SECONDS, Line


class Pool:
    """A pool that lends when it is told to, and writes down how long each would have waited."""

    def __init__(self) -> None:
        self.asked: list[float | None] = []
        self.come, self.has_come, self.is_up = threading.Event(), threading.Event(), False

    def getconn(self, seconds: float | None = None) -> str:
        self.asked.append(seconds)
        if seconds is None and not self.is_up:
            self.has_come.set()
            self.come.wait(10)
        if not self.is_up:
            raise PoolTimeout
        return "connection"


@contextmanager
def waiting(line: Line, pool: Pool) -> Iterator[list[object]]:
    """One waits as long as the pool lets her, until the block ends."""
    found: list[object] = []

    def wait() -> None:
        try:
            found.append(line.take(pool.getconn))
        except PoolTimeout as error:
            found.append(error)

    thread = threading.Thread(target=wait)
    thread.start()
    assert pool.has_come.wait(10)
    try:
        yield found
    finally:
        pool.come.set()
        thread.join(10)


def refused(line: Line, getconn: Callable[..., object]) -> None:
    with pytest.raises(PoolTimeout):
        line.take(getconn)


def test_one_more_than_may_wait_is_refused_soon_and_then_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    line, pool = Line(1), Pool()
    with waiting(line, pool):
        refused(line, pool.getconn)
        assert (pool.asked, line.is_away) == ([None, SHORT_SECONDS], False)
        monkeypatch.setattr(patience, "AWAY_SECONDS", 0)
        assert line.is_away
        refused(line, pool.getconn)
        assert pool.asked == [None, SHORT_SECONDS]


def test_who_waited_in_vain_makes_others_be_refused_at_once_until_one_gets_a_connection() -> None:
    line, pool = Line(1), Pool()
    with waiting(line, pool) as found:
        pass
    assert isinstance(found[0], PoolTimeout)
    assert line.is_away
    pool.come.clear()
    pool.has_come.clear()
    with waiting(line, pool) as found:
        refused(line, pool.getconn)
        assert pool.asked == [None, None]
        pool.is_up = True
    assert (found, line.is_away) == (["connection"], False)


def test_others_wait_on_while_connections_are_given() -> None:
    line, pool = Line(1), Pool()
    tries: list[float] = []

    def slowly(seconds: float) -> str:
        tries.append(seconds)
        if len(tries) < 3:
            line._given += 1  # somebody else got one
            raise PoolTimeout
        return "late"

    with waiting(line, pool):
        assert line.take(slowly) == "late"
    assert tries == [SHORT_SECONDS] * 3


class Lent:
    """A connection to something between (PgBouncer) that has no database behind it."""

    def __init__(self, *, is_up: bool) -> None:
        self.is_up, self.asked = is_up, 0

    def execute(self, _statement: str) -> None:
        self.asked += 1
        if not self.is_up:
            raise psycopg.OperationalError("query_wait_timeout")


class Between:
    """A pool that lends whatever there is."""

    def __init__(self, lent: Lent) -> None:
        self.lent, self.back = lent, 0

    def getconn(self, _seconds: float | None) -> Lent:
        return self.lent

    def putconn(self, _lent: Lent) -> None:
        self.back += 1


@pytest.mark.parametrize("is_up", [True, False])
def test_after_a_failure_a_connection_is_proven(monkeypatch: pytest.MonkeyPatch, *, is_up: bool) -> None:
    line, pool = Line(1), Between(Lent(is_up=is_up))
    monkeypatch.setattr("rembuk.common.postgresql.base.LINE", line)
    lined = _Lined(pool)  # type: ignore[arg-type]
    lined.getconn()
    assert pool.lent.asked == 0
    line.has_failed = True
    if is_up:
        assert lined.getconn() is pool.lent
        lined.getconn()
    else:
        refused(line, lined._proven)
    assert (pool.lent.asked, pool.back, line.is_away) == (1, int(not is_up), not is_up)
