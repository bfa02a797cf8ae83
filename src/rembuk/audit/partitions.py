"""Keeping the months ahead ready, once a day. Entries without a month of their own go to the default."""

from datetime import date, datetime

from django.db import connection

from rembuk.common.clock import instant

AHEAD_MONTHS = 13


def make_partitions(*, at: datetime | None = None, months: int = AHEAD_MONTHS) -> int:
    """Make the missing partitions from this month on; returns how many were made.

    A function of the database does it with the owner's rights: the application role makes no tables.
    """
    first: date = instant(at).date()
    with connection.cursor() as cursor:
        cursor.execute("SELECT audit_make_partitions(%s::date, %s)", [first, months])
        (made,) = cursor.fetchone()
    return int(made)
