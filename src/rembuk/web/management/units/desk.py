"""Satuan kerja: the tree, one unit, making one below it, editing."""

from django.http import HttpResponse, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from rembuk.access import permissions as izin
from rembuk.management import doors
from rembuk.management.actions import units as actions
from rembuk.web.answers import see_other
from rembuk.web.guards import PersonRequest, requires
from rembuk.web.management.pages import Crumb, attempt, page, sent
from rembuk.web.management.units.forms import UnitForm
from rembuk.web.management.units.rows import unit_context
from rembuk.web.management.units.search import tree_context
from rembuk.workunits.models import WorkUnit

CRUMBS: list[Crumb] = [(gettext_lazy("Work units"), "desk_management:units")]
managers = requires(izin.UNIT_MANAGE)


def page_of(code: str) -> str:
    """The address of a unit's page."""
    return reverse("desk_management:unit", args=[code])


def crumbs_of(unit: WorkUnit) -> list[Crumb]:
    """The way back to a unit."""
    return [*CRUMBS, (unit.name, page_of(unit.code))]


@managers
@require_safe
def index(request: PersonRequest) -> HttpResponse:
    """The top of the tree of the units she manages, with a search."""
    return page(request, "units/index", title=_("Work units"), **tree_context(request, request.user))


@managers
@require_safe
def unit(request: PersonRequest, code: str) -> HttpResponseBase:
    """One unit with what hangs on it; the page of an earlier code leads to it."""
    found = doors.unit_for(code, request.user)
    if found.code != code:
        return HttpResponsePermanentRedirect(page_of(found.code))
    context = unit_context(request, found, request.user)
    crumbs = [*CRUMBS, *((step.name, page_of(step.code)) for step in context.pop("above"))]
    return page(request, "units/unit", title=found.name, crumbs=crumbs, **context)


@managers
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: PersonRequest, code: str) -> HttpResponse:
    """Make a unit below another."""
    above, form = doors.unit_for(code, request.user), UnitForm(sent(request))
    if attempt(form, lambda: actions.create_unit(form.facts(), parent=above, by=request.user)):
        return see_other(request, page_of(form.cleaned_data["code"]), _("The work unit was made."))
    lede = _("It will hang below %(unit)s.") % {"unit": above.name}
    title, crumbs, back = _("New work unit"), crumbs_of(above), page_of(above.code)
    label = _("Make the work unit")
    return page(request, "form", title=title, crumbs=crumbs, form=form, lede=lede, back_url=back, label=label)


@managers
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: PersonRequest, code: str) -> HttpResponse:
    """Edit what is said of a unit."""
    found = doors.unit_for(code, request.user)
    form = UnitForm(sent(request), unit=found)
    if attempt(form, lambda: actions.change_unit(found, form.facts(), by=request.user)):
        return see_other(request, page_of(form.cleaned_data["code"]), _("The work unit was saved."))
    title, crumbs, back = _("Edit the work unit"), crumbs_of(found), page_of(found.code)
    return page(request, "form", title=title, crumbs=crumbs, form=form, back_url=back, label=_("Save"))
