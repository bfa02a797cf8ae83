"""Bars and stacked bars as inline SVG: one picture a row with its words as title and description, a table beside.

Widths are percentages of the place there is, so that words keep their size on a phone. Every part of a stacked bar has
a pattern of its own besides its colour: printed in grey it can still be told apart. No style attributes (CSP).
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from rembuk.web.components.formats import number, percent

type Row = dict[str, Any]

# Parts narrower than this have no figure in them; it stands in title, table and legend.
NARROWEST = 9
# By name: what is drawn over the colour, on a tile of 8 units.
_PATTERNS = {
    "lines": '<path d="M-2 2l4-4M0 8l8-8M6 10l4-4"/>',
    "dots": '<circle cx="2" cy="2" r="1.3"/><circle cx="6" cy="6" r="1.3"/>',
    "cross": '<path d="M0 4h8M4 0v8"/>',
    "rise": '<path d="M0 0l8 8M-2 6l4 4M6-2l4 4"/>',
    "bars": '<path d="M2 0v8M6 0v8"/>',
}
# Tone and pattern of the parts where the chart names none, told apart in colour and in grey.
LOOKS = (
    ("info", ""),
    ("warn", "lines"),
    ("ok", "dots"),
    ("bad", "cross"),
    ("mute", "rise"),
    ("info", "bars"),
    ("warn", "dots"),
    ("ok", "rise"),
)


def stacked(chart: Mapping[str, Any]) -> Row:
    """What the template of ``stacked_bars`` shows.

    chart: {id, title, series: [{label, tone?, pattern?}], rows: [{label, counts (one a series), url?, note?}],
    whole_text?, open?, title_hidden?}. Shares are of the sum of a row's counts.
    """
    series = [_look(part, place) for place, part in enumerate(chart["series"])]
    key = chart["id"]
    legend = [{"label": part["label"], "svg": _swatch(key, part)} for part in series]
    return {
        **chart,
        "defs": _definitions(key, series),
        "legend": legend,
        "drawn": [
            {**row, "svg": _stack(key, series, row), "total": sum(row["counts"])} for row in chart["rows"]
        ],
        "table": _stack_table(chart, series),
    }


def bars(chart: Mapping[str, Any]) -> Row:
    """What the template of ``svg_bars`` shows.

    chart: {id, title, rows: [{label, value, url?, tone?}], whole (what shares are of), whole_text?, value_label?,
    open?, title_hidden?}.
    """
    drawn = []
    for row in chart["rows"]:
        part = _share(row["value"], chart["whole"])
        words = _("%(label)s: %(n)s of %(whole)s (%(share)s)") % {
            "label": row["label"],
            "n": number(row["value"]),
            "whole": number(chart["whole"]),
            "share": percent(round(part)),
        }
        svg = _svg(
            words,
            format_html(
                '<rect class="fill-{}" width="{}%" height="100%"/>', row.get("tone") or "info", _width(part)
            ),
        )
        drawn.append({**row, "svg": svg, "share": round(part)})
    return {**chart, "drawn": drawn, "table": _bar_table(chart, drawn)}


def _look(part: Mapping[str, Any], place: int) -> Row:
    tone, pattern = LOOKS[place % len(LOOKS)]
    return {"tone": tone, "pattern": pattern, **part}


def _definitions(key: str, series: Sequence[Row]) -> SafeString:
    """The patterns of one chart, each once; ids carry the chart's own."""
    names = list(dict.fromkeys(part["pattern"] for part in series if part["pattern"]))
    if not names:
        return SafeString("")
    tiles = format_html_join(
        "",
        '<pattern id="{}-{}" width="8" height="8" patternUnits="userSpaceOnUse">{}</pattern>',
        ((key, name, SafeString(_PATTERNS[name])) for name in names),
    )
    return format_html(
        '<svg class="chart-defs" width="0" height="0" aria-hidden="true"><defs>{}</defs></svg>', tiles
    )


