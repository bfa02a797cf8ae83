"""Writing the audit trail. Only actions import this, so that an entry stands beside the write it tells of."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any

from django.db import connection

from rembuk.common import transactions

from . import sendings
from .actors import Actor
from .models import ANYWHERE, AuditEntry, VisibleChange
from .statements import COLUMNS, VALUES, Change, Facts, Target, params
from .verbs import Verb, known

__all__ = ["Target", "record", "record_many"]

_INSERT_MANY = f"INSERT INTO audit_entry ({COLUMNS}) VALUES ({VALUES})"  # noqa: S608
_INSERT = f"INSERT INTO audit_entry ({COLUMNS}) SELECT {VALUES}"
_CHANGE = "INSERT INTO audit_visiblechange (kind, key) VALUES (%(audit_changed_kind)s, %(audit_changed_key)s)"
_ANYWHERE = f"('{ANYWHERE}', '{ANYWHERE}')"


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
        AlreadySent: when the form of this request has done its deed before (``sendings``).
    """
    transactions.require_open("audit entries")
    values = params(verb, by, target, Change(before=before, after=after, reason=reason, bulk=bulk), at)
    deed = known(str(verb))
    sent = None if deed.is_repeatable else sendings.params()
    marks = ((_CHANGE,) if deed.is_in_place else (_CHANGE, _ANYWHERE)) if _is_visible(deed, by) else ()
    statement = _statement(marks, is_claimed=sent is not None)
    written = list(AuditEntry.objects.raw(statement, {**values, **(sent or {})}))
    if not written:
        raise sendings.AlreadySent
    return written[0]


@cache
def _statement(marks: tuple[str, ...], *, is_claimed: bool) -> str:
    """Entry, marks of the change and claim of the form in one round trip."""
    parts = [f"change AS ({', '.join(marks)})"] if marks else []
    parts += [sendings.CLAIM] if is_claimed else []
    before = f"WITH {', '.join(parts)}" if parts else ""
    return f"{before} {_INSERT} {'FROM mine' if is_claimed else ''} RETURNING *"


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
        AlreadySent: as ``record``.
    """
    sendings.claim()
    rows = [
        params(verb, by, target, Change(after=after, reason=reason, bulk=bulk), at)
        for verb, target, after in entries
    ]
    with connection.cursor() as cursor:
        cursor.executemany(_INSERT_MANY, rows)
    VisibleChange.objects.bulk_create(
        VisibleChange(kind=kind, key=key) for kind, key in sorted(_marks(rows, by))
    )


def _marks(rows: Sequence[dict[str, Any]], by: Actor) -> set[tuple[str, str]]:
    """What pages have to show anew, each once however many entries a bulk act writes about it."""
    found = set()
    for values in rows:
        deed = known(values["audit_verb"])
        if _is_visible(deed, by):
            found.add((values["audit_changed_kind"], values["audit_changed_key"]))
            if not deed.is_in_place:
                found.add((ANYWHERE, ANYWHERE))
    return found


def forget_changes(*, before: datetime) -> int:
    """Delete the marks of changes that every keeper of pages has read long ago; returns how many."""
    deleted, _kinds = VisibleChange.objects.filter(at__lt=before).delete()
    return deleted


def _is_visible(deed: Verb, by: Actor) -> bool:
    """Whether visitors may have to see something anew: by staff, a command or a job, and no quiet deed."""
    return deed.is_telling or (not deed.is_quiet and (bool(by.roles) or not by.is_person))
