"""The plan of milestones: free while the programme is a draft, afterwards only by a public revision."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from rembuk.access import permissions as izin
from rembuk.accounts.models import Person
from rembuk.common.clock import instant
from rembuk.common.errors import WrongState, require
from rembuk.programs import rules, verbs
from rembuk.programs.actions.first_plan import has_open_first_plan
from rembuk.programs.actions.milestones import changing
from rembuk.programs.actions.milestones.changing import MilestoneWords
from rembuk.programs.actions.revise import write_revision
from rembuk.programs.actions.steps import Deed, checked_reason, deed, lock, record
from rembuk.programs.models import Milestone, Program
from rembuk.programs.states import State


@transaction.atomic
def add_milestones(
    program: Program,
    rows: Sequence[MilestoneWords],
    *,
    by: Person,
    reason: str = "",
    at: datetime | None = None,
) -> list[Milestone]:
    """Put milestones behind those that are there; on a public plan as one revision with its reason.

    What is added to a public plan has no share in its first plan, unless there was none (``has_open_first_plan``).
    Writes rows, one audit entry, and the revision.

    Raises:
        Denied: without the right: editing for a draft, steering afterwards.
        Invalid: for words that don't fit, or without a reason where the plan is public.
        WrongState: for a programme that is over.
    """
    found, act = _begin(program, by, reason, at)
    made, added = write_milestones(found, rows, is_first=has_open_first_plan(found, act.moment))
    if found.state != State.DRAFT:
        write_revision(found, added, act)
    record(found, verbs.MILESTONES_ADDED, act, after={"milestones": [changing.facts(row) for row in made]})
    return made


def write_milestones(
    program: Program, rows: Sequence[MilestoneWords], *, is_first: bool
) -> tuple[list[Milestone], list[dict[str, str | int]]]:
    """Write new milestones of a locked programme; returns them, and what changed for a revision.

    ``is_first`` tells whether on a public plan they make its first plan (``has_open_first_plan``, asked before).

    Raises:
        Invalid: for words that don't fit.
    """
    first = changing.next_position(program)
    made = [_make(program, words, first + place, is_first) for place, words in enumerate(rows)]
    return made, [changing.entry(row, "added", "", _summary(row)) for row in made]


def add_milestone(
    program: Program, words: MilestoneWords, *, by: Person, reason: str = "", at: datetime | None = None
) -> Milestone:
    """One milestone, as ``add_milestones``."""
    return add_milestones(program, [words], by=by, reason=reason, at=at)[0]


@transaction.atomic
def edit_milestone(
    milestone: Milestone, words: MilestoneWords, *, by: Person, reason: str = "", at: datetime | None = None
) -> Milestone:
    """New words, days or weight; of a public plan as a revision with reason, unless only office or explanation change.

    Raises:
        Denied, Invalid, WrongState: as ``add_milestones``, or for the plan of one that is done or dropped.
    """
    program = lock(milestone.program)
    require(rules.may_plan(program, by))
    changing.refuse_ended(program)
    row = _locked(milestone)
    new = changing.columns(program, words)
    is_planned = any(getattr(row, name) != new[name] for name in changing.PLANNED)
    needs_reason = is_planned and program.state != State.DRAFT
    if is_planned:
        changing.refuse_settled(row)
    why = checked_reason(reason, needed=needs_reason)
    act = _deed(program, by, why, at)
    before, after = changing.write(row, new)
    if needs_reason:
        write_revision(program, changing.changes(row, before, after), act)
    if after:
        about = {"milestone": str(row.public_id)}
        record(program, verbs.MILESTONE_EDITED, act, before=before, after={**about, **after})
    return row


@transaction.atomic
def move_milestone(milestone: Milestone, *, up: bool, by: Person, at: datetime | None = None) -> Milestone:
    """Change places with the neighbour within the phase; nothing happens at its end. Order is no promise, so no revision.

    Raises:
        Denied, WrongState: as ``add_milestones``.
    """
    program, act = _begin(milestone.program, by, "", at, needs_reason=False)
    rows = list(program.milestones.filter(phase=milestone.phase_id).order_by("position", "id"))
    here = next(place for place, row in enumerate(rows) if row.pk == milestone.pk)
    there = here - 1 if up else here + 1
    if not 0 <= there < len(rows):
        return rows[here]
    one, other = rows[here], rows[there]
    one.position, other.position = other.position, one.position
    Milestone.objects.bulk_update([one, other], ["position"])
    after = {"milestone": str(one.public_id), "position": one.position}
    record(program, verbs.MILESTONE_MOVED, act, before={"position": other.position}, after=after)
    return one


@transaction.atomic
def remove_milestone(milestone: Milestone, *, by: Person, at: datetime | None = None) -> None:
    """Delete a milestone of a draft; one of a public plan is dropped instead (``course.drop_milestone``).

    Raises:
        Denied: without the right.
        WrongState: when the plan is public.
    """
    program = lock(milestone.program)
    require(rules.may_plan(program, by))
    if program.state != State.DRAFT:
        raise WrongState(_("The plan is public. A milestone is dropped with a reason, never deleted."))
    row = _locked(milestone)
    record(program, verbs.MILESTONE_REMOVED, _deed(program, by, "", at), before=changing.facts(row))
    row.delete()


def _begin(
    program: Program, by: Person, reason: str, at: datetime | None, *, needs_reason: bool = True
) -> tuple[Program, Deed]:
    found = lock(program)
    require(rules.may_plan(found, by))
    changing.refuse_ended(found)
    why = checked_reason(reason, needed=needs_reason and found.state != State.DRAFT)
    return found, _deed(found, by, why, at)


def _deed(program: Program, by: Person, reason: str, at: datetime | None) -> Deed:
    permission = izin.PROGRAM_EDIT if program.state == State.DRAFT else izin.PROGRAM_STEER
    return deed(program, permission, by=by, moment=instant(at), reason=reason)


def _make(program: Program, words: MilestoneWords, position: int, is_first: bool) -> Milestone:
    new = changing.columns(program, words)
    first = {}
    if program.state != State.DRAFT:
        first = {
            "first_start_on": new["planned_start_on"],
            "first_end_on": new["planned_end_on"],
            "first_weight": new["weight"] if is_first else None,
        }
    return Milestone.objects.create(program=program, position=position, **new, **first)


def _locked(milestone: Milestone) -> Milestone:
    return Milestone.objects.select_related("phase", "office").get(pk=milestone.pk)


def _summary(row: Milestone) -> str:
    """What was added, in one line that needs no language: days and weight."""
    return f"{row.planned_start_on.isoformat()} – {row.planned_end_on.isoformat()}, {row.weight:.2f}"
