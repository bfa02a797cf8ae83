"""Statistics and transparency pages."""

from typing import Any

from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
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
from rembuk.web.programs.portfolio import portfolio_context

# Overdue consultations named on one page.
MOST_LATE = 50
_TOLD = "statistics:told"


@visitors_page(lifetime=300)
def overview(request: HttpRequest) -> HttpResponse:
    """The three figures, proposals by state, by month and by work unit; programmes; consultations."""
    told = _told()
    states = told["states"]
    context = {
        "page_title": _("Statistics"),
        "page_description": _(
            "Heard, considered, explained: counted from the records, for everyone to check."
        ),
        "figures": kept_figures(),
        "states": tables.bars(_("Proposals by state"), [(str(State(s).label), n) for s, n in states]),
        "months": tables.months(told["months"]),
        "units": tables.units(told["units"]),
        **portfolio_context(with_tables=True),
        "consultations": told["consultations"],
        "consultation_units": tables.consultations(told["consultation_units"]),
    }
    return render(request, "insights/statistics.html", context)


def _told() -> dict[str, Any]:
    """Figures that count everything, at most a minute old: the page cache keeps them for visitors, this for members."""
    told: dict[str, Any] | None = caches["memory"].get(_TOLD)
    if told is None:
        moment = clock.now()
        told = {
            "states": statistics.by_state(),
            "months": statistics.by_month(moment, current().tz),
            "units": statistics.by_unit(moment),
            "consultations": consultation_figures(moment),
            "consultation_units": consultations_by_unit(moment),
        }
        caches["memory"].set(_TOLD, told, KEEP_SECONDS)
    return told


@visitors_page(lifetime=300)
def transparency(request: HttpRequest) -> HttpResponse:
    """How moderation works here and what it decided lately."""
    site, moment = current(), clock.now()
    late = list(overdue_consultations(moment)[:MOST_LATE])
    context = {
        "page_title": _("Transparency"),
        "page_description": _("How this site decides, how long it may take, and what it decided."),
        "moderation": tables.moderation(statistics.moderation(moment)),
        "deadlines": tables.deadlines(site),
        "consultations": consultation_figures(moment),
        "late": tables.overdue_consultations(late, moment) if late else None,
        "is_moderated_first": site.proposal_moderation == "before",
    }
    return render(request, "insights/transparency.html", context)
