"""Progress of a programme: the Kurva S, the plan in time, and its milestones."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import F
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rembuk.programs.choices import DocumentClass
from rembuk.programs.models import Evidence, Milestone, Phase, Program
from rembuk.programs.plan.condition import Standing
from rembuk.programs.plan.curve import Point, curve
from rembuk.programs.plan.progress import Progress, Stone, shares_of
from rembuk.programs.states import MilestoneState, PhaseState
from rembuk.web.components.formats import number, percent
from rembuk.web.components.pictures import picture_row
from rembuk.web.programs import parts
from rembuk.web.programs.reading.words import deviation_words, share

type Row = dict[str, Any]

TICKS = tuple(Decimal(step) for step in (0, 25, 50, 75, 100))


def progress_chart(stones: Sequence[Stone], standing: Standing, today: date) -> Row | None:
    """The Kurva S for ``components/curve.html``; ``None`` without milestones that count."""
    points = curve(stones, today)
    if not points or standing.progress is None:
        return None
    series = [
        {"label": _("Current plan"), "look": "plan", "values": [point.planned for point in points]},
        {"label": _("Actual"), "look": "actual", "values": [point.actual for point in points]},
    ]
    if _is_revised(points):
        first = {"label": _("First plan"), "look": "first", "values": [point.first for point in points]}
        series.insert(0, first)
    return {
        "id": "kurva-kemajuan",
        "title": _("Progress: plan and actual, in percent"),
        "title_hidden": True,
        "words": progress_words(standing, today),
        "days": [point.on for point in points],
        "series": series,
        "ticks": TICKS,
        "write": lambda value: percent(value, 2),
        "write_tick": percent,
        "today": today,
    }


def with_progress(rows: list[Row], found: Mapping[int, Progress]) -> list[Row]:
    """Rows of ``components/phases.html``, in the order of the phases, with the progress of those that have milestones."""
    for position, row in enumerate(rows, 1):
        if (progress := found.get(position)) is not None:
            words = {"actual": share(progress.actual), "planned": share(progress.planned)}
            row["progress"] = _("%(actual)s of its milestones, planned by today: %(planned)s") % words
    return rows


def _is_revised(points: Sequence[Point]) -> bool:
    return any(point.first is not None and point.first != point.planned for point in points)


def progress_words(standing: Standing, today: date) -> str:
    """The figures of the day in one sentence."""
    progress = standing.progress
    assert progress is not None
    said = _("On %(day)s %(actual)s is reached of %(planned)s planned") % {
        "day": date_format(today, "j F Y"),
        "actual": share(progress.actual),
        "planned": share(progress.planned),
    }
    return f"{said}: {'; '.join(deviations(standing))}."


def deviations(standing: Standing) -> list[str]:
    """Against the current plan, and against the first where it differs."""
    said = []
    if standing.deviation:
        said.append(deviation_words(standing.deviation, _("the current plan")))
    if standing.first_deviation and standing.first_deviation != standing.deviation:
        said.append(deviation_words(standing.first_deviation, _("the first plan")))
    return said


def plan_chart(
    phases: Sequence[Phase], milestones: Sequence[Milestone], late: dict[int, int], today: date
) -> Row | None:
    """Phases with their milestones in time, for ``components/gantt.html``; ``None`` without any date."""
    rows: list[Row] = []
    for phase in phases:
        rows.append(_phase_bar(phase, late.get(phase.position, 0)))
        rows += [_milestone_bar(row, today) for row in milestones if row.phase_id == phase.pk]
    if not any(row["planned"][0] for row in rows):
        return None
    title = _("Phases and milestones in time") if milestones else _("Phases in time")
    return {"title": title, "title_hidden": True, "rows": rows, "today": today}


def _phase_bar(phase: Phase, late_days: int) -> Row:
    return {
        "label": parts.phase_name(phase.kind),
        "planned": (phase.planned_start_on, phase.planned_end_on),
        "first": (phase.first_start_on, phase.first_end_on),
        "actual": (phase.actual_start_on, phase.actual_end_on) if phase.actual_start_on else None,
        "state": late_words(late_days) or PhaseState(phase.state).label,
        "is_late": late_days > 0,
    }


def _milestone_bar(row: Milestone, today: date) -> Row:
    late_days = _overdue(row, today)
    is_dropped = row.state == MilestoneState.DROPPED
    return {
        "label": row.title,
        "depth": 1,
        "planned": (row.planned_start_on, row.planned_end_on),
        "first": (row.first_start_on, row.first_end_on),
        "actual": (row.actual_start_on, row.actual_end_on)
        if row.actual_start_on and not is_dropped
        else None,
        "state": late_words(late_days) or MilestoneState(row.state).label,
        "is_late": late_days > 0,
        "url": f"#tonggak-{row.position}",
    }


def milestone_rows(
    program: Program, milestones: Sequence[Milestone], stones: Sequence[Stone], today: date
) -> list[Row]:
    """The milestones in their order for ``programs/reading/_milestones.html``, with the open evidence of what they
    claim, in one query; load ``office`` and ``phase``.
    """
    shares = shares_of(stones)
    shown = _evidence(program, milestones)
    return [
        {
            "milestone": row,
            "anchor": f"tonggak-{row.position}",
            "phase": parts.phase_name(row.phase.kind),
            "share": share(shares[row.pk]) if row.pk in shares else "",
            "late": late_words(_overdue(row, today)),
            "is_moved": row.first_end_on is not None and row.first_end_on != row.planned_end_on,
            "is_dropped": row.state == MilestoneState.DROPPED,
            "is_done": row.state == MilestoneState.DONE,
            "finish": _finish(row),
            **shown[row.pk],
        }
        for row in milestones
    ]


def _evidence(program: Program, milestones: Sequence[Milestone]) -> dict[int, Row]:
    """Pictures and files by milestone: of the standing claim, open, not removed."""
    shown: dict[int, Row] = {row.pk: {"pictures": [], "files": []} for row in milestones}
    done = [row.pk for row in milestones if row.state == MilestoneState.DONE]
    rows = Evidence.objects.filter(
        milestone__in=done, claim=F("milestone__claims"), access_class=DocumentClass.OPEN, removed_at=None
    )
    for one in rows.select_related("file") if done else ():
        url = reverse("programs:evidence", args=[program.code, one.file.public_id])
        found = shown[one.milestone_id]
        if one.file.kind == "picture":
            found["pictures"].append(picture_row(one.file, one.title, url))
        else:
            row = {"url": url, "name": one.title, "kind": parts.kind_of(one.file), "size": one.file.size}
            found["files"].append(row)
    return shown


def _finish(row: Milestone) -> str:
    """How a finished milestone kept its day; empty for others."""
    if row.actual_end_on is None:
        return ""
    days = (row.actual_end_on - row.planned_end_on).days
    if days == 0:
        return _("on the planned day")
    words = {"days": number(abs(days))}
    if days > 0:
        return ngettext("%(days)s day later than planned", "%(days)s days later than planned", days) % words
    return ngettext("%(days)s day earlier than planned", "%(days)s days earlier than planned", -days) % words


def _overdue(row: Milestone, today: date) -> int:
    if row.state in {MilestoneState.DONE, MilestoneState.DROPPED}:
        return 0
    return max(0, (today - row.planned_end_on).days)


def late_words(days: int) -> str:
    """How many days late; empty for none."""
    if days <= 0:
        return ""
    return capfirst(ngettext("%(days)s day late", "%(days)s days late", days) % {"days": number(days)})
