"""The figures of all programmes as pages show them: each leads to the list it counts and has its definition at hand."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from rembuk.insights.programs import PROGRAMS, Portfolio, ProgramFigures
from rembuk.programs.plan.reading import thresholds
from rembuk.web.components.formats import number, percent, short_rupiah

type Row = dict[str, Any]

# Kind of group: the filter of the list that shows its members.
FILTERS = {
    "unit": "satuan",
    "category": "kategori",
    "region": "wilayah",
    "phase": "fase",
    "year": "tahun",
}


def portfolio_context() -> Row:
    """The figures of now with their definitions, for ``programs/portfolio/_figures.html``."""
    whole = PROGRAMS.get().whole
    return {
        "portfolio": {
            "whole": whole,
            "budgets": address(uang="ada"),
            "stats": stats(whole),
            "limits": thresholds(),
        }
    }


def unit_table(rows: Sequence[ProgramFigures], caption: str) -> Row:
    """The table of work units for these rows."""
    return _table("unit", caption, _("Work unit"), rows)


def address(**filters: str) -> str:
    """The public list under these filters."""
    query = urlencode({name: value for name, value in filters.items() if value})
    return reverse("programs:list") + (f"?{query}" if query else "")


def stats(whole: ProgramFigures) -> list[Row]:
    """The numbers of one look; what nobody needs to see as nothing is left out."""
    always = [
        {"value": whole.programs, "label": _("work programmes"), "url": address()},
        {"value": whole.on_time, "label": _("on time"), "url": address(kondisi="on_time")},
        {"value": whole.late, "label": _("late"), "url": address(kondisi="late"), "tone": "warn"},
        {"value": whole.critical, "label": _("critical"), "url": address(kondisi="critical"), "tone": "bad"},
    ]
    if_any = [
        {"value": whole.completed, "label": _("completed"), "url": address(status="completed")},
        {"value": whole.postponed, "label": _("postponed"), "url": address(status="postponed")},
        {"value": whole.cancelled, "label": _("cancelled"), "url": address(status="cancelled")},
        {"value": whole.silent, "label": _("without news for 30 days"), "url": address(kabar="tanpa")},
    ]
    return [*always, *(row for row in if_any if row["value"])]


def tables(portfolio: Portfolio) -> list[Row]:
    """One table for each way to group that has rows; but for units, which are many (``unit_table``)."""
    titles = {
        "category": (_("Work programmes by category"), _("Category")),
        "region": (_("Work programmes by region"), _("Region")),
        "phase": (_("Work programmes by leading phase"), _("Phase")),
        "year": (_("Work programmes by year"), _("Year")),
    }
    return [_table(kind, *words, rows) for kind, words in titles.items() if (rows := portfolio.rows[kind])]


def _table(kind: str, caption: str, head: str, rows: Sequence[ProgramFigures]) -> Row:
    columns = [
        _("Work programmes"),
        _("On time"),
        _("Late"),
        _("Critical"),
        _("Completed"),
        _("Postponed"),
        _("Cancelled"),
        _("Pagu"),
        _("Absorption"),
    ]
    return {
        "caption": caption,
        "columns": [{"label": head}, *({"label": word, "kind": "num"} for word in columns)],
        "rows": [_cells(kind, row) for row in rows],
    }


def _cells(kind: str, row: ProgramFigures) -> list[Any]:
    mine = {FILTERS[kind]: row.key}
    name = row.name_en if get_language() == "en" else row.name
    counts: list[tuple[int, dict[str, str]]] = [
        (row.programs, {}),
        (row.on_time, {"kondisi": "on_time"}),
        (row.late, {"kondisi": "late"}),
        (row.critical, {"kondisi": "critical"}),
        (row.completed, {"status": "completed"}),
        (row.postponed, {"status": "postponed"}),
        (row.cancelled, {"status": "cancelled"}),
    ]
    budgets = address(**mine, uang="ada")
    return [
        {"value": name, "url": address(**mine)},
        *({"value": number(n), "url": address(**mine, **more)} if n else "0" for n, more in counts),
        {"value": short_rupiah(row.pagu), "url": budgets} if row.pagu else "–",
        {"value": percent(row.absorption, 2), "url": budgets} if row.absorption is not None else "–",
    ]
