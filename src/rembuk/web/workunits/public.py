"""Public pages of work units: the tree level by level with a search, and one unit with its figures and what lies with it."""

from django.http import HttpRequest, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from rembuk.insights.figures import kept_figures
from rembuk.insights.responses import kept_responses
from rembuk.web.guards import visitors_page
from rembuk.web.lists import address
from rembuk.web.workunits import branches, rows
from rembuk.workunits import doors


@visitors_page(lifetime=60, reads=("q", "di", "after"))
def index(request: HttpRequest) -> HttpResponseBase:
    """One level of the tree, with what came in and what is overdue; looked for, the hits as a list."""
    words = request.GET.get("q", "").strip()[:100]
    code = "" if words else request.GET.get("di", "").strip()
    unit = doors.public_unit(code) if code else None
    if unit is not None and unit.code != code:
        return HttpResponsePermanentRedirect(address(request, di=unit.code))
    shown = branches.searched(request, words) if words else branches.level(request, unit)
    context = {
        "page_title": unit.name if unit else _("Work units"),
        "page_description": _("Who answers for what, and how quickly."),
        "section": "workunits",
        "words": words,
        "unit": unit,
        "crumbs": branches.crumbs(unit) if unit else [],
        **shown,
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
        "crumbs": branches.crumbs(unit),
        "facts": rows.facts(unit),
        "figures": kept_figures(unit),
        "stats": rows.response_stats(answers),
        "overdue": answers.overdue,
        **branches.directly_below(unit),
        **rows.newest(unit, answers),
    }
    return render(request, "workunits/detail.html", context)
