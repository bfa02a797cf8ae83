"""Public pages of work units: the tree, and one unit with its figures and what lies with it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rembuk.consultations import selectors as consultations
from rembuk.insights.figures import kept_figures
from rembuk.insights.units import UnitNode, overdue_below, tree_with_counts
from rembuk.programs import selectors as programs
from rembuk.proposals import selectors as proposals
from rembuk.web.components.formats import number
from rembuk.web.consultations.reading.cards import newest_cards
from rembuk.web.guards import visitors_page
from rembuk.web.lists import pager
from rembuk.web.paging import page_of
from rembuk.web.programs.cards import program_cards
from rembuk.web.proposals.cards import WITH, proposal_cards
from rembuk.web.reports.public import newest_reports
from rembuk.web.templatetags.ui import tag
from rembuk.workunits import doors
from rembuk.workunits import selectors as workunits
from rembuk.workunits.models import WorkUnit

PAGE, PROGRAMS = 20, 4
# Longer lists of units are folded: those to which something came stand first.
MOST_ROWS, MOST_CHILDREN = 60, 12


@visitors_page(lifetime=60)
def index(request: HttpRequest) -> HttpResponse:
    """All work units as a tree, with what came in and what is overdue."""
    nodes = tree_with_counts()
    shown = nodes if len(nodes) <= MOST_ROWS else [node for node in nodes if _is_busy(node)]
    context = {
        "page_title": _("Work units"),
        "page_description": _("Who answers for what, and how quickly."),
        "section": "workunits",
        "rows": [_row(node) for node in shown],
        "all_rows": [_row(node) for node in nodes] if len(shown) < len(nodes) else [],
    }
    return render(request, "workunits/list.html", context)


@visitors_page(lifetime=60, reads=("after",))
def detail(request: HttpRequest, code: str) -> HttpResponse:
    """One unit: contact, the three figures, overdue answers, its programmes and proposals."""
    unit = doors.public_unit(code)
    rows = proposals.listed().filter(unit__path__startswith=unit.path).select_related(*WITH)
    page = page_of(rows, order=("-published_at", "-id"), after=request.GET.get("after"), size=PAGE)
    running = programs.listed().filter(unit__path__startswith=unit.path)
    running = (
        running.select_related("unit").prefetch_related("phases").order_by("-published_at", "-id")[:PROGRAMS]
    )
    context = {
        "page_title": unit.name,
        "section": "workunits",
        "unit": unit,
        "facts": _facts(unit),
        "figures": kept_figures(unit),
        "overdue": overdue_below(unit),
        "children": list(workunits.active_units().filter(parent=unit)),
        "most_children": MOST_CHILDREN,
        "cards": proposal_cards(page.items),
        "programs": program_cards(running),
        "consultations": newest_cards(consultations.listed().filter(unit__path__startswith=unit.path)),
        "reports": newest_reports(unit),
        **pager(request, page.next_token),
    }
    return render(request, "workunits/detail.html", context)


def _is_busy(node: UnitNode) -> bool:
    return node.depth == 0 or node.heard > 0 or node.overdue > 0


def _row(node: UnitNode) -> dict[str, object]:
    late = ngettext("%(n)s overdue", "%(n)s overdue", node.overdue) % {"n": number(node.overdue)}
    return {
        "label": node.name,
        "url": reverse("workunits:detail", args=[node.code]),
        "depth": min(node.depth + 1, 5) if node.depth else 0,
        "note": node.kind_label,
        "count": node.heard,
        "tag": tag(late, "bad", "clock") if node.overdue else "",
    }


def _facts(unit: WorkUnit) -> list[dict[str, str]]:
    parent = unit.parent
    return [
        {"term": _("Kind"), "value": str(WorkUnit.Kind(unit.kind).label)},
        {
            "term": _("Part of"),
            "value": parent.name if parent else "",
            "url": reverse("workunits:detail", args=[parent.code]) if parent else "",
        },
        {"term": _("Address"), "value": unit.address},
        {"term": _("Phone"), "value": unit.phone},
        {"term": _("Email"), "value": unit.email, "url": f"mailto:{unit.email}" if unit.email else ""},
        {"term": _("Code"), "value": unit.code},
    ]
