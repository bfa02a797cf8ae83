"""Programmes in the list of the desk: how each stands, how long its office has been silent, what is overdue."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rembuk.common.clock import local_date, now
from rembuk.programs import selectors
from rembuk.programs.models import Program
from rembuk.programs.plan.reading import thresholds
from rembuk.programs.portfolio.conditions import Measured, measured
from rembuk.programs.portfolio.silence import days_silent, last_news
from rembuk.programs.portfolio.waiting import overdue_milestones
from rembuk.siteconfig.selectors import current
from rembuk.web.components.formats import number
from rembuk.web.components.words import CONDITION
from rembuk.web.programs import parts
from rembuk.web.programs.reading.words import share

type Flag = dict[str, str]


def desk_rows(programs: Iterable[Program], at: datetime | None = None) -> list[dict[str, Any]]:
    """Programmes for ``components/queue.html``, three queries for all of them.

    Load them with ``programs.selectors.with_card_parts``.
    """
    rows, moment = list(programs), at or now()
    if not rows:
        return []
    today, keys = local_date(moment, zone=current().tz), [row.pk for row in rows]
    standings = measured(keys, today, thresholds())
    news, overdue = last_news(keys), overdue_milestones(keys, today)
    return [
        _row(
            row,
            [
                *_leading(row),
                *_standing(
                    row, standings.get(row.pk), selectors.lateness(row, today, row.phases.all()).whole
                ),
                *_silent(days_silent(row, news.get(row.pk), moment)),
                *_overdue(overdue.get(row.pk, 0)),
            ],
        )
        for row in rows
    ]


def _row(program: Program, flags: list[Flag]) -> dict[str, Any]:
    return {
        "url": reverse("desk_programs:detail", args=[program.code]),
        "title": program.title,
        "code": program.code,
        "at": program.changed_at,
        "unit": program.unit.label,
        "excerpt": program.summary,
        "state_kind": "program",
        "state": program.state,
        "flags": flags,
    }


def _leading(program: Program) -> list[Flag]:
    leading = next((phase for phase in program.phases.all() if phase.is_leading), None)
    return [{"label": parts.phase_name(leading.kind), "tone": "mute"}] if leading else []


def _standing(program: Program, standing: Measured | None, late: Any) -> list[Flag]:
    """The condition with its figures; by the dates of the phases, where it is late."""
    if standing is None or standing.planned is None or standing.actual is None:
        return [{"label": parts.timing_words(late), "tone": "bad"}] if late else []
    word = CONDITION[standing.condition]
    words = {
        "condition": word.word,
        "actual": share(standing.actual),
        "planned": share(standing.planned),
    }
    return [{"label": _("%(condition)s: %(actual)s of %(planned)s") % words, "tone": word.tone}]


def _silent(days: int) -> list[Flag]:
    if not days:
        return []
    words = ngettext("No news for %(days)s day", "No news for %(days)s days", days)
    return [{"label": words % {"days": number(days)}, "tone": "warn"}]


def _overdue(count: int) -> list[Flag]:
    if not count:
        return []
    words = ngettext("%(n)s milestone overdue", "%(n)s milestones overdue", count)
    return [{"label": words % {"n": number(count)}, "tone": "bad"}]
