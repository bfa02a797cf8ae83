"""Programmes on the desk: the list, one programme, making and editing it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from rembuk.access import rights
from rembuk.access.permissions import PROGRAM_EDIT, PROGRAM_READ
from rembuk.common.errors import Invalid, require
from rembuk.programs import doors, rules, selectors
from rembuk.programs.actions.create import Contents, create_program, edit_program
from rembuk.programs.actions.link import NewLink
from rembuk.programs.models import Program
from rembuk.web.answers import see_other
from rembuk.web.guards import PersonRequest, requires
from rembuk.web.lists import active_filters, kept_form, pager
from rembuk.web.paging import page_of
from rembuk.web.programs.editing.bench import EditBench
from rembuk.web.programs.editing.details import DetailsForm
from rembuk.web.programs.editing.seen import Clashed, once_more
from rembuk.web.programs.filters import DeskFilter
from rembuk.web.programs.portfolio_desk import desk_rows
from rembuk.web.programs.steering.bench import ProgramBench
from rembuk.web.programs.steering.board import board_context, crumbs
from rembuk.web.programs.steering.forms import ProgramForm

PAGE = 20


@requires(PROGRAM_READ)
def index(request: PersonRequest) -> HttpResponse:
    """Programmes of her units, drafts among them, the last changed first."""
    rows = Program.objects.filter(selectors.readable_by_staff(request.user))
    filters = DeskFilter(request.GET, queryset=rows)
    found = filters.qs if filters.form.is_valid() else rows.none()
    order, after = ("-changed_at", "-id"), request.GET.get("after")
    page = page_of(found, order=order, after=after, size=PAGE, dressed=selectors.with_card_parts)
    context = {
        "page_title": _("Work programmes"),
        "rows": desk_rows(page.items),
        "may_create": rights.can(request.user, PROGRAM_EDIT),
        "filter_form": kept_form("desk_programs/filters", filters.form),
        "active": active_filters(request, filters.form),
        **pager(request, page.next_token),
    }
    return render(request, "desk_programs/list.html", context)


@requires(PROGRAM_READ)
def detail(request: PersonRequest, code: str) -> HttpResponse:
    """One programme of her units with everything she may do."""
    program = doors.for_desk(code, request.user)
    return render(request, "desk_programs/detail.html", board_context(program, request.user))


@requires(PROGRAM_EDIT)
def new(request: PersonRequest) -> HttpResponse:
    """A new programme from chosen proposals, or without."""
    bench = ProgramBench(request)
    if bench.is_saving and bench.is_valid():
        try:
            program = create_program(
                _contents(bench.form, bench.details),
                by=request.user,
                plan=bench.plan.plan,
                template=bench.template,
                links=[NewLink(*chosen) for chosen in bench.links.chosen],
            )
        except Invalid as refusal:
            bench.show(refusal)
        else:
            url = reverse("desk_programs:detail", args=[program.code])
            return see_other(request, url, _("The draft is saved. Only staff can see it."))
    context = {"page_title": _("New work programme"), "crumbs": crumbs(), **bench.context()}
    return render(request, "desk_programs/new.html", context, status=422 if bench.is_saving else 200)


@requires(PROGRAM_EDIT)
def edit(request: PersonRequest, code: str) -> HttpResponse:
    """Words of a programme, and the dates of a draft; what somebody else changed meanwhile is shown (409)."""
    program = doors.for_desk(code, request.user)
    require(rules.may_edit(program, request.user))
    bench = EditBench(request, program)
    if bench.may_save and bench.is_valid():
        try:
            with bench.sight.held():
                edit_program(program, _contents(bench.form, bench.details), by=request.user, plan=bench.days)
        except Clashed:
            return once_more(edit, request, code)
        except Invalid as refusal:
            bench.show(refusal)
        else:
            return see_other(
                request, reverse("desk_programs:detail", args=[code]), _("The changes are saved.")
            )
    context = {"page_title": _("Edit"), "crumbs": crumbs(program), "program": program, **bench.context()}
    return render(request, "desk_programs/edit.html", context, status=bench.sight.status())


def _contents(form: ProgramForm, details: DetailsForm) -> Contents:
    return Contents(**form.cleaned_data, **details.values)
