"""Satuan kerja: one act on several units, after a question that names the count."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from rembuk.accounts.models import Person
from rembuk.common.errors import NotVisible
from rembuk.management.actions import units as actions
from rembuk.management.selectors import managed_units
from rembuk.management.units.reach import shift_of_rights
from rembuk.web.answers import see_other
from rembuk.web.components.formats import number
from rembuk.web.desk.unit_field import suggestions
from rembuk.web.guards import PersonRequest
from rembuk.web.management.pages import attempt, page
from rembuk.web.management.units import forms
from rembuk.web.management.units.desk import CRUMBS, managers
from rembuk.web.management.units.rows import shift_context
from rembuk.web.management.units.search import ACTS, FLAT
from rembuk.workunits.models import WorkUnit

MOST = 500
type Deed = Callable[[list[WorkUnit], dict[str, Any], Person], int]

_FORMS: dict[str, type[Any]] = {
    "pindah": forms.ManyMoveForm,
    "jenis": forms.ManyKindForm,
    "wilayah": forms.ManyRegionForm,
    "nonaktif": forms.ManyRetireForm,
}


@managers
@require_POST
def many(request: PersonRequest) -> HttpResponse:
    """Move, describe or retire the selected units: asked first, then done for all or for none."""
    act = request.POST.get("aksi", "")
    if act not in _FORMS:
        raise NotVisible
    back = f"{reverse('desk_management:units')}?tampil={FLAT}"
    units = list(managed_units(request.user).filter(code__in=request.POST.getlist("selected")[:MOST]))
    if not units:
        return see_other(request, back, _("Select at least one work unit."))
    is_sent = "confirm" in request.POST
    form = _FORMS[act](request.POST if is_sent else None)
    done: list[int] = []
    if (
        is_sent
        and _is_shown(form, act)
        and attempt(form, lambda: done.append(_do(act, units, form, request.user)))
    ):
        return see_other(request, back, _told(done[0]))
    return _ask(request, act, units, form, back)


def _is_shown(form: Any, act: str) -> bool:
    """A move is done on the second press, when whose rights change was shown for this very place."""
    return act != "pindah" or bool(form.is_valid() and form.is_sure)


def _do(act: str, units: list[WorkUnit], form: Any, by: Person) -> int:
    kept = {name: value for name, value in form.cleaned_data.items() if name != "seen"}
    if act == "pindah":
        return actions.move_units(units, kept["parent"], by=by, reason=kept["reason"])
    if act == "nonaktif":
        return actions.retire_units(units, kept["successor"], by=by, reason=kept["reason"])
    return actions.describe_units(units, by=by, **kept)


def _ask(request: PersonRequest, act: str, units: list[WorkUnit], form: Any, back: str) -> HttpResponse:
    label, tone = next((str(words), tone) for name, words, tone in ACTS if name == act)
    count = ngettext("%(n)s work unit", "%(n)s work units", len(units)) % {"n": number(len(units))}
    context: dict[str, Any] = {
        "act": act,
        "units": units,
        "count_text": count,
        "form": form,
        "label": f"{label} ({number(len(units))})",
        "tone": tone,
        "back_url": back,
        "suggestions": suggestions(request.user) if act in {"pindah", "nonaktif"} else (),
    }
    if act == "pindah" and form.is_bound and form.is_valid():
        data: Any = dict(form.data.items())
        data["seen"] = form.cleaned_data["parent"].code
        form.data = data
        shift = shift_of_rights(units, form.cleaned_data["parent"])
        context |= {"to": form.cleaned_data["parent"], **shift_context(shift, len(units))}
    return page(request, "units/many", title=label, crumbs=CRUMBS, **context)


def _told(count: int) -> str:
    words = ngettext("%(n)s work unit was changed.", "%(n)s work units were changed.", count)
    return words % {"n": number(count)}
