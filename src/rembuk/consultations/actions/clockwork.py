"""What the clock does to consultations: opening, closing with the rows of the matrix, the reminder a day before closing.

Called by the worker every few seconds and by staff acts for the one they touch; each may run twice without harm.
Pages and the gate never wait for it (``schedule.stage``). Not here: what staff do to a schedule (``schedule``).
"""

from datetime import datetime

from django.db import connection, transaction
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Now

from rembuk.common.clock import instant
from rembuk.consultations import verbs
from rembuk.consultations.actions.rows import make_rows
from rembuk.consultations.actions.steps import clockwork, lock, record, take_step
from rembuk.consultations.models import Consultation
from rembuk.consultations.notices import followers
from rembuk.consultations.schedule import REMINDER_BEFORE
from rembuk.consultations.states import CLOSE, OPEN, State
from rembuk.workdays.clock import add_working_days


def moment_of(at: datetime | None) -> datetime:
    """``at``, or the database's clock now. Ask after the lock: whoever waited is judged by what stands then."""
    if at is not None:
        return at
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        found: datetime = cursor.fetchone()[0]
    return found


def answer_due(consultation: Consultation) -> datetime:
    """The end of the answer deadline of one with a schedule: the end of the n-th working day after closing, in its own zone."""
    assert consultation.closes_at is not None
    return add_working_days(consultation.closes_at, consultation.answer_days, consultation.tz)


def catch_up(consultation: Consultation, moment: datetime) -> None:
    """Bring the stored state of a locked consultation to the clock: open it, close it, or both in order.

    The steps carry the instants of the schedule, however late the worker comes. Followers are told of an opening that
    still lasts. Closing makes the rows of the matrix.
    """
    opens_at, closes_at = consultation.opens_at, consultation.closes_at
    if opens_at is None or closes_at is None:
        return
    if consultation.state == State.SCHEDULED and opens_at <= moment:
        event = take_step(consultation, OPEN, clockwork(opens_at))
        if moment < closes_at:
            followers.moved(consultation, event)
    if consultation.state == State.OPEN and closes_at <= moment:
        take_step(consultation, CLOSE, clockwork(closes_at))
        make_rows(consultation, at=moment)


def follow_clock(*, at: datetime | None = None) -> int:
    """Open and close what is due by the database's clock, each in a transaction of its own; returns how many."""
    due = _due(at)
    for consultation in due:
        with transaction.atomic():
            found = lock(consultation)
            catch_up(found, moment_of(at))
    return len(due)


def remind(*, at: datetime | None = None) -> int:
    """A day before closing, remind followers who have not answered, once for each closing; returns how many consultations did."""
    moment = instant(at)
    reminded = 0
    for consultation in _to_remind(moment):
        with transaction.atomic():
            found = lock(consultation)
            if _to_remind(moment).filter(pk=found.pk).exists():
                _remind(found, moment)
                reminded += 1
    return reminded


def _due(at: datetime | None) -> list[Consultation]:
    moment = Now() if at is None else at
    opening = Q(state=State.SCHEDULED, opens_at__lte=moment)
    closing = Q(state=State.OPEN, closes_at__lte=moment)
    return list(Consultation.objects.filter(opening | closing).only("pk").order_by("pk"))


def _to_remind(moment: datetime) -> QuerySet[Consultation]:
    """Open ones whose last day has begun; not those that are open for a day or less, which were just announced open."""
    return Consultation.objects.filter(
        state=State.OPEN,
        reminded_at=None,
        closes_at__gt=moment,
        closes_at__lte=moment + REMINDER_BEFORE,
        opens_at__lt=F("closes_at") - REMINDER_BEFORE,
    ).order_by("pk")


def _remind(consultation: Consultation, moment: datetime) -> None:
    consultation.reminded_at = moment
    consultation.save(update_fields=["reminded_at"])
    act = clockwork(moment)
    told = followers.closing_tomorrow(consultation, moment)
    record(consultation, verbs.REMINDED, act, after={"told": told})
