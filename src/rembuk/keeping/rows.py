"""Rows of the kept values. Ages are told by the clock of the database, which all machines share."""

from datetime import datetime
from typing import NamedTuple

from django.db import connection

_READ = """
    SELECT value, made_at, extract(epoch FROM clock_timestamp() - made_at)::float,
           extract(epoch FROM clock_timestamp() - asked_at)::float
    FROM keeping_keptvalue WHERE key = %s
"""
_ASKED = "UPDATE keeping_keptvalue SET asked_at = clock_timestamp() WHERE key = %s"
_LOCK = "SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0)), clock_timestamp()"
_WRITE = """
    INSERT INTO keeping_keptvalue (key, value, made_at) VALUES (%s, %s, %s)
    ON CONFLICT (key) DO UPDATE SET value = excluded.value, made_at = excluded.made_at
"""
_DUE = """
    SELECT key FROM keeping_keptvalue
    WHERE asked_at > clock_timestamp() - %s * interval '1 second' AND made_at <= clock_timestamp() - %s * interval '1 second'
"""
_FORGET = "DELETE FROM keeping_keptvalue WHERE asked_at < clock_timestamp() - %s * interval '1 second'"


class Row(NamedTuple):
    """A value as it lies there; how many seconds ago it was made and last asked for."""

    value: str
    made_at: datetime
    age: float
    asked: float


def read(key: str) -> Row | None:
    """The row of a value, if there is one."""
    with connection.cursor() as cursor:
        cursor.execute(_READ, [key])
        found = cursor.fetchone()
    return Row(*found) if found else None


def note_asked(key: str) -> None:
    """Remember that somebody reads the value."""
    with connection.cursor() as cursor:
        cursor.execute(_ASKED, [key])


def lock(key: str) -> datetime | None:
    """Take the right to make a value until the transaction ends; the instant, or ``None`` while somebody else makes it."""
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, [f"keeping.{key}"])
        is_mine, moment = cursor.fetchone()
    return moment if is_mine else None


def write(key: str, value: str, made_at: datetime) -> None:
    """Put a value in the place of the former one."""
    with connection.cursor() as cursor:
        cursor.execute(_WRITE, [key, value, made_at])


def due(asked_within: float, older_than: float) -> set[str]:
    """Keys of values that somebody asked for and that were made longer ago, both in seconds."""
    with connection.cursor() as cursor:
        cursor.execute(_DUE, [asked_within, older_than])
        return {key for (key,) in cursor.fetchall()}


def forget_unasked(seconds: float) -> None:
    """Delete what nobody asked for so long."""
    with connection.cursor() as cursor:
        cursor.execute(_FORGET, [seconds])
