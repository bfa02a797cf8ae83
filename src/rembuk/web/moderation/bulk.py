"""Deciding on many proposals at once: the question that names the count, the decisions, the page of results."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from rembuk.accounts.models import Person
from rembuk.common.errors import Invalid, NotVisible
from rembuk.proposals import worklists
from rembuk.proposals.actions import moderate
from rembuk.proposals.actions.moderate import BulkResult
from rembuk.proposals.actions.refer import Handover, refer_proposal
from rembuk.proposals.actions.steps import Bulk
from rembuk.proposals.models import Proposal
from rembuk.web.answers import see_other
from rembuk.web.desk.acts import FILL, ActForm
from rembuk.web.desk.unit_field import LIST_ID, suggestions
from rembuk.web.moderation import forms

MOST = 500
# Field of the selection bar: take what the filters found in the place of the ticks.
TAKES_FOUND = "semua"
_KEPT = "bulk_refused"

type Deed = Callable[[Proposal, Bulk], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkStep:
    """One decision for many: its words, its form, and the action with the form's answers bound."""

    title: Promise
    button: Promise
    text: Promise
    form: type[ActForm]
    bind: Callable[[ActForm, Person], Deed]
    tone: str = ""


def _publish(form: ActForm, by: Person) -> Deed:
    return lambda proposal, bulk: moderate.publish_proposal(proposal, by=by, bulk=bulk)


def _return(form: ActForm, by: Person) -> Deed:
    kept = form.cleaned_data
    return lambda proposal, bulk: moderate.return_proposal(
        proposal, reason=kept["reason"], message=kept["message"], by=by, bulk=bulk
    )


def _reject(form: ActForm, by: Person) -> Deed:
    kept = form.cleaned_data
    return lambda proposal, bulk: moderate.reject_proposal(
        proposal, reason=kept["reason"], message=kept["message"], by=by, bulk=bulk
    )


def _refer(form: ActForm, by: Person) -> Deed:
    """To the unit typed, else each to the unit that is to carry it out."""
    kept = form.cleaned_data

    def deed(proposal: Proposal, bulk: Bulk) -> object:
        unit = kept["responsible"] or proposal.executing_unit or proposal.target_unit
        if unit is None:
            raise Invalid(_("No executing unit is known. Hand it over by itself."))
        to = Handover(responsible=unit, note=kept["note"])
        return refer_proposal(proposal, to=to, by=by, bulk=bulk)

    return deed


_TOLD = gettext_lazy("Each author is told. The public history says that they were decided together.")
STEPS = {
    "publish": BulkStep(
        title=gettext_lazy("Publish the selected proposals?"),
        button=gettext_lazy("Publish"),
        text=_TOLD,
        form=forms.PublishForm,
        bind=_publish,
    ),
    "refer": BulkStep(
        title=gettext_lazy("Hand the selected proposals to work units?"),
        button=gettext_lazy("Hand over"),
        text=_TOLD,
        form=forms.BulkReferForm,
        bind=_refer,
    ),
    "return": BulkStep(
        title=gettext_lazy("Return the selected proposals?"),
        button=gettext_lazy("Return to the authors"),
        text=_TOLD,
        form=forms.ReturnForm,
        bind=_return,
    ),
    "reject": BulkStep(
        title=gettext_lazy("Don't publish the selected proposals?"),
        button=gettext_lazy("Don't publish"),
        text=_TOLD,
        form=forms.RejectForm,
        bind=_reject,
        tone="bad",
    ),
}


def decide_many(
    request: HttpRequest, proposals: Sequence[Proposal], *, by: Person, name: str, back: str
) -> HttpResponse:
    """Ask first, naming the count; once confirmed, decide and lead to the results."""
    if name not in STEPS:
        raise NotVisible
    step = STEPS[name]
    if not proposals:
        return see_other(request, back, _("Select at least one proposal."))
    is_sent = "confirm" in request.POST or FILL in request.POST
    form = step.form(request.POST if is_sent else None, thing=None, by=by)
    if FILL in request.POST:
        return _question(request, form.filled(), proposals, (name, back), 200)
    if not is_sent or not form.is_valid():
        return _question(request, form, proposals, (name, back), 422 if is_sent else 200)
    result = moderate.bulk_decide(proposals, step.bind(form, by), by=by)
    _keep_refused(request, result)
    return see_other(request, reverse("moderation:bulk_done", args=[result.bulk.mark]))


def done_context(request: HttpRequest, mark: UUID, by: Person) -> dict[str, Any]:
    """What became of one bulk act of this person.

    Raises:
        NotVisible: when she did no such thing.
    """
    kept = request.session.get(_KEPT, {}).get(str(mark))
    decisions = list(worklists.decided_together(mark, by))
    if not decisions and kept is None:
        raise NotVisible
    words = ngettext("%(n)d proposal was decided.", "%(n)d proposals were decided.", len(decisions))
    return {
        "page_title": _("Done"),
        "summary": words % {"n": len(decisions)},
        "decisions": decisions,
        "refused": [
            {"code": code, "why": why, "url": reverse("desk_proposals:detail", args=[code])}
            for code, why in kept or ()
        ],
    }


def _question(
    request: HttpRequest,
    form: ActForm,
    proposals: Sequence[Proposal],
    names: tuple[str, str],
    status: int,
) -> HttpResponse:
    name, back = names
    step = STEPS[name]
    count = ngettext("%(n)d proposal is selected.", "%(n)d proposals are selected.", len(proposals))
    context = {
        "page_title": step.title,
        "crumbs": [{"label": _("Moderation"), "url": reverse("moderation:queue")}, {"label": step.title}],
        "step": step,
        "name": name,
        "form": form,
        "has_templates": "template" in form.fields,
        **(
            {"unit_list_id": LIST_ID, "unit_names": suggestions(request.user)}  # type: ignore[arg-type]
            if "responsible" in form.fields
            else {}
        ),
        "count_text": count % {"n": len(proposals)},
        "proposals": proposals,
        "back": back,
    }
    return render(request, "moderation/bulk.html", context, status=status)


def _keep_refused(request: HttpRequest, result: BulkResult) -> None:
    """Refusals leave no row in the database; the page of results finds them in the session."""
    rows = [(proposal.code, why) for proposal, why in result.refused]
    request.session[_KEPT] = {str(result.bulk.mark): rows}
