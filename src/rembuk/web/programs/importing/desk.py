"""Bringing a workbook in: template, upload, what it would do, confirmation."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from rembuk.access.permissions import PROGRAM_EDIT, PROGRAM_STEER
from rembuk.common.errors import Invalid, require
from rembuk.programs import doors, rules
from rembuk.programs.actions.importing.layers import import_layers, rehearse_layers
from rembuk.programs.models import Program
from rembuk.programs.sheets.book import Book
from rembuk.programs.states import State
from rembuk.web.answers import see_other
from rembuk.web.guards import PersonRequest, requires
from rembuk.web.programs.importing import shown, waiting
from rembuk.web.programs.importing.forms import BookForm
from rembuk.web.programs.importing.template import explained, workbook
from rembuk.web.programs.steering.board import crumbs
from rembuk.web.programs.steering.forms import ReasonForm, show_refusal

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@requires(PROGRAM_EDIT, PROGRAM_STEER)
def start(request: PersonRequest, code: str) -> HttpResponse:
    """The template and the form; a workbook that can be read is laid aside and shown before anything is written."""
    program = _program(request, code)
    is_sent = request.method == "POST"
    form = BookForm(*((request.POST, request.FILES) if is_sent else ()))
    if is_sent and form.is_valid():
        try:
            waiting.lay(request.session, program, form.cleaned_data["book"])
            return see_other(request, reverse("desk_programs:import_check", args=[code]))
        except Invalid as problem:
            show_refusal(form, Invalid(problem.message, fields={"book": [problem.message]}))
    context = {
        "page_title": _("Bring layers from a workbook"),
        "crumbs": crumbs(program),
        "program": program,
        "form": form,
        "tables": explained(),
    }
    return render(request, "desk_programs/importing/start.html", context, status=422 if is_sent else 200)


@requires(PROGRAM_EDIT, PROGRAM_STEER)
def check(request: PersonRequest, code: str) -> HttpResponse:
    """What the workbook would bring; confirmed, it is written whole, of a public plan with its reason."""
    program = _program(request, code)
    book = waiting.book_of(request.session, program)
    is_sent = request.method == "POST"
    why = None if program.state == State.DRAFT else ReasonForm(request.POST if is_sent else None)
    if is_sent and (done := _bring_in(request, program, book, why)):
        return done
    outcome = rehearse_layers(program, book, by=request.user)
    context = {
        "page_title": _("Check the workbook"),
        "crumbs": [*crumbs(program), {"label": _("Import"), "url": _start_of(program)}],
        "program": program,
        "why": why if outcome.changes else None,
        **shown.preview(outcome),
    }
    return render(request, "desk_programs/importing/check.html", context, status=422 if is_sent else 200)


def _bring_in(
    request: PersonRequest, program: Program, book: Book, why: ReasonForm | None
) -> HttpResponse | None:
    """Write the workbook; ``None`` when something is wrong with it or with the reason."""
    try:
        outcome = import_layers(program, book, reason=request.POST.get("reason", ""), by=request.user)
    except Invalid as refusal:
        if why is None:
            raise
        show_refusal(why, refusal)
        return None
    if outcome.problems:
        return None
    waiting.forget(request.session)
    url = reverse("desk_programs:detail", args=[program.code])
    return see_other(request, url, shown.report(outcome))


@requires(PROGRAM_EDIT, PROGRAM_STEER)
def template(request: PersonRequest, code: str) -> HttpResponse:
    """The workbook to fill in."""
    program = _program(request, code)
    response = HttpResponse(workbook(program), content_type=_XLSX)
    response["Content-Disposition"] = f'attachment; filename="templat-{program.code}.xlsx"'
    return response


def _program(request: PersonRequest, code: str) -> Program:
    program = doors.for_desk(code, request.user)
    require(rules.may_plan(program, request.user))
    return program


def _start_of(program: Program) -> str:
    return reverse("desk_programs:import", args=[program.code])
