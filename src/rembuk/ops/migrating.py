"""Brings the database to the state of the code: migrations as the owner, rights, reference data."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.core.management import CommandError, call_command
from django.db import connections, transaction
from django.db.utils import OperationalError
from psycopg.errors import LockNotAvailable

from rembuk.ops import before
from rembuk.ops.tables.grants import grant_application
from rembuk.ops.tables.statistics import analyze_expressions
from rembuk.ops.tables.storage import tune_tables

OWNER = "owner"
APPLICATION = "default"
LOCK_SECONDS = 1
PAUSE_SECONDS = 2.0
ATTEMPTS = 60
_LOCK = 0x52454D42  # one migration at a time on one database


def migrate(*, verbosity: int = 1, should_seed: bool = True) -> None:
    """Migrate as the owner, grant the application its rights, then load roles, holidays and the like.

    Safe to run again and at the same time as another run, which waits. Raises CommandError when the owner's
    address is missing or is the application's, and, before anything is changed, for a database that is too old.
    """
    role = str(connections[APPLICATION].settings_dict["USER"])
    with _alone():
        if before.is_before_first_release(connections[OWNER]):
            raise CommandError(before.TOO_OLD)
        _with_patience(
            lambda: call_command("migrate", database=OWNER, interactive=False, verbosity=verbosity)
        )
        call_command("createcachetable", database=OWNER, verbosity=0)
        if role == connections[OWNER].settings_dict["USER"]:
            raise CommandError(
                "The tables are made, but the application must not own them: create a second role without "
                "rights, name it in DATABASE_URL and the owner in REMBUK_OWNER_URL (docs/operate/debian.md)."
            )
        with transaction.atomic(using=OWNER):
            grant_application(connections[OWNER], role)
        _with_patience(lambda: tune_tables(connections[OWNER]))
        _with_patience(lambda: analyze_expressions(connections[OWNER]))
    if should_seed:
        from rembuk.ops.seeding import seed_reference

        seed_reference()


def _with_patience(act: Callable[[], object]) -> None:
    """Change tables only where their lock is free within a second, and try again: while a change waits for its lock,
    every reader of the table waits behind it. What is done already stays done. Indexes built CONCURRENTLY hold up nobody
    and wait without an end (common/postgresql/operations.py).

    Raises CommandError when something has held a table for minutes.
    """
    with connections[OWNER].cursor() as cursor:
        cursor.execute("SELECT set_config('lock_timeout', %s, false)", [f"{LOCK_SECONDS}s"])
    for attempt in range(1, ATTEMPTS + 1):
        try:
            act()
        except OperationalError as error:
            if not isinstance(error.__cause__, LockNotAvailable):
                raise
            if attempt == ATTEMPTS:
                raise CommandError(
                    "A table has been held by a long transaction for minutes. See pg_stat_activity, and run this again."
                ) from error
            time.sleep(PAUSE_SECONDS)
        else:
            return


@contextmanager
def _alone() -> Iterator[None]:
    """One run at a time. The others ask again and again: a statement that waited would hold a snapshot, for whose end an
    index that the first run builds CONCURRENTLY would wait in turn.
    """
    try:
        while not _take_turn():
            time.sleep(PAUSE_SECONDS)
    except OperationalError as error:
        raise CommandError(f"The owner cannot reach the database: {error}") from error
    try:
        yield
    finally:
        connections[OWNER].close()


def _take_turn() -> bool:
    with connections[OWNER].cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [_LOCK])
        return bool(cursor.fetchone()[0])
