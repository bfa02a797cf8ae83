"""Curves over time as inline SVG: a plan against what came of it, with words and a table.

Places are percentages of the picture and words keep their size, so that it is read at 360 px; lines are told apart by
dashes, thickness and marks, so that it is read in black and white; title and description are read out. No style
attributes (CSP).
"""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from rembuk.web.components.formats import short_day
from rembuk.web.components.plots import axes

type Row = dict[str, Any]

# A chart over more days than this names months, a shorter one days.
LONG = 120
# More points than this are drawn without marks: they would run into each other on a phone.
MOST_MARKS = 40


def curve(chart: Mapping[str, Any]) -> Row:
    """What the template of ``curve`` shows.

    chart: {id, title, words (one sentence that says what the picture shows), days (dates, rising), series: [{label,
    look: "first", "plan" or "actual", values (one a day, None where there is none)}], write (value to text), ticks
    (values along the axis; without them round figures), write_tick?, today?, text?, open?, title_hidden?, label? (head
    of the first column), names? (what each day is called in the table), exact? (writes values in the table)}.
    """
    days: Sequence[date] = chart["days"]
    ticks = list(chart.get("ticks") or axes.steps(v for one in chart["series"] for v in one["values"]))
    return {
        **chart,
        "svg": _picture(chart, days, ticks),
        "legend": [{"label": one["label"], "svg": _swatch(one["look"])} for one in chart["series"]],
        "table": _table(chart, days),
    }


def _picture(chart: Mapping[str, Any], days: Sequence[date], ticks: Sequence[Decimal]) -> SafeString:
    inside = [
        _grid(ticks, chart.get("write_tick") or chart["write"]),
        _below(days),
        _today(chart.get("today"), days),
        *(_lines(one, days, ticks) for one in chart["series"]),
        *(_marks(one, days, ticks) for one in chart["series"] if one["look"] == "actual"),
    ]
    return format_html(
        '<svg class="curve-plot" width="100%" height="220" role="img" aria-labelledby="{0}-t {0}-d">'
        '<title id="{0}-t">{1}</title><desc id="{0}-d">{2}</desc>{3}</svg>',
        chart["id"],
        chart["title"],
        chart["words"],
        _joined(inside),
    )


def _grid(ticks: Sequence[Decimal], write: Any) -> SafeString:
    return format_html_join(
        "",
        '<line class="curve-grid" x1="0" x2="100%" y1="{0}%" y2="{0}%"/>'
        '<text class="curve-word" x="-8" y="{0}%" dy="4" text-anchor="end">{1}</text>',
        ((axes.place(axes.upward(tick, ticks[0], ticks[-1])), write(tick)) for tick in ticks),
    )


def _below(days: Sequence[date]) -> SafeString:
    if not days:
        return SafeString("")
    is_long = (days[-1] - days[0]).days > LONG
    named = axes.shown_days(days)
    return format_html_join(
        "",
        '<text class="curve-word" x="{}%" y="100%" dy="20" text-anchor="{}">{}</text>',
        (
            (
                axes.place(axes.across(day, days[0], days[-1])),
                _anchor(number, len(named)),
                axes.day_label(day, is_long=is_long),
            )
            for number, day in enumerate(named)
        ),
    )


def _anchor(number: int, count: int) -> str:
    if number == 0:
        return "start"
    return "end" if number == count - 1 else "middle"


def _today(today: date | None, days: Sequence[date]) -> SafeString:
    if today is None or not days or not days[0] <= today <= days[-1]:
        return SafeString("")
    where = axes.across(today, days[0], days[-1])
    return format_html(
        '<line class="curve-today" x1="{0}%" x2="{0}%" y1="0" y2="100%"/>'
        '<text class="curve-word" x="{0}%" y="0" dy="-6" text-anchor="{1}">{2}</text>',
        axes.place(where),
        "start" if where < 15 else "end" if where > 85 else "middle",
        _("today"),
    )


def _lines(one: Mapping[str, Any], days: Sequence[date], ticks: Sequence[Decimal]) -> SafeString:
    """The line of a series, broken where a value is missing; its own coordinates are stretched, not its stroke."""
    runs = [run for run in _runs(one["values"], days, ticks) if len(run) > 1]
    drawn = format_html_join(
        "",
        '<polyline class="curve-line curve-{}" points="{}"/>',
        ((one["look"], " ".join(f"{axes.place(x)},{axes.place(y)}" for x, y in run)) for run in runs),
    )
    return format_html(
        '<svg width="100%" height="100%" viewBox="0 0 100 100" preserveAspectRatio="none" overflow="visible">{}</svg>',
        drawn,
    )


def _marks(one: Mapping[str, Any], days: Sequence[date], ticks: Sequence[Decimal]) -> SafeString:
    points = [point for run in _runs(one["values"], days, ticks) for point in run]
    if len(points) > MOST_MARKS:
        points = points[-1:]
    return format_html_join(
        "",
        '<circle class="curve-mark" cx="{}%" cy="{}%" r="4"/>',
        ((axes.place(x), axes.place(y)) for x, y in points),
    )


def _runs(
    values: Sequence[Decimal | None], days: Sequence[date], ticks: Sequence[Decimal]
) -> list[list[tuple[float, float]]]:
    runs: list[list[tuple[float, float]]] = [[]]
    for day, value in zip(days, values, strict=True):
        if value is None:
            runs.append([])
        else:
            where = axes.across(day, days[0], days[-1])
            runs[-1].append((where, axes.upward(value, ticks[0], ticks[-1])))
    return [run for run in runs if run]


def _swatch(look: str) -> SafeString:
    mark = mark_safe('<circle class="curve-mark" cx="16" cy="7" r="4"/>') if look == "actual" else ""
    return format_html(
        '<svg class="curve-swatch" width="32" height="14" aria-hidden="true">'
        '<polyline class="curve-line curve-{}" points="0,7 32,7"/>{}</svg>',
        look,
        mark,
    )


def _table(chart: Mapping[str, Any], days: Sequence[date]) -> Row:
    write = chart.get("exact") or chart["write"]
    names = chart.get("names") or [short_day(day) for day in days]
    rows = [
        [name, *(("–" if value is None else write(value)) for value in values)]
        for name, *values in zip(names, *(one["values"] for one in chart["series"]), strict=True)
    ]
    return {
        "caption": chart["title"],
        "caption_hidden": True,
        "columns": [
            {"label": chart.get("label") or _("Day")},
            *({"label": one["label"], "kind": "num"} for one in chart["series"]),
        ],
        "rows": rows,
    }


def _joined(parts: Sequence[SafeString]) -> SafeString:
    return format_html_join("", "{}", ((part,) for part in parts))
