"""What staff do to the course of a consultation: hand over, send back, announce, extend, cancel.

What happens by itself: ``clockwork``. Each act first brings the stored state to the clock, under the row's lock.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from rembuk.access import permissions as izin
from rembuk.accounts.models import Person
from rembuk.common.errors import Invalid, WrongState, require
from rembuk.common.text import clean_text
from rembuk.consultations import rules, verbs
from rembuk.consultations.actions.clockwork import answer_due, catch_up, moment_of
from rembuk.consultations.actions.indexing import refresh_search
from rembuk.consultations.actions.making.changes import refuse_missing
from rembuk.consultations.actions.steps import (
    Deed,
    add_event,
    check_step,
    checked_reason,
    deed,
    in_zone,
    lock,
    record,
    take_step,
)
from rembuk.consultations.models import Consultation
from rembuk.consultations.notices import followers, invitations, offices
from rembuk.consultations.readiness import missing
from rembuk.consultations.schedule import Stage, stage
from rembuk.consultations.states import ANNOUNCE, CANCEL
from rembuk.engagement.actions.moderation import add_note
from rembuk.siteconfig.selectors import current

LONGEST_NOTE = 1_000


@transaction.atomic
def hand_over(consultation: Consultation, *, by: Person, at: datetime | None = None) -> Consultation:
    """Ask for a second pair of eyes: whoever may announce, but not this person, is told.

    Raises:
        Denied: without the right to edit.
        NotReady: while something is missing.
        WrongState: unless it is a draft that nobody has handed over.
    """
    found = lock(consultation)
    require(rules.may_edit(found, by))
    check_step(found, ANNOUNCE)
    if found.ready_by_id is not None:
        raise WrongState(_("This is handed over already. A second person announces it or sends it back."))
    act = deed(found, izin.CONSULTATION_EDIT, by=by, moment=moment_of(at))
    refuse_missing(missing(found, act.moment))
    found.ready_by, found.ready_at = by, act.moment
    found.save(update_fields=["ready_by", "ready_at"])
    record(found, verbs.READY, act)
    offices.handed_over(found, by, act.moment)
    return found


@transaction.atomic
def send_back(
    consultation: Consultation, *, note: str, by: Person, at: datetime | None = None
) -> Consultation:
    """Give a draft back to whoever handed it over; the note goes to that person and stays among staff.

    Raises:
        Denied: without the right to announce.
        Invalid: without a note.
        WrongState: unless it is a draft that was handed over.
    """
    found = lock(consultation)
    require(rules.may_publish(found, by))
    check_step(found, ANNOUNCE)
    handed_by = found.ready_by
    if handed_by is None:
        raise WrongState(_("This is not handed over. Somebody was faster, or it was changed again."))
    said = clean_text(note)[:LONGEST_NOTE]
    if not said:
        message = _("Write what should be changed.")
        raise Invalid(message, fields={"note": [message]})
    act = deed(found, izin.CONSULTATION_PUBLISH, by=by, moment=moment_of(at))
    found.ready_by, found.ready_at = None, None
    found.save(update_fields=["ready_by", "ready_at"])
    add_note(found.subject, by=by, body=said, at=act.moment)
    record(found, verbs.SENT_BACK, act)
    offices.sent_back(found, handed_by, said, by, act.moment)
    return found


@transaction.atomic
def announce(consultation: Consultation, *, by: Person, at: datetime | None = None) -> Consultation:
    """Make a draft public, before it opens. It opens and closes by itself.

    Writes state, deadline of the answers, public history, audit, the talk's visibility, notices to followers of its
    programmes and to named organisations, letters to those of them that have no account.

    Raises:
        Denied: without the right, or where the instansi wants a second person and this is the first.
        NotReady: while something is missing, an opening ahead of now among it.
        AlreadyDecided: somebody was faster.
    """
    found = lock(consultation)
    require(rules.may_publish(found, by))
    check_step(found, ANNOUNCE)
    require(rules.may_announce(found, by, needs_second=current().consultation_second_person))
    act = deed(found, izin.CONSULTATION_PUBLISH, by=by, moment=moment_of(at))
    refuse_missing(missing(found, act.moment))
    due = answer_due(found)
    event = take_step(found, ANNOUNCE, act, {"announced_at": act.moment, "answer_due_at": due})
    refresh_search(found)
    followers.moved(found, event)
    invitations.invite(found, act.moment)
    return found


@transaction.atomic
def extend(
    consultation: Consultation, *, closes_at: datetime, reason: str, by: Person, at: datetime | None = None
) -> Consultation:
    """Close later, with a public reason; the deadline of the answers moves with it. Followers and authors are told.

    Senders who wait at the gate meanwhile are judged by the new instant.

    Raises:
        Denied: without the right.
        Invalid: for an instant that is not later, or a short reason.
        WrongState: unless it is announced or open at this very instant.
    """
    found, act = _begin(consultation, by, at, reason=reason)
    if stage(found, act.moment) not in {Stage.ANNOUNCED, Stage.OPEN}:
        state = Stage(stage(found, act.moment)).label
        raise WrongState(_("This can't be done now: the consultation is “%(state)s”.") % {"state": state})
    old = found.closes_at
    assert old is not None
    if closes_at <= old:
        message = _("Choose an instant after %(moment)s.") % {"moment": in_zone(found, old)}
        raise Invalid(message, fields={"closes_at": [message]})
    found.closes_at, found.changed_at, found.reminded_at = closes_at, act.moment, None
    found.answer_due_at = answer_due(found)
    found.save(update_fields=["closes_at", "changed_at", "reminded_at", "answer_due_at"])
    moved = {"from": old.isoformat(), "to": closes_at.isoformat()}
    record(found, verbs.EXTENDED, act, before={"closes_at": moved["from"]}, after={"closes_at": moved["to"]})
    followers.moved(found, add_event(found, "extend", act, facts=moved))
    return found


@transaction.atomic
def cancel(
    consultation: Consultation, *, reason: str, by: Person, at: datetime | None = None
) -> Consultation:
    """Give a consultation up before it closes, with a public reason. An announced one keeps its page, and all are told.

    Raises:
        Denied: without the right.
        Invalid: for a short reason.
        AlreadyDecided, WrongState: once it has closed, or was cancelled.
    """
    found, act = _begin(consultation, by, at, reason=reason)
    event = take_step(found, CANCEL, act, {"ended_at": act.moment})
    if found.announced_at is not None:
        followers.moved(found, event)
    return found


def _begin(
    consultation: Consultation, by: Person, at: datetime | None, *, reason: str
) -> tuple[Consultation, Deed]:
    found = lock(consultation)
    require(rules.may_publish(found, by))
    said = checked_reason(reason)
    act = deed(found, izin.CONSULTATION_PUBLISH, by=by, moment=moment_of(at), reason=said)
    catch_up(found, act.moment)
    return found, act
