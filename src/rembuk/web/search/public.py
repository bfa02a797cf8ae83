"""The search page: a code leads to its page, words to what fits best."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from rembuk.proposals.models import Proposal
from rembuk.search import selectors
from rembuk.web.guards import visitors_page
from rembuk.web.programs.cards import program_cards
from rembuk.web.proposals.cards import proposal_cards

SHOWN = 10
_ROUTES = {"USL": "proposals:detail", "PRG": "programs:detail"}


@visitors_page(lifetime=30)
def results(request: HttpRequest) -> HttpResponse:
    """What was typed into the search box: proposals and programmes, best first."""
    typed = request.GET.get("q", "").strip()[: selectors.MOST_TYPED]
    code = selectors.code_in(typed)
    if code is not None and code[:3] in _ROUTES:
        return HttpResponseRedirect(reverse(_ROUTES[code[:3]], args=[code]))
    proposals: list[Proposal] = selectors.best_proposals(typed, SHOWN) if typed else []
    programs = selectors.best_programs(typed, SHOWN) if typed else []
    context = {
        "page_title": _("Search"),
        "typed": typed,
        "proposals": proposal_cards(proposals),
        "programs": program_cards(programs),
        "more_url": f"{reverse('proposals:list')}?{urlencode({'q': typed})}"
        if len(proposals) == SHOWN
        else "",
    }
    return render(request, "search/results.html", context)
