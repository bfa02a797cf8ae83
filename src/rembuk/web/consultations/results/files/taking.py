"""Whose file it is: for staff with names, or for everybody without what could lead to a hidden one."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import TextField, Value
from django.db.models.functions import MD5, Cast, Concat

from rembuk.consultations.models import Consultation, Submission
from rembuk.consultations.states import SubmissionState


@dataclass(frozen=True, slots=True)
class Taking:
    """Which consultation is taken out, at which instant, with names or without."""

    consultation: Consultation
    at: datetime
    has_names: bool

    def day(self, moment: datetime | None) -> date | None:
        """An instant as a date in the consultation's zone."""
        return moment.astimezone(self.consultation.tz).date() if moment else None

    def reads(self, submission: Submission) -> bool:
        """Whether the text of a submission goes along."""
        is_shown = submission.state == SubmissionState.SENT and not submission.is_rechecking
        return self.has_names or is_shown

    def places(self, submission: Submission) -> bool:
        """Whether what could lead to a person goes along: her number, day of receipt and place; in the file for everybody
        not beside a hidden name.
        """
        return self.has_names or not submission.is_name_masked

    def number(self, submission: Submission) -> int | None:
        """Its number, where it may stand."""
        return submission.number if self.places(submission) else None

    def received(self, submission: Submission) -> date | None:
        """Its day of receipt, where it may stand."""
        return self.day(submission.sent_at) if self.places(submission) else None

    def order(self, submission: str = "") -> str | MD5:
        """Order of receipt; in the file for everybody one that tells nothing of it, so that nobody counts out a number
        left out. ``submission`` is the way to it, such as ``"submission__"``.
        """
        if self.has_names:
            return f"{submission}number"
        return MD5(Concat(Cast(f"{submission}public_id", TextField()), Value(self.consultation.code)))
