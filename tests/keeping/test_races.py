"""Many processes need a value at one moment: one makes it."""

import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import psycopg
import pytest
from django.db import connection, connections

from rembuk.common import clock
from rembuk.keeping import rows
from rembuk.keeping.models import KeptValue
from rembuk.keeping.values import Kept
from tests import kept

pytestmark = pytest.mark.django_db(transaction=True)
PROCESSES = 6


@pytest.fixture
def other_session() -> Iterator[psycopg.Connection]:
    """A connection of the application beside that of the test."""
    settings = connections["default"].get_connection_params()
    for name in ("cursor_factory", "context"):
        settings.pop(name, None)
    session = psycopg.connect(**settings)
    yield session
    session.close()


def take_lock(session: psycopg.Connection, key: str) -> None:
    """Begin to make a value, as a worker does."""
    taken = session.execute("SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))", [f"keeping.{key}"])
    assert taken.fetchone() == (True,)


class Slow:
    """Takes its time, and counts."""

    def __init__(self) -> None:
        self.times, self._lock = 0, threading.Lock()

    def __call__(self) -> int:
        with self._lock:
            self.times += 1
            mine = self.times
        time.sleep(0.5)
        return mine


def read_at_once(readers: Sequence[Kept[int]]) -> list[int]:
    """What these show that are asked at one moment, each in a thread with a connection of its own."""
    together = threading.Barrier(len(readers))

    def read(reader: Kept[int]) -> int:
        together.wait()
        try:
            return reader.get()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(readers)) as pool:
        return list(pool.map(read, readers))


def processes(make: Slow) -> list[Kept[int]]:
    """So many processes, each with a memory of its own."""
    return [Kept("slow", int, make) for _ in range(PROCESSES)]


def outdated() -> Slow:
    """A value that was made 90 seconds ago."""
    make = Slow()
    Kept("slow", int, make).get()
    kept.age(90)
    return make


def test_one_makes_it_and_the_others_show_the_former_one() -> None:
    make = outdated()
    found = read_at_once(processes(make))
    assert make.times == 2
    assert set(found) == {1, 2}
    assert KeptValue.objects.get().value == "2"


def test_without_the_lock_each_would_make_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def everybody(_key: str) -> datetime:
        return clock.now()

    make = outdated()
    monkeypatch.setattr(rows, "lock", everybody)
    read_at_once(processes(make))
    assert make.times > 2


def test_others_are_shown_the_former_one_for_five_minutes_while_it_is_made(
    other_session: psycopg.Connection,
) -> None:
    make = outdated()
    take_lock(other_session, Kept("slow", int, make).key)
    assert Kept("slow", int, make).get() == 1
    kept.age(300)
    assert Kept("slow", int, make).get() == 2, "too old to be shown: a making of one's own"
    assert KeptValue.objects.get().value == "1", "storing is left to whoever has the right"


def test_worker_killed_while_making_leaves_it_to_the_next_reader(other_session: psycopg.Connection) -> None:
    make = outdated()
    reader = Kept("slow", int, make)
    take_lock(other_session, reader.key)
    assert reader.remake() is None
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [other_session.info.backend_pid])
        assert cursor.fetchone() == (True,)
    assert reader.get() == 2


def test_without_a_former_one_the_threads_of_a_process_make_it_once(
    other_session: psycopg.Connection,
) -> None:
    """Also while another process has the right to store it: the others are given what the first one made."""
    make = Slow()
    process = Kept("slow", int, make)
    take_lock(other_session, process.key)
    assert read_at_once([process] * PROCESSES) == [1] * PROCESSES


@pytest.mark.parametrize("seconds", [61, 150, 400])
def test_database_that_takes_no_writes_is_read(seconds: float) -> None:
    make = Slow()
    Kept("slow", int, make).get()
    kept.age(seconds)
    KeptValue.objects.update(asked_at=KeptValue.objects.get().made_at)
    with connection.cursor() as cursor:
        cursor.execute("SET default_transaction_read_only = on")
    try:
        assert Kept("slow", int, make).get() >= 1
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SET default_transaction_read_only = off")
    assert KeptValue.objects.get().value == "1"
