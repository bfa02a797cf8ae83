"""What can be decided on a submission, on its own page and on the page of its case."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rembuk.accounts.models import Person
from rembuk.consultations import rules
from rembuk.consultations.actions import moderate
from rembuk.consultations.models import Submission
from rembuk.consultations.states import SubmissionState
from rembuk.taxonomy.models import ReasonCode
from rembuk.web.desk.acts import Act, ActForm, ReasonForm


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
ALL = (SHOW, WITHHOLD, SHOW_AGAIN)
BY_NAME = {act.name: act for act in ALL}
