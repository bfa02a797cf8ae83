"""Milestones of a programme of the texts: planned, begun, called done with evidence, reopened, dropped; and the group
of proposals it comes from.
"""

from datetime import datetime
from decimal import Decimal

from rembuk.common.clock import local_date
from rembuk.ops.demo.content import Entry
from rembuk.ops.demo.drawing import papers, pictures
from rembuk.ops.demo.plays.undertaking import Step, Undertaking
from rembuk.programs.actions.milestones import course, plan
from rembuk.programs.actions.milestones.changing import MilestoneWords
from rembuk.programs.actions.milestones.evidence import NewEvidence
from rembuk.programs.actions.suggestions.find import refresh_suggestions
from rembuk.programs.models import Suggestion


def _gather(work: Undertaking, step: Entry, at: datetime) -> None:
    """Look for groups as the worker does; the proposals of this programme have to stand in one.

    Raises:
        LookupError: when they don't.
    """
    while refresh_suggestions(at=at):
        pass
    wanted = {work.world.proposals[row["proposal"]] for row in work.entry["links"]}
    for group in Suggestion.objects.filter(kind=step["kind"]):
        if wanted <= set(group.members.values_list("proposal", flat=True)):
            return
    raise LookupError(f"{work.key}: no group holds all of its proposals")


def _milestones(work: Undertaking, step: Entry, at: datetime) -> None:
    day = work.world.calendar.day
    rows = [
        MilestoneWords(
            title=title,
            phase=work.phase(number),
            weight=Decimal(weight),
            starts_on=day(begin),
            ends_on=day(end),
        )
        for number, weight, begin, end, title in step["rows"]
    ]
    plan.add_milestones(work.program, rows, reason=step.get("text", ""), by=work.manager, at=at)


def _begin(work: Undertaking, step: Entry, at: datetime) -> None:
    course.begin_milestone(work.milestone(step["milestone"]), by=work.manager, at=at)


def _reach(work: Undertaking, step: Entry, at: datetime) -> None:
    """Done on that day; what was never marked as begun began as planned, if that was earlier."""
    found = work.milestone(step["milestone"])
    made = (
        pictures.picture(step["scene"], step["scene"])
        if "scene" in step
        else papers.paper(step["proof"], step["lines"], step["name"])
    )
    ended = local_date(at)
    course.reach_milestone(
        found,
        evidence=[NewEvidence(work.stored(made, at), step["proof"])],
        began_on=min(found.planned_start_on, ended),
        by=work.manager,
        at=at,
    )


def _reopen(work: Undertaking, step: Entry, at: datetime) -> None:
    course.reopen_milestone(work.milestone(step["milestone"]), reason=step["text"], by=work.manager, at=at)


def _drop(work: Undertaking, step: Entry, at: datetime) -> None:
    course.drop_milestone(work.milestone(step["milestone"]), reason=step["text"], by=work.manager, at=at)


STEPS: dict[str, Step] = {
    "gather": _gather,
    "milestones": _milestones,
    "begin": _begin,
    "reach": _reach,
    "reopen": _reopen,
    "drop": _drop,
}
