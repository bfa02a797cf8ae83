"""Milestones as the desk shows them: by phase, with share, state, delay, evidence and what can be done."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rembuk.accounts.models import Person
from rembuk.common.clock import local_date
from rembuk.common.errors import Denied
from rembuk.programs import rules
from rembuk.programs.choices import DocumentClass
from rembuk.programs.kinds import name_of
from rembuk.programs.models import Evidence, Milestone, Phase, Program
from rembuk.programs.plan.progress import Progress, Stone, by_phase, overdue_days, shares_of
from rembuk.programs.plan.reading import standing_of, stones_of
from rembuk.programs.states import MILESTONE_STEPS, OPEN, REACH, MilestoneState, State, Step
from rembuk.siteconfig.selectors import current
from rembuk.web.programs import parts
from rembuk.web.programs.milestones.forms import SETTLED
from rembuk.web.programs.reading.progress import deviations
from rembuk.web.programs.reading.words import points, share

type Row = dict[str, Any]

STEP_WORDS: dict[str, Promise] = {
    "begin": gettext_lazy("Begin"),
    "reach": gettext_lazy("Call it done"),
    "reopen": gettext_lazy("Reopen"),
    "drop": gettext_lazy("Drop"),
    "restore": gettext_lazy("Take it up again"),
}


def list_context(program: Program, by: Person) -> Row:
    """The whole list: progress on top, milestones by phase."""
    phases = list(program.phases.all())
    rows = list(program.milestones.select_related("office"))
    today = local_date(zone=current().tz)
    stones = stones_of(program, rows, phases)
    standing = standing_of(program, today, rows, phases)
    may = _may(program, by)
    return {
        "program": program,
        "may": may,
        "is_draft": program.state == State.DRAFT,
        "condition": standing.condition if program.state in OPEN else "",
        "progress": _progress(standing.progress),
        "deviations": deviations(standing) if program.state != State.DRAFT else [],
        "groups": _groups(program, phases, rows, stones, may, today),
        "count": len(rows),
    }


def _may(program: Program, by: Person) -> Row:
    is_over = program.state in {State.CANCELLED, State.COMPLETED}
    return {
        "plan": not is_over and not isinstance(rules.may_plan(program, by), Denied),
        "report": not isinstance(rules.may_report(program, by), Denied),
        "steer": not isinstance(rules.may_steer(program, by), Denied),
    }


def _progress(progress: Progress | None) -> Row | None:
    if progress is None:
        return None
    return {
        "actual": share(progress.actual),
        "planned": share(progress.planned),
        "first": share(progress.first) if progress.first not in {None, progress.planned} else "",
    }


def _groups(
    program: Program,
    phases: Sequence[Phase],
    rows: Sequence[Milestone],
    stones: Sequence[Stone],
    may: Row,
    today: date,
) -> list[Row]:
    shares, within = shares_of(stones), by_phase(stones, today)
    late = {stone.key: overdue_days(stone, today) for stone in stones}
    proof = _evidence(program, rows, may)
    groups = []
    for phase in phases:
        mine = [row for row in rows if row.phase_id == phase.pk]
        shown = [
            {
                "milestone": row,
                "anchor": f"tonggak-{row.public_id}",
                "share": share(shares[row.pk]) if row.pk in shares else "",
                "weight": points(row.weight),
                "late_days": late[row.pk] if program.state in OPEN else 0,
                "evidence": proof.get(row.pk, []),
                **_ways(program, row, may, place, len(mine)),
            }
            for place, row in enumerate(mine)
        ]
        name = f"{phase.position}. {name_of(phase.kind)}"
        groups.append({"name": name, "rows": shown, "progress": _progress(within.get(phase.position))})
    return groups


def _ways(program: Program, row: Milestone, may: Row, place: int, count: int) -> Row:
    """Where each thing is done that her rights and the states allow."""
    where = [program.code, row.public_id]

    def to(route: str) -> str:
        return reverse(f"desk_programs:milestone_{route}", args=where)

    steps = [step for step in MILESTONE_STEPS if row.state in step.sources and _allowed(program, step, may)]
    is_draft = program.state == State.DRAFT
    return {
        "steps": [{"label": STEP_WORDS[step.name], "url": step_url(program, row, step)} for step in steps],
        "edit_url": to("edit") if may["plan"] else "",
        "remove_url": to("remove") if may["plan"] and is_draft else "",
        "shift_url": to("shift") if may["plan"] and count > 1 else "",
        "can_rise": place > 0,
        "can_fall": place < count - 1,
        "prove_url": to("prove") if may["report"] and row.state == MilestoneState.DONE else "",
        "is_settled": row.state in SETTLED,
    }


def step_url(program: Program, row: Milestone, step: Step) -> str:
    """Where a step is asked for; reaching has a page of its own."""
    where = [program.code, row.public_id]
    if step is REACH:
        return reverse("desk_programs:milestone_reach", args=where)
    return reverse("desk_programs:milestone_step", args=[*where, step.name])


def _allowed(program: Program, step: Step, may: Row) -> bool:
    is_replanning = step.name in {"drop", "restore"}
    running = program.state in OPEN if is_replanning else program.state == State.PUBLISHED
    return running and bool(may["steer"] if step.needs_reason else may["report"])


def _evidence(program: Program, rows: Sequence[Milestone], may: Row) -> dict[int, list[Row]]:
    """Standing evidence of every claim by milestone, in one query, excluded pieces too."""
    found: dict[int, list[Row]] = {}
    claims = {row.pk: row.claims for row in rows}
    pieces = Evidence.objects.filter(milestone__program=program, removed_at=None).select_related("file")
    for piece in pieces:
        where = [program.code, piece.file.public_id]
        entry = {
            "title": piece.title,
            "url": reverse("desk_programs:evidence", args=where),
            "remove_url": reverse("desk_programs:evidence_remove", args=where) if may["report"] else "",
            "kind": parts.kind_of(piece.file),
            "size": piece.file.size,
            "is_excluded": piece.access_class == DocumentClass.EXCLUDED,
            "class": DocumentClass(piece.access_class).label,
            "note": "" if piece.claim == claims[piece.milestone_id] else _("of an earlier claim"),
        }
        found.setdefault(piece.milestone_id, []).append(entry)
    return found
