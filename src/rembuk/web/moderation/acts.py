"""What can be decided on a case: on a waiting proposal, an appeal, an objection, held and reported content.

Held submissions and objections to their answers: ``submissions``.
"""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rembuk.accounts.models import Person
from rembuk.engagement.actions.moderation import Grounds, decide_comment, settle_report
from rembuk.engagement.models import Case
from rembuk.proposals.actions import hide, moderate
from rembuk.proposals.models import Proposal
from rembuk.web.consultations.offline import acts as handling_submissions
from rembuk.web.desk.acts import Act
from rembuk.web.moderation import forms, submissions
from rembuk.web.moderation.submissions import decides, submission_of
from rembuk.web.moderation.witnesses import hide_reported, witness_of
from rembuk.web.proposals.desk import acts as handling
from rembuk.web.proposals.desk.forms import AnswerForm, DuplicateForm

_PROPOSAL_KINDS = {Case.Kind.PROPOSAL, Case.Kind.APPEAL}
_CONTENT_KINDS = {Case.Kind.COMMENT_HELD, Case.Kind.REPORT}


def proposal_of(case: Case) -> Proposal | None:
    """The proposal a case is about, where it is about one."""
    return getattr(case.subject, "proposal", None)


def _on_proposal(case: Case, by: Person) -> bool:
    return decides(case, by, _PROPOSAL_KINDS) and proposal_of(case) is not None


def _may_hide(case: Case, by: Person) -> bool:
    is_ours = case.comment is not None or proposal_of(case) is not None or submission_of(case) is not None
    is_ours = is_ours or witness_of(case) is not None
    return is_ours and decides(case, by, _CONTENT_KINDS)


def _publish(case: Case, form: Any, by: Person) -> str:
    moderate.publish_proposal(_required(case), by=by)
    return _("%(code)s is published.") % {"code": case.subject.code}


def _return(case: Case, form: Any, by: Person) -> str:
    kept = form.cleaned_data
    moderate.return_proposal(_required(case), reason=kept["reason"], message=kept["message"], by=by)
    return _("%(code)s was returned to its author.") % {"code": case.subject.code}


def _reject(case: Case, form: Any, by: Person) -> str:
    kept = form.cleaned_data
    moderate.reject_proposal(_required(case), reason=kept["reason"], message=kept["message"], by=by)
    return _("%(code)s is not published. Its author was told why.") % {"code": case.subject.code}


def _keep(case: Case, form: Any, by: Person) -> str:
    words = form.cleaned_data["message"]
    if case.comment is not None:
        decide_comment(case, by=by, keep=True, grounds=Grounds(explanation=words))
    else:
        settle_report(case, by=by, explanation=words)
    return _("The content stays. Who reported it was told.")


def _hide(case: Case, form: Any, by: Person) -> str:
    kept = form.cleaned_data
    if case.comment is not None:
        grounds = Grounds(reason=kept["reason"], explanation=kept["message"])
        decide_comment(case, by=by, keep=False, grounds=grounds)
    elif (submission := submission_of(case)) is not None:
        return handling_submissions.withhold(submission, form, by)
    elif (witness := witness_of(case)) is not None:
        hide_reported(witness, form, by)
    else:
        hide.hide_proposal(_required(case), reason=kept["reason"], message=kept["message"], by=by)
    return _("The content is hidden. Its author was told why.")


def _required(case: Case) -> Proposal:
    found = proposal_of(case)
    if found is None:
        raise LookupError(case.public_id)
    return found


class CaseDuplicateForm(DuplicateForm):
    """As on the proposal's page; the thing here is the case."""

    def prepare(self) -> None:
        self.thing = proposal_of(self.thing)


class CaseAnswerForm(AnswerForm):
    """As on the proposal's page; the thing here is the case."""

    def prepare(self) -> None:
        super().prepare()
        self.thing = proposal_of(self.thing)


PUBLISH = Act(
    name="publish",
    title=gettext_lazy("Publish"),
    button=gettext_lazy("Publish"),
    intro=gettext_lazy("Everybody can then read, support and discuss it."),
    form=forms.PublishForm,
    is_open=_on_proposal,
    perform=_publish,
)
RETURN = Act(
    name="return",
    title=gettext_lazy("Return for improvement"),
    button=gettext_lazy("Return to the author"),
    form=forms.ReturnForm,
    is_open=_on_proposal,
    perform=_return,
)
REJECT = Act(
    name="reject",
    title=gettext_lazy("Don't publish"),
    button=gettext_lazy("Don't publish"),
    form=forms.RejectForm,
    is_open=_on_proposal,
    perform=_reject,
    tone="bad",
)
DUPLICATE = Act(
    name="duplicate",
    title=gettext_lazy("Mark as a duplicate"),
    button=gettext_lazy("Mark as a duplicate"),
    intro=handling.DUPLICATE.intro,
    form=CaseDuplicateForm,
    is_open=_on_proposal,
    perform=lambda case, form, by: handling.mark_duplicate(_required(case), form, by),
)
ANSWER = Act(
    name="answer",
    title=gettext_lazy("Decide on the objection"),
    button=gettext_lazy("Publish the answer"),
    intro=gettext_lazy("“Not continued” confirms the first answer and is final."),
    form=CaseAnswerForm,
    is_open=lambda case, by: decides(case, by, {Case.Kind.OBJECTION}),
    perform=lambda case, form, by: handling.give_answer(_required(case), form, by),
)
KEEP = Act(
    name="keep",
    title=gettext_lazy("Show or keep it"),
    button=gettext_lazy("It may stay"),
    form=forms.KeepForm,
    is_open=lambda case, by: decides(case, by, _CONTENT_KINDS),
    perform=_keep,
)
HIDE = Act(
    name="hide",
    title=gettext_lazy("Hide it"),
    button=gettext_lazy("Hide it"),
    form=forms.HideContentForm,
    is_open=_may_hide,
    perform=_hide,
    tone="bad",
)
ALL = (PUBLISH, KEEP, ANSWER, RETURN, DUPLICATE, REJECT, HIDE, *submissions.ALL)
BY_NAME = {act.name: act for act in ALL}
