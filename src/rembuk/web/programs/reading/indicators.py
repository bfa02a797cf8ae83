"""The indicators of a programme as its page shows them: target and actual by period, what is missing as missing."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from rembuk.programs.indicators.achievement import FULL
from rembuk.programs.indicators.selectors import Measure, Period
from rembuk.web.components.formats import number, percent
from rembuk.web.components.plots import axes

type Row = dict[str, Any]

# From so many periods on the figures are drawn, too.
DRAWN_FROM = 2


def indicator_rows(measures: Sequence[Measure]) -> list[Row]:
    """Each indicator for ``programs/reading/_indicators.html``."""
    return [
        {
            "measure": one,
            "anchor": f"indikator-{one.number}",
            "reached": is_reached(one),
            "baseline": _figure(one.baseline, one.measure) if one.baseline is not None else "",
            "latest": _latest(one),
            "table": _table(one),
            "chart": _chart(one) if len(one.periods) >= DRAWN_FROM else None,
        }
        for one in measures
    ]


def is_reached(one: Measure) -> bool:
    """Whether the last reported period reached its target."""
    return one.achievement is not None and one.achievement >= FULL


def figure(value: Decimal | None) -> str:
    """A measured value without needless places: 12,5."""
    if value is None:
        return "–"
    places = max(0, -int(value.normalize().as_tuple().exponent))
    return number(value, places)


def _figure(value: Decimal | None, measure: str) -> str:
    return f"{figure(value)} {measure}"


def _latest(one: Measure) -> Row | None:
    last = one.latest
    if last is None:
        return None
    return {
        "period": last.name,
        "actual": _figure(last.actual, one.measure),
        "target": _figure(last.target, one.measure),
        "achievement": percent(last.achievement, 2),
    }


def _table(one: Measure) -> Row:
    columns = [_("Target"), _("Actual"), _("Achievement")]
    has_first = any(_is_moved(row) for row in one.periods)
    if has_first:
        columns.insert(0, _("First target"))
    return {
        "caption": one.name,
        "caption_hidden": True,
        "columns": [
            {"label": _("Period")},
            *({"label": word, "kind": "num"} for word in columns),
            {"label": _("Source")},
        ],
        "rows": [_cells(row, has_first=has_first) for row in one.periods],
    }


def _cells(row: Period, *, has_first: bool) -> list[Any]:
    missing = _("not reported")
    cells = [
        figure(row.target),
        figure(row.actual) if row.actual is not None else missing,
        percent(row.achievement, 2),
    ]
    if has_first:
        cells.insert(0, figure(row.first_target))
    return [row.name, *cells, row.source or "–"]


def _is_moved(row: Period) -> bool:
    return row.first_target is not None and row.first_target != row.target


def _chart(one: Measure) -> Row:
    targets = [row.target for row in one.periods]
    actuals = [row.actual for row in one.periods]
    series = [
        {"label": _("Target"), "look": "plan", "values": targets},
        {"label": _("Actual"), "look": "actual", "values": actuals},
    ]
    if any(_is_moved(row) for row in one.periods):
        firsts = [row.first_target for row in one.periods]
        series.insert(0, {"label": _("First target"), "look": "first", "values": firsts})
    return {
        "id": f"grafik-indikator-{one.number}",
        "title": _("%(name)s, in %(measure)s") % {"name": one.name, "measure": one.measure},
        "title_hidden": True,
        "words": _chart_words(one),
        "days": [row.ends_on for row in one.periods],
        "series": series,
        "ticks": axes.steps([*targets, *actuals, one.baseline]),
        "write": figure,
        "no_table": True,
    }


def _chart_words(one: Measure) -> str:
    last = _latest(one)
    if last is None:
        return _("Nothing is reported yet.")
    return _("%(period)s: %(actual)s of %(target)s, achievement %(achievement)s.") % last
