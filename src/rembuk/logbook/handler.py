"""From log records to the table, through a bounded queue and a thread with a connection of its own.

A request never waits for the table and never fails by it: when the queue is full or the database is away,
records go to stderr only and are counted. A rollback of the request doesn't take its records along.
"""

import atexit
import logging
import os
import sys
import threading
from collections.abc import Mapping
from queue import Empty, Full, Queue
from time import monotonic, sleep
from typing import Any

from .entries import Row, row_of
from .events import LOGGER_NAME as SECURITY
from .writing import Writer

CAPACITY = 2000
BATCH = 200
IDLE_SECONDS = 1.0
GATHER_SECONDS = 0.05
"""After the first record for so long, so that a storm of them does not take a transaction each."""
SHORT = 200
_NEVER = ("django.db", "psycopg", "rembuk.logbook", "django_structlog")
"""The first three would run in circles; the last repeats what ``django.request`` says of a failed request."""


class WithoutNoise(logging.Filter):
    """Leaves out what every site on the internet sees all day: 404s and the like of Django's own loggers."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether the record is worth keeping."""
        status = getattr(record, "status_code", None)
        return not (record.name.startswith("django.request") and isinstance(status, int) and status < 500)


class OneShortWarning(logging.Filter):
    """Makes one short line of what anybody can bring about from outside, such as a request for another host."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Always; the record loses its traceback and the end of a long text."""
        record.msg, record.args = record.getMessage()[:SHORT], None
        record.exc_info = record.exc_text = record.stack_info = None
        record.levelno, record.levelname = logging.WARNING, "WARNING"
        return True


class TableHandler(logging.Handler):
    """Keeps warnings, errors and security events in the table of the system log."""

    def __init__(self, capacity: int = CAPACITY) -> None:
        super().__init__(logging.INFO)
        self.dropped = 0
        self._capacity = capacity
        self._start_lock = threading.Lock()
        self._pid = 0
        self._queue: Queue[Row] = Queue(capacity)

    def emit(self, record: logging.LogRecord) -> None:
        """Queue the record; never waits, never raises."""
        try:
            if self._wants(record):
                self._ensure_thread()
                self._queue.put_nowait(row_of(record))
        except Full:
            self.dropped += 1
            if self.dropped % 100 == 1:
                _say(f"the queue is full, {self.dropped} records not kept in the table")
        except Exception as problem:
            _say(f"a record could not be kept: {type(problem).__name__}")

    def flush(self, timeout: float = 2.0) -> None:
        """Wait until what is queued has been written, at most ``timeout`` seconds."""
        end = monotonic() + timeout
        while self._pid == os.getpid() and self._queue.unfinished_tasks and monotonic() < end:
            sleep(0.01)

    def _wants(self, record: logging.LogRecord) -> bool:
        if record.name.startswith(_NEVER):
            return False
        return record.levelno >= logging.WARNING or record.name == SECURITY

    def _ensure_thread(self) -> None:
        """Start the thread on first use in a process: one made before a fork doesn't live on in the child."""
        if self._pid == os.getpid():
            return
        with self._start_lock:
            if self._pid != os.getpid():
                self._queue = Queue(self._capacity)
                threading.Thread(target=_drain, args=(self._queue,), name="logbook", daemon=True).start()
                atexit.register(self.flush)
                self._pid = os.getpid()


def _drain(queue: Queue[Row]) -> None:
    writer = Writer()
    while True:
        rows = _batch(queue)
        try:
            if rows:
                writer.write(rows)
            else:
                writer.rest()
        except Exception as problem:
            _say(f"{len(rows)} records not kept in the table: {type(problem).__name__}")
            for row in rows:
                _say(_line(row))
        finally:
            for _row in rows:
                queue.task_done()


def _batch(queue: Queue[Row]) -> list[Row]:
    """The next rows: waits for the first one, then takes what comes with it."""
    rows: list[Row] = []
    try:
        rows.append(queue.get(timeout=IDLE_SECONDS))
        if queue.qsize() < BATCH - 1:
            sleep(GATHER_SECONDS)
        while len(rows) < BATCH:
            rows.append(queue.get_nowait())
    except Empty:
        pass
    return rows


def _line(row: Mapping[str, Any]) -> str:
    return f"{row['at'].isoformat()} {logging.getLevelName(row['level'])} {row['event']} {row['request_id']}"


def _say(text: str) -> None:
    """To stderr and nowhere else: logging about logging would run in circles."""
    print(f"logbook: {text}", file=sys.stderr)
