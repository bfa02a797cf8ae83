"""What every act on a consultation shares: locks, the check of the table, the public event, the audit entry.

Here too: the gate of the schedule, and how the talk of a consultation and its clauses follows its state.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from rembuk.access.permissions import Permission
from rembuk.access.rights import actor_of, office_for, standing_for
from rembuk.accounts.models import Person
from rembuk.audit import actions as audit
from rembuk.audit.actors import SYSTEM, Actor
from rembuk.audit.verbs import Verb
from rembuk.common.errors import Invalid, WrongState
from rembuk.common.text import clean_text
from rembuk.consultations.errors import AlreadyDecided, Closed, NotOpenYet
from rembuk.consultations.models import Consultation, ConsultationEvent, MatrixRow, Submission
from rembuk.consultations.states import PUBLIC, State, Step, SubmissionState
from rembuk.engagement.actions.subjects import show_subject
from rembuk.engagement.models import Subject
from rembuk.workunits.models import WorkUnit

MIN_REASON = 20
_TALKING = frozenset({State.SCHEDULED, State.OPEN, State.CLOSED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """Who acts under which office and as what, why, and when; ``office`` is empty for the clock."""

    by: Person | Actor
    moment: datetime
    office: WorkUnit | None = None
    reason: str = ""
    standing: str = ""


def lock(consultation: Consultation) -> Consultation:
    """The consultation as it is now, its row locked until the transaction ends; senders of submissions wait."""
    rows = Consultation.objects.select_for_update(of=("self",)).select_related("subject", "unit")
    return rows.get(pk=consultation.pk)


def lock_submission(submission: Submission) -> Submission:
    """The submission as it is now, its row locked until the transaction ends."""
    Submission.objects.select_for_update().only("pk").get(pk=submission.pk)
    related = ("subject", "author", "consultation__unit", "consultation__subject", "region")
    return Submission.objects.select_related(*related).get(pk=submission.pk)


def lock_row(row: MatrixRow) -> MatrixRow:
    """The row of the matrix as it is now, locked until the transaction ends."""
    MatrixRow.objects.select_for_update().only("pk").get(pk=row.pk)
    related = ("submission__author", "consultation__unit", "unit", "clause", "office", "group")
    return MatrixRow.objects.select_related(*related).get(pk=row.pk)


def deed(
    consultation: Consultation, permission: Permission, *, by: Person, moment: datetime, reason: str = ""
) -> Deed:
    """The act of a person whose right was checked: the office is where the grant that allows it was given."""
    office = office_for(by, permission, consultation.unit)
    standing = standing_for(by, consultation.unit, permission)
    return Deed(by=by, office=office, moment=moment, reason=reason, standing=standing)


def clockwork(moment: datetime) -> Deed:
    """What the clock does."""
    return Deed(by=SYSTEM, moment=moment)


def checked_reason(text: str, *, field: str = "reason") -> str:
    """The cleaned public reason.

    Raises:
        Invalid: when it has fewer than ``MIN_REASON`` characters.
    """
    cleaned = clean_text(text)
    if len(cleaned) < MIN_REASON:
        message = _("Give a reason of at least %(least)s characters. It is public.") % {"least": MIN_REASON}
        raise Invalid(message, fields={field: [message]})
    return cleaned


def pass_gate(consultation: Consultation, at: datetime | None = None) -> datetime:
    """Pass while it is open by the database's clock, and hold it open until this transaction ends; the instant of passing.

    Whoever moves the schedule locks the row for update and so waits for those who passed. ``opens_at`` is in,
    ``closes_at`` is out.

    Raises:
        NotOpenYet, Closed: otherwise, naming the instant in the consultation's zone.
        WrongState: when it was cancelled or never announced.
    """
    with connection.cursor() as cursor:
        cursor.execute(_GATE, {"key": consultation.pk, "at": at})
        row = cursor.fetchone()
    state, opens_at, closes_at = row[:3]
    moment: datetime = row[3]
    if state not in {State.SCHEDULED, State.OPEN, State.CLOSED} or opens_at is None or closes_at is None:
        raise WrongState(_("This consultation takes no submissions."))
    if moment < opens_at:
        raise NotOpenYet(
            _("This consultation opens on %(moment)s.") % {"moment": in_zone(consultation, opens_at)}
        )
    if moment >= closes_at:
        raise Closed(
            _("This consultation closed on %(moment)s. What you wrote was not sent; it stays in your draft.")
            % {"moment": in_zone(consultation, closes_at)}
        )
    return moment


# The clock is read after the lock was got: a sender who waited for an extension or a closing is judged by what
# stands then.
_GATE = """
    WITH held AS MATERIALIZED (
        SELECT state, opens_at, closes_at FROM consultations_consultation WHERE id = %(key)s FOR KEY SHARE
    )
    SELECT state, opens_at, closes_at, coalesce(%(at)s::timestamptz, clock_timestamp()) FROM held
"""


def in_zone(consultation: Consultation, moment: datetime) -> str:
    """An instant in the consultation's own zone, with its name: «24 November 2026 16.00 WIB»."""
    return f"{date_format(moment.astimezone(consultation.tz), 'j F Y H.i')} {consultation.zone}"


