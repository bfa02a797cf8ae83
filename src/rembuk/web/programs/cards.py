"""Programmes as the cards component takes them; for every page that lists some."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.urls import reverse

from rembuk.common.clock import local_date
from rembuk.keeping.lately import lately
from rembuk.programs import selectors
from rembuk.programs.kinds import name_of
from rembuk.programs.models import Program
from rembuk.programs.money.absorption import absorption
from rembuk.programs.plan.condition import Condition
from rembuk.programs.plan.reading import thresholds
from rembuk.programs.portfolio.conditions import Measured, measured
from rembuk.programs.selectors import Behind
from rembuk.siteconfig.selectors import current
from rembuk.web.components.formats import percent, short_rupiah
from rembuk.web.components.plots.axes import place
from rembuk.web.programs.reading.words import share


def program_cards(programs: Iterable[Program], today: date | None = None) -> list[dict[str, object]]:
    """One card per programme, the people behind all of them in one query, at most a minute old.

    Load the programmes with ``programs.selectors.with_card_parts``.
    """
    rows = list(programs)
    return _cards(rows, today or local_date(zone=current().tz))


def portfolio_cards(programs: Iterable[Program], today: date | None = None) -> list[dict[str, object]]:
    """The same with progress, condition and absorption, in one query more, and why one is postponed or cancelled.

    Load them with ``with_reasons`` and ``with_money`` of ``programs.portfolio``, too.
    """
    rows = list(programs)
    day = today or local_date(zone=current().tz)
    standings = measured([row.pk for row in rows], day, thresholds()) if rows else {}
    return [
        {**card, **_layers(row, standings.get(row.pk))}
        for row, card in zip(rows, _cards(rows, day), strict=True)
    ]


def _cards(rows: list[Program], day: date) -> list[dict[str, object]]:
    # Thousands may support what a programme took up, and some of them are told apart.
    behind = lately("programs.behind", [row.pk for row in rows], selectors.behind, Behind())
    return [_card(row, day, behind[row.pk]) for row in rows]


def _layers(program: Any, standing: Measured | None) -> dict[str, object]:
    found: dict[str, object] = {"reason": program.rest_reason or ""}
    if standing and standing.condition == Condition.ON_TIME:
        found["condition"] = standing.condition
    if standing and standing.actual is not None and standing.planned is not None:
        found |= {
            "late_days": 0,
            "condition": standing.condition,
            "progress": {
                "actual": share(standing.actual),
                "planned": share(standing.planned),
                "percent": place(standing.actual),
                "mark": place(min(standing.planned, Decimal(99))),
            },
        }
    if program.pagu_sum:
        absorbed = absorption(program.spent_sum or Decimal(0), program.pagu_sum)
        found["money"] = {"absorption": percent(absorbed, 2), "pagu": short_rupiah(program.pagu_sum)}
    return found


def _card(program: Program, today: date, behind: Behind) -> dict[str, object]:
    phases = list(program.phases.all())
    return {
        "url": reverse("programs:detail", args=[program.code]),
        "code": program.code,
        "title": program.title,
        "state": program.state,
        "summary": program.summary,
        "unit": program.unit.label,
        "year": program.year,
        "late_days": selectors.lateness(program, today, phases).whole.current,
        "proposals": behind.proposals,
        "people": behind.people,
        "phases": [
            {"name": name_of(row.kind), "state": row.state, "leads": row.is_leading} for row in phases
        ],
    }
