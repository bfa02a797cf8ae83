"""Correcting an entry by the form it was entered with: filled with what stands, and the reason asked for."""

from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from rembuk.accounts.models import Person
from rembuk.common import clock
from rembuk.consultations import rules, schedule
from rembuk.consultations.actions.enter import Entry
from rembuk.consultations.actions.moderate import see_masked_name
from rembuk.consultations.actions.taking.correcting import correct_entry, is_correctable
from rembuk.consultations.content import Content
from rembuk.consultations.models import Submission
from rembuk.consultations.writing.sheet import sent_content
from rembuk.web.consultations.offline.entering import EntrySheet
from rembuk.web.consultations.offline.forms import CorrectionForm
from rembuk.web.consultations.offline.lists import ENTERED_IN


class CorrectionSheet(EntrySheet):
    """The forms of an entry with its newest version in them."""

    form_class = CorrectionForm

    def __init__(
        self, submission: Submission, by: Person, data: QueryDict | None = None, files: Any = None
    ) -> None:
        self.submission = submission
        super().__init__(submission.consultation, by, data, files)

    def said(self) -> Content:
        """What was last written down."""
        return sent_content(self.submission)

    def initial(self) -> dict[str, Any]:
        """What stands, but for the scan: it stays unless another one is chosen."""
        found = self.submission
        names = (
            "channel",
            "received_on",
            "on_behalf_of",
            "participant_kind",
            "is_affected",
            "is_name_masked",
        )
        return {
            **{name: getattr(found, name) for name in (*names, "stance", "reason")},
            "key": found.public_id,
            "region": found.region.full_name if found.region else "",
        }

    def carry_out(self, entry: Entry) -> Submission:
        """Correct it.

        Raises:
            Invalid: as the action does.
        """
        why = self.form.cleaned_data["why"]
        return correct_entry(self.submission, entry, reason=why, by=self.by)


def look_at_name(submission: Submission, by: Person) -> None:
    """Record that somebody who did not enter it reads a hidden name in the form."""
    if submission.is_name_masked and submission.entered_by_id != by.pk:
        see_masked_name(submission, by=by)


def correct_url(submission: Submission, by: Person) -> str:
    """Where this person corrects the entry now; empty when she may not, or it can't be corrected."""
    is_time = schedule.stage(submission.consultation, clock.now()) in ENTERED_IN
    if not (is_time and rules.may_correct(submission, by).ok and is_correctable(submission)):
        return ""
    return reverse("desk_consultations:submission_correct", args=_place(submission))


def frame_of(sheet: CorrectionSheet) -> dict[str, str]:
    """What the page of the form says differently from that of an entry."""
    return {
        "title": _("Correct the entry %(code)s") % {"code": sheet.submission.code},
        "back": reverse("desk_consultations:submission", args=_place(sheet.submission)),
    }


def _place(submission: Submission) -> list[Any]:
    return [submission.consultation.code, submission.number]
