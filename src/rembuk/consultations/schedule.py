"""What the clock makes of a consultation: its stage, the instants in its own zone, the answer deadline. No rows are read here.

The stored state follows a little later (``actions.clockwork``); pages and gates ask here, so that nobody is ever
neither in nor out.
"""

from datetime import datetime, timedelta
from typing import Protocol

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from rembuk.consultations.states import State


class Stage(models.TextChoices):
    """What the page says: diumumkan, dibuka, ditutup, sedang dijawab n dari N, selesai; draft and cancelled beside."""

    DRAFT = "draft", _("Draft")
    ANNOUNCED = "announced", _("Announced")
    OPEN = "open", pgettext_lazy("consultation", "Open")
    CLOSED = "closed", pgettext_lazy("consultation", "Closed")
    ANSWERING = "answering", _("Being answered")
    CONCLUDED = "concluded", _("Concluded")
    CANCELLED = "cancelled", _("Cancelled")


class Scheduled(Protocol):
    """What is read of a consultation."""

    state: str
    opens_at: datetime | None
    closes_at: datetime | None
    has_answers: bool
    ended_at: datetime | None


REMINDER_BEFORE = timedelta(days=1)
_FIXED = {
    State.DRAFT: Stage.DRAFT,
    State.CONCLUDED: Stage.CONCLUDED,
    State.CANCELLED: Stage.CANCELLED,
}


def stage(consultation: Scheduled, at: datetime) -> Stage:
    """The stage at an instant. Opening is included, closing is not: ``opens_at <= at < closes_at`` is open."""
    fixed = _FIXED.get(State(consultation.state))
    if fixed is not None:
        return fixed
    assert consultation.opens_at is not None
    assert consultation.closes_at is not None
    if at < consultation.opens_at:
        return Stage.ANNOUNCED
    if at < consultation.closes_at:
        return Stage.OPEN
    return Stage.ANSWERING if consultation.has_answers else Stage.CLOSED


def is_open(consultation: Scheduled, at: datetime) -> bool:
    """Whether submissions are taken at an instant. The gate in the database asks the same of its own clock."""
    return stage(consultation, at) is Stage.OPEN


def has_opened(consultation: Scheduled, at: datetime) -> bool:
    """Whether it opened: settings are fixed from then on. What was cancelled before its opening never did."""
    if consultation.state == State.CANCELLED:
        opens_at, ended_at = consultation.opens_at, consultation.ended_at
        return opens_at is not None and ended_at is not None and opens_at <= ended_at
    return stage(consultation, at) not in {Stage.DRAFT, Stage.ANNOUNCED}


def is_over(consultation: Scheduled, at: datetime) -> bool:
    """Whether no submission is taken any more: closed, being answered, or concluded."""
    return stage(consultation, at) in {Stage.CLOSED, Stage.ANSWERING, Stage.CONCLUDED}
