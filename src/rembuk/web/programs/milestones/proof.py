"""Evidence on the desk: adding it, opening it, taking it from the page with a reason."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from rembuk.access.permissions import PROGRAM_READ, PROGRAM_REPORT
from rembuk.common.errors import Invalid, require
from rembuk.programs import doors, rules
from rembuk.programs.actions.milestones.evidence import add_evidence, remove_evidence
from rembuk.web.answers import see_other
from rembuk.web.guards import PersonRequest, requires
from rembuk.web.programs.milestones.desk import milestone_crumbs, place_of
from rembuk.web.programs.milestones.evidence_forms import EvidenceForm
from rembuk.web.programs.steering.forms import RemovalForm, show_refusal
from rembuk.web.proposals.file_answers import send_file


@requires(PROGRAM_REPORT)
def add(request: PersonRequest, code: str, public_id: UUID) -> HttpResponse:
    """More evidence for what is called done."""
    row = doors.milestone_for_desk(code, public_id, request.user)
    require(rules.may_report(row.program, request.user))
    is_sent = request.method == "POST"
    form = EvidenceForm(*((request.POST, request.FILES) if is_sent else ()))
    if is_sent and form.keep(request.user):
        try:
            add_evidence(row, form.evidence, by=request.user)
            return see_other(request, place_of(row), _("The evidence is added."))
        except Invalid as refusal:
            show_refusal(form, refusal)
    context = {"page_title": row.title, "crumbs": milestone_crumbs(row.program), "row": row, "form": form}
    return render(request, "desk_programs/milestones/prove.html", context, status=422 if is_sent else 200)


@requires(PROGRAM_READ)
def show(request: PersonRequest, code: str, public_id: UUID) -> HttpResponse:
    """A piece of evidence of her units, excluded ones too."""
    found = doors.evidence_for_desk(code, public_id, request.user)
    return send_file(request, found.file, shared=False)


@requires(PROGRAM_REPORT)
def remove(request: PersonRequest, code: str, public_id: UUID) -> HttpResponse:
    """Take a piece away, with a reason for the trail."""
    found = doors.evidence_for_desk(code, public_id, request.user)
    program, back = found.milestone.program, place_of(found.milestone)
    require(rules.may_report(program, request.user))
    form = RemovalForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            remove_evidence(found, reason=form.cleaned_data["reason"], by=request.user)
            return see_other(request, back, _("The evidence is removed."))
        except Invalid as refusal:
            show_refusal(form, refusal)
    confirm = {
        "title": _("Remove “%(title)s”?") % {"title": found.title},
        "text": _("It is no longer on the page. The trail keeps that it was there."),
        "label": _("Remove the evidence"),
        "tone": "bad",
        "form": form,
        "action_url": request.path,
        "cancel_url": back,
    }
    context = {
        "page_title": found.title,
        "crumbs": milestone_crumbs(program),
        "confirm": confirm,
        "form": form,
    }
    return render(
        request, "desk_programs/confirm.html", context, status=422 if request.method == "POST" else 200
    )
