"""The figures of a programme at one moment, as JSON: what the evaluation report speaks of and keeps.

Layers that the office did not add are ``None`` or empty. Decimals are text, days ISO. Documents, evidence and remarks
are not in it, so excluded ones can't leak.
"""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from rembuk.common.clock import local_date
from rembuk.consultations.figures import figures_of_many
from rembuk.consultations.schedule import stage
from rembuk.consultations.selectors import heard, ties
from rembuk.engagement import selectors as engagement
from rembuk.engagement.models import Ballot, Comment
from rembuk.programs import lateness
from rembuk.programs.evaluation import rounds, witnesses
from rembuk.programs.evaluation.figures import shown
from rembuk.programs.indicators.selectors import indicators_of
from rembuk.programs.kinds import official_name
from rembuk.programs.models import Milestone, Phase, Program, Round
from rembuk.programs.money.selectors import money_of
from rembuk.programs.plan.curve import Deviation
from rembuk.programs.plan.progress import Stone, overdue_days, shares_of
from rembuk.programs.plan.reading import standing_of, stones_of
from rembuk.programs.selectors import Behind, behind
from rembuk.siteconfig.selectors import current

type Data = dict[str, Any]


def snapshot(program: Program, at: datetime) -> Data:
    """Everything the report shows, read now; the same queries however much there is, one more for each round and
    each phase with answers.
    """
    today = local_date(at, current().tz)
    phases = list(program.phases.all())
    milestones = list(program.milestones.select_related("phase"))
    return {
        "at": at.isoformat(),
        "today": today.isoformat(),
        "program": _program(program),
        "time": _time(program, phases, milestones, today),
        "milestones": _milestones(program, phases, milestones, today),
        "money": _money(program, today),
        "indicators": _indicators(program),
        "voices": _voices(program, phases),
        "consultations": _consultations(program, at),
        "ratings": [_rating(found, at) for found in program.rounds.order_by("number")],
    }


def text(value: Decimal | None) -> str | None:
    """A figure as the snapshot keeps it."""
    return None if value is None else f"{value:f}"


def _iso(value: date | None) -> str | None:
    return value.isoformat() if value else None


def _program(program: Program) -> Data:
    return {
        "code": program.code,
        "title": program.title,
        "summary": program.summary,
        "unit": program.unit.name,
        "year": program.year,
        "state": program.state,
        "updates": program.updates.count(),
    }


def _time(program: Program, phases: list[Phase], milestones: list[Milestone], today: date) -> Data:
    late = lateness.of_program(program, phases, today)
    standing = standing_of(program, today, milestones, phases)
    found = standing.progress
    return {
        "condition": standing.condition,
        "days_late": late.whole.current,
        "days_late_first": late.whole.first,
        "progress": found and {"planned": text(found.planned), "actual": text(found.actual)},
        "deviation": _deviation(standing.deviation),
        "first_deviation": _deviation(standing.first_deviation),
        "revisions": [
            {"on": local_date(row.at, current().tz).isoformat(), "reason": row.reason}
            for row in program.revisions.order_by("number")
        ],
        "phases": [_phase(phase, late.phases[phase.position]) for phase in phases],
    }


def _deviation(found: Deviation | None) -> Data | None:
    return None if found is None else {"points": text(found.points), "days": found.days}


def _phase(phase: Phase, late: lateness.Delay) -> Data:
    return {
        "number": phase.position,
        "kind": phase.kind,
        "name": official_name(phase.kind),
        "state": phase.state,
        "first": [_iso(phase.first_start_on), _iso(phase.first_end_on)],
        "planned": [_iso(phase.planned_start_on), _iso(phase.planned_end_on)],
        "actual": [_iso(phase.actual_start_on), _iso(phase.actual_end_on)],
        "days_late": late.current,
        "days_late_first": late.first,
    }


def _milestones(
    program: Program, phases: list[Phase], milestones: list[Milestone], today: date
) -> list[Data]:
    stones = stones_of(program, milestones, phases)
    shares = shares_of(stones)
    said = witnesses.said(milestones)
    return [
        {
            "title": row.title,
            "phase": stone.phase,
            "state": row.state,
            "share": text(shares.get(row.pk)),
            "first_end": _iso(row.first_end_on),
            "planned_end": _iso(row.planned_end_on),
            "actual_end": _iso(row.actual_end_on),
            "overdue": _days_over(stone, today),
            "said": {"yes": said[row.pk].yes, "partly": said[row.pk].partly, "no": said[row.pk].no},
            "contradicted": said[row.pk].contradicts,
        }
        for row, stone in zip(milestones, stones, strict=True)
    ]


