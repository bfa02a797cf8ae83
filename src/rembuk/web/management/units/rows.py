"""Rows of the tree of work units, and the facts of one."""

from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from rembuk.accounts.models import Person
from rembuk.management import rules
from rembuk.management.selectors import managed_units, open_work
from rembuk.web.lists import active_filters
from rembuk.web.management.trees import folded
from rembuk.web.management.units.forms import UnitSearch
from rembuk.workunits.models import WorkUnit

type Row = dict[str, Any]


def tree_context(request: HttpRequest, by: Person) -> Row:
    """The tree of the units this person manages; a search shows its hits flat, each with the unit above it."""
    form = UnitSearch(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    units = managed_units(by)
    if not wanted.get("nonaktif"):
        units = units.filter(is_active=True)
    is_search = bool(wanted.get("q") or wanted.get("jenis"))
    if is_search:
        found = list(_searched(units.select_related("parent"), wanted)[:300])
        rows = [{**unit_row(unit), "depth": 1, "note": _above(unit), "below": []} for unit in found]
    else:
        rows = folded(units, unit_row)
    return {"rows": rows, "form": form, "active": active_filters(request, form), "reset_url": request.path}


def unit_row(unit: WorkUnit) -> Row:
    """A unit as the tree shows it."""
    return {
        "url": reverse("desk_management:unit", args=[unit.code]),
        "label": unit.name,
        "code": unit.code,
        "note": unit.get_kind_display(),
        "is_active": unit.is_active,
    }


def unit_context(unit: WorkUnit, by: Person) -> Row:
    """The page of a unit: facts, what hangs on it, the units directly below, and what may be done."""
    work = open_work(unit)
    children = unit.children.order_by("path")
    stats = [
        {"value": work["below"], "label": _("Work units below")},
        {"value": work["people"], "label": _("People with a role here")},
        {"value": work["proposals"], "label": _("Proposals here")},
        {"value": work["programs"], "label": _("Work programmes")},
    ]
    return {
        "unit": unit,
        "facts": _facts(unit),
        "stats": stats,
        "rows": [{**unit_row(child), "depth": 1, "below": []} for child in children],
        "may_move": not rules.is_instansi(unit),
        "may_retire": rules.may_retire_unit(by, unit).ok,
    }


def _searched(units: Any, wanted: Row) -> Any:
    text = wanted.get("q", "").strip()
    for word in text.split()[:8]:
        units = units.filter(
            Q(name__icontains=word) | Q(short_name__icontains=word) | Q(code__istartswith=word)
        )
    return units.filter(kind=wanted["jenis"]) if wanted.get("jenis") else units


def _above(unit: WorkUnit) -> str:
    return f"{unit.get_kind_display()} · {unit.parent.name}" if unit.parent else unit.get_kind_display()


def _facts(unit: WorkUnit) -> list[Row]:
    above = unit.parent
    return [
        {"term": _("Code"), "value": unit.code},
        {"term": _("Short name"), "value": unit.short_name},
        {"term": _("Kind"), "value": unit.get_kind_display()},
        {
            "term": _("Below"),
            "value": above.name if above else "",
            "url": reverse("desk_management:unit", args=[above.code]) if above else "",
        },
        {"term": _("Region"), "value": unit.region.full_name if unit.region else ""},
        {"term": _("Email"), "value": unit.email},
        {"term": _("Telephone"), "value": unit.phone},
        {"term": _("Address"), "value": unit.address},
    ]
