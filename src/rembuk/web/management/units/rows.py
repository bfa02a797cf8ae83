"""The facts of one work unit, what hangs on it, and what a move or its end would do."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rembuk.access import permissions as izin
from rembuk.access import rights
from rembuk.access.models import Grant
from rembuk.accounts.models import Person
from rembuk.management import rules
from rembuk.management.selectors import unended
from rembuk.management.units.around import Around, around
from rembuk.management.units.fate import load_of
from rembuk.management.units.reach import Post, Shift
from rembuk.web.components.formats import number
from rembuk.web.management.units.search import level
from rembuk.workunits.models import WorkUnit
from rembuk.workunits.selectors import carrying_on

type Row = dict[str, Any]

# Where what is open can be looked at, by the field that points to the unit.
_LISTS = {
    "proposals.Proposal.unit": "desk_proposals:list",
    "programs.Program.unit": "desk_programs:list",
    "consultations.Consultation.unit": "desk_consultations:list",
}


def unit_context(request: HttpRequest, unit: WorkUnit, by: Person) -> Row:
    """The page of a unit: the way to it, facts, what hangs on it, the units directly below, and what may be done."""
    found = around(unit, by)
    stats = [
        {"value": found.below, "label": _("Work units below")},
        {"value": found.people, "label": _("People with a role here")},
        {"value": found.proposals, "label": _("Proposals here and below")},
        {"value": found.programs, "label": _("Work programmes here and below")},
    ]
    return {
        "unit": unit,
        "above": found.above,
        "facts": _facts(unit, found),
        "stats": stats,
        **level(request, unit.children.order_by("path")),
        "may_move": not rules.is_instansi(unit),
        "may_retire": rules.may_retire_unit(by, unit).ok,
        "may_ask": rights.can(by, izin.GRANT_MANAGE, unit),
        "leads_to": None if unit.is_active else carrying_on(unit),
    }


def grants_in(unit: WorkUnit) -> list[Grant]:
    """Roles given in the unit itself that have not ended, by person."""
    held = Grant.objects.filter(unended(), unit=unit).select_related("person", "role")
    return list(held.order_by("person__name", "pk"))


def retiring_context(unit: WorkUnit, *, children: int, grants: int) -> Row:
    """What would move or end: counts, each with the list where it can be looked at."""
    loads = load_of(unit)
    stats = [{"value": load.count, "label": load.name, "url": _list_of(load.field, unit)} for load in loads]
    if children:
        url = reverse("desk_management:unit", args=[unit.code])
        stats.insert(0, {"value": children, "label": _("Work units below"), "url": url})
    if grants:
        stats.append({"value": grants, "label": _("Roles given here"), "url": ""})
    return {"stats": stats, "is_loaded": any(load.is_work for load in loads)}


def _list_of(field: str, unit: WorkUnit) -> str:
    try:
        return f"{reverse(_LISTS[field])}?{urlencode({'satuan': unit.code})}"
    except (KeyError, NoReverseMatch):
        return ""


def shift_context(shift: Shift, units: int) -> Row:
    """Whose rights a move takes and gives, in sentences."""
    losing = ngettext(
        "%(n)s person loses rights over what moves.",
        "%(n)s people lose rights over what moves.",
        shift.losing,
    )
    gaining = ngettext(
        "%(n)s person gains rights over what moves.",
        "%(n)s people gain rights over what moves.",
        shift.gaining,
    )
    return {
        "moving": units,
        "losing": losing % {"n": number(shift.losing)},
        "gaining": gaining % {"n": number(shift.gaining)},
        "lost": [_post(post) for post in shift.lost],
        "gained": [_post(post) for post in shift.gained],
    }


def _post(post: Post) -> str:
    words = {"role": post.role, "unit": post.unit, "n": number(post.people)}
    return _("%(role)s in %(unit)s (%(n)s)") % words


def _facts(unit: WorkUnit, found: Around) -> list[Row]:
    above = unit.parent
    return [
        {"term": _("Code"), "value": unit.code},
        {"term": _("Earlier codes"), "value": ", ".join(found.former)},
        {"term": _("Short name"), "value": unit.short_name},
        {"term": _("Kind"), "value": unit.get_kind_display()},
        {
            "term": _("Below"),
            "value": above.name if above else "",
            "url": reverse("desk_management:unit", args=[above.code]) if above else "",
        },
        {
            "term": unit.head_title or _("Head"),
            "value": unit.head_name or (unit.head_title and _("not named")),
        },
        {"term": _("Region"), "value": unit.region.full_name if unit.region else ""},
        {"term": _("Email"), "value": unit.email},
        {"term": _("Telephone"), "value": unit.phone},
        {"term": _("Address"), "value": unit.address},
    ]
