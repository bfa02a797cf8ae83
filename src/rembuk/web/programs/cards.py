"""Programmes as the cards component takes them; for every page that lists some."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.urls import reverse

from rembuk.common.clock import local_date
from rembuk.programs import selectors
from rembuk.programs.kinds import name_of
from rembuk.programs.models import Program
from rembuk.programs.money.selectors import Totals, totals_of
from rembuk.programs.plan.condition import Condition
from rembuk.programs.plan.reading import thresholds
from rembuk.programs.portfolio.conditions import Measured, measured
from rembuk.programs.selectors import Behind
from rembuk.siteconfig.selectors import current
from rembuk.web.components.axes import place
from rembuk.web.components.formats import percent, short_rupiah
from rembuk.web.programs.reading.words import share


@dataclass(frozen=True, slots=True)
class Layers:
    """What a list knows of its programmes beside the rows: how they stand, and their money."""

    standings: Mapping[int, Measured] = field(default_factory=dict)
    money: Mapping[int, Totals] = field(default_factory=dict)


def program_cards(programs: Iterable[Program], today: date | None = None) -> list[dict[str, object]]:
    """One card per programme, the people behind all of them in one query.

    Load the programmes with ``programs.selectors.with_card_parts``.
    """
    rows = list(programs)
    return _cards(rows, today or local_date(zone=current().tz), Layers())


def portfolio_cards(programs: Iterable[Program], today: date | None = None) -> list[dict[str, object]]:
    """The same with progress, condition and absorption, in two queries more, and why one is postponed or cancelled.

    Load them with ``programs.portfolio.reasons.with_reasons``, too.
    """
    rows = list(programs)
    day = today or local_date(zone=current().tz)
    keys = [row.pk for row in rows]
    if not keys:
        return []
    layers = Layers(measured(keys, day, thresholds()), totals_of(keys))
    return _cards(rows, day, layers)


def _cards(rows: list[Program], day: date, layers: Layers) -> list[dict[str, object]]:
    behind = selectors.behind([row.pk for row in rows]) if rows else {}
    return [{**_card(row, day, behind.get(row.pk, Behind())), **_layers(row, layers)} for row in rows]


def _layers(program: Program, layers: Layers) -> dict[str, object]:
    standing, money = layers.standings.get(program.pk), layers.money.get(program.pk)
    found: dict[str, object] = {"reason": getattr(program, "rest_reason", None) or ""}
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
    if money and money.absorption is not None:
        found["money"] = {"absorption": percent(money.absorption, 2), "pagu": short_rupiah(money.pagu)}
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
