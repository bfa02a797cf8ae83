"""A category's public page: its proposals, programmes and consultations, those of its children among them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from rembuk.consultations import selectors as consultations
from rembuk.programs import selectors as programs
from rembuk.proposals import selectors as proposals
from rembuk.taxonomy import doors
from rembuk.web.consultations.reading.cards import newest_cards
from rembuk.web.guards import visitors_page
from rembuk.web.lists import pager
from rembuk.web.paging import page_of
from rembuk.web.programs.cards import program_cards
from rembuk.web.proposals.cards import WITH, proposal_cards

PAGE, PROGRAMS = 20, 4


@visitors_page(lifetime=60, reads=("after",))
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """What belongs to a category."""
    category = doors.public_category(slug)
    rows = proposals.listed().filter(category__path__startswith=category.path).select_related(*WITH)
    page = page_of(rows, order=("-published_at", "-id"), after=request.GET.get("after"), size=PAGE)
    running = programs.listed().filter(category__path__startswith=category.path)
    running = (
        running.select_related("unit").prefetch_related("phases").order_by("-published_at", "-id")[:PROGRAMS]
    )
    context = {
        "page_title": category.label,
        "page_description": category.description or _("Proposals and work programmes of this category."),
        "section": "proposals",
        "category": category,
        "cards": proposal_cards(page.items),
        "programs": program_cards(running),
        "consultations": newest_cards(
            consultations.listed().filter(category__path__startswith=category.path)
        ),
        **pager(request, page.next_token),
    }
    return render(request, "taxonomy/detail.html", context)
