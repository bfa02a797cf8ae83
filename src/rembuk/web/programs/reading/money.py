"""The money of a programme as its page shows it: totals, sources, the curve, every entry with its document."""

from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _

from rembuk.programs.choices import Fund
from rembuk.programs.models import Realisation
from rembuk.programs.money.curve import MonthPoint
from rembuk.programs.money.selectors import Line, Money, Totals
from rembuk.web.components.formats import percent, rupiah, short_day, short_money, short_rupiah
from rembuk.web.components.plots.axes import place

type Row = dict[str, Any]


def money_context(money: Money, today: date) -> Row:
    """Everything of ``programs/reading/_money.html``."""
    return {
        "facts": money_facts(money.totals),
        "lines": _lines(money.lines) if len(money.lines) > 1 or _is_revised(money.lines) else None,
        "chart": money_chart(money, today),
        "entries": _entries(money.entries),
        "entries_count": len(money.entries),
        "struck": [_struck(row) for row in money.struck],
    }


def money_facts(totals: Totals) -> list[Row]:
    """Pagu, spent, left and absorption, exactly."""
    facts = [{"term": _("Pagu"), "value": rupiah(totals.pagu)}]
    if totals.first is not None and totals.first != totals.pagu:
        facts.append({"term": _("Pagu in the first plan"), "value": rupiah(totals.first)})
    facts += [
        {"term": _("Spent"), "value": rupiah(totals.realised)},
        {"term": _("Left"), "value": rupiah(totals.left)},
    ]
    if totals.absorption is not None:
        facts.append({"term": _("Absorption"), "value": percent(totals.absorption, 2)})
    return facts


def _is_revised(lines: Sequence[Line]) -> bool:
    return any(line.first is not None and line.first != line.pagu for line in lines)


def _lines(lines: Sequence[Line]) -> Row:
    """Three amounts in a row are what a page holds: the first pagu and the share stand below theirs."""
    columns = [_("Pagu"), _("Spent"), _("Left")]
    return {
        "caption": _("Sources of funds"),
        "columns": [{"label": _("Source")}, *({"label": word, "kind": "num"} for word in columns)],
        "rows": [
            [
                line.label,
                _below(rupiah(line.pagu), _first_words(line)),
                _below(rupiah(line.realised), percent(line.absorption, 2)),
                rupiah(line.left),
            ]
            for line in lines
        ],
    }


def _first_words(line: Line) -> str:
    if line.first is None or line.first == line.pagu:
        return ""
    return _("first %(amount)s") % {"amount": rupiah(line.first)}


def _below(value: str, more: str) -> str:
    return format_html('{}<br><small class="soft">{}</small>', value, more) if more else value


def money_chart(money: Money, today: date) -> Row | None:
    """The curve of money for ``components/curve.html``, with its start at nothing; ``None`` without a month."""
    points = money.curve
    if not points:
        return None
    nothing = Decimal(0)
    series = []
    if any(point.first is not None and point.first != point.planned for point in points):
        values = [nothing, *(point.first for point in points)]
        series.append({"label": _("First plan"), "look": "first", "values": values})
    if money.cash:
        values = [nothing, *(point.planned for point in points)]
        series.append({"label": _("Current plan"), "look": "plan", "values": values})
    values = [nothing, *(point.actual for point in points)]
    series.append({"label": _("Actual"), "look": "actual", "values": values})
    days = [points[0].month - timedelta(days=1), *(_last_day(point.month) for point in points)]
    return {
        "id": "kurva-uang",
        "title": _("Money spent: plan and actual, in rupiah"),
        "title_hidden": True,
        "words": _curve_words(money, points, today),
        "days": days,
        "names": [_("Before"), *(date_format(point.month, "M Y") for point in points)],
        "label": _("Up to the end of"),
        "series": series,
        "write": rupiah,
        "write_tick": short_money,
    }


def _curve_words(money: Money, points: Sequence[MonthPoint], today: date) -> str:
    reached = [point for point in points if point.month <= today]
    words = {"spent": rupiah(money.totals.realised), "pagu": rupiah(money.totals.pagu)}
    said = _("%(spent)s is spent of a pagu of %(pagu)s.") % words
    if not reached or reached[-1].planned is None:
        return said
    last = {
        "planned": rupiah(reached[-1].planned),
        "month": date_format(reached[-1].month, "F Y"),
    }
    return f"{said} {_('Planned by the end of %(month)s: %(planned)s.') % last}"


def _last_day(month: date) -> date:
    return month.replace(day=monthrange(month.year, month.month)[1])


def _entries(rows: Sequence[Realisation]) -> Row | None:
    if not rows:
        return None
    return {
        "caption": _("Every payment with the number of its document"),
        "columns": [
            {"label": _("Document number")},
            {"label": _("Date")},
            {"label": _("Description")},
            {"label": _("Source")},
            {"label": _("Amount"), "kind": "num"},
        ],
        "rows": [
            [
                row.document_number,
                short_day(row.spent_on),
                row.description or "–",
                str(Fund(row.pagu.fund).label),
                rupiah(row.amount),
            ]
            for row in rows
        ],
    }


def _struck(row: Realisation) -> Row:
    return {
        "number": row.document_number,
        "amount": rupiah(row.amount),
        "day": short_day(row.spent_on),
        "at": row.struck_at,
        "reason": row.strike_reason,
    }


def money_answer(totals: Totals) -> Row:
    """The second answer of the minute."""
    absorbed = totals.absorption
    return {
        "key": "uang",
        "question": _("Is it within its money?"),
        "value": percent(absorbed, 2) if absorbed is not None else rupiah(totals.realised),
        "of": _("of the pagu is spent") if absorbed is not None else "",
        "percent": "" if absorbed is None else place(absorbed),
        "money": {"spent": short_rupiah(totals.realised), "pagu": short_rupiah(totals.pagu)},
        "lines": _money_lines(totals),
        "url": "#uang",
        "url_label": _("All figures of the money"),
    }


def _money_lines(totals: Totals) -> list[str]:
    if totals.first is None or totals.first == totals.pagu:
        return []
    words = {"first": rupiah(totals.first)}
    more = totals.pagu > totals.first
    return [
        (
            _("The pagu was raised; the first plan had %(first)s")
            if more
            else _("The pagu was lowered; the first plan had %(first)s")
        )
        % words
    ]
