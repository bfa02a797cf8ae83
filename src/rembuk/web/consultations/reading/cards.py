"""Consultations as the cards component takes them, and the words of their dates; for every page that lists some."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rembuk.common import clock
from rembuk.common.text import excerpt
from rembuk.consultations import order, schedule
from rembuk.consultations.choices import Kind
from rembuk.consultations.models import Consultation
from rembuk.consultations.schedule import Stage
from rembuk.consultations.selectors import heard
from rembuk.consultations.selectors.heard import Progress
from rembuk.keeping.lately import lately
from rembuk.web.components.formats import day, moment_in, number

type Row = dict[str, Any]


def consultation_cards(rows: Iterable[Consultation], at: datetime | None = None) -> list[Row]:
    """One card per announced consultation, how far all of them are in one query, at most a minute old.

    Load them with ``select_related(*consultations.selectors.listing.WITH)``.
    """
    found, moment = list(rows), clock.instant(at)
    progress = lately("consultations.progress", [row.pk for row in found], heard.progress_of, Progress())
    return [_card(row, moment, progress[row.pk]) for row in found]


def newest_cards(rows: QuerySet[Consultation], most: int = 4) -> list[Row]:
    """Cards of the first of these in reading order, for pages that show a few."""
    moment = clock.now()
    return consultation_cards(order.first_of(rows, moment, most), moment)


def stage_detail(stage: Stage, progress: Progress) -> str:
    """The detail of the tag of a stage: «12 dari 45» while it is being answered."""
    if stage is not Stage.ANSWERING:
        return ""
    words = {"n": number(progress.answered), "total": number(progress.heard)}
    return _("%(n)s of %(total)s") % words


def days_left(consultation: Consultation, at: datetime) -> int:
    """Calendar days to the closing in its own zone: 0 on the day itself."""
    assert consultation.closes_at is not None
    closing = consultation.closes_at.astimezone(consultation.tz).date()
    return (closing - at.astimezone(consultation.tz).date()).days


def left_words(consultation: Consultation, at: datetime) -> str:
    """How long it can still be answered; nothing unless it is open."""
    if not schedule.is_open(consultation, at):
        return ""
    left = days_left(consultation, at)
    if left == 0:
        return _("Closes today")
    return ngettext("%(n)s day left", "%(n)s days left", left) % {"n": number(left)}


def when_words(consultation: Consultation, stage: Stage) -> Row:
    """The date that matters at a stage: its word and the instant in the consultation's own zone."""
    if stage is Stage.ANNOUNCED:
        return {"word": _("Opens"), "at": moment_in(consultation.opens_at, consultation.zone)}
    if stage is Stage.OPEN:
        return {"word": _("Closes"), "at": moment_in(consultation.closes_at, consultation.zone)}
    if stage is Stage.CONCLUDED:
        return {"word": _("Concluded on"), "at": day(consultation.ended_at)}
    if stage is Stage.CANCELLED:
        return {"word": _("Cancelled on"), "at": day(consultation.changed_at)}
    return {"word": _("Closed on"), "at": moment_in(consultation.closes_at, consultation.zone)}


def _card(row: Consultation, moment: datetime, progress: Progress) -> Row:
    stage = schedule.stage(row, moment)
    has_total = schedule.has_opened(row, moment) and heard.shows_totals(row, moment)
    return {
        "url": reverse("consultations:detail", args=[row.code]),
        "code": row.code,
        "title": row.title,
        "stage": stage,
        "stage_detail": stage_detail(stage, progress),
        "summary": excerpt(row.summary, 220),
        "kind": Kind(row.kind).label,
        "when": when_words(row, stage),
        "left": left_words(row, moment),
        "unit": row.unit.label,
        "category": row.category.label if row.category else "",
        "submissions": progress.heard if has_total else None,
    }
