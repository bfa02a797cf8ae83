"""The front page."""

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from rembuk.common import clock
from rembuk.common.composed import Composed, Given
from rembuk.consultations.models import Consultation
from rembuk.consultations.schedule import Stage
from rembuk.consultations.selectors import listing as consultations
from rembuk.insights import figures
from rembuk.programs import selectors as programs
from rembuk.programs.states import OPEN
from rembuk.proposals import selectors as proposals
from rembuk.proposals.models import Proposal
from rembuk.web.consultations.reading.cards import consultation_cards
from rembuk.web.guards import visitors_page
from rembuk.web.programs.cards import program_cards
from rembuk.web.proposals.cards import proposal_cards

NEWEST, SUPPORTED, PROGRAMS, CONSULTATIONS = 5, 3, 3, 3


@visitors_page(lifetime=30)
def front(request: HttpRequest) -> HttpResponse:
    """Newest and most supported proposals, open consultations, programmes, the three figures, how to take part."""
    running = programs.listed().select_related("unit").prefetch_related("phases")
    context = {
        "consultations": _open_consultations(),
        "page_description": _("Propose, support, and follow what your government does with it."),
        "hero": _hero(),
        "figures": figures.SITE.get(),
        "newest": proposal_cards(_NEWEST.rows()),
        "supported": proposal_cards(_SUPPORTED.rows()),
        "programs": program_cards(running.filter(state__in=OPEN).order_by("-published_at", "-id")[:PROGRAMS]),
        "steps": _steps(),
    }
    return render(request, "home/front.html", context)


def _open_consultations() -> list[dict[str, object]]:
    """Those that can be answered now, the soonest closing first."""
    moment = clock.now()
    return consultation_cards(_OPEN.rows(at=moment), moment)


def _open() -> QuerySet[Consultation]:
    rows = consultations.listed().filter(consultations.at_stage(Stage.OPEN, Given("at")))
    # Their keys first, of the index alone: so bounded, one plan serves every instant.
    first = rows.order_by("closes_at", "-id").values("pk")[:CONSULTATIONS]
    found = Consultation.objects.filter(pk__in=first).select_related(*consultations.WITH)
    return found.defer(*consultations.TEXTS).order_by("closes_at", "-id")


def _newest() -> QuerySet[Proposal]:
    return proposals.for_cards(proposals.listed()).order_by("-published_at", "-id")[:NEWEST]


def _supported() -> QuerySet[Proposal]:
    rows = proposals.for_cards(proposals.with_figures(proposals.listed()))
    return rows.order_by(*proposals.MOST_SUPPORTED)[:SUPPORTED]


_OPEN, _NEWEST, _SUPPORTED = Composed(_open), Composed(_newest), Composed(_supported)


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
