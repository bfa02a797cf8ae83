"""Satuan kerja: moving one with all below it, retiring it with a successor, putting it back into use."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from rembuk.common.errors import require
from rembuk.management import doors, rules
from rembuk.management.actions import units as actions
from rembuk.management.units.reach import shift_of_rights
from rembuk.web.answers import see_other
from rembuk.web.desk.unit_field import suggestions
from rembuk.web.guards import PersonRequest
from rembuk.web.management.fields import ReasonForm
from rembuk.web.management.pages import attempt, page, sent
from rembuk.web.management.units.desk import crumbs_of, managers, page_of
from rembuk.web.management.units.forms import MoveForm, RetireForm
from rembuk.web.management.units.rows import grants_in, retiring_context, shift_context
from rembuk.workunits.models import WorkUnit


@managers
@require_http_methods(["GET", "HEAD", "POST"])
def move(request: PersonRequest, code: str) -> HttpResponse:
    """Hang a unit with all below it somewhere else, after a look at whose rights change."""
    found, form = doors.unit_for(code, request.user), MoveForm(sent(request))
    back, context = (
        page_of(found.code),
        dict[str, Any](suggestions=suggestions(request.user), label=_("Continue")),
    )
    if attempt(form, lambda: actions.check_move(found, form.cleaned_data["parent"], request.user)):
        to, why = form.cleaned_data["parent"], form.cleaned_data["reason"]
        if form.is_sure and attempt(form, lambda: actions.move_unit(found, to, by=request.user, reason=why)):
            return see_other(request, back, _("The work unit was moved with all below it."))
        context = {**_seen(form), **shift_context(shift_of_rights([found], to), 1)}
    title = _("Move %(unit)s") % {"unit": found.name}
    context |= {"back_url": back, "suggestions": suggestions(request.user)}
    return page(request, "units/move", title=title, crumbs=crumbs_of(found), form=form, **context)


def _seen(form: MoveForm) -> dict[str, Any]:
    """The form for the second press: with the place that is shown now."""
    data: Any = dict(form.data.items())
    data["seen"] = form.cleaned_data["parent"].code
    form.data = data
    return {"to": form.cleaned_data["parent"], "label": _("Move")}


@managers
@require_http_methods(["GET", "HEAD", "POST"])
def retire(request: PersonRequest, code: str) -> HttpResponse:
    """Take a unit out of use: what is open goes to its successor."""
    found = doors.unit_for(code, request.user)
    require(rules.may_retire_unit(request.user, found))
    grants, children = grants_in(found), found.children.filter(is_active=True).count()
    context = retiring_context(found, children=children, grants=len(grants))
    form = RetireForm(sent(request), grants=grants, children=children, is_loaded=context["is_loaded"])
    if attempt(form, lambda: _retire(form, found, request)):
        return see_other(request, page_of(found.code), _("The work unit is retired."))
    title = _("Retire %(unit)s") % {"unit": found.name}
    context |= {
        "back_url": page_of(found.code),
        "suggestions": suggestions(request.user),
        "label": _("Retire"),
    }
    return page(request, "units/retire", title=title, crumbs=crumbs_of(found), form=form, **context)


def _retire(form: RetireForm, found: WorkUnit, request: PersonRequest) -> None:
    why = form.cleaned_data["reason"]
    actions.retire_unit(found, form.succession(), by=request.user, reason=why)


@managers
@require_http_methods(["GET", "HEAD", "POST"])
def restore(request: PersonRequest, code: str) -> HttpResponse:
    """Put a retired unit back into use, with a reason."""
    found, form = doors.unit_for(code, request.user), ReasonForm(sent(request))
    if attempt(form, lambda: actions.restore_unit(found, **form.cleaned_data, by=request.user)):
        return see_other(request, page_of(found.code), _("The work unit is in use again."))
    lede = _("What went to its successor stays there, and roles that ended have to be given anew.")
    title, label = _("Put %(unit)s back into use") % {"unit": found.name}, _("Put back into use")
    crumbs, back = crumbs_of(found), page_of(found.code)
    return page(request, "form", title=title, crumbs=crumbs, form=form, lede=lede, back_url=back, label=label)
