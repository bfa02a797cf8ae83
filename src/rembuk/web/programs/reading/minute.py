"""A programme in one minute: is it on time, within its money, doing what was promised; each leads to its section.

An answer without its layer is absent: no empty boxes, no figure that nobody measured.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rembuk.programs.indicators.selectors import Measure
from rembuk.programs.lateness import Delay
from rembuk.programs.models import Milestone, Program
from rembuk.programs.money.selectors import Money
from rembuk.programs.plan.condition import Condition, Standing
from rembuk.programs.states import OPEN, MilestoneState, State
from rembuk.web.components.formats import number
from rembuk.web.components.plots.axes import place
from rembuk.web.programs import parts
from rembuk.web.programs.reading.indicators import is_reached
from rembuk.web.programs.reading.money import money_answer
from rembuk.web.programs.reading.progress import deviations
from rembuk.web.programs.reading.words import share

type Row = dict[str, Any]

# States in which a programme's time says something to the public; a cancelled one is no longer measured.
TIMED = frozenset({State.DRAFT, *OPEN, State.COMPLETED})


def minute(
    program: Program,
    standing: Standing,
    late: Delay,
    milestones: Sequence[Milestone],
    money: Money | None,
    measures: Sequence[Measure],
) -> list[Row]:
    """The answers there are, for ``programs/reading/_minute.html``."""
    answers = [
        time_answer(program, standing, late),
        money_answer(money.totals) if money else None,
        promise_answer(milestones, measures),
    ]
    return [answer for answer in answers if answer]


def time_answer(program: Program, standing: Standing, late: Delay) -> Row | None:
    """Progress against the plan with its deviation; by the dates of the phases where there are no milestones."""
    if program.state not in TIMED:
        return None
    is_over = program.state == State.COMPLETED
    answer: Row = {
        "key": "waktu",
        "question": _("Was it finished on time?") if is_over else _("Is it on time?"),
        "condition": standing.condition if program.state in OPEN else "",
    }
    if standing.progress is None:
        return _by_dates(program, late, answer)
    return {
        **answer,
        "value": share(standing.progress.actual),
        "of": _("of %(planned)s planned by today") % {"planned": share(standing.progress.planned)},
        "percent": place(standing.progress.actual),
        "mark": place(min(standing.progress.planned, Decimal(99))),
        "lines": deviations(standing),
        "url": "#kemajuan",
        "url_label": _("Progress and Kurva S"),
    }


def _by_dates(program: Program, late: Delay, answer: Row) -> Row:
    words = str(Condition.LATE.label) if late.current else str(Condition.ON_TIME.label)
    return {
        **answer,
        "condition": "",
        "value": words,
        "is_word": True,
        "is_late": bool(late),
        "lines": [parts.timing_words(late)],
        "url": "#fase",
        "url_label": _("Phases and their dates"),
    }


def promise_answer(milestones: Sequence[Milestone], measures: Sequence[Measure]) -> Row | None:
    """Indicators reached and milestones done, of how many; ``None`` while nothing was promised in figures."""
    counted = [row for row in milestones if row.state != MilestoneState.DROPPED]
    if not counted and not measures:
        return None
    done = sum(row.state == MilestoneState.DONE for row in counted)
    answer: Row = {"key": "janji", "question": _("Does it do what was promised?")}
    if not measures:
        return {
            **answer,
            **_of(done, len(counted), _("milestones are done")),
            "lines": [],
            "url": "#tonggak",
            "url_label": _("All milestones"),
        }
    reached = sum(is_reached(one) for one in measures)
    lines = _missing(measures)
    if counted:
        words = {"n": number(done), "whole": number(len(counted))}
        lines.insert(0, _("%(n)s of %(whole)s milestones are done") % words)
    return {
        **answer,
        **_of(reached, len(measures), _("indicators reach their target")),
        "lines": lines,
        "url": "#indikator",
        "url_label": _("All indicators"),
    }


def _of(n: int, whole: int, words: str) -> Row:
    return {
        "value": number(n),
        "of": _("of %(whole)s %(what)s") % {"whole": number(whole), "what": words},
        "percent": place(n * 100 / whole),
    }


def _missing(measures: Sequence[Measure]) -> list[str]:
    missing = sum(one.achievement is None for one in measures)
    if not missing:
        return []
    words = ngettext("%(n)s indicator has no figure yet", "%(n)s indicators have no figure yet", missing)
    return [words % {"n": number(missing)}]
