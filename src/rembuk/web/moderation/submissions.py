"""What can be decided on the case of a submission: whether it is shown, and an objection to its answer."""

from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from rembuk.accounts.models import Person
from rembuk.consultations import rules
from rembuk.consultations.actions.objecting import decide_objection
from rembuk.consultations.choices import Verdict
from rembuk.consultations.models import Objection, Submission
from rembuk.consultations.states import SubmissionState
from rembuk.engagement.models import Case, Subject
from rembuk.engagement.rules import may_decide_case
from rembuk.web.consultations.offline import acts as handling
from rembuk.web.desk.acts import Act, ActForm


def decides(case: Case, by: Person, kinds: set[Case.Kind]) -> bool:
    """Whether this person may decide an open case of one of these kinds."""
    return case.closed_at is None and case.kind in kinds and may_decide_case(case, by).ok


def submission_of(case: Case) -> Submission | None:
    """The submission a case is about, where it is about one."""
    if case.subject.kind != Subject.Kind.SUBMISSION:
        return None
    return getattr(case.subject, "submission", None)


def objection_of(case: Case) -> Objection | None:
    """The objection a case is about."""
    if case.kind != Case.Kind.ANSWER_OBJECTION:
        return None
    related = ("row__consultation__unit", "row__unit", "row__clause", "row__office", "row__submission")
    found = Objection.objects.select_related(*related, "office", "decided_by")
    return found.filter(submission__subject=case.subject_id).first()


class ObjectionForm(ActForm):
    """The second person's answer: confirm the first one, or give a new one."""

    verdict = forms.ChoiceField(
        label=gettext_lazy("Decision"),
        choices=[("", gettext_lazy("The first answer stands")), *Verdict.choices],
        widget=forms.RadioSelect,
        required=False,
        help_text=gettext_lazy("A new answer stands beside the first one, with its date."),
    )
    explanation = forms.CharField(
        label=pgettext_lazy("of a decision", "Reason"),
        max_length=5000,
        widget=forms.Textarea({"rows": 6}),
        help_text=gettext_lazy("Everybody can read it. At least 20 characters."),
    )


def _of_submission(act: Act, *, unshown: bool | None = None) -> Act:
    """The act of the submission's own page, done to a case. ``unshown``: only for one that is not shown, or only else."""

    def is_open(case: Case, by: Person) -> bool:
        found = submission_of(case)
        if found is None or not decides(case, by, {Case.Kind.SUBMISSION}):
            return False
        if unshown is not None and unshown != (found.state == SubmissionState.NOT_SHOWN):
            return False
        return rules.may_moderate(found, by).ok

    def perform(case: Case, form: Any, by: Person) -> str:
        found = submission_of(case)
        if found is None:
            raise LookupError(case.public_id)
        return act.perform(found, form, by)

    return replace(act, is_open=is_open, perform=perform)


def _may_decide_objection(case: Case, by: Person) -> bool:
    found = objection_of(case)
    is_open = found is not None and decides(case, by, {Case.Kind.ANSWER_OBJECTION})
    return is_open and found is not None and rules.may_decide_objection(found, by).ok


def _decide_objection(case: Case, form: Any, by: Person) -> str:
    found = objection_of(case)
    if found is None:
        raise LookupError(case.public_id)
    kept = form.cleaned_data
    decide_objection(found, verdict=kept["verdict"], explanation=kept["explanation"], by=by)
    return _("The objection is decided. The author was told.")


SHOW = _of_submission(handling.SHOW, unshown=False)
SHOW_AGAIN = _of_submission(handling.SHOW_AGAIN, unshown=True)
WITHHOLD = _of_submission(handling.WITHHOLD)
DECIDE_OBJECTION = Act(
    name="decide-objection",
    title=gettext_lazy("Decide on the objection"),
    button=gettext_lazy("Publish the decision"),
    form=ObjectionForm,
    is_open=_may_decide_objection,
    perform=_decide_objection,
)
ALL = (SHOW, SHOW_AGAIN, WITHHOLD, DECIDE_OBJECTION)
