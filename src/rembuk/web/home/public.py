"""The front page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from rembuk.common import clock
from rembuk.consultations import selectors as consultations
from rembuk.consultations.schedule import Stage
from rembuk.insights.figures import kept_figures
from rembuk.programs import selectors as programs
from rembuk.programs.states import OPEN
from rembuk.proposals import selectors as proposals
from rembuk.web.consultations.reading.cards import consultation_cards
from rembuk.web.guards import visitors_page
from rembuk.web.programs.cards import program_cards
from rembuk.web.proposals.cards import proposal_cards

NEWEST, SUPPORTED, PROGRAMS, CONSULTATIONS = 5, 3, 3, 3


@visitors_page(lifetime=30)
def front(request: HttpRequest) -> HttpResponse:
    """Newest and most supported proposals, open consultations, programmes, the three figures, how to take part."""
    rows = proposals.for_cards(proposals.listed())
    running = programs.listed().select_related("unit").prefetch_related("phases")
    context = {
        "consultations": _open_consultations(),
        "page_description": _("Propose, support, and follow what your government does with it."),
        "hero": _hero(),
        "figures": kept_figures(),
        "newest": proposal_cards(rows.order_by("-published_at", "-id")[:NEWEST]),
        "supported": proposal_cards(
            proposals.with_figures(rows).order_by(*proposals.MOST_SUPPORTED)[:SUPPORTED]
        ),
        "programs": program_cards(running.filter(state__in=OPEN).order_by("-published_at", "-id")[:PROGRAMS]),
        "steps": _steps(),
    }
    return render(request, "home/front.html", context)


def _open_consultations() -> list[dict[str, object]]:
    """Those that can be answered now, the soonest closing first."""
    moment = clock.now()
    rows = consultations.listed().filter(consultations.at_stage(Stage.OPEN, moment))
    rows = rows.select_related(*consultations.WITH).order_by("closes_at", "-id")
    return consultation_cards(rows[:CONSULTATIONS], moment)


def _hero() -> dict[str, str]:
    return {
        "title": _("Your proposal, a decision you can follow"),
        "text": _(
            "Write what your neighbourhood needs. The office must answer with a reason, and everyone can see it."
        ),
        "action_url": reverse("proposals:new"),
        "action_label": _("Write a proposal"),
        "second_url": reverse("proposals:list"),
        "second_label": _("See all proposals"),
    }


def _steps() -> list[dict[str, str]]:
    return [
        {
            "title": _("Write"),
            "text": _("Four questions: title, what and why, category, place. You get a number at once."),
            "url": reverse("proposals:new"),
        },
        {
            "title": _("Checked within days"),
            "text": _("A moderator publishes it or tells you what to improve, with a reason."),
        },
        {
            "title": _("Considered and answered"),
            "text": _("The responsible office records what it finds and answers you."),
        },
        {
            "title": _("Follow the work"),
            "text": _(
                "What is taken up becomes a work programme: planned, carried out, evaluated in public."
            ),
            "url": reverse("programs:list"),
        },
    ]
