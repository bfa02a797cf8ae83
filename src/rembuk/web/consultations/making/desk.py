"""Consultations on the desk: the list, one consultation, making, editing, copying it, and its look for citizens."""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from rembuk.access import rights
from rembuk.access.permissions import CONSULTATION_EDIT, CONSULTATION_READ
from rembuk.common.errors import Invalid, require
from rembuk.consultations import doors, rules
from rembuk.consultations.actions.making.attach import Belongings
from rembuk.consultations.actions.making.create import (
    copy_consultation,
    create_consultation,
    edit_consultation,
)
from rembuk.consultations.models import Consultation
from rembuk.consultations.selectors import listing, reach
from rembuk.web.answers import see_other
from rembuk.web.consultations.making.board import board_context, consultation_rows
from rembuk.web.consultations.making.fields import keep_upload
from rembuk.web.consultations.making.filters import DeskFilter
from rembuk.web.consultations.making.forms import ConsultationForm, NewForm, offered
from rembuk.web.consultations.making.step_forms import CopyForm
from rembuk.web.consultations.reading.page import page_context
from rembuk.web.consultations.tabs import desk_crumbs, desk_frame
from rembuk.web.guards import PersonRequest, requires
from rembuk.web.lists import active_filters, kept_form, pager
from rembuk.web.paging import page_of
from rembuk.web.programs.steering.forms import show_refusal

PAGE = 15


@requires(CONSULTATION_READ)
def index(request: PersonRequest) -> HttpResponse:
    """Consultations of her units, drafts among them, the last changed first."""
    rows = (
        Consultation.objects.filter(reach.in_reach(request.user)).select_related("unit").defer(*listing.TEXTS)
    )
    filters = DeskFilter(request.GET, queryset=rows)
    found = filters.qs if filters.form.is_valid() else rows.none()
    page = page_of(found, order=("-changed_at", "-id"), after=request.GET.get("after"), size=PAGE)
    context = {
        "page_title": _("Consultations"),
        "rows": consultation_rows(page.items),
        "may_create": rights.can(request.user, CONSULTATION_EDIT),
        "filter_form": kept_form("desk_consultations/filters", filters.form),
        "active": active_filters(request, filters.form),
        **pager(request, page.next_token),
    }
    return render(request, "consultations/making/list.html", context)


@requires(CONSULTATION_READ)
def detail(request: PersonRequest, code: str) -> HttpResponse:
    """One consultation of her units with what it lacks and what comes next."""
    found = doors.for_desk(code, request.user)
    return render(request, "consultations/making/detail.html", board_context(found, request.user))


@requires(CONSULTATION_EDIT)
def new(request: PersonRequest) -> HttpResponse:
    """A new consultation on one page, alone or from a programme's page."""
    is_sent = request.method == "POST"
    sent = (request.POST, request.FILES) if is_sent else ()
    form = NewForm(*sent, by=request.user, initial=offered(request.GET, request.user))
    stored = keep_upload(form, request.user) if is_sent else None
    if is_sent and form.is_valid():
        program = form.cleaned_data["program"]
        belongings = Belongings(file=stored, program=program, phase=form.chosen_phase)
        try:
            made = create_consultation(form.contents, by=request.user, belongings=belongings)
        except Invalid as refusal:
            show_refusal(form, refusal)
        else:
            url = reverse("desk_consultations:detail", args=[made.code])
            return see_other(request, url, _("The draft is saved. Only staff can see it."))
    context = {
        "page_title": _("New consultation"),
        "crumbs": desk_crumbs(here=_("New consultation")),
        "form": form,
        "kept": stored,
    }
    return render(request, "consultations/making/new.html", context, status=422 if is_sent else 200)


@requires(CONSULTATION_EDIT)
def edit(request: PersonRequest, code: str) -> HttpResponse:
    """Words, schedule and settings; what is fixed by now is shown and not taken."""
    found = doors.for_desk(code, request.user)
    require(rules.may_edit(found, request.user))
    is_sent = request.method == "POST"
    form = ConsultationForm(request.POST if is_sent else None, by=request.user, consultation=found)
    if is_sent and form.is_valid():
        try:
            edit_consultation(found, form.contents, by=request.user)
        except Invalid as refusal:
            show_refusal(form, refusal)
        else:
            url = reverse("desk_consultations:detail", args=[code])
            return see_other(request, url, _("The changes are saved."))
    context = {**desk_frame(found, request.user, "edit", _("Edit")), "form": form}
    return render(request, "consultations/making/edit.html", context, status=422 if is_sent else 200)


@requires(CONSULTATION_EDIT)
def copy(request: PersonRequest, code: str) -> HttpResponse:
    """A new draft with the words, settings, text and questions of this one."""
    found = doors.for_desk(code, request.user)
    require(rules.may_create(found.unit, request.user))
    is_sent = request.method == "POST"
    form = CopyForm(request.POST if is_sent else None, initial={"title": found.title})
    if is_sent and form.is_valid():
        made = copy_consultation(found, by=request.user, **form.cleaned_data)
        url = reverse("desk_consultations:edit", args=[made.code])
        return see_other(
            request, url, _("The copy is a draft. Give it a schedule and look through its words.")
        )
    context = {**desk_frame(found, request.user, "copy", _("Make a copy")), "form": form}
    return render(request, "consultations/making/copy.html", context, status=422 if is_sent else 200)


@requires(CONSULTATION_READ)
def preview(request: PersonRequest, code: str) -> HttpResponse:
    """The page as citizens will see it; an announced one has its public page."""
    found = doors.for_desk(code, request.user)
    if found.announced_at is not None:
        return HttpResponseRedirect(reverse("consultations:detail", args=[found.code]))
    return render(request, "consultations/reading/detail.html", page_context(found, request))
