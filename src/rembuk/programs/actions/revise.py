"""Revising a published plan: in public, with old, new and reason. The first plan never changes."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from rembuk.access import permissions as izin
from rembuk.accounts.models import Person
from rembuk.common.clock import instant
from rembuk.common.errors import Invalid, WrongState, require
from rembuk.programs import notices, rules, verbs
from rembuk.programs.actions.create import Plan, refuse_overlap
from rembuk.programs.actions.milestones.changing import Days, redate
from rembuk.programs.actions.steps import Deed, add_event, checked_reason, deed, lock, record
from rembuk.programs.models import Phase, Program, Revision
from rembuk.programs.plan.days import refuse_far
from rembuk.programs.states import OPEN, PhaseState

type Change = dict[str, str | int]
# What a change may be about, in the order in which the trail names it.
_ABOUT = ("phase", "milestone", "pagu", "indicator", "period")


@transaction.atomic
def revise_plan(
    program: Program,
    plan: Plan,
    *,
    milestones: Mapping[UUID, Days] | None = None,
    reason: str,
    by: Person,
    at: datetime | None = None,
) -> Revision:
    """New planned dates of phases and milestones that are not done, published with their old ones and the reason.

    ``plan`` holds the phases that may change, by number, ``milestones`` those by public id. Writes the dates,
    a Revision, history, audit, notices.

    Raises:
        Denied: without the right.
        Invalid: for a missing reason, an end before its start, a day out of range, or when no date differs.
        WrongState: unless the programme is running or postponed, or for dates of a finished phase.
    """
    found = lock(program)
    require(rules.may_steer(found, by))
    if found.state not in OPEN:
        raise WrongState(_("Only the plan of a running or postponed work programme is revised."))
    why = checked_reason(reason)
    act = deed(found, izin.PROGRAM_STEER, by=by, moment=instant(at), reason=why)
    changes = [
        change for phase in found.phases.all() if phase.position in plan for change in _change(phase, plan)
    ]
    refuse_overlap(found)
    for row in found.milestones.filter(public_id__in=milestones or {}):
        changes += redate(row, (milestones or {})[row.public_id])
    if not changes:
        raise Invalid(_("No date differs from the present plan."))
    return write_revision(found, changes, act)


def write_revision(program: Program, changes: list[Change], act: Deed) -> Revision:
    """Publish what an act changed in the plan of a locked programme; all of one act is one revision.

    ``changes``: ``field``, ``old``, ``new`` as text, and what it is about: ``phase`` or ``milestone`` (number),
    ``pagu``, ``indicator``, ``period``, with a ``label`` in the official language. Writes the Revision, audit entry,
    history, and tells followers. The caller has checked right, state and reason, and has written the new values.
    """
    program.changed_at = act.moment
    program.save(update_fields=["changed_at"])
    number = program.revisions.count() + 1
    record(
        program,
        verbs.REVISED,
        act,
        before=_facts(changes, "old"),
        after={**_facts(changes, "new"), "revision": number},
    )
    revision = Revision.objects.create(
        program=program,
        number=number,
        at=act.moment,
        by=act.by,
        office=act.office,
        standing=act.standing,
        reason=act.reason,
        changes=changes,
    )
    notices.plan_revised(program, add_event(program, "revise", act))
    return revision


def _change(phase: Phase, plan: Plan) -> list[Change]:
    """Write a phase's new dates; returns what changed."""
    start, end = plan[phase.position]
    old = {"planned_start_on": phase.planned_start_on, "planned_end_on": phase.planned_end_on}
    new = {"planned_start_on": start, "planned_end_on": end}
    if old == new:
        return []
    _refuse_broken(phase, start, end)
    for name, day in new.items():
        setattr(phase, name, day)
    phase.save(update_fields=list(new))
    return [
        {"phase": phase.position, "field": name, "old": _iso(old[name]), "new": _iso(new[name])}
        for name in new
        if old[name] != new[name]
    ]


def _refuse_broken(phase: Phase, start: date | None, end: date | None) -> None:
    if phase.state == PhaseState.DONE:
        raise WrongState(_("This phase is finished. Its plan stays as it was."))
    if start is None or end is None:
        message = _("A published plan keeps both dates of every phase.")
        raise Invalid(message, fields={f"start_{phase.position}": [message]})
    refuse_far({f"start_{phase.position}": start, f"end_{phase.position}": end})
    if end < start:
        message = _("A phase can't end before it starts.")
        raise Invalid(message, fields={f"end_{phase.position}": [message]})


def _facts(changes: list[Change], which: str) -> dict[str, str | int]:
    return {_fact(change): change[which] for change in changes}


def _fact(change: Change) -> str:
    """What one change is about, as the trail names it: ``phase_1_planned_end_on``."""
    about = [f"{kind}_{change[kind]}" for kind in _ABOUT if kind in change]
    return "_".join([*about, str(change["field"])])


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
