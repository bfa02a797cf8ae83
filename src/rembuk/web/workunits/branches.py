"""The public tree of work units: one level at a time, a search, the way up; never more rows than a page has."""

from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rembuk.insights.statistics import UNITS, UnitRow
from rembuk.web.components.formats import number
from rembuk.web.components.html.tags import tag
from rembuk.web.lists import pager
from rembuk.web.paging import page_of
from rembuk.workunits import selectors as workunits
from rembuk.workunits.doors import ABOVE_READ
from rembuk.workunits.models import WorkUnit
from rembuk.workunits.tree import chain

SIZE, MOST_CHILDREN = 10, 12
_SHOWN = ("code", "name", "kind", "path", "parent_id")
_SHOWN_ABOVE = ("parent__name", "parent__short_name")
type Row = dict[str, Any]


def level(request: HttpRequest, unit: WorkUnit | None) -> Row:
    """The units directly below one; without one the instansi and those directly below it."""
    active = workunits.active_units()
    units = active.filter(parent=unit) if unit else workunits.top_levels(active)
    return _page(request, units, depth=1 if unit else 2)


def searched(request: HttpRequest, words: str) -> Row:
    """The units that were looked for, wherever they hang."""
    return _page(request, workunits.named(workunits.active_units(), words), depth=1, with_parent=True)


def directly_below(unit: WorkUnit) -> Row:
    """The first units directly below one, and the way to all of them where there are more."""
    children = list(workunits.active_units().filter(parent=unit)[: MOST_CHILDREN + 1])
    more = len(children) > MOST_CHILDREN
    return {"children": children[:MOST_CHILDREN], "branch_url": branch_url(unit) if more else ""}


def crumbs(unit: WorkUnit) -> list[Row]:
    """From the whole tree down to a unit."""
    return [
        {"label": _("Work units"), "url": reverse("workunits:list")},
        *({"label": step.label, "url": branch_url(step)} for step in _above(unit)),
        {"label": unit.label},
    ]


def _above(unit: WorkUnit) -> list[WorkUnit]:
    """The units above, from the top; those that came with the unit are not asked for again."""
    if len(chain(unit.path)) > ABOVE_READ + 1:
        return list(workunits.ancestors(unit))
    found: list[WorkUnit] = []
    step = unit.parent
    while step is not None:
        found.insert(0, step)
        step = step.parent
    return found


def branch_url(unit: WorkUnit) -> str:
    """The tree below a unit."""
    return f"{reverse('workunits:list')}?{urlencode({'di': unit.code})}"


def _page(request: HttpRequest, units: QuerySet[WorkUnit], *, depth: int, with_parent: bool = False) -> Row:
    if with_parent:
        units = units.select_related("parent")
    # The instansi has below it what the page shows.
    units = workunits.with_below(units, except_for=Q(parent=None)).only(
        *_SHOWN, *(_SHOWN_ABOVE if with_parent else ())
    )
    page = page_of(units, order=("path",), after=request.GET.get("after"), size=SIZE)
    shown = {unit.pk for unit in page.items}
    came = {row.key: row for row in UNITS.get() if row.key in shown}
    rows = [_row(unit, came.get(unit.pk)) for unit in page.items]
    for row, unit in zip(rows, page.items, strict=True):
        row["depth"] = depth if unit.parent_id else 0
        if with_parent and unit.parent:
            row["note"] += f" · {unit.parent.label}"
    return {"rows": rows, **pager(request, page.next_token)}


def _row(unit: Any, came: UnitRow | None) -> Row:
    return {
        "label": unit.name,
        "url": reverse("workunits:detail", args=[unit.code]),
        "note": unit.get_kind_display(),
        "more_url": branch_url(unit) if unit.below else "",
        "more_label": _below(unit.below) if unit.below else "",
        "count": _proposals(came.heard if came else 0),
        "tag": tag(_late(came.overdue), "bad", "clock") if came and came.overdue else "",
    }


def _proposals(count: int) -> str:
    return ngettext("%(n)s proposal", "%(n)s proposals", count) % {"n": number(count)}


def _below(count: int) -> str:
    return ngettext("%(n)s work unit below", "%(n)s work units below", count) % {"n": number(count)}


def _late(count: int) -> str:
    return ngettext("%(n)s overdue", "%(n)s overdue", count) % {"n": number(count)}
