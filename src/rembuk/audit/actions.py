"""Writing the audit trail. Only actions import this, so that an entry stands beside the write it tells of."""

from collections.abc import Sequence
from datetime import datetime

from django.db import connection

from rembuk.common import transactions

from .actors import Actor
from .models import AuditEntry
from .statements import COLUMNS, VALUES, Change, Facts, Target, params
from .verbs import Verb

__all__ = ["Target", "record", "record_many"]

_INSERT_MANY = f"INSERT INTO audit_entry ({COLUMNS}) VALUES ({VALUES})"  # noqa: S608
_INSERT = f"INSERT INTO audit_entry ({COLUMNS}) VALUES ({VALUES}) RETURNING *"  # noqa: S608


def record(  # noqa: PLR0913
    verb: Verb | str,
    *,
    by: Actor,
    target: Target,
    before: Facts | None = None,
    after: Facts | None = None,
    reason: str = "",
    at: datetime | None = None,
    bulk: str = "",
) -> AuditEntry:
    """Write one entry in the caller's transaction, so that deed and entry stand or fall together.

    ``before`` and ``after`` hold the named fields that changed, without personal text. ``at=None`` is the
    database's clock.

    Raises:
        TransactionManagementError: outside of a transaction.
        UnknownVerb: for a deed that is not registered.
    """
    transactions.require_open("audit entries")
    values = params(verb, by, target, Change(before=before, after=after, reason=reason, bulk=bulk), at)
    return AuditEntry.objects.raw(_INSERT, values)[0]


def record_many(
    entries: Sequence[tuple[Verb | str, Target, Facts]],
    *,
    by: Actor,
    at: datetime,
    bulk: str,
    reason: str = "",
) -> None:
    """Write many entries of one bulk act in one round trip: deed, target and the fields after it, and one reason.

    Raises:
        TransactionManagementError: outside of a transaction.
        UnknownVerb: for a deed that is not registered.
    """
    transactions.require_open("audit entries")
    rows = [
        params(verb, by, target, Change(after=after, reason=reason, bulk=bulk), at)
        for verb, target, after in entries
    ]
    with connection.cursor() as cursor:
        cursor.executemany(_INSERT_MANY, rows)