def _days_over(stone: Stone, today: date) -> int:
    """Days past the planned end: of a done one until it was done, else until today."""
    if stone.done_on is not None and not stone.is_dropped:
        return max(0, (stone.done_on - stone.ends_on).days)
    return overdue_days(stone, today)


def _money(program: Program, today: date) -> Data | None:
    found = money_of(program, today)
    if found is None:
        return None
    lines = [{"fund": line.fund, **_totals(line)} for line in found.lines]
    return {
        **_totals(found.totals),
        "lines": lines,
        "payments": len(found.entries),
        "evidenced": sum(row.evidence_id is not None for row in found.entries),
    }


def _totals(found: Any) -> Data:
    return {
        "first": text(found.first),
        "pagu": text(found.pagu),
        "realised": text(found.realised),
        "left": text(found.left),
        "absorption": text(found.absorption),
    }


def _indicators(program: Program) -> list[Data]:
    return [
        {
            "level": one.level,
            "name": one.name,
            "measure": one.measure,
            "direction": one.direction,
            "baseline": text(one.baseline),
            "achievement": text(one.achievement),
            "periods": [
                {
                    "name": row.name,
                    "ends_on": row.ends_on.isoformat(),
                    "first_target": text(row.first_target),
                    "target": text(row.target),
                    "actual": text(row.actual),
                    "achievement": text(row.achievement),
                    "source": row.source,
                }
                for row in one.periods
            ],
        }
        for one in indicators_of(program)
    ]


def _voices(program: Program, phases: list[Phase]) -> Data:
    subjects = [program.subject_id, *(phase.subject_id for phase in phases)]
    origin = behind([program.pk]).get(program.pk, Behind())
    return {
        "proposals": origin.proposals,
        "people": origin.people,
        "comments": _comments(subjects),
        "answers": _answers(phases),
    }


def _comments(subjects: list[int]) -> int:
    """What citizens wrote: without the replies of offices."""
    return Comment.objects.filter(subject__in=subjects, state=Comment.State.VISIBLE, office=None).count()


def _answers(phases: list[Phase]) -> list[Data]:
    """What people answered to the question of each phase: yes, unsure, no."""
    names = {phase.subject_id: official_name(phase.kind) for phase in phases}
    ballots = list(
        Ballot.objects.filter(subject__in=names, kind=Ballot.Kind.QUESTION).order_by(
            "subject__phase__position"
        )
    )
    counts = engagement.tallies(ballots)
    return [
        {
            "phase": names[ballot.subject_id],
            "yes": counts[ballot.pk].get(Ballot.YES, 0),
            "unsure": counts[ballot.pk].get(Ballot.UNSURE, 0),
            "no": counts[ballot.pk].get(Ballot.NO, 0),
        }
        for ballot in ballots
    ]


def _consultations(program: Program, at: datetime) -> list[Data]:
    """Announced consultations about it; counts only where everybody sees them."""
    found = list({tie.consultation_id: tie.consultation for tie in ties.ties_of_programs([program])}.values())
    figures = figures_of_many(found, at)
    return [
        {
            "code": one.code,
            "title": one.title,
            "stage": stage(one, at),
            "counts": [figures[one.pk].heard, figures[one.pk].considered, figures[one.pk].explained]
            if heard.shows_totals(one, at)
            else None,
        }
        for one in found
    ]


def _rating(found: Round, at: datetime) -> Data:
    result = rounds.result(found)
    is_over = found.closed_at is not None or (found.closes_at is not None and found.closes_at <= at)
    return {
        "number": found.number,
        "survey": found.survey,
        "is_over": is_over,
        "opened_on": local_date(found.opened_at, current().tz).isoformat(),
        "n": result.n if result else 0,
        "population": found.population,
        "mean": text(shown(result.mean)) if result else None,
        "elements": [
            {"code": row.code, "mean": text(shown(row.mean)), "counts": list(row.counts)}
            for row in (result.rated if result else ())
        ],
        "skm": {"value": text(result.skm.converted), "grade": result.skm.grade}
        if result and result.skm
        else None,
    }
