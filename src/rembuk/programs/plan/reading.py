"""From rows and settings to what the arithmetic of the plan takes."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from rembuk.programs import lateness
from rembuk.programs.models import Milestone, Phase, Program
from rembuk.programs.plan.condition import Standing, Thresholds, standing
from rembuk.programs.plan.progress import Stone
from rembuk.programs.states import MilestoneState, State
from rembuk.siteconfig.selectors import current

# A draft is measured by nobody, a cancelled programme no more.
MEASURED = frozenset({State.PUBLISHED, State.POSTPONED, State.COMPLETED})


def thresholds() -> Thresholds:
    """The thresholds of the instansi."""
    site = current()
    return Thresholds(
        late=Decimal(site.late_points),
        critical=Decimal(site.critical_points),
        until=Decimal(site.critical_until),
        critical_after=Decimal(site.critical_points_after),
    )


def stones(milestones: Iterable[Milestone], numbers: dict[int, int]) -> list[Stone]:
    """Milestones as plain rows, in their order; ``numbers`` gives the number of a phase by its key."""
    return [
        Stone(
            key=row.pk,
            phase=numbers[row.phase_id],
            weight=row.weight,
            starts_on=row.planned_start_on,
            ends_on=row.planned_end_on,
            first_weight=row.first_weight,
            first_starts_on=row.first_start_on,
            first_ends_on=row.first_end_on,
            started_on=row.actual_start_on,
            done_on=row.actual_end_on,
            is_dropped=row.state == MilestoneState.DROPPED,
        )
        for row in milestones
    ]


def stones_of(
    program: Program,
    milestones: Iterable[Milestone] | None = None,
    phases: Iterable[Phase] | None = None,
) -> list[Stone]:
    """The milestones of a programme as plain rows; rows at hand save a query each."""
    numbers = {phase.pk: phase.position for phase in (program.phases.all() if phases is None else phases)}
    return stones(program.milestones.all() if milestones is None else milestones, numbers)


def standing_of(
    program: Program,
    today: date,
    milestones: Iterable[Milestone] | None = None,
    phases: Iterable[Phase] | None = None,
) -> Standing:
    """How a programme stands on a date where the office is; rows at hand save a query each."""
    rows = list(program.phases.all() if phases is None else phases)
    return standing(
        stones_of(program, milestones, rows),
        today,
        thresholds(),
        days_behind=lateness.of_program(program, rows, today).whole.current,
        is_measured=program.state in MEASURED,
    )
