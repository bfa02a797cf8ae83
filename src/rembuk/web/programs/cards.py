"""Programmes as the cards component takes them; for every page that lists some."""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse

from rembuk.common.clock import local_date
from rembuk.programs import selectors
from rembuk.programs.models import Program
from rembuk.programs.kinds import name_of
from rembuk.programs.selectors import Behind
from rembuk.siteconfig.selectors import current


def program_cards(programs: Iterable[Program], today: date | None = None) -> list[dict[str, object]]:
    """One card per programme, the people behind all of them in one query.

    Load the programmes with ``programs.selectors.with_card_parts``.
    """
    rows = list(programs)
    day = today or local_date(zone=current().tz)
    behind = selectors.behind([row.pk for row in rows]) if rows else {}
    return [_card(row, day, behind.get(row.pk, Behind())) for row in rows]


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