def check_step(consultation: Consultation, step: Step) -> None:
    """Refuse a step the table does not have from here, saying who moved it last and when.

    Raises:
        AlreadyDecided: an office was faster.
        WrongState: any other state that has no such step.
    """
    if consultation.state in step.sources:
        return
    last = consultation.events.select_related("office").order_by("-at", "-id").first()
    words = {"state": str(State(consultation.state).label)}
    if last is None or last.office is None:
        raise WrongState(_("This can't be done now: the consultation is “%(state)s”.") % words)
    words["office"] = last.office.name
    words["moment"] = date_format(localtime(last.at), "SHORT_DATETIME_FORMAT")
    raise AlreadyDecided(
        _("%(office)s changed this at %(moment)s: it is now “%(state)s”. Nothing was changed by you.") % words
    )


def take_step(
    consultation: Consultation, step: Step, act: Deed, changes: dict[str, Any] | None = None
) -> ConsultationEvent:
    """Move a locked consultation by one step, with public event, audit entry and the state of its talk.

    Raises:
        AlreadyDecided, WrongState: when the table has no such step from the present state.
        Invalid: for a step that needs a reason, without one.
    """
    check_step(consultation, step)
    if step.needs_reason:
        checked_reason(act.reason)
    before = consultation.state
    fields = {"state": step.target, "changed_at": act.moment, **(changes or {})}
    for name, value in fields.items():
        setattr(consultation, name, value)
    consultation.save(update_fields=list(fields))
    follow_state(consultation)
    record(consultation, step.verb, act, before={"state": before}, after={"state": step.target})
    return add_event(consultation, step.name, act, moved=(before, step.target))


def add_event(
    consultation: Consultation,
    name: str,
    act: Deed,
    *,
    moved: tuple[str, str] | None = None,
    facts: dict[str, Any] | None = None,
) -> ConsultationEvent:
    """One line of the public history."""
    before, after = moved or (consultation.state, consultation.state)
    return ConsultationEvent.objects.create(
        consultation=consultation,
        step=name,
        from_state=before,
        to_state=after,
        at=act.moment,
        by=act.by if isinstance(act.by, Person) else None,
        office=act.office,
        standing=act.standing,
        reason=act.reason,
        facts=facts or {},
    )


def record(
    consultation: Consultation,
    verb: Verb | str,
    act: Deed,
    *,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    """The audit entry of an act on a consultation."""
    audit.record(
        verb,
        by=actor_of(act.by),
        target=target_of(consultation),
        before=before,
        after={**(after or {}), "standing": act.standing} if act.standing else after,
        reason=act.reason,
        at=act.moment,
    )


def target_of(consultation: Consultation, *, kind: str = "consultation", key: str = "") -> audit.Target:
    """The consultation, or what hangs on it, as the trail names it."""
    return audit.Target(
        kind=kind,
        key=key or consultation.code,
        unit_id=consultation.unit_id,
        unit_path=consultation.unit.path,
        shown_by=("consultation", consultation.code),
    )


def submission_target(submission: Submission) -> audit.Target:
    """A submission as the trail names it."""
    key = submission.code or str(submission.public_id)
    return target_of(submission.consultation, kind="submission", key=key)


def row_target(row: MatrixRow) -> audit.Target:
    """A row of the matrix as the trail names it: receipt and number."""
    return target_of(row.consultation, kind="matrix_row", key=f"{row.submission.code}#{row.number}")


def take_submission_step(
    submission: Submission, step: Step, act: Deed, changes: dict[str, Any] | None = None
) -> None:
    """Move a locked submission by one step, with its audit entry; what is public of it follows.

    Raises:
        WrongState: when the table has no such step from the present state.
        Invalid: for a step that needs a reason, without one.
    """
    if submission.state not in step.sources:
        label = SubmissionState(submission.state).label
        raise WrongState(_("This can't be done now: the submission is “%(state)s”.") % {"state": label})
    if step.needs_reason:
        checked_reason(act.reason)
    before = submission.state
    fields = {"state": step.target, "changed_at": act.moment, **(changes or {})}
    for name, value in fields.items():
        setattr(submission, name, value)
    submission.save(update_fields=list(fields))
    assert submission.subject is not None
    show_subject(submission.subject, visible=submission.state == SubmissionState.SENT, comments_open=False)
    audit.record(
        step.verb,
        by=actor_of(act.by),
        target=submission_target(submission),
        before={"state": before},
        after={"state": step.target},
        reason=act.reason,
        at=act.moment,
    )


def follow_state(consultation: Consultation) -> None:
    """Show the talk of an announced consultation and its clauses; comments stay open until it is concluded."""
    visible = consultation.announced_at is not None and consultation.state in PUBLIC
    is_talking = consultation.state in _TALKING
    show_subject(consultation.subject, visible=visible, comments_open=is_talking)
    Subject.objects.filter(clause__consultation=consultation).update(
        is_visible=visible, comments_open=is_talking
    )
