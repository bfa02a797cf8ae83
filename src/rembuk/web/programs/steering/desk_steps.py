"""The course of a programme on the desk: its steps, its phases, which one leads, revising the plan."""

from collections.abc import Callable

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rembuk.access.permissions import PROGRAM_PUBLISH, PROGRAM_STEER
from rembuk.common.errors import Invalid, NotVisible, require
from rembuk.programs import doors, rules
from rembuk.programs.actions import phases, publish
from rembuk.programs.states import PHASE_STEPS, STEPS
from rembuk.web.answers import see_other
from rembuk.web.guards import PersonRequest, requires
from rembuk.web.programs.steering.board import crumbs
from rembuk.web.programs.steering.forms import show_refusal
from rembuk.web.programs.steering.questions import phase_question, question_form, step_question

ACTS: dict[str, Callable[..., object]] = {
    "publish": publish.publish_program,
    "postpone": publish.postpone_program,
    "resume": publish.resume_program,
    "cancel": publish.cancel_program,
    "complete": publish.complete_program,
    "reopen": publish.reopen_program,
    "start": phases.start_phase,
    "finish": phases.finish_phase,
    "restart": phases.restart_phase,
    "unstart": phases.unstart_phase,
}
_STEPS = {row.name: row for row in STEPS}
_PHASE_STEPS = {row.name: row for row in PHASE_STEPS}


@requires(PROGRAM_PUBLISH, PROGRAM_STEER)
def step(request: PersonRequest, code: str, name: str) -> HttpResponse:
    """Ask before a step of a programme, then take it."""
    program = doors.for_desk(code, request.user)
    if name not in _STEPS:
        raise NotVisible
    require(rules.may_step(program, _STEPS[name].permission, request.user))
    form = question_form(_STEPS[name], request.POST if request.method == "POST" else None)
    url = reverse("desk_programs:detail", args=[code])
    if request.method == "POST" and (form is None or form.is_valid()):
        try:
            ACTS[name](program, by=request.user, **(form.cleaned_data if form else {}))
            return see_other(request, url, _("Done. Everybody concerned is told."))
        except Invalid as refusal:
            form = form or question_form(_STEPS["postpone"], {})
            show_refusal(form, refusal)  # type: ignore[arg-type]
    confirm = {**step_question(program, name), "action_url": request.path, "cancel_url": url, "form": form}
    context = {"page_title": program.title, "crumbs": crumbs(program), "confirm": confirm, "form": form}
    status = 422 if request.method == "POST" else 200
    return render(request, "desk_programs/confirm.html", context, status=status)


@requires(PROGRAM_STEER)
def phase_step(request: PersonRequest, code: str, number: int, name: str) -> HttpResponse:
    """Ask on which day or why, then move a phase."""
    phase = doors.phase_for_desk(code, number, request.user)
    if name not in _PHASE_STEPS:
        raise NotVisible
    require(rules.may_steer(phase.program, request.user))
    form = question_form(_PHASE_STEPS[name], request.POST if request.method == "POST" else None)
    url = reverse("desk_programs:detail", args=[code]) + "#fase"
    if form is not None and form.is_valid():
        try:
            ACTS[name](phase, by=request.user, **form.cleaned_data)
            return see_other(
                request, url, _("The phase is moved. Those who follow the work programme are told.")
            )
        except Invalid as refusal:
            show_refusal(form, refusal)
    confirm = {**phase_question(phase, name), "action_url": request.path, "cancel_url": url, "form": form}
    context = {
        "page_title": phase.program.title,
        "crumbs": crumbs(phase.program),
        "confirm": confirm,
        "form": form,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "desk_programs/confirm.html", context, status=status)


@requires(PROGRAM_STEER)
@require_POST
def lead(request: PersonRequest, code: str, number: int) -> HttpResponse:
    """Let another active phase lead."""
    phases.lead_phase(doors.phase_for_desk(code, number, request.user), by=request.user)
    return see_other(
        request, reverse("desk_programs:detail", args=[code]) + "#fase", _("This phase leads now.")
    )
