"""Statistics and transparency pages."""

from collections.abc import Callable
from typing import Any

from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import get_template
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from rembuk.common import clock
from rembuk.insights import statistics
from rembuk.insights.consultations import (
    consultation_figures,
    consultations_by_unit,
    overdue_consultations,
)
from rembuk.insights.figures import KEEP_SECONDS, kept_figures
from rembuk.proposals.states import State
from rembuk.siteconfig.selectors import current
from rembuk.web.guards import visitors_page
from rembuk.web.insights import tables
from rembuk.web.programs.portfolio import portfolio_context, portfolio_tables

# Overdue consultations named on one page.
MOST_LATE = 50


@visitors_page(lifetime=300)
def overview(request: HttpRequest) -> HttpResponse:
    """The three figures, proposals by state, by month and by work unit; programmes; consultations."""
    moment = clock.now()
    states = _kept("states", statistics.by_state)
    context = {
        "page_title": _("Statistics"),
        "page_description": _(
            "Heard, considered, explained: counted from the records, for everyone to check."
        ),
        "figures": kept_figures(),
        "states": tables.bars(_("Proposals by state"), [(str(State(s).label), n) for s, n in states]),
        "months": tables.months(_kept("months", lambda: statistics.by_month(moment, current().tz))),
        "units": _table("units", lambda: tables.units(statistics.by_unit(moment)), scroll=True),
        **portfolio_context(),
        "program_tables": _kept_here("programs", _program_tables),
        "consultations": _kept("consultations", lambda: consultation_figures(moment)),
        "consultation_units": _table(
            "consultations-by-unit", lambda: tables.consultations(consultations_by_unit(moment)), scroll=True
        ),
    }
    return render(request, "insights/statistics.html", context)


def _kept[Found](name: str, find: Callable[[], Found]) -> Found:
    """What counts everything, at most a minute old: the page cache keeps it for visitors, this for members."""
    kept: Found | None = caches["memory"].get(f"statistics:{name}")
    if kept is None:
        kept = find()
        caches["memory"].set(f"statistics:{name}", kept, KEEP_SECONDS)
    return kept


def _table(name: str, make: Callable[[], dict[str, Any]], **shape: bool) -> SafeString:
    """A table of up to 500 rows as HTML, kept like the figures in it."""
    return _kept_here(name, lambda: _rendered(make(), **shape))


def _kept_here(name: str, find: Callable[[], SafeString]) -> SafeString:
    return _kept(f"{name}:{get_language()}", find)


def _program_tables() -> SafeString:
    return SafeString("".join(_rendered(table, wide=True) for table in portfolio_tables()))


def _rendered(table: dict[str, Any], **shape: bool) -> SafeString:
    if not table["rows"]:
        return SafeString()
    return SafeString(get_template("components/data_table.html").render({"table": table, **shape}))


@visitors_page(lifetime=300)
def transparency(request: HttpRequest) -> HttpResponse:
    """How moderation works here and what it decided lately."""
    site, moment = current(), clock.now()
    late = list(overdue_consultations(moment)[:MOST_LATE])
    context = {
        "page_title": _("Transparency"),
        "page_description": _("How this site decides, how long it may take, and what it decided."),
        "moderation": tables.moderation(_kept("moderation", lambda: statistics.moderation(moment))),
        "deadlines": tables.deadlines(site),
        "consultations": _kept("consultations", lambda: consultation_figures(moment)),
        "late": tables.overdue_consultations(late, moment) if late else None,
        "is_moderated_first": site.proposal_moderation == "before",
    }
    return render(request, "insights/transparency.html", context)
