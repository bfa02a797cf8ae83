"""How late phases and programmes are: days against the first and the current plan, computed from the clock.

Pure: takes rows and a date, asks nothing. Never stored (PRODUCT.md, "States").
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from rembuk.programs.models import Phase, Program
from rembuk.programs.states import PhaseState, State

# States in which a programme can be late at all; a cancelled one is no longer measured.
_MEASURED = frozenset({State.PUBLISHED, State.POSTPONED, State.COMPLETED})


@dataclass(frozen=True, slots=True)
class Delay:
    """Whole days behind the first and behind the current plan; 0 is on time."""

    first: int = 0
    current: int = 0

    def __bool__(self) -> bool:
        return self.first > 0 or self.current > 0


@dataclass(frozen=True, slots=True)
class Lateness:
    """Delay of the programme as a whole, and of each phase by its position."""

    whole: Delay
    phases: dict[int, Delay]


def of_program(program: Program, phases: Iterable[Phase], today: date) -> Lateness:
    """Where a programme stands on a date in the zone of the office.

    The whole is as late as the latest of the phases not yet done; with all done, as the last one was.
    """
    rows = sorted(phases, key=lambda phase: phase.position)
    if program.state not in _MEASURED:
        return Lateness(Delay(), {phase.position: Delay() for phase in rows})
    delays = {phase.position: of_phase(phase, today) for phase in rows}
    waiting = [delays[phase.position] for phase in rows if phase.state != PhaseState.DONE]
    counted = waiting or [delays[phase.position] for phase in rows[-1:]]
    return Lateness(_worst(counted), delays)


def of_phase(phase: Phase, today: date) -> Delay:
    """Days a phase ends, or while it waits starts, later than planned."""
    return Delay(
        first=_behind(phase, phase.first_start_on, phase.first_end_on, today),
        current=_behind(phase, phase.planned_start_on, phase.planned_end_on, today),
    )


def _behind(phase: Phase, start: date | None, end: date | None, today: date) -> int:
    reached = phase.actual_end_on if phase.state == PhaseState.DONE and phase.actual_end_on else today
    late = (reached - end).days if end else 0
    if phase.state == PhaseState.UPCOMING and start:
        late = max(late, (today - start).days)
    return max(0, late)


def _worst(delays: list[Delay]) -> Delay:
    return Delay(
        first=max((delay.first for delay in delays), default=0),
        current=max((delay.current for delay in delays), default=0),
    )
