"""The acts of the handling panel: when each is offered, and what it does with its form."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rembuk.accounts.models import Person
from rembuk.engagement.actions.moderation import add_note
from rembuk.engagement.rules import may_add_note
from rembuk.proposals import rules, selectors, states, worklists
from rembuk.proposals.actions import answer, assess, hide, moderate, refer
from rembuk.proposals.actions.steps import Because
from rembuk.proposals.choices import AnswerKind, AssessmentVerdict
from rembuk.proposals.models import Proposal
from rembuk.proposals.states import State
from rembuk.web.desk.acts import Act
from rembuk.web.proposals.desk import forms


def _may_answer(proposal: Proposal, by: Person) -> bool:
    responsible = selectors.responsible_disposition(proposal)
    return rules.may_answer(proposal, by, responsible.unit if responsible else None).ok


def _refer(proposal: Proposal, form: forms.ReferForm, by: Person) -> str:
    refer.refer_proposal(proposal, to=form.handover(), by=by)
    return _("%(code)s was handed to %(units)s.") % {"code": proposal.code, "units": form.handover().names}


def _change(proposal: Proposal, form: forms.ChangeDispositionForm, by: Person) -> str:
    reason = form.cleaned_data["reason"]
    refer.change_disposition(proposal, to=form.handover(), reason=reason, by=by)
    return _("%(code)s now lies with %(units)s.") % {"code": proposal.code, "units": form.handover().names}


def _assess(proposal: Proposal, form: Any, by: Person) -> str:
    kept = form.cleaned_data
    verdict = AssessmentVerdict(kept["verdict"])
    assess.record_assessment(proposal, unit=kept["unit"], verdict=verdict, reason=kept["reason"], by=by)
    return _("The assessment of %(code)s is recorded.") % {"code": proposal.code}


def give_answer(proposal: Proposal, form: Any, by: Person) -> str:
    """Give the official answer that a form holds."""
    kept = form.cleaned_data
    because = Because(reason=kept["reason"], explanation=kept["message"])
    if kept["kind"] == AnswerKind.DEFERRED:
        year, day = kept["year"], kept["return_on"]
        answer.defer_proposal(proposal, year=year, return_on=day, because=because, by=by)
    elif kept["kind"] == AnswerKind.FORWARDED:
        answer.forward_proposal(proposal, to=kept["to"], because=because, by=by)
    else:
        answer.decline_proposal(proposal, because=because, by=by)
    return _("The official answer to %(code)s is published.") % {"code": proposal.code}


def _resume(proposal: Proposal, form: Any, by: Person) -> str:
    answer.resume_proposal(proposal, by=by, explanation=form.cleaned_data["message"])
    return _("%(code)s is under review again.") % {"code": proposal.code}


def _hide(proposal: Proposal, form: Any, by: Person) -> str:
    kept = form.cleaned_data
    hide.hide_proposal(proposal, reason=kept["reason"], message=kept["message"], by=by)
    return _("%(code)s is hidden.") % {"code": proposal.code}


def _unhide(proposal: Proposal, form: Any, by: Person) -> str:
    hide.unhide_proposal(proposal, message=form.cleaned_data["message"], by=by)
    return _("%(code)s is shown again.") % {"code": proposal.code}


def mark_duplicate(proposal: Proposal, form: Any, by: Person) -> str:
    """Mark it as a duplicate of the one whose code a form holds."""
    kept = form.cleaned_data
    moderate.mark_duplicate(proposal, of=kept["of"], message=kept["message"], by=by)
    names = {"code": proposal.code, "kept": kept["of"].code}
    return _("%(code)s is marked as a duplicate of %(kept)s.") % names


def _undo_duplicate(proposal: Proposal, form: Any, by: Person) -> str:
    moderate.undo_duplicate(proposal, message=form.cleaned_data["message"], by=by)
    return _("%(code)s stands by itself again.") % {"code": proposal.code}


def _note(proposal: Proposal, form: Any, by: Person) -> str:
    if proposal.subject is not None:
        add_note(proposal.subject, by=by, body=form.cleaned_data["body"])
    return _("The note is kept.")


REFER = Act(
    name="refer",
    title=gettext_lazy("Hand to work units"),
    button=gettext_lazy("Hand over"),
    intro=gettext_lazy("One work unit is responsible for the answer; others can be heard. The clock starts."),
    form=forms.ReferForm,
    is_open=lambda p, by: p.state == State.PUBLISHED and rules.may_refer(p, by).ok,
    perform=_refer,
)
CHANGE = Act(
    name="change",
    title=gettext_lazy("Change the disposition"),
    button=gettext_lazy("Change the disposition"),
    intro=gettext_lazy("The change and its reason are public. A new responsible unit gets the full time."),
    form=forms.ChangeDispositionForm,
    is_open=lambda p, by: p.state == State.REVIEWING and rules.may_refer(p, by).ok,
    perform=_change,
)
ASSESS = Act(
    name="assess",
    title=gettext_lazy("Record the assessment (telaah)"),
    button=gettext_lazy("Record the assessment"),
    intro=gettext_lazy("Public, with your work unit's name and the time."),
    form=forms.AssessForm,
    is_open=lambda p, by: p.state == State.REVIEWING and bool(worklists.units_to_assess(p, by)),
    perform=_assess,
)
ANSWER = Act(
    name="answer",
    title=gettext_lazy("Give the official answer"),
    button=gettext_lazy("Publish the answer"),
    intro=gettext_lazy(
        "Author and followers are told. To take it into a programme, use the programme's page."
    ),
    form=forms.AnswerForm,
    is_open=lambda p, by: p.state in states.AWAITS_ANSWER and _may_answer(p, by),
    perform=give_answer,
)
RESUME = Act(
    name="resume",
    title=gettext_lazy("Take up again now"),
    button=gettext_lazy("Take up again"),
    intro=gettext_lazy("Otherwise it comes back by itself on its day."),
    form=forms.ResumeForm,
    is_open=lambda p, by: p.state == State.DEFERRED and _may_answer(p, by),
    perform=_resume,
)
DUPLICATE = Act(
    name="duplicate",
    title=gettext_lazy("Mark as a duplicate"),
    button=gettext_lazy("Mark as a duplicate"),
    intro=gettext_lazy(
        "Both texts stay readable. Votes are not moved; supporters are invited to the other one."
    ),
    form=forms.DuplicateForm,
    is_open=lambda p, by: p.state in states.AWAITS_ANSWER and rules.may_moderate(p, by).ok,
    perform=mark_duplicate,
)
UNDO_DUPLICATE = Act(
    name="undo-duplicate",
    title=gettext_lazy("Not a duplicate"),
    button=gettext_lazy("Publish by itself"),
    form=forms.ExplainForm,
    is_open=lambda p, by: p.state == State.DUPLICATE and rules.may_moderate(p, by).ok,
    perform=_undo_duplicate,
)
HIDE = Act(
    name="hide",
    title=gettext_lazy("Hide"),
    button=gettext_lazy("Hide the proposal"),
    intro=gettext_lazy("The page then shows the reason and your explanation in place of the text."),
    form=forms.HideForm,
    is_open=lambda p, by: p.state in states.HIDE.sources and rules.may_hide(p, by).ok,
    perform=_hide,
    tone="bad",
)
UNHIDE = Act(
    name="unhide",
    title=gettext_lazy("Show again"),
    button=gettext_lazy("Show the proposal again"),
    form=forms.ExplainForm,
    is_open=lambda p, by: p.state == State.HIDDEN and rules.may_hide(p, by).ok,
    perform=_unhide,
)
NOTE = Act(
    name="note",
    title=gettext_lazy("Add an internal note"),
    button=gettext_lazy("Add the note"),
    form=forms.NoteForm,
    is_open=lambda p, by: may_add_note(by).ok,
    perform=_note,
)
ALL = (REFER, ASSESS, ANSWER, CHANGE, RESUME, UNDO_DUPLICATE, DUPLICATE, UNHIDE, HIDE)
BY_NAME = {act.name: act for act in (*ALL, NOTE)}