def _swatch(key: str, part: Row) -> SafeString:
    return format_html(
        '<svg class="chart-swatch" width="20" height="14" aria-hidden="true">{}</svg>',
        _rectangle(key, part, 0, 100),
    )


def _stack(key: str, series: Sequence[Row], row: Row) -> SafeString:
    total = sum(row["counts"])
    if not total:
        return _svg(_("Nothing yet"), SafeString(""))
    drawn: list[SafeString] = []
    left = 0.0
    for part, count in zip(series, row["counts"], strict=True):
        width = count * 100 / total
        if count:
            drawn.append(_rectangle(key, part, left, width))
        if width >= NARROWEST:
            drawn.append(_figure(left + width / 2, count))
        left += width
    return _svg(_words(series, row["counts"], total), SafeString("".join(drawn)), row["label"])


def _rectangle(key: str, part: Row, left: float, width: float) -> SafeString:
    place = format_html('x="{}%" width="{}%" height="100%"', _width(left), _width(width))
    plain = format_html('<rect class="fill-{}" {}/>', part["tone"], place)
    if not part["pattern"]:
        return plain
    return plain + format_html('<rect fill="url(#{}-{})" {}/>', key, part["pattern"], place)


def _figure(middle: float, count: int) -> SafeString:
    """A count in the middle of its part, on a ground of its own so that it is read over every pattern."""
    words = number(count)
    half = 4 + len(words) * 4
    return format_html(
        '<svg x="{}%" y="50%" overflow="visible"><rect class="chart-plate" x="{}" y="-9" width="{}" height="18" rx="3"/>'
        '<text class="chart-figure" y="5" text-anchor="middle">{}</text></svg>',
        _width(middle),
        -half,
        half * 2,
        words,
    )


def _words(series: Sequence[Row], counts: Sequence[int], total: int) -> str:
    said = [
        _("%(label)s %(n)s (%(share)s)")
        % {"label": part["label"], "n": number(count), "share": percent(round(_share(count, total)))}
        for part, count in zip(series, counts, strict=True)
    ]
    return _("%(parts)s; of %(total)s") % {"parts": ", ".join(said), "total": number(total)}


def _svg(words: str, inside: SafeString, title: str = "") -> SafeString:
    head = (
        format_html("<title>{}</title><desc>{}</desc>", title, words)
        if title
        else format_html("<title>{}</title>", words)
    )
    label = f"{title}: {words}" if title else words
    return format_html(
        '<svg class="chart-bar" width="100%" height="24" role="img" aria-label="{}">{}{}</svg>',
        label,
        head,
        inside,
    )


def _stack_table(chart: Mapping[str, Any], series: Sequence[Row]) -> Row:
    rows = []
    for row in chart["rows"]:
        total = sum(row["counts"])
        cells = [_cell(count, total) for count in row["counts"]]
        first = {"value": row["label"], "url": row["url"]} if row.get("url") else row["label"]
        rows.append([first, *cells, number(total)])
    columns = [
        {"label": chart.get("label") or _("What")},
        *({"label": part["label"], "kind": "num"} for part in series),
    ]
    return {
        "caption": chart["title"],
        "caption_hidden": True,
        "columns": [*columns, {"label": _("Together"), "kind": "num"}],
        "rows": rows,
    }


def _bar_table(chart: Mapping[str, Any], drawn: Sequence[Row]) -> Row:
    return {
        "caption": chart["title"],
        "caption_hidden": True,
        "columns": [
            {"label": chart.get("label") or _("Answer")},
            {"label": _("Number"), "kind": "num"},
            {"label": _("Share of %(whole)s") % {"whole": number(chart["whole"])}, "kind": "num"},
        ],
        "rows": [[row["label"], number(row["value"]), percent(row["share"])] for row in drawn],
    }


def _cell(count: int, total: int) -> str:
    return f"{number(count)} ({percent(round(_share(count, total)))})" if total else number(count)


def _share(part: int, whole: int) -> float:
    return part * 100 / whole if whole else 0.0


def _width(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
