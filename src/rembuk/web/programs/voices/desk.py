"""Rounds of rating on the desk: opening, closing, reading; milestones that citizens contradict; hiding what was said."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from rembuk.access import rights
from rembuk.access.permissions import COMMENT_MODERATE, PROGRAM_READ, PROGRAM_STEER
from rembuk.common.errors import Invalid, WrongState, require
from rembuk.programs import doors, rules
from rembuk.programs.actions.voices.moderate import hide_witness, show_witness_again
from rembuk.programs.actions.voices.rounds import close_round, open_round
from rembuk.programs.evaluation import rounds, witnesses
from rembuk.programs.models import Milestone
from rembuk.web.answers import see_other
from rembuk.web.guards import PersonRequest, requires
from rembuk.web.lists import pager
from rembuk.web.paging import page_of
from rembuk.web.programs.steering.board import crumbs
from rembuk.web.programs.steering.forms import show_refusal
from rembuk.web.programs.voices import board
from rembuk.web.programs.voices.forms import HideForm, RoundForm, ShowAgainForm
from rembuk.web.programs.voices.section import contradicted_rows

READ_AND_SEND = require_http_methods(["GET", "HEAD", "POST"])


@requires(PROGRAM_READ)
@require_safe
def index(request: PersonRequest, code: str) -> HttpResponse:
    """The rounds of a programme, the result of one, and the remarks that only staff read."""
    program = doors.for_desk(code, request.user)
    return render(request, "desk_programs/voices/rounds.html", board.rounds_context(request, program))


@requires(PROGRAM_STEER)
@READ_AND_SEND
def new(request: PersonRequest, code: str) -> HttpResponse:
    """Open a round: until when, and of a public service how many people used it."""
    program = doors.for_desk(code, request.user)
    require(rules.may_run_rounds(program, request.user))
    phase = rounds.can_be_opened_in(program).first()
    if phase is None:
        raise WrongState(_("A rating can be opened while a phase of monitoring and evaluation is active."))
    data = request.POST if request.method == "POST" else None
    form = RoundForm(data, is_skm=program.is_public_service)
    if form.is_valid():
        try:
            open_round(phase, form.terms, by=request.user)
            url = reverse("desk_programs:rounds", args=[code])
            return see_other(
                request, url, _("The rating is open. Those who follow the work programme are told.")
            )
        except Invalid as refusal:
            show_refusal(form, refusal)
    context = {**board.opening(program, form, request.path), "crumbs": crumbs(program), "form": form}
    return render(request, "desk_programs/confirm.html", context, status=422 if data is not None else 200)


@requires(PROGRAM_STEER)
@READ_AND_SEND
def close(request: PersonRequest, code: str, number: int) -> HttpResponse:
    """Ask, then close a round."""
    found = doors.round_for_desk(code, number, request.user)
    require(rules.may_run_rounds(found.program, request.user))
    if request.method == "POST":
        close_round(found, by=request.user)
        return see_other(request, reverse("desk_programs:rounds", args=[code]), _("The rating is closed."))
    context = {**board.closing(found, request.path), "crumbs": crumbs(found.program)}
    return render(request, "desk_programs/confirm.html", context)


@requires(PROGRAM_READ)
@require_safe
def contradicted(request: PersonRequest) -> HttpResponse:
    """Milestones of her units that are called done and that citizens contradict, the last called first."""
    held = rights.within("program__unit", rights.paths(request.user, PROGRAM_READ))
    rows = witnesses.contradicted(Milestone.objects.filter(held)).select_related("program__unit")
    page = page_of(rows, order=("-claimed_at", "-id"), after=request.GET.get("after"))
    context = {
        "page_title": _("Contradicted by citizens"),
        "crumbs": [*crumbs(), {"label": _("Contradicted by citizens")}],
        "rows": contradicted_rows(page.items),
        **pager(request, page.next_token),
    }
    return render(request, "desk_programs/voices/contradicted.html", context)


@requires(COMMENT_MODERATE)
@READ_AND_SEND
def witness(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """Hide what somebody said of a milestone, or show it again; with a reason either way."""
    found = doors.witness_to_moderate(public_id, request.user)
    require(rules.may_moderate_witness(found, request.user))
    data = request.POST if request.method == "POST" else None
    is_hidden = found.hidden_at is not None
    form = ShowAgainForm(data) if is_hidden else HideForm(data)
    if form.is_valid():
        try:
            (show_witness_again if is_hidden else hide_witness)(found, **form.cleaned_data, by=request.user)
            told = _("It is shown again.") if is_hidden else _("It is hidden. Its author was told why.")
            return see_other(request, board.page_of_milestone(found), told)
        except Invalid as refusal:
            show_refusal(form, refusal)
    context = {**board.moderating(found, form, request.path), "crumbs": crumbs(), "form": form}
    return render(request, "desk_programs/confirm.html", context, status=422 if data is not None else 200)
