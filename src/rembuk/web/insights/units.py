"""Statistics by work unit: the busiest units on the statistics page, all of them in tree order on pages of their own.

The rows of a table are made once for all processes, what is shown of them is kept as HTML in each language: a view reads
no row and costs the same however many units there are.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import get_template
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rembuk.insights import statistics
from rembuk.insights.consultations import CONSULTATIONS
from rembuk.insights.programs import PROGRAMS
from rembuk.keeping.values import Kept
from rembuk.web.components.formats import number
from rembuk.web.guards import visitors_page
from rembuk.web.insights import tables
from rembuk.web.insights.keeping import kept_html, table_html
from rembuk.web.lists import pager, sort_tabs
from rembuk.web.paging import rows_before
from rembuk.web.programs.portfolio import unit_table

BUSIEST, PAGE = 20, 50


@dataclass(frozen=True, slots=True)
class Kind:
    """One of the tables: what holds its rows in tree order, what makes a unit busy, how rows become a table under a caption."""

    label: Promise
    caption: Promise
    busiest: Promise
    kept: Kept[Any]
    rows: Callable[[Any], Sequence[Any]]
    weight: Callable[[Any], int]
    table: Callable[[Sequence[Any], str], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Part:
    """A page of a table as HTML, and the token of the one after it (empty at the end)."""

    html: SafeString
    next_token: str


# By the value of ``tabel`` in the address.
KINDS = {
    "usulan": Kind(
        gettext_lazy("Proposals"),
        gettext_lazy("Work units: what lies with them and all units below them, and how quickly they answer"),
        gettext_lazy(
            "The %(n)s work units with the most proposals: what lies with them and all units below them, and how"
            " quickly they answer"
        ),
        statistics.UNITS,
        lambda found: found,
        lambda row: row.heard,
        tables.units,
    ),
    "program": Kind(
        gettext_lazy("Work programmes"),
        gettext_lazy("Work programmes by work unit, with all units below"),
        gettext_lazy("The %(n)s work units with the most work programmes, with all units below"),
        PROGRAMS,
        lambda found: found.rows["unit"],
        lambda row: row.programs,
        unit_table,
    ),
    "uji-publik": Kind(
        gettext_lazy("Consultations"),
        gettext_lazy("Consultations by work unit, with all units below"),
        gettext_lazy("The %(n)s work units with the most submissions to consultations, with all units below"),
        CONSULTATIONS,
        lambda found: found.units,
        lambda row: row.figures.heard,
        tables.consultations,
    ),
}
_FIRST = next(iter(KINDS))


@visitors_page(lifetime=60, reads=("tabel", "after"))
def units(request: HttpRequest) -> HttpResponse:
    """One of the tables with all units; an unknown one is the first table, an unknown token the first page."""
    asked = request.GET.get("tabel", "")
    name = asked if asked in KINDS else _FIRST
    part = _part(name, request.GET.get("after", ""))
    context = {
        "page_title": _("Statistics by work unit"),
        "page_description": _(
            "The figures of each work unit with all units below it, in the order of the organisation. Units without"
            " anything to count are left out."
        ),
        "crumbs": [
            {"label": _("Statistics"), "url": reverse("insights:statistics")},
            {"label": _("All work units")},
        ],
        "tabs": sort_tabs(request, {key: kind.label for key, kind in KINDS.items()}, name, "tabel"),
        "units": part.html,
        **pager(request, part.next_token),
    }
    return render(request, "insights/units.html", context)


def busiest(name: str) -> SafeString:
    """The table of the statistics page: the busiest units and the way to all, or all where they are few."""
    kind = KINDS[name]
    return kept_html(f"{name}:busiest", kind.kept.made(), lambda found: _busiest(name, kind.rows(found)))


def _busiest(name: str, rows: Sequence[Any]) -> SafeString:
    kind = KINDS[name]
    if len(rows) <= BUSIEST:
        return table_html(kind.table(rows, str(kind.caption)))
    shown = sorted(rows, key=kind.weight, reverse=True)[:BUSIEST]
    context = {
        "table": table_html(kind.table(shown, str(kind.busiest) % {"n": number(BUSIEST)})),
        "label": kind.label,
        "all": len(rows),
        "url": reverse("insights:units") + ("" if name == _FIRST else f"?tabel={name}"),
    }
    return SafeString(get_template("insights/_busiest.html").render(context))


def _part(name: str, token: str) -> Part:
    kind = KINDS[name]
    made = kind.kept.made()
    start = rows_before(token, len(kind.rows(made.value)), PAGE)
    return kept_html(f"{name}:{start}", made, lambda found: _made_part(kind, kind.rows(found), start))


def _made_part(kind: Kind, rows: Sequence[Any], start: int) -> Part:
    end = start + PAGE
    table = kind.table(rows[start:end], str(kind.caption))
    return Part(table_html(table), str(end) if end < len(rows) else "")
