"""What every act on the plan of milestones shares: checking words, writing them, telling what changed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from rembuk.common.errors import Invalid, WrongState
from rembuk.common.text import clean_line, clean_text
from rembuk.programs.models import Milestone, Phase, Program
from rembuk.programs.plan.days import day_fault, refuse_far
from rembuk.programs.states import MilestoneState, State
from rembuk.workunits.models import WorkUnit

MAX_WEIGHT = Decimal("9999999.99")
# What of a milestone is plan: after publication it changes only by a public revision.
PLANNED = ("title", "phase", "weight", "planned_start_on", "planned_end_on")


@dataclass(frozen=True, slots=True, kw_only=True)
class MilestoneWords:
    """A milestone as staff write it. ``weight`` is relative to the others; ``office=None`` is the programme's unit."""

    title: str
    phase: Phase
    starts_on: date
    ends_on: date
    weight: Decimal = Decimal(1)
    office: WorkUnit | None = None
    description: str = ""


@dataclass(frozen=True, slots=True)
class Days:
    """New planned days of a milestone, as a revision of several gives them."""

    starts_on: date
    ends_on: date


def columns(program: Program, words: MilestoneWords) -> dict[str, object]:
    """The checked and cleaned columns.

    Raises:
        Invalid: without a title, for days out of order or range, a weight that is none, a phase of another programme.
    """
    wrong: dict[str, list[str]] = {}
    title = clean_line(words.title)
    if not 1 <= len(title) <= 200:
        wrong["title"] = [_("Say in at most 200 characters what is reached.")]
    if words.ends_on < words.starts_on:
        wrong["ends_on"] = [_("A milestone can't end before it starts.")]
    for name in ("starts_on", "ends_on"):
        if fault := day_fault(getattr(words, name)):
            wrong[name] = [fault]
    if not 0 < words.weight <= MAX_WEIGHT or words.weight != round(words.weight, 2):
        wrong["weight"] = [_("The weight is a number above 0 with at most two decimals.")]
    if words.phase.program_id != program.pk:
        wrong["phase"] = [_("Choose a phase of this work programme.")]
    if wrong:
        raise Invalid(_("The milestone can't be saved like this."), fields=wrong)
    return {
        "title": title,
        "phase": words.phase,
        "weight": words.weight,
        "planned_start_on": words.starts_on,
        "planned_end_on": words.ends_on,
        "office": words.office or program.unit,
        "description": clean_text(words.description),
    }


def write(milestone: Milestone, new: dict[str, object]) -> tuple[dict[str, object], dict[str, object]]:
    """Write the columns that differ; returns them before and after, in plain values for trail and revision."""
    differing = [name for name, value in new.items() if getattr(milestone, name) != value]
    before = {name: plain(getattr(milestone, name)) for name in differing}
    for name in differing:
        setattr(milestone, name, new[name])
    if differing:
        milestone.save(update_fields=differing)
    return before, {name: plain(new[name]) for name in differing}


def redate(milestone: Milestone, days: Days) -> list[dict[str, str | int]]:
    """Give a milestone of a public plan new days; returns what changed, for the revision.

    Raises:
        Invalid: for days in the wrong order, or out of range.
        WrongState: for one that is done or dropped.
    """
    new = {"planned_start_on": days.starts_on, "planned_end_on": days.ends_on}
    if all(getattr(milestone, name) == value for name, value in new.items()):
        return []
    refuse_settled(milestone)
    refuse_far({day_name("start", milestone): days.starts_on, day_name("end", milestone): days.ends_on})
    if days.ends_on < days.starts_on:
        message = _("A milestone can't end before it starts.")
        raise Invalid(message, fields={day_name("end", milestone): [message]})
    before, after = write(milestone, dict(new))
    return changes(milestone, before, after)


def day_name(which: str, milestone: Milestone) -> str:
    """What the start or the end of a milestone is called in a revision of several."""
    return f"m_{which}_{milestone.public_id}"


def changes(
    milestone: Milestone, before: dict[str, object], after: dict[str, object]
) -> list[dict[str, str | int]]:
    """What changed of the plan, as a revision holds it; what is not plan is left out."""
    return [entry(milestone, name, str(before[name]), str(after[name])) for name in PLANNED if name in after]


def entry(milestone: Milestone, field: str, old: str, new: str) -> dict[str, str | int]:
    """One change of a milestone for a revision."""
    return {
        "milestone": str(milestone.public_id),
        "label": milestone.title,
        "field": field,
        "old": old,
        "new": new,
    }


def refuse_settled(milestone: Milestone) -> None:
    """Refuse to change the plan of what is done or dropped.

    Raises:
        WrongState: always for those.
    """
    if milestone.state == MilestoneState.DONE:
        raise WrongState(_("This milestone is done. Its plan stays as it was."))
    if milestone.state == MilestoneState.DROPPED:
        raise WrongState(_("This milestone is dropped. Take it up again before you change it."))


def refuse_ended(program: Program) -> None:
    """Refuse to change the plan of a programme that is over.

    Raises:
        WrongState: for a cancelled or completed one.
    """
    if program.state in {State.CANCELLED, State.COMPLETED}:
        raise WrongState(_("The work programme is over. Its milestones stay as they are."))


def next_position(program: Program) -> int:
    """The place behind all milestones."""
    last = program.milestones.order_by("-position").values_list("position", flat=True).first()
    return (last or 0) + 1


def plain(value: object) -> object:
    """A value as text or code: dates in ISO form, weights with two places, phases by number, units by code."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    if isinstance(value, Phase):
        return value.position
    return value.code if isinstance(value, WorkUnit) else value


def facts(milestone: Milestone, names: Iterable[str] = PLANNED) -> dict[str, object]:
    """A milestone for the trail."""
    rest = {name: plain(getattr(milestone, name)) for name in names}
    return {"milestone": str(milestone.public_id), "title": milestone.title, **rest}
