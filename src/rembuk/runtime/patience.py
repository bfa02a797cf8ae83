"""Who waits for a connection when the database gives none: a few as long as a short interruption lasts, the rest hardly.

A pool has more connections than its process has threads, so whoever waits for one waits for the database. If all threads
did, nobody would be left to show kept pages, and whoever came later would stand behind them.
"""

import threading
import time
from collections.abc import Callable

from psycopg_pool import PoolTimeout

from rembuk.runtime import env

SHORT_SECONDS = 0.15
"""So long waits whoever finds the places taken, and longer only while others get connections: an answer within 200 ms."""
AWAY_SECONDS = 0.5
"""Who has waited so long has found the database away."""


class Line:
    """The wait for connections in one process."""

    def __init__(self, places: int) -> None:
        """``places`` may wait as long as the pool allows."""
        self._places = threading.BoundedSemaphore(places)
        self._since: dict[int, float] = {}
        self._given, self.has_failed = 0, False
        """The second: whether nobody got a connection since somebody waited in vain or lost hers."""

    @property
    def is_away(self) -> bool:
        """Whether the last word of the database was none: somebody waited in vain, or waits too long already."""
        since = min(self._since.copy().values(), default=None)
        return self.has_failed or (since is not None and time.monotonic() - since > AWAY_SECONDS)

    def take[C](self, getconn: Callable[..., C]) -> C:
        """A connection from ``getconn``, which takes the seconds to wait.

        Raises:
            PoolTimeout: after the pool's own time, or soon when enough others wait already.
        """
        if not self._places.acquire(blocking=False):
            given = self._shortly(getconn)
        else:
            try:
                given = self._patiently(getconn)
            finally:
                self._places.release()
        self._given, self.has_failed = self._given + 1, False
        return given

    def _patiently[C](self, getconn: Callable[..., C]) -> C:
        self._since[threading.get_ident()] = time.monotonic()
        try:
            return getconn()
        except PoolTimeout:
            self.has_failed = True
            raise
        finally:
            del self._since[threading.get_ident()]

    def _shortly[C](self, getconn: Callable[..., C]) -> C:
        while not self.is_away:
            before = self._given
            try:
                return getconn(SHORT_SECONDS)
            except PoolTimeout:
                if self._given == before:
                    raise
        raise PoolTimeout("the database is away, and enough others wait for it")


LINE = Line(1 + env.load().web_threads // 2)
"""Half of the threads may wait, and what runs beside them."""
