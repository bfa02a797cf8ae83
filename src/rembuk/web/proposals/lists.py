"""The public list of proposals, its feed and its open data file."""

from functools import cache

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from rembuk.common.composed import Composed
from rembuk.proposals import selectors
from rembuk.proposals.models import Proposal
from rembuk.web.guards import visitors_page
from rembuk.web.lists import pager, sort_tabs
from rembuk.web.paging import Keyset, Page
from rembuk.web.proposals.cards import proposal_cards
from rembuk.web.proposals.filters import SORTS, ProposalFilter, filtered

PAGE = 30
_BY_FIGURES = ("dukungan", "komentar")
_PLACES = ("satuan", "wilayah")


@visitors_page(lifetime=30, reads=(*ProposalFilter.base_filters, "urut", "after"))
def index(request: HttpRequest) -> HttpResponse:
    """Published proposals with filters, words and three ways to sort; of overdue ones the longest overdue first."""
    rows, panel = filtered(request, selectors.listed)
    words = _ways_to_sort(request)
    first, sort = next(iter(words)), request.GET.get("urut", "")
    sort = sort if sort in words else first
    page = _page(rows, sort, request.GET.get("after", ""), is_of_place=any(map(request.GET.get, _PLACES)))
    context = {
        "page_title": _("Proposals"),
        "page_description": _("What people propose to their government, and what became of it."),
        "section": "proposals",
        "cards": proposal_cards(page.items),
        **panel,
        "sorts": sort_tabs(request, words, sort),
        "sort": sort if sort != first else "",
        **pager(request, page.next_token),
    }
    return render(request, "proposals/list.html", context)


def _ways_to_sort(request: HttpRequest) -> dict[str, str]:
    """By their words in the address, the usual one first.

    The newest overdue ones lie behind all that isn't due yet, so those are sorted by their deadline.
    """
    is_overdue = bool(request.GET.get("tenggat"))
    first = {"tenggat": _("Longest overdue")} if is_overdue else {"terbaru": _("Newest")}
    return {**first, "dukungan": _("Most supported"), "komentar": _("Most discussed")}


def _page(rows: QuerySet[Proposal] | None, sort: str, after: str, *, is_of_place: bool) -> Page[Proposal]:
    """A page of the rows; without any, of all proposals, whose first page most people ask for: a statement that is kept.

    The newest of a unit or a region are chosen by its index alone: among all, those of a small one lie far apart. So are the
    most supported and discussed of what is narrowed down, where many are passed over.
    """
    keyset = Keyset(SORTS[sort], PAGE)
    if rows is None and not after:
        return keyset.cut(_first_of_all(keyset).rows())
    if rows is not None and is_of_place and sort == "terbaru":
        return keyset.page(rows, after, dressed=_dressed)
    if rows is not None and sort in _BY_FIGURES:
        return keyset.page(selectors.with_figures(selectors.counted(rows)), after, dressed=_dressed)
    return keyset.page(_dressed(selectors.listed() if rows is None else rows), after)


def _dressed(rows: QuerySet[Proposal]) -> QuerySet[Proposal]:
    return selectors.for_cards(selectors.with_figures(rows))


@cache
def _first_of_all(keyset: Keyset) -> Composed[Proposal]:
    return Composed(lambda: _dressed(selectors.listed()).order_by(*keyset.order)[: keyset.size + 1])
