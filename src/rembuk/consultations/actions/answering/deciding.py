"""Proposing answers, returning them with a note, approving them by a second person. Publishing: ``publishing``."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from rembuk.access import permissions as izin
from rembuk.access import rights
from rembuk.accounts.models import Person
from rembuk.common.clock import instant
from rembuk.common.errors import Invalid, WrongState, require
from rembuk.common.text import clean_text
from rembuk.consultations import rules, verbs
from rembuk.consultations.actions.answering import acts
from rembuk.consultations.actions.answering.acts import Done
from rembuk.consultations.actions.answering.drafting import AnswerText, full_columns, is_unchanged
from rembuk.consultations.matrix import copied
from rembuk.consultations.models import MatrixRow
from rembuk.consultations.notices import matrix as notices
from rembuk.consultations.states import APPROVE, PROPOSE, RowState

_NOT_RETURNED: dict[str, Any] = {"returned_by": None, "returned_at": None, "returned_note": ""}


@transaction.atomic
def propose_answer(
    rows: Sequence[MatrixRow], *, answer: AnswerText, by: Person, seen: str = "", at: datetime | None = None
) -> Done:
    """Propose one answer for one row or for many, of a group or of a selection.

    A proposal that stands is replaced only by somebody who has seen it (``seen``, one row); returned ones by anybody who
    may answer. The office that answers is the unit in charge, else the consultation's. One reason on more than ten rows
    outside a confirmed group is told to the auditors.

    Raises:
        Invalid: without verdict, with a reason of fewer than 20 characters, or a clause that is not in the version.
        Denied, AlreadyDecided, WrongState: for a single row; of several the refused ones are reported.
    """
    moment, found = instant(at), acts.lock_rows(rows)
    columns = full_columns(answer, found[0])

    def check(row: MatrixRow) -> None:
        require(rules.may_answer(row, by))
        acts.check_step(row, PROPOSE)
        if not is_unchanged(row, seen):
            raise acts.wrong_state(row)
        if row.state == RowState.PROPOSED and row.returned_at is None and not seen:
            raise acts.wrong_state(row)

    done = acts.sort_out(found, check)
    act = acts.act_of(rows, by, moment)
    changes = {**columns, **_NOT_RETURNED, "proposed_by": by, "proposed_at": moment}
    if done.rows:
        _set_office(done.rows, by)
        acts.take_row_step(done.rows, PROPOSE, act, changes)
        watch_copies(done.rows[0], moment)
    return done


@transaction.atomic
def return_answer(rows: Sequence[MatrixRow], *, note: str, by: Person, at: datetime | None = None) -> Done:
    """Return proposed answers with a note to whoever proposed them, who is told. The state stays.

    Raises:
        Invalid: without a note.
        Denied, AlreadyDecided, WrongState: for a single row; of several the refused ones are reported.
    """
    moment, found = instant(at), acts.lock_rows(rows)
    if not (words := clean_text(note)):
        sentence = _("Write what should be different.")
        raise Invalid(sentence, fields={"note": [sentence]})

    def check(row: MatrixRow) -> None:
        require(rules.may_approve(row, by))
        _check_proposed(row)

    done = acts.sort_out(found, check)
    act = acts.act_of(rows, by, moment, note=words)
    if done.rows:
        acts.change_rows(done.rows, {"returned_by": by, "returned_at": moment, "returned_note": words})
        acts.note_deed(done.rows, "returned", act)
        acts.record(done.rows, verbs.ROW_RETURNED, act, after={"state": RowState.PROPOSED})
        notices.answers_returned(done.rows, by=by, note=words, at=moment)
    return done


@transaction.atomic
def approve_answer(rows: Sequence[MatrixRow], *, by: Person, at: datetime | None = None) -> Done:
    """Approve proposed answers as a second person, where the consultation asks for one.

    Raises:
        Denied: to the proposer, the author, and outside her units.
        AlreadyDecided, WrongState: for a single row; of several the refused ones are reported.
    """
    moment, found = instant(at), acts.lock_rows(rows)

    def check(row: MatrixRow) -> None:
        if not row.consultation.needs_second_person:
            raise WrongState(_("Here answers are published without an approval."))
        require(rules.may_approve(row, by))
        _check_proposed(row)

    done = acts.sort_out(found, check)
    if done.rows:
        act = acts.act_of(rows, by, moment)
        acts.take_row_step(done.rows, APPROVE, act, {"approved_by": by, "approved_at": moment})
    return done


def _check_proposed(row: MatrixRow) -> None:
    if row.state != RowState.PROPOSED:
        raise acts.wrong_state(row)
    if row.returned_at is not None:
        raise WrongState(_("This answer was returned with a note. It has to be proposed anew first."))


def _set_office(rows: Sequence[MatrixRow], by: Person) -> None:
    """The unit in charge answers where she may answer for it, else the unit of the consultation, and as what she answers.

    Two statements, and one for each delegation in whose name she does.
    """
    own = [row for row in rows if rights.can(by, izin.CONSULTATION_ANSWER, row.unit)]
    covered = {row.pk for row in own}
    MatrixRow.objects.filter(pk__in=covered).update(office_id=F("unit_id"))
    others = [row for row in rows if row.pk not in covered]
    MatrixRow.objects.filter(pk__in=[row.pk for row in others]).update(office_id=rows[0].consultation.unit_id)
    for row in rows:
        row.office = row.unit if row.pk in covered else row.consultation.unit
    named: dict[str, list[int]] = defaultdict(list)
    for row in rows:
        before, row.standing = row.standing, rights.standing_for(by, row.office, izin.CONSULTATION_ANSWER)
        if row.standing != before:
            named[row.standing].append(row.pk)
    for standing, numbers in named.items():
        MatrixRow.objects.filter(pk__in=numbers).update(standing=standing)


def watch_copies(row: MatrixRow, moment: datetime) -> None:
    """Tell the auditors when one reason stands on too many rows outside a confirmed group; once for each reason."""
    number = copied.number_of(row.consultation, row.reason_digest)
    if number > copied.MOST:
        notices.reason_copied(row.consultation, row.reason_digest, row.reason, moment)
