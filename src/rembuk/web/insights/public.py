"""Statistics and transparency pages."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from rembuk.common import clock
from rembuk.insights import consultations, figures, statistics
from rembuk.insights.programs import PROGRAMS, Portfolio
from rembuk.proposals.states import State
from rembuk.siteconfig.selectors import current
from rembuk.web.guards import visitors_page
from rembuk.web.insights import tables
from rembuk.web.insights.keeping import kept_html, table_html
from rembuk.web.insights.units import busiest
from rembuk.web.programs.portfolio import portfolio_context
from rembuk.web.programs.portfolio import tables as portfolio_tables

# Overdue consultations named on one page.
MOST_LATE = 50


@visitors_page(lifetime=60)
def overview(request: HttpRequest) -> HttpResponse:
    """The three figures, proposals by state, by month and by work unit; programmes; consultations."""
    context = {
        "page_title": _("Statistics"),
        "page_description": _(
            "Heard, considered, explained: counted from the records, for everyone to check."
        ),
        "figures": figures.SITE.get(),
        "states": tables.bars(
            _("Proposals by state"), [(str(State(s).label), n) for s, n in statistics.STATES.get()]
        ),
        "months": tables.months(statistics.MONTHS.get()),
        "proposal_units": busiest("usulan"),
        **portfolio_context(),
        "program_units": busiest("program"),
        "program_tables": kept_html("programs", PROGRAMS.made(), _program_tables),
        "consultations": consultations.CONSULTATIONS.get().whole,
        "consultation_units": busiest("uji-publik"),
    }
    return render(request, "insights/statistics.html", context)


def _program_tables(portfolio: Portfolio) -> SafeString:
    return SafeString("".join(table_html(table) for table in portfolio_tables(portfolio)))


@visitors_page(lifetime=60)
def transparency(request: HttpRequest) -> HttpResponse:
    """How moderation works here and what it decided lately."""
    site, moment = current(), clock.now()
    late = list(consultations.overdue_consultations(moment)[:MOST_LATE])
    context = {
        "page_title": _("Transparency"),
        "page_description": _("How this site decides, how long it may take, and what it decided."),
        "moderation": tables.moderation(statistics.MODERATION.get()),
        "deadlines": tables.deadlines(site),
        "consultations": consultations.CONSULTATIONS.get().whole,
        "late": tables.overdue_consultations(late, moment) if late else None,
        "is_moderated_first": site.proposal_moderation == "before",
    }
    return render(request, "insights/transparency.html", context)
