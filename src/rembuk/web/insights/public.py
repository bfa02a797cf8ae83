"""Statistics and transparency pages."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from rembuk.common import clock
from rembuk.insights import statistics
from rembuk.insights.consultations import consultation_figures, overdue_consultations
from rembuk.insights.figures import kept_figures
from rembuk.proposals.states import State
from rembuk.siteconfig.selectors import current
from rembuk.web.guards import visitors_page
from rembuk.web.insights import tables
from rembuk.web.insights.keeping import kept, kept_here, table_html
from rembuk.web.insights.units import busiest
from rembuk.web.programs.portfolio import portfolio_context, portfolio_tables

# Overdue consultations named on one page.
MOST_LATE = 50


@visitors_page(lifetime=300)
def overview(request: HttpRequest) -> HttpResponse:
    """The three figures, proposals by state, by month and by work unit; programmes; consultations."""
    moment = clock.now()
    states = kept("states", statistics.by_state)
    context = {
        "page_title": _("Statistics"),
        "page_description": _(
            "Heard, considered, explained: counted from the records, for everyone to check."
        ),
        "figures": kept_figures(),
        "states": tables.bars(_("Proposals by state"), [(str(State(s).label), n) for s, n in states]),
        "months": tables.months(kept("months", lambda: statistics.by_month(moment, current().tz))),
        "proposal_units": busiest("usulan"),
        **portfolio_context(),
        "program_units": busiest("program"),
        "program_tables": kept_here("programs", _program_tables),
        "consultations": kept("consultations", lambda: consultation_figures(moment)),
        "consultation_units": busiest("uji-publik"),
    }
    return render(request, "insights/statistics.html", context)


def _program_tables() -> SafeString:
    return SafeString("".join(table_html(table) for table in portfolio_tables()))


@visitors_page(lifetime=300)
def transparency(request: HttpRequest) -> HttpResponse:
    """How moderation works here and what it decided lately."""
    site, moment = current(), clock.now()
    late = list(overdue_consultations(moment)[:MOST_LATE])
    context = {
        "page_title": _("Transparency"),
        "page_description": _("How this site decides, how long it may take, and what it decided."),
        "moderation": tables.moderation(kept("moderation", lambda: statistics.moderation(moment))),
        "deadlines": tables.deadlines(site),
        "consultations": kept("consultations", lambda: consultation_figures(moment)),
        "late": tables.overdue_consultations(late, moment) if late else None,
        "is_moderated_first": site.proposal_moderation == "before",
    }
    return render(request, "insights/transparency.html", context)
