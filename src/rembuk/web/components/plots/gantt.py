"""A plan in time as rows of bars: planned, first planned and actual, with today; inline SVG with words and a table.

Places are percentages, as in ``curves``. The plan is an outline, what really happened is solid, the first plan a dashed
line: told apart in black and white. No style attributes (CSP).
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from rembuk.web.components.plots import axes

type Row = dict[str, Any]
type Span = tuple[date | None, date | None] | None

LONG = 120


def gantt(chart: Mapping[str, Any]) -> Row:
    """What the template of ``gantt`` shows.

    chart: {id, title, rows: [{label, planned, first?, actual? (pairs of days; an actual without end goes on), depth? (0
    or 1), state? (text), url?, is_late?}], today, text?, open?, title_hidden?}.
    """
    first, last = _bounds(chart["rows"], chart["today"])
    return {
        **chart,
        "axis": _axis(first, last, chart["today"]),
        "drawn": [
            {**row, "svg": _bar(row, first, last, chart["today"]), "words": _span(row["planned"])}
            for row in chart["rows"]
        ],
        "has_first": any(_is_moved(row) for row in chart["rows"]),
        "has_actual": any(row.get("actual") for row in chart["rows"]),
        "swatches": {look: _swatch(look) for look in ("planned", "first", "actual")},
        "table": _table(chart),
    }


def _bounds(rows: Sequence[Mapping[str, Any]], today: date) -> tuple[date, date]:
    """From the first to the last day of any plan or fact; today only where something goes on."""
    spans = [row.get(key) or () for row in rows for key in ("planned", "first", "actual")]
    days = [day for span in spans for day in span if day]
    if any((span := row.get("actual")) and span[1] is None for row in rows):
        days.append(today)
    return (min(days), max(days)) if days else (today, today)


def _axis(first: date, last: date, today: date) -> SafeString:
    is_long = (last - first).days > LONG
    words = format_html(
        '<text class="curve-word" x="0" y="14">{}</text><text class="curve-word" x="100%" y="14" text-anchor="end">{}</text>',
        axes.day_label(first, is_long=is_long),
        axes.day_label(last, is_long=is_long),
    )
    where = axes.across(today, first, last)
    if first <= today <= last and 25 <= where <= 75:
        words += format_html(
            '<text class="curve-word" x="{}%" y="14" text-anchor="middle">{}</text>',
            axes.place(where),
            _("today"),
        )
    return format_html('<svg class="gantt-axis" width="100%" height="18" aria-hidden="true">{}</svg>', words)


def _bar(row: Mapping[str, Any], first: date, last: date, today: date) -> SafeString:
    parts = []
    if _is_moved(row):
        parts.append(_line(row["first"], first, last))
    parts.append(_rectangle("gantt-planned", row["planned"], (first, last), 4, 16))
    if row.get("actual"):
        began, ended = row["actual"]
        parts.append(_rectangle("gantt-actual", (began, ended or today), (first, last), 8, 8))
    if first <= today <= last:
        parts.append(
            format_html(
                '<line class="curve-today" x1="{0}%" x2="{0}%" y1="0" y2="100%"/>',
                axes.place(axes.across(today, first, last)),
            )
        )
    return format_html(
        '<svg class="gantt-bar" width="100%" height="26" role="img" aria-label="{}">{}</svg>',
        _words(row),
        format_html_join("", "{}", ((part,) for part in parts)),
    )


def _rectangle(look: str, span: Span, bounds: tuple[date, date], top: int, height: int) -> SafeString:
    if not span or not span[0] or not span[1]:
        return SafeString("")
    left, right = axes.across(span[0], *bounds), axes.across(span[1], *bounds)
    return format_html(
        '<rect class="{}" x="{}%" width="{}%" y="{}" height="{}"/>',
        look,
        axes.place(min(left, 99)),
        axes.place(max(right - left, 1)),
        top,
        height,
    )


def _line(span: Span, first: date, last: date) -> SafeString:
    if not span or not span[0] or not span[1]:
        return SafeString("")
    return format_html(
        '<line class="gantt-first" x1="{}%" x2="{}%" y1="23" y2="23"/>',
        axes.place(axes.across(span[0], first, last)),
        axes.place(axes.across(span[1], first, last)),
    )


def _is_moved(row: Mapping[str, Any]) -> bool:
    first: Span = row.get("first")
    return bool(first and first[0] and first[1] and first != row["planned"])


def _swatch(look: str) -> SafeString:
    shape = (
        '<line class="gantt-first" x1="0" x2="32" y1="7" y2="7"/>'
        if look == "first"
        else f'<rect class="gantt-{look}" x="1" y="1" width="30" height="12"/>'
    )
    return format_html(
        '<svg class="curve-swatch" width="32" height="14" aria-hidden="true">{}</svg>', SafeString(shape)
    )


def _words(row: Mapping[str, Any]) -> str:
    said = [_("planned %(span)s") % {"span": _span(row["planned"])}]
    if _is_moved(row):
        said.append(_("first planned %(span)s") % {"span": _span(row.get("first"))})
    if row.get("actual"):
        said.append(_("actual %(span)s") % {"span": _span(row["actual"])})
    if row.get("state"):
        said.append(str(row["state"]))
    return f"{row['label']}: {', '.join(said)}"


def _span(span: Span) -> str:
    if not span or not span[0]:
        return "–"
    until = date_format(span[1], "j M Y") if span[1] else _("now")
    return f"{date_format(span[0], 'j M Y')} – {until}"


def _table(chart: Mapping[str, Any]) -> Row:
    columns = [_("What"), _("State"), _("Planned"), _("First plan"), _("Actual")]
    return {
        "caption": chart["title"],
        "caption_hidden": True,
        "columns": [{"label": column} for column in columns],
        "rows": [
            [
                row["label"],
                row.get("state") or "–",
                _span(row["planned"]),
                _span(row.get("first")),
                _span(row.get("actual")),
            ]
            for row in chart["rows"]
        ],
    }
