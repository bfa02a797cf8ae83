"""Public pages of work units: the tree with a search, and one unit with its figures and what lies with it."""

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from rembuk.insights.figures import kept_figures
from rembuk.insights.responses import kept_responses
from rembuk.insights.units import tree_with_counts
from rembuk.web.guards import visitors_page
from rembuk.web.workunits import rows
from rembuk.workunits import doors
from rembuk.workunits import selectors as workunits


@visitors_page(lifetime=60, reads=("q",))
def index(request: HttpRequest) -> HttpResponse:
    """All work units as a tree, with what came in and what is overdue; looked for, the hits as a list."""
    nodes = tree_with_counts()
    words = request.GET.get("q", "").strip()[:100]
    shown = rows.found(nodes, words) if words else rows.busy(nodes)
    is_whole = len(shown) == len(nodes)
    context = {
        "page_title": _("Work units"),
        "page_description": _("Who answers for what, and how quickly."),
        "section": "workunits",
        "words": words,
        "rows": [rows.node_row(node, flat=bool(words)) for node in shown],
        "all_rows": [] if words or is_whole else [rows.node_row(node) for node in nodes],
    }
    return render(request, "workunits/list.html", context)


@visitors_page(lifetime=60)
def detail(request: HttpRequest, code: str) -> HttpResponseBase:
    """One unit: who leads it, the three figures, how quickly it answers, the newest of what lies with it."""
    unit = doors.public_unit(code)
    if unit.code != code:
        return HttpResponsePermanentRedirect(reverse("workunits:detail", args=[unit.code]))
    answers = kept_responses(unit)
    context = {
        "page_title": unit.name,
        "section": "workunits",
        "unit": unit,
        "facts": rows.facts(unit),
        "figures": kept_figures(unit),
        "stats": rows.response_stats(answers),
        "overdue": answers.overdue,
        "children": list(workunits.active_units().filter(parent=unit)),
        "most_children": rows.MOST_CHILDREN,
        **rows.newest(unit, answers),
    }
    return render(request, "workunits/detail.html", context)
