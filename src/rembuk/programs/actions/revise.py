"""Revising a published plan: in public, with old, new and reason. The first plan never changes."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from rembuk.access import permissions as izin
from rembuk.accounts.models import Person
from rembuk.common.clock import instant
from rembuk.common.errors import Invalid, WrongState, require
from rembuk.programs import notices, rules, verbs
from rembuk.programs.actions.create import Plan
from rembuk.programs.actions.steps import Deed, add_event, checked_reason, deed, lock, record
from rembuk.programs.models import Phase, Program, Revision
from rembuk.programs.states import OPEN, PhaseState

type Change = dict[str, str | int]


@transaction.atomic
def revise_plan(
    program: Program, plan: Plan, *, reason: str, by: Person, at: datetime | None = None
) -> Revision:
    """New planned dates of phases that are not done, published with their old ones and the reason.

    ``plan`` holds the phases that may change, by number. Writes the dates, a Revision, history, audit,
    notices.

    Raises:
        Denied: without the right.
        Invalid: for a missing reason, an end before its start, or when no date differs.
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
    if not changes:
        raise Invalid(_("No date differs from the present plan."))
    revision = _write(found, changes, act)
    notices.plan_revised(found, add_event(found, "revise", act))
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
    if end < start:
        message = _("A phase can't end before it starts.")
        raise Invalid(message, fields={f"end_{phase.position}": [message]})


def _write(program: Program, changes: list[Change], act: Deed) -> Revision:
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
    return Revision.objects.create(
        program=program,
        number=number,
        at=act.moment,
        by=act.by,
        office=act.office,
        reason=act.reason,
        changes=changes,
    )


def _facts(changes: list[Change], which: str) -> dict[str, str | int]:
    return {f"phase_{change['phase']}_{change['field']}": change[which] for change in changes}


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
