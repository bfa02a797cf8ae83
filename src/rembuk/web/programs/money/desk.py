"""The money of a programme on the desk: what there is, planning it, entering payments, striking them out."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from rembuk.access.permissions import PROGRAM_EDIT, PROGRAM_READ, PROGRAM_REPORT, PROGRAM_STEER
from rembuk.common.errors import Invalid, NotVisible, WrongState, require
from rembuk.programs import doors, rules
from rembuk.programs.actions.money.budget import plan_money
from rembuk.programs.actions.money.spend import (
    Spent,
    attach_evidence,
    enter_realisation,
    strike_realisation,
)
from rembuk.programs.money.selectors import money_of
from rembuk.web.answers import see_other
from rembuk.web.guards import PersonRequest, requires
from rembuk.web.lists import pager
from rembuk.web.paging import page_of
from rembuk.web.programs.editing.seen import Clashed, once_more
from rembuk.web.programs.money import tables
from rembuk.web.programs.money.forms import ProofForm, SpendForm, StrikeForm
from rembuk.web.programs.money.planning import BudgetBench, money_crumbs
from rembuk.web.programs.steering.bench import rights_in
from rembuk.web.programs.steering.forms import show_refusal
from rembuk.web.proposals.file_answers import send_file

PAGE = 30


@requires(PROGRAM_READ)
def detail(request: PersonRequest, code: str) -> HttpResponse:
    """Pagu, cash plan and payments, those struck out among them, with what she may do."""
    program = doors.for_desk(code, request.user)
    rows = program.realisations.select_related("pagu")
    page = page_of(rows, order=("-spent_on", "-id"), after=request.GET.get("after"), size=PAGE)
    context = {
        "page_title": _("Money"),
        "crumbs": money_crumbs(program)[:-1],
        "program": program,
        "may": rights_in(program, request.user),
        "may_plan": tables.may_plan(program, request.user),
        "entries": tables.entries(program, page.items),
        **tables.overview(money_of(program)),
        **pager(request, page.next_token),
    }
    return render(request, "desk_programs/money/detail.html", context)


@requires(PROGRAM_EDIT, PROGRAM_STEER)
def plan(request: PersonRequest, code: str) -> HttpResponse:
    """Pagu and cash plan: of a draft as typed, of a public programme as a revision with its reason."""
    program = doors.for_desk(code, request.user)
    require(rules.may_plan(program, request.user))
    bench = BudgetBench(request, program)
    if bench.may_save and bench.is_valid():
        try:
            with bench.sight.held():
                plan_money(program, bench.form.budget, reason=bench.reason, by=request.user)
            return see_other(request, reverse("desk_programs:money", args=[code]), _("The money is planned."))
        except Clashed:
            return once_more(plan, request, code)
        except Invalid as refusal:
            bench.show(refusal)
    context = {
        "page_title": _("Plan the money"),
        "crumbs": money_crumbs(program),
        "program": program,
        **bench.context(),
        **tables.overview(money_of(program)),
    }
    return render(request, "desk_programs/money/plan.html", context, status=bench.sight.status())


@requires(PROGRAM_REPORT)
def enter(request: PersonRequest, code: str) -> HttpResponse:
    """Enter a payment; the evidence that was sent is kept while something else is mended."""
    program = doors.for_desk(code, request.user)
    require(rules.may_report(program, request.user))
    money = money_of(program)
    if money is None:
        raise WrongState(_("Plan the pagu first. Without one nothing can be spent."))
    is_sent = request.method == "POST"
    form = SpendForm(*((request.POST, request.FILES) if is_sent else ()), lines=money.lines)
    if is_sent and form.keep(request.user):
        try:
            spent = Spent(**{**form.cleaned_data, "evidence": form.kept})
            enter_realisation(program, spent, by=request.user)
            return see_other(
                request, reverse("desk_programs:money", args=[code]), _("The payment is entered.")
            )
        except Invalid as refusal:
            show_refusal(form, refusal)
    context = {
        "page_title": _("Enter a payment"),
        "crumbs": money_crumbs(program),
        "program": program,
        "form": form,
    }
    return render(request, "desk_programs/money/enter.html", context, status=422 if is_sent else 200)


@requires(PROGRAM_REPORT)
def strike(request: PersonRequest, code: str, public_id: UUID) -> HttpResponse:
    """Ask why, then strike a payment out."""
    row = doors.realisation_for_desk(code, public_id, request.user)
    require(rules.may_report(row.program, request.user))
    form = StrikeForm(request.POST if request.method == "POST" else None)
    url = reverse("desk_programs:money", args=[code])
    if form.is_valid():
        try:
            strike_realisation(row, reason=form.cleaned_data["reason"], by=request.user)
            return see_other(request, url, _("The payment is struck out. Its money is free again."))
        except Invalid as refusal:
            show_refusal(form, refusal)
    context = {
        "page_title": _("Strike a payment out"),
        "crumbs": money_crumbs(row.program),
        "confirm": tables.strike_question(row, request.path, url, form),
        "form": form,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "desk_programs/confirm.html", context, status=status)


@requires(PROGRAM_READ)
def evidence(request: PersonRequest, code: str, public_id: UUID) -> HttpResponse:
    """The evidence of a payment, for staff of its units alone."""
    row = doors.realisation_for_desk(code, public_id, request.user)
    if row.evidence is None:
        raise NotVisible
    return send_file(request, row.evidence, shared=False)


@requires(PROGRAM_REPORT)
def prove(request: PersonRequest, code: str, public_id: UUID) -> HttpResponse:
    """Add the evidence that a payment lacks."""
    row = doors.realisation_for_desk(code, public_id, request.user)
    require(rules.may_report(row.program, request.user))
    is_sent = request.method == "POST"
    form = ProofForm(*((request.POST, request.FILES) if is_sent else ()))
    if is_sent and form.keep(request.user) and form.kept:
        attach_evidence(row, form.kept, by=request.user)
        return see_other(request, reverse("desk_programs:money", args=[code]), _("The evidence is added."))
    context = {
        "page_title": _("Add evidence"),
        "crumbs": money_crumbs(row.program),
        "program": row.program,
        "row": row,
        "form": form,
    }
    return render(request, "desk_programs/money/prove.html", context, status=422 if is_sent else 200)
