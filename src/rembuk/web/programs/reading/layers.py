"""All layers of a programme for its public page, gathered once: the same number of queries whatever there is."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from rembuk.programs.indicators.selectors import indicators_of
from rembuk.programs.lateness import Lateness
from rembuk.programs.models import Phase, Program
from rembuk.programs.money.selectors import money_of
from rembuk.programs.plan.progress import by_phase
from rembuk.programs.plan.reading import standing_of, stones_of, thresholds
from rembuk.programs.states import OPEN
from rembuk.web.programs.reading.indicators import indicator_rows
from rembuk.web.programs.reading.minute import minute
from rembuk.web.programs.reading.money import money_context
from rembuk.web.programs.reading.progress import (
    deviations,
    milestone_rows,
    plan_chart,
    progress_chart,
)


def layers(program: Program, phases: Sequence[Phase], late: Lateness, today: date) -> dict[str, Any]:
    """Milestones, money and indicators with what is computed of them, and the minute on top."""
    milestones = list(program.milestones.select_related("office", "phase"))
    money = money_of(program, today)
    measures = indicators_of(program)
    stones = stones_of(program, milestones, phases)
    standing = standing_of(program, today, milestones, phases)
    days = {position: delay.current for position, delay in late.phases.items()}
    return {
        "minute": minute(program, standing, late.whole, milestones, money, measures),
        "condition": standing.condition if program.state in OPEN else "",
        "limits": thresholds(),
        "progress": standing.progress,
        "phase_progress": by_phase(stones, today),
        "deviations": deviations(standing),
        "progress_chart": progress_chart(stones, standing, today),
        "plan_chart": plan_chart(phases, milestones, days, today),
        "milestones": milestone_rows(program, milestones, stones, today),
        "money": money_context(money, today) if money else None,
        "indicators": indicator_rows(measures),
    }
