"""The public list of proposals, its feed and its open data file."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from rembuk.proposals import selectors
from rembuk.web.guards import visitors_page
from rembuk.web.lists import active_filters, pager, sort_tabs
from rembuk.web.paging import page_of
from rembuk.web.proposals.cards import WITH, proposal_cards
from rembuk.web.proposals.filters import SORTS, ProposalFilter

PAGE = 20


@visitors_page(lifetime=30, reads=(*ProposalFilter.base_filters, "urut", "after"))
def index(request: HttpRequest) -> HttpResponse:
    """Published proposals with filters, words and three ways to sort."""
    listed = selectors.with_figures(selectors.listed()).select_related(*WITH)
    filters = ProposalFilter(request.GET, queryset=listed)
    filters.form.hide_optional = True  # type: ignore[attr-defined]  # every filter is
    sort = request.GET.get("urut", "")
    sort = sort if sort in SORTS else "terbaru"
    rows = filters.qs if filters.form.is_valid() else listed.none()
    page = page_of(rows, order=SORTS[sort], after=request.GET.get("after"), size=PAGE)
    words = {"terbaru": _("Newest"), "dukungan": _("Most supported"), "komentar": _("Most discussed")}
    context = {
        "page_title": _("Proposals"),
        "page_description": _("What people propose to their government, and what became of it."),
        "section": "proposals",
        "cards": proposal_cards(page.items),
        "filter_form": filters.form,
        "active": active_filters(request, filters.form),
        "sorts": sort_tabs(request, words, sort),
        "sort": sort if sort != "terbaru" else "",
        **pager(request, page.next_token),
    }
    return render(request, "proposals/list.html", context)
