"""Indicators on the desk: the list, defining one with its targets, reporting actual values."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from rembuk.access.permissions import PROGRAM_EDIT, PROGRAM_READ, PROGRAM_REPORT, PROGRAM_STEER
from rembuk.common.errors import Invalid, require
from rembuk.programs import doors, rules
from rembuk.programs.actions.indicators.define import add_indicator, edit_indicator, remove_indicator
from rembuk.programs.actions.indicators.measure import report_actuals
from rembuk.programs.indicators.selectors import indicators_of
from rembuk.programs.models import Indicator, Program
from rembuk.programs.states import State
from rembuk.web.answers import see_other
from rembuk.web.guards import PersonRequest, requires
from rembuk.web.programs.editing.seen import Clashed
from rembuk.web.programs.indicators import tables
from rembuk.web.programs.indicators.bench import IndicatorBench
from rembuk.web.programs.indicators.forms import ActualsForm
from rembuk.web.programs.money.tables import may_plan
from rembuk.web.programs.steering.bench import rights_in
from rembuk.web.programs.steering.board import crumbs
from rembuk.web.programs.steering.forms import show_refusal


@requires(PROGRAM_READ)
def index(request: PersonRequest, code: str) -> HttpResponse:
    """All indicators with targets and actual values, and what she may do."""
    program = doors.for_desk(code, request.user)
    context = {
        "page_title": _("Indicators"),
        "crumbs": crumbs(program),
        "program": program,
        "may": rights_in(program, request.user),
        "may_plan": may_plan(program, request.user),
        "may_remove": program.state == State.DRAFT,
        "is_measured": program.state != State.CANCELLED,
        "rows": tables.measure_rows(program, indicators_of(program)),
    }
    return render(request, "desk_programs/indicators/list.html", context)


@requires(PROGRAM_EDIT, PROGRAM_STEER)
def new(request: PersonRequest, code: str) -> HttpResponse:
    """A new indicator with its targets."""
    program = doors.for_desk(code, request.user)
    return _define(request, program, None)


@requires(PROGRAM_EDIT, PROGRAM_STEER)
def edit(request: PersonRequest, code: str, number: int) -> HttpResponse:
    """Words and targets; of a public programme by a revision."""
    indicator = doors.indicator_for_desk(code, number, request.user)
    return _define(request, indicator.program, indicator)


def _define(request: PersonRequest, program: Program, indicator: Indicator | None) -> HttpResponse:
    require(rules.may_plan(program, request.user))
    bench = IndicatorBench(request, program, indicator)
    if bench.may_save and bench.is_valid():
        given: Any = {"reason": bench.reason, "by": request.user}
        try:
            if indicator is None:
                add_indicator(program, bench.form.words, bench.targets, **given)
            else:
                with bench.held():
                    edit_indicator(indicator, bench.form.words, bench.targets, **given)
            url = reverse("desk_programs:indicators", args=[program.code])
            return see_other(request, url, _("The indicator is saved."))
        except Clashed:
            return _define(request, program, indicator)
        except Invalid as refusal:
            bench.refuse(refusal)
    context = {"page_title": _("Indicator"), "crumbs": _way(program), "program": program, **bench.context()}
    return render(request, "desk_programs/indicators/edit.html", context, status=bench.status)


@requires(PROGRAM_EDIT)
def remove(request: PersonRequest, code: str, number: int) -> HttpResponse:
    """Ask, then take an indicator out of a draft."""
    indicator = doors.indicator_for_desk(code, number, request.user)
    require(rules.may_edit(indicator.program, request.user))
    url = reverse("desk_programs:indicators", args=[code])
    if request.method == "POST":
        remove_indicator(indicator, by=request.user)
        return see_other(request, url, _("The indicator is removed."))
    context = {
        "page_title": _("Remove an indicator"),
        "crumbs": _way(indicator.program),
        "confirm": tables.removal_question(indicator, request.path, url),
    }
    return render(request, "desk_programs/confirm.html", context)


@requires(PROGRAM_REPORT)
def actuals(request: PersonRequest, code: str, number: int) -> HttpResponse:
    """Actual values by period, each with its source."""
    indicator = doors.indicator_for_desk(code, number, request.user)
    require(rules.may_report(indicator.program, request.user))
    data = request.POST if request.method == "POST" else None
    form = ActualsForm(data, values=list(indicator.values.all()))
    if data is not None and form.is_valid():
        try:
            report_actuals(indicator, form.actuals, by=request.user)
            url = reverse("desk_programs:indicators", args=[code])
            return see_other(request, url, _("The values are reported."))
        except Invalid as refusal:
            show_refusal(form, refusal)
    context = {
        "page_title": _("Report actual values"),
        "crumbs": _way(indicator.program),
        "program": indicator.program,
        "indicator": indicator,
        "form": form,
    }
    status = 200 if data is None else 422
    return render(request, "desk_programs/indicators/actuals.html", context, status=status)


def _way(program: Program) -> list[dict[str, str]]:
    url = reverse("desk_programs:indicators", args=[program.code])
    return [*crumbs(program), {"label": _("Indicators"), "url": url}]
