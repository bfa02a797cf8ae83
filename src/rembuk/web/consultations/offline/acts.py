"""What can be decided on a submission, on its own page and on the page of its case; and the note among staff."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rembuk.access import permissions as izin
from rembuk.access import rights
from rembuk.accounts.models import Person
from rembuk.consultations import rules
from rembuk.consultations.actions import moderate
from rembuk.consultations.models import Submission
from rembuk.consultations.states import SubmissionState
from rembuk.engagement.actions.moderation import add_note
from rembuk.engagement.rules import may_add_note
from rembuk.taxonomy.models import ReasonCode
from rembuk.web.consultations.answering.forms import InternalNoteForm
from rembuk.web.desk.acts import Act, ActForm, ReasonForm

# Who works with submissions; whether she reaches this one, its door says.
NOTING = (izin.SUBMISSION_MODERATE, izin.CONSULTATION_ANSWER, izin.CONSULTATION_PUBLISH)


class ShowForm(ActForm):
    """Showing asks for nothing."""


class WithholdForm(ReasonForm):
    """Why it is not shown."""

    use = ReasonCode.Use.HIDE
    message = forms.CharField(
        label=gettext_lazy("Explanation"),
        max_length=5000,
        widget=forms.Textarea({"rows": 4}),
        help_text=gettext_lazy("Shown in place of the text, with at least 20 characters."),
    )


class ShowAgainForm(ActForm):
    """Why it is shown again."""

    message = forms.CharField(
        label=gettext_lazy("Explanation to the author"),
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("At least 20 characters."),
    )


def waits(submission: Submission) -> bool:
    """Whether it is held, or was changed since it was shown."""
    return submission.state == SubmissionState.HELD or submission.is_rechecking


def show(submission: Submission, form: Any, by: Person) -> str:
    """Show it."""
    moderate.show_submission(submission, by=by)
    return _("%(code)s is shown. Its author was told.") % {"code": submission.code}


def withhold(submission: Submission, form: Any, by: Person) -> str:
    """Don't show it, or hide it."""
    kept = form.cleaned_data
    moderate.withhold_submission(submission, reason=kept["reason"], message=kept["message"], by=by)
    return _("%(code)s is not shown. Its author was told why; it stays counted.") % {"code": submission.code}


def show_again(submission: Submission, form: Any, by: Person) -> str:
    """Show again what was not shown."""
    moderate.show_submission_again(submission, message=form.cleaned_data["message"], by=by)
    return _("%(code)s is shown again. Its author was told.") % {"code": submission.code}


def note(submission: Submission, form: Any, by: Person) -> str:
    """Keep a note among staff, on the submission as on each of its rows."""
    assert submission.subject is not None  # the door finds sent ones alone
    add_note(submission.subject, by=by, body=form.cleaned_data["body"])
    return _("The note is kept.")


def _may_note(submission: Submission, by: Person) -> bool:
    return may_add_note(by).ok and any(rights.can(by, permission) for permission in NOTING)


def _may(submission: Submission, by: Person) -> bool:
    return rules.may_moderate(submission, by).ok


SHOW = Act(
    name="show",
    title=gettext_lazy("Show it"),
    button=gettext_lazy("Show it"),
    intro=gettext_lazy("Everybody can then read and support it."),
    form=ShowForm,
    is_open=lambda row, by: waits(row) and _may(row, by),
    perform=show,
)
WITHHOLD = Act(
    name="withhold",
    title=gettext_lazy("Don't show it"),
    button=gettext_lazy("Don't show it"),
    intro=gettext_lazy("It stays counted and is answered in the matrix like every other one."),
    form=WithholdForm,
    is_open=lambda row, by: row.state in {SubmissionState.HELD, SubmissionState.SENT} and _may(row, by),
    perform=withhold,
    tone="bad",
)
SHOW_AGAIN = Act(
    name="show-again",
    title=gettext_lazy("Show it again"),
    button=gettext_lazy("Show it again"),
    form=ShowAgainForm,
    is_open=lambda row, by: row.state == SubmissionState.NOT_SHOWN and _may(row, by),
    perform=show_again,
)
NOTE = Act(
    name="note",
    title=gettext_lazy("Add a note"),
    button=gettext_lazy("Save the note"),
    form=InternalNoteForm,
    is_open=_may_note,
    perform=note,
)
ALL = (SHOW, WITHHOLD, SHOW_AGAIN)
BY_NAME = {act.name: act for act in (*ALL, NOTE)}
