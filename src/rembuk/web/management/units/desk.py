"""Satuan kerja: the tree, one unit, making one below it, editing, moving, retiring."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from rembuk.access import permissions as izin
from rembuk.management import doors
from rembuk.management.actions import units as actions
from rembuk.web.answers import see_other
from rembuk.web.desk.unit_field import suggestions
from rembuk.web.guards import PersonRequest, requires
from rembuk.web.management.fields import ReasonForm
from rembuk.web.management.pages import Crumb, attempt, page, sent
from rembuk.web.management.units.forms import MoveForm, UnitForm
from rembuk.web.management.units.rows import tree_context, unit_context
from rembuk.workunits.models import WorkUnit

CRUMBS: list[Crumb] = [(gettext_lazy("Work units"), "desk_management:units")]
managers = requires(izin.UNIT_MANAGE)


def _page_of(code: str) -> str:
    return reverse("desk_management:unit", args=[code])


def _crumbs(unit: WorkUnit) -> list[Crumb]:
    return [*CRUMBS, (unit.name, _page_of(unit.code))]


@managers
@require_safe
def index(request: PersonRequest) -> HttpResponse:
    """The tree of the units she manages, with a search."""
    return page(request, "units", title=_("Work units"), **tree_context(request, request.user))


@managers
@require_safe
def unit(request: PersonRequest, code: str) -> HttpResponse:
    """One unit with what hangs on it."""
    found = doors.unit_for(code, request.user)
    return page(request, "unit", title=found.name, crumbs=CRUMBS, **unit_context(found, request.user))


@managers
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: PersonRequest, code: str) -> HttpResponse:
    """Make a unit below another."""
    above, form = doors.unit_for(code, request.user), UnitForm(sent(request))
    if attempt(form, lambda: actions.create_unit(form.facts(), parent=above, by=request.user)):
        return see_other(request, _page_of(form.cleaned_data["code"]), _("The work unit was made."))
    lede = _("It will hang below %(unit)s.") % {"unit": above.name}
    context = {"form": form, "lede": lede, "back_url": _page_of(code), "label": _("Make the work unit")}
    return page(request, "form", title=_("New work unit"), crumbs=_crumbs(above), **context)


@managers
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: PersonRequest, code: str) -> HttpResponse:
    """Edit what is said of a unit."""
    found = doors.unit_for(code, request.user)
    form = UnitForm(sent(request), unit=found)
    if attempt(form, lambda: actions.change_unit(found, form.facts(), by=request.user)):
        return see_other(request, _page_of(form.cleaned_data["code"]), _("The work unit was saved."))
    context = {"form": form, "back_url": _page_of(code), "label": _("Save")}
    return page(request, "form", title=_("Edit the work unit"), crumbs=_crumbs(found), **context)


@managers
@require_http_methods(["GET", "HEAD", "POST"])
def move(request: PersonRequest, code: str) -> HttpResponse:
    """Hang a unit with all below it somewhere else."""
    found, form = doors.unit_for(code, request.user), MoveForm(sent(request))
    if attempt(form, lambda: actions.move_unit(found, **form.cleaned_data, by=request.user)):
        return see_other(request, _page_of(code), _("The work unit was moved with all below it."))
    lede = _("All units below go with it. Rights held in the units above the old place no longer reach it.")
    context = {"form": form, "lede": lede, "suggestions": suggestions(), "back_url": _page_of(code)}
    title = _("Move %(unit)s") % {"unit": found.name}
    return page(request, "form", title=title, crumbs=_crumbs(found), label=_("Move"), **context)


@managers
@require_http_methods(["GET", "HEAD", "POST"])
def retire(request: PersonRequest, code: str) -> HttpResponse:
    """Take a unit out of use, with a reason."""
    found, form = doors.unit_for(code, request.user), ReasonForm(sent(request))
    if attempt(form, lambda: actions.retire_unit(found, **form.cleaned_data, by=request.user)):
        return see_other(request, _page_of(code), _("The work unit is retired."))
    lede = _(
        "Roles given in it give nothing any more. Its proposals stay, and the units above go on with them."
    )
    context = {"form": form, "lede": lede, "back_url": _page_of(code), "label": _("Retire"), "tone": "bad"}
    title = _("Retire %(unit)s") % {"unit": found.name}
    return page(request, "form", title=title, crumbs=_crumbs(found), **context)


@managers
@require_http_methods(["GET", "HEAD", "POST"])
def restore(request: PersonRequest, code: str) -> HttpResponse:
    """Put a retired unit back into use, with a reason."""
    found, form = doors.unit_for(code, request.user), ReasonForm(sent(request))
    if attempt(form, lambda: actions.restore_unit(found, **form.cleaned_data, by=request.user)):
        return see_other(request, _page_of(code), _("The work unit is in use again."))
    lede = _("Roles in it that have not ended hold again.")
    context = {"form": form, "lede": lede, "back_url": _page_of(code), "label": _("Put back into use")}
    title = _("Put %(unit)s back into use") % {"unit": found.name}
    return page(request, "form", title=title, crumbs=_crumbs(found), **context)
