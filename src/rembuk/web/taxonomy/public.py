"""A category's public page: its proposals, programmes and consultations, those of its children among them."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from rembuk.common.counting import counted
from rembuk.common.errors import NotVisible
from rembuk.consultations.selectors import listing as consultations
from rembuk.programs import selectors as programs
from rembuk.proposals import selectors as proposals
from rembuk.taxonomy import doors
from rembuk.taxonomy.models import Category
from rembuk.taxonomy.selectors import above, at_or_below, children, moved_to
from rembuk.web.consultations.reading.cards import newest_cards
from rembuk.web.guards import visitors_page
from rembuk.web.lists import pager
from rembuk.web.paging import page_of
from rembuk.web.programs.cards import program_cards
from rembuk.web.proposals.cards import proposal_cards

PAGE, PROGRAMS = 20, 4


@visitors_page(lifetime=60, reads=("after",))
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """What belongs to a category and to those below it. Former addresses lead on to the present one."""
    try:
        category = doors.public_category(slug)
    except NotVisible:
        if goal := moved_to(slug):
            return HttpResponsePermanentRedirect(reverse("taxonomy:detail", args=[goal]))
        raise
    return render(request, "taxonomy/detail.html", {"category": category, **_contents(request, category)})


def _contents(request: HttpRequest, category: Category) -> dict[str, Any]:
    """What stands in the category or below it: how much of each kind (up to a bound), and the newest."""
    below = at_or_below("category", category.slug)
    rows = proposals.listed().filter(below)
    running, asked = programs.listed().filter(below), consultations.listed().filter(below)
    page = page_of(
        proposals.for_cards(rows), order=("-published_at", "-id"), after=request.GET.get("after"), size=PAGE
    )
    newest = running.select_related("unit").prefetch_related("phases").order_by("-published_at", "-id")
    return {
        "page_title": category.label,
        "page_description": category.description or _("Proposals and work programmes of this category."),
        "section": "proposals",
        "cards": proposal_cards(page.items),
        "programs": program_cards(newest[:PROGRAMS]),
        "consultations": newest_cards(asked),
        "counts": {
            "proposals": counted(rows, mark=f"proposals:{category.path}"),
            "programs": counted(running, mark=f"programs:{category.path}"),
            "consultations": counted(asked, mark=f"consultations:{category.path}"),
        },
        "crumbs": _crumbs(category),
        "children": children(category),
        **pager(request, page.next_token),
    }


def _crumbs(category: Category) -> list[dict[str, str]]:
    """The way down to the category, without it where it stands at the top."""
    steps = [
        {"label": one.label, "url": reverse("taxonomy:detail", args=[one.slug])} for one in above(category)
    ]
    return [*steps, {"label": category.label}] if steps else []
