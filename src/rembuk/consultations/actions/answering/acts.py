"""What every act on rows of the matrix shares, on one or on thousands: locks, refusals, the step, its traces.

An act takes rows of one consultation, does those it may and refuses the others with a reason, in one transaction and
a number of statements that does not grow with the rows. Of a single row the refusal is raised. Here too is the one
function that moves a row by ``states.ROW_STEPS``. Not here: what each act asks (``deciding``, ``assigning``, …).
"""

import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from rembuk.access.rights import actor_of
from rembuk.accounts.models import Person
from rembuk.audit import actions as audit
from rembuk.audit.verbs import Verb
from rembuk.common.errors import Denied, DomainError, Invalid, WrongState
from rembuk.consultations.actions import steps
from rembuk.consultations.errors import AlreadyDecided
from rembuk.consultations.models import Consultation, MatrixRow, RowChange
from rembuk.consultations.states import ANSWERING, RowState, Step

# As many rows as the largest matrix may have; a selection is done in one transaction all the same.
MOST = 50_000
_WITH = ("submission__author", "consultation__unit", "unit", "clause", "group", "proposed_by")


@dataclass(frozen=True, slots=True, kw_only=True)
class RowAct:
    """Who acts when on rows; ``bulk`` joins the audit entries of an act on several, ``note`` is for colleagues only."""

    by: Person
    moment: datetime
    bulk: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Done:
    """What became of an act: the rows it did, and the others with the reason."""

    rows: list[MatrixRow] = field(default_factory=list)
    refused: list[tuple[MatrixRow, str]] = field(default_factory=list)
    told: int = 0


def act_of(rows: Sequence[MatrixRow], by: Person, moment: datetime, note: str = "") -> RowAct:
    """The act of a person on rows, with a mark of its own where they are several."""
    return RowAct(by=by, moment=moment, bulk=str(uuid.uuid4()) if len(rows) > 1 else "", note=note)


def lock_rows(rows: Sequence[MatrixRow], *, alone: bool = False) -> list[MatrixRow]:
    """The rows as they are now, locked until the transaction ends, their consultation held closed meanwhile.

    ``alone`` keeps other acts of this kind on the consultation waiting: whoever publishes sees what others published.

    Raises:
        Invalid: for none, too many, or rows of several consultations.
        WrongState: when the matrix of the consultation is not being filled.
    """
    keys = {row.consultation_id for row in rows}
    if len(keys) != 1:
        raise Invalid(_("Select at least one row."))
    if len(rows) > MOST:
        raise Invalid(_("At most %(most)s rows go at once.") % {"most": MOST})
    _hold(keys.pop(), alone=alone)
    wanted = [row.pk for row in rows]
    # Lock first, read afterwards: a joined row is not read again after waiting for the lock.
    list(MatrixRow.objects.select_for_update().filter(pk__in=wanted).order_by("pk").values_list("pk"))
    return list(MatrixRow.objects.select_related(*_WITH).filter(pk__in=wanted).order_by("pk"))


def sort_out(rows: Sequence[MatrixRow], check: Callable[[MatrixRow], None]) -> Done:
    """Rows a check lets pass, and those it refuses; the refusal of a single row is raised.

    Raises:
        Denied, WrongState: of a single row.
    """
    done = Done()
    for row in rows:
        try:
            check(row)
        except (Denied, WrongState) as refusal:
            if len(rows) == 1:
                raise _told_who(row, refusal) from refusal
            done.refused.append((row, str(refusal)))
        else:
            done.rows.append(row)
    return done


def check_step(row: MatrixRow, step: Step) -> None:
    """Refuse a step the table does not have from the row's state.

    Raises:
        WrongState: then.
    """
    if row.state not in step.sources:
        raise wrong_state(row)


def wrong_state(row: MatrixRow) -> WrongState:
    """The refusal that names the state."""
    label = RowState(row.state).label
    return WrongState(_("This can't be done now: the row is “%(state)s”.") % {"state": label})


def take_row_step(rows: Sequence[MatrixRow], step: Step, act: RowAct, changes: dict[str, Any]) -> None:
    """Move locked rows by one step of the table, write ``changes`` to their columns, their history and the trail.

    The only place that sets ``MatrixRow.state``.

    Raises:
        WrongState: when the table has no such step from the state of one of them; nothing is written then.
    """
    for row in rows:
        check_step(row, step)
    before = {row.pk: row.state for row in rows}
    change_rows(rows, {"state": step.target, **changes})
    note_deed(rows, step.name, act)
    record(rows, step.verb, act, before={"state": before}, after={"state": step.target})


def change_rows(rows: Iterable[MatrixRow], changes: dict[str, Any]) -> None:
    """Write columns of rows in one statement, and to the objects."""
    found = list(rows)
    MatrixRow.objects.filter(pk__in=[row.pk for row in found]).update(**changes)
    for row in found:
        for name, value in changes.items():
            setattr(row, name, value)


def note_deed(rows: Iterable[MatrixRow], deed: str, act: RowAct) -> None:
    """One line in the history of each row."""
    RowChange.objects.bulk_create(
        RowChange(
            row=row,
            deed=deed,
            verdict=row.verdict,
            reason=row.reason,
            note=act.note,
            by=act.by,
            at=act.moment,
        )
        for row in rows
    )


def record(
    rows: Sequence[MatrixRow],
    verb: Verb | str,
    act: RowAct,
    *,
    after: dict[str, Any],
    before: dict[str, dict[int, Any]] | None = None,
) -> None:
    """An audit entry for each row: one round trip for many. ``before`` holds values by field and row."""
    actor = actor_of(act.by)
    if len(rows) == 1 and not act.bulk:
        (row,) = rows
        old = {name: values[row.pk] for name, values in before.items()} if before else None
        audit.record(
            verb,
            by=actor,
            target=steps.row_target(row),
            before=old,
            after={**after, **_answer(row, act)},
            reason=act.note,
            at=act.moment,
        )
        return
    entries = [(verb, steps.row_target(row), {**after, **_answer(row, act)}) for row in rows]
    audit.record_many(entries, by=actor, at=act.moment, bulk=act.bulk, reason=act.note)


def _answer(row: MatrixRow, act: RowAct) -> dict[str, Any]:
    told = {"verdict": row.verdict} if row.verdict else {}
    is_hers = row.standing and row.proposed_by_id == act.by.pk
    return told | ({"standing": row.standing} if is_hers else {})


def _told_who(row: MatrixRow, refusal: DomainError) -> DomainError:
    """The same refusal; where somebody else was faster, with who and when."""
    if not isinstance(refusal, WrongState):
        return refusal
    last = row.changes.select_related("by").order_by("-at", "-id").first()
    if last is None:
        return refusal
    words = {
        "name": last.by.shown_name if last.by else _("Deleted account"),
        "moment": date_format(localtime(last.at), "SHORT_DATETIME_FORMAT"),
        "state": RowState(row.state).label,
    }
    return AlreadyDecided(
        _("%(name)s changed this row at %(moment)s: it is now “%(state)s”. Nothing was changed by you.")
        % words
    )


def _hold(key: int, *, alone: bool) -> None:
    """Keep the consultation from being concluded while rows of it are answered; see ``steps.pass_gate``."""
    if alone:
        found: Any = Consultation.objects.select_for_update().values_list("state", flat=True).get(pk=key)
    else:
        with connection.cursor() as cursor:
            cursor.execute("SELECT state FROM consultations_consultation WHERE id = %s FOR KEY SHARE", [key])
            (found,) = cursor.fetchone()
    if found not in ANSWERING:
        raise WrongState(_("Rows of the matrix are answered from closing until it is concluded."))
