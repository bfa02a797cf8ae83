"""Rows of «Masukan saya»: what a member said in consultations, where it stands, and the way on."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from rembuk.common.text import excerpt
from rembuk.consultations import schedule
from rembuk.consultations.content import Content
from rembuk.consultations.models import Submission
from rembuk.consultations.schedule import Stage
from rembuk.consultations.states import SubmissionState
from rembuk.web.components.words import KINDS

type Row = dict[str, Any]


def submission_rows(submissions: Iterable[Any], moment: datetime) -> list[Row]:
    """Rows for ``accounts/_entries.html``; needs ``writing.own.own_submissions``."""
    return [_row(submission, moment) for submission in submissions]


def _row(submission: Any, moment: datetime) -> Row:
    stage = schedule.stage(submission.consultation, moment)
    is_draft = submission.state == SubmissionState.DRAFT
    look = KINDS["submission"][submission.state]
    words = Content.from_json(submission.working).reason if is_draft else submission.reason
    return {
        "url": _url(submission, stage),
        "title": submission.consultation.title,
        "kind": _standing(submission, stage),
        "code": submission.code or submission.consultation.code,
        "at": submission.changed_at if is_draft else submission.sent_at,
        "text": excerpt(words),
        "tag": str(look.word),
        "tone": look.tone,
    }


def _url(submission: Submission, stage: Stage) -> str:
    """Where it is written on while the consultation is open, else its own page; a draft that came too late has none."""
    code = submission.consultation.code
    is_draft = submission.state == SubmissionState.DRAFT
    if stage is Stage.OPEN and (is_draft or submission.working is not None):
        return reverse("consultations:take_review", args=[code])
    if is_draft:
        return reverse("consultations:detail", args=[code])
    return reverse("consultations:submission", args=[code, submission.number])


def _standing(submission: Any, stage: Stage) -> str:
    """What comes next, or how far it is answered."""
    if submission.state == SubmissionState.DRAFT:
        return _("Not sent yet: go on writing") if stage is Stage.OPEN else _("Not sent before closing")
    if submission.working is not None and stage is Stage.OPEN:
        return _("You changed it and have not sent the change")
    if submission.points:
        counts = {"n": submission.answered, "all": submission.points}
        return _("%(n)s of %(all)s points answered") % counts
    return str(KINDS["consultation"][stage].word)
