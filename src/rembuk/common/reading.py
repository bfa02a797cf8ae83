"""Reading much at one instant by a connection that can't write: what exports and reports are made of, never a decision.

Inside of ``snapshot()`` everything that this thread reads comes from one REPEATABLE READ READ ONLY transaction on a
connection of its own, of the replica where there is one that keeps up, else of the primary. Whatever decides refuses
to work there (``refuse``), and the database refuses every write. Who needs the ordinary connection in between, to count
progress, asks for it by ``outside()``. Why: docs/decisions/0072-replica.md.
"""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, DatabaseError, InterfaceError, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg_pool import PoolTimeout

REPLICA: Final = "replica"
_MOMENT, _BEFORE = "_rembuk_moment", "_rembuk_before"
_NEVER: Final = datetime.min.replace(tzinfo=UTC)
_AWAY = (DatabaseError, InterfaceError, PoolTimeout)
_log = logging.getLogger(__name__)
# What the primary wrote a moment ago is still on its way to a replica that keeps up, and on a quiet site its last change
# is long ago.
_WAITS = (0.05, 0.1, 0.2, 0.0)


class DecidedFromCopy(RuntimeError):
    """Something that decides or writes was called while reading for a file: a mistake in the code."""


@dataclass(frozen=True, slots=True)
class Moment:
    """The instant that what is read was true at, and whether the replica told it."""

    at: datetime
    is_replica: bool = False


def is_on() -> bool:
    """Whether this thread reads for a file now."""
    return hasattr(connections[DEFAULT_DB_ALIAS], _MOMENT)


def refuse(what: str) -> None:
    """Refuse ``what`` while this thread reads for a file.

    Raises:
        DecidedFromCopy: inside of ``snapshot()``.
    """
    if is_on():
        raise DecidedFromCopy(f"{what}: not from what may be a late copy")


@contextmanager
def snapshot(*, may_use_replica: bool = True) -> Iterator[Moment]:
    """Read everything in the block at one instant; one within another reads at the instant of the outer one."""
    if is_on():
        yield getattr(connections[DEFAULT_DB_ALIAS], _MOMENT)
        return
    own = (_replica() if may_use_replica else None) or connections.create_connection(DEFAULT_DB_ALIAS)
    with _reading(own) as moment:
        yield moment


@contextmanager
def from_replica() -> Iterator[Moment | None]:
    """Read everything in the block at one instant of the replica; as ever, and ``None``, where there is none to use.

    For what reckons much and is part of a deed, whose transaction goes on after it.
    """
    own = None if is_on() else _replica()
    if own is None:
        yield None
        return
    with _reading(own) as moment:
        yield moment


@contextmanager
def _reading(own: BaseDatabaseWrapper) -> Iterator[Moment]:
    before = connections[DEFAULT_DB_ALIAS]
    setattr(own, _BEFORE, before)
    connections[DEFAULT_DB_ALIAS] = own
    try:
        with transaction.atomic():
            moment = _begun(own)
            setattr(own, _MOMENT, moment)
            yield moment
    finally:
        connections[DEFAULT_DB_ALIAS] = before
        own.close()


@contextmanager
def outside() -> Iterator[None]:
    """The ordinary connection for a moment, to write how far one is or to read what others decide by."""
    reading = connections[DEFAULT_DB_ALIAS]
    if not hasattr(reading, _MOMENT):
        yield
        return
    connections[DEFAULT_DB_ALIAS] = getattr(reading, _BEFORE)
    try:
        yield
    finally:
        connections[DEFAULT_DB_ALIAS] = reading


def _begun(own: BaseDatabaseWrapper) -> Moment:
    """Fix the instant. The replica's is that of the last change it has, or now where it has them all."""
    with own.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        cursor.execute("SELECT clock_timestamp(), pg_is_in_recovery()")
        at, is_replica = cursor.fetchone()
    late: datetime | None = getattr(own, "_rembuk_late", None)
    return Moment(late or at, is_replica)


def _replica() -> BaseDatabaseWrapper | None:
    """A connection of the replica, if one is set, is there and keeps up; why it is passed over stands in the log."""
    if REPLICA not in connections.settings:
        return None
    own = connections.create_connection(REPLICA)
    # It stands in for the ordinary connection, also for what asks a connection for its name.
    own.alias = DEFAULT_DB_ALIAS
    try:
        seconds, until = _lag(own)
    except _AWAY as error:
        own.close()
        _log.warning("replica_passed_over", extra={"why": "away", "problem": str(error)[:200]})
        return None
    if seconds > settings.REPLICA_MOST_SECONDS:
        own.close()
        # The primary itself, where a balancer has no replica left, replays nothing.
        late = {"why": "late", "seconds": round(seconds)} if until != _NEVER else {"why": "replays nothing"}
        _log.warning("replica_passed_over", extra=late)
        return None
    setattr(own, "_rembuk_late", until)  # noqa: B010
    return own


def _lag(own: BaseDatabaseWrapper) -> tuple[float, datetime | None]:
    """How many seconds the replica is behind, and the instant of its last change; (0, ``None``) where it has all.

    Its own clock does not tell a quiet primary from a lost one; how far the primary has got does, also with what it has
    committed and not yet written out.
    """
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute("SELECT pg_current_wal_insert_lsn()")
        (written,) = cursor.fetchone()
    for wait in _WAITS:
        has_all, until, now = _arrived(own, written)
        if has_all:
            return 0.0, None
        time.sleep(wait)
    behind: datetime = until or _NEVER
    return (now - behind).total_seconds(), behind


def _arrived(own: BaseDatabaseWrapper, written: str) -> tuple[bool, datetime | None, datetime]:
    with own.cursor() as cursor:
        cursor.execute(
            "SELECT pg_last_wal_replay_lsn() >= %s::pg_lsn, pg_last_xact_replay_timestamp(), clock_timestamp()",
            [written],
        )
        row: tuple[bool, datetime | None, datetime] = cursor.fetchone()
    return row
