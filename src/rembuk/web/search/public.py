"""The search page: a code or a receipt leads to its page, words to what fits best."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from rembuk.search import selectors
from rembuk.web.consultations.reading.cards import consultation_cards
from rembuk.web.consultations.reading.receipts import page_of_receipt
from rembuk.web.guards import visitors_page
from rembuk.web.programs.cards import program_cards
from rembuk.web.proposals.cards import proposal_cards

SHOWN = 10
_ROUTES = {"USL": "proposals:detail", "PRG": "programs:detail", "UJP": "consultations:detail"}
# What one may look for alone: the word in the address.
ALL, PROPOSALS, PROGRAMS, CONSULTATIONS = "", "usulan", "program", "uji-publik"


@visitors_page(lifetime=30, reads=("q", "jenis"))
def results(request: HttpRequest) -> HttpResponse:
    """What was typed into the search box: proposals, programmes and consultations, best first; ``?jenis=`` one kind."""
    typed = request.GET.get("q", "").strip()[: selectors.MOST_TYPED]
    code = selectors.code_in(typed)
    if code is not None and code[:3] in _ROUTES:
        return HttpResponseRedirect(reverse(_ROUTES[code[:3]], args=[code]))
    if submission := page_of_receipt(typed, request.user):
        return HttpResponseRedirect(submission)
    kind = request.GET.get("jenis", ALL)
    context = {
        "page_title": _("Search"),
        "typed": typed,
        "tabs": _tabs(typed, kind) if typed else [],
        **_found(typed, kind),
    }
    return render(request, "search/results.html", context)


def _found(typed: str, kind: str) -> dict[str, object]:
    """Cards of each kind asked for, and the way to the rest where there is more."""
    wanted = {kind} if kind in {PROPOSALS, PROGRAMS, CONSULTATIONS} else {PROPOSALS, PROGRAMS, CONSULTATIONS}
    most = {name: SHOWN if typed and name in wanted else 0 for name in (PROPOSALS, PROGRAMS, CONSULTATIONS)}
    proposals = selectors.best_proposals(typed, most[PROPOSALS]) if most[PROPOSALS] else []
    programs = selectors.best_programs(typed, most[PROGRAMS]) if most[PROGRAMS] else []
    consultations = selectors.best_consultations(typed, most[CONSULTATIONS]) if most[CONSULTATIONS] else []
    asked = urlencode({"q": typed})
    return {
        "proposals": proposal_cards(proposals),
        "programs": program_cards(programs),
        "consultations": consultation_cards(consultations),
        "more_url": f"{reverse('proposals:list')}?{asked}" if len(proposals) == SHOWN else "",
        "more_consultations_url": f"{reverse('consultations:list')}?{asked}"
        if len(consultations) == SHOWN
        else "",
    }


def _tabs(typed: str, kind: str) -> list[dict[str, object]]:
    """One kind alone, or all, each an address of its own."""
    words = {
        ALL: _("Everything"),
        PROPOSALS: _("Proposals"),
        PROGRAMS: _("Work programmes"),
        CONSULTATIONS: _("Consultations"),
    }
    chosen = kind if kind in words else ALL
    here = reverse("search:results")
    return [
        {
            "label": label,
            "url": f"{here}?{urlencode({'q': typed, **({'jenis': name} if name else {})})}",
            "current": name == chosen,
        }
        for name, label in words.items()
    ]
