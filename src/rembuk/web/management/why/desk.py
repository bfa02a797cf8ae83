"""Mengapa boleh / tidak boleh: why somebody may or may not do something somewhere, and who may."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from rembuk.access import permissions as izin
from rembuk.access.explain import explain
from rembuk.accounts.models import Person
from rembuk.management.why import actions, selectors
from rembuk.management.why.places import Place
from rembuk.web.desk.unit_field import suggestions
from rembuk.web.guards import PersonRequest, requires
from rembuk.web.management.access.tabs import WHY, access_tabs
from rembuk.web.management.pages import page
from rembuk.web.management.why.forms import MOST_NAMED, Nowhere, WhyForm, begun
from rembuk.web.management.why.rows import who_context
from rembuk.web.management.why.words import answer_context, notes_of, why_address


@requires(izin.GRANT_MANAGE)
@require_safe
def index(request: PersonRequest) -> HttpResponse:
    """A question with its answer; whose rights were looked up is recorded."""
    if "izin" not in request.GET:
        return _page(request, begun(request, request.user), {})
    form = WhyForm(request.GET, by=request.user)
    if not form.is_valid():
        return _page(request, form, {})
    try:
        place = form.place()
    except Nowhere:
        form.add_error("di", _("No work unit or thing in your reach has this code or name."))
        return _page(request, form, {})
    context = {"notes": notes_of(place, form.permission)}
    if not form.people and place is not None:
        return _page(request, form, {**context, **who_context(request, form.permission, place, request.user)})
    if len(form.people) != 1:
        return _page(request, form, {"named": _named(form), "is_more": len(form.people) > MOST_NAMED})
    return _page(request, form, {**context, **_answer(form, form.people[0], place)})


def _answer(form: WhyForm, person: Person, place: Place | None) -> dict[str, Any]:
    """The answer about one person, looked up and recorded."""
    asked = place.permission if place else form.permission
    unit, exact = (place.unit, place.exact) if place else (None, False)
    found = explain(person, asked, unit, exact=exact)
    actions.look_up_rights(person, asked, unit, by=form.by)
    return answer_context(person, asked, place, found)


def _named(form: WhyForm) -> list[dict[str, str]]:
    """The people who are called so, to choose from."""
    given = form.cleaned_data
    return [
        {
            "label": person.shown_name,
            "url": why_address(orang=str(person.public_id), izin=given["izin"], di=given["di"]),
        }
        for person in form.people[:MOST_NAMED]
    ]


def _page(request: PersonRequest, form: WhyForm, context: dict[str, Any]) -> HttpResponse:
    units = selectors.units_in_reach(request.user).filter(is_active=True)
    context |= {"form": form, "tabs": access_tabs(WHY), "suggestions": suggestions(request.user, units)}
    return page(request, "why", title=_("Access rights"), **context)
