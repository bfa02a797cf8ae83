"""The words of an evaluation as they are drafted: plain sentences made of the figures, one function for each part.

Nothing is said of a layer that the office did not add, and nothing is judged: that is for staff to write.
"""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from rembuk.common.money import write_amount
from rembuk.programs.indicators.achievement import FULL
from rembuk.programs.states import MilestoneState, PhaseState, State
from rembuk.reports.choices import EvaluationPart
from rembuk.reports.evaluation.voices import voices
from rembuk.reports.wording import OFFICIAL, bullets, count, day, decimal, percent, plain, sentences

type Data = dict[str, Any]


def drafted(data: Data) -> dict[str, str]:
    """Every part as staff Markdown in the official language; empty where there is nothing to say."""
    with override(OFFICIAL):
        return {part.value: write(data) for part, write in _PARTS.items()}


def _summary(data: Data) -> str:
    program, time = data["program"], data["time"]
    words = {
        "title": plain(program["title"]),
        "unit": plain(program["unit"]),
        "year": program["year"],
        "state": str(State(program["state"]).label).lower(),
        "day": day(data["today"]),
    }
    said = [
        _("“%(title)s” is a work programme of %(unit)s of the year %(year)s. On %(day)s it is %(state)s.")
        % words
    ]
    done = sum(phase["state"] == PhaseState.DONE for phase in time["phases"])
    said.append(_("%(done)s of %(all)s phases are finished.") % {"done": done, "all": len(time["phases"])})
    if time["progress"]:
        figures = {name: percent(value) for name, value in time["progress"].items()}
        said.append(_("Progress is %(actual)s of the %(planned)s that were planned by then.") % figures)
    if data["money"] and data["money"]["absorption"]:
        figures = {"part": percent(data["money"]["absorption"]), "pagu": _amount(data["money"]["pagu"])}
        said.append(_("%(part)s of the pagu of %(pagu)s is spent.") % figures)
    return sentences(said)


def _results(data: Data) -> str:
    lines = [_indicator(one) for one in data["indicators"]]
    kept = [row for row in data["milestones"] if row["state"] != MilestoneState.DROPPED]
    if kept:
        done = sum(row["state"] == MilestoneState.DONE for row in kept)
        words = {"done": count(done), "all": count(len(kept))}
        lines.insert(0, _("%(done)s of %(all)s milestones are done.") % words)
    return bullets(lines)


def _indicator(one: Data) -> str:
    told = [row for row in one["periods"] if row["actual"] is not None]
    name = plain(one["name"])
    if not told:
        return _("%(name)s: nothing is reported yet.") % {"name": name}
    last = max(told, key=lambda row: row["ends_on"])
    words = {
        "name": name,
        "period": plain(last["name"]),
        "actual": decimal(last["actual"]),
        "target": decimal(last["target"]),
        "measure": plain(one["measure"]),
        "achievement": percent(last["achievement"]),
    }
    return (
        _("%(name)s (%(period)s): %(actual)s of %(target)s %(measure)s, achievement %(achievement)s.") % words
    )


def _money(data: Data) -> str:
    found = data["money"]
    if found is None:
        return ""
    words = {name: _amount(found[name]) for name in ("pagu", "realised", "left")}
    said = [_("The pagu is %(pagu)s. %(realised)s of it is spent, %(left)s is left.") % words]
    if found["absorption"]:
        said.append(_("Absorption is %(part)s.") % {"part": percent(found["absorption"])})
    if found["first"] and found["first"] != found["pagu"]:
        said.append(_("The first plan had a pagu of %(first)s.") % {"first": _amount(found["first"])})
    return sentences([*said, *_payments(found)])


def _payments(found: Data) -> list[str]:
    """How many there are, each with the number of its document, and of how many the evidence is attached."""
    n = found["payments"]
    if not n:
        return []
    words = ngettext("This figure is made of %(n)s payment.", "This figure is made of %(n)s payments.", n)
    evidenced = found.get("evidenced")
    if evidenced is None:
        return [words % {"n": count(n)}]
    attached = ngettext(
        "Evidence is attached to %(n)s of them.", "Evidence is attached to %(n)s of them.", evidenced
    )
    return [words % {"n": count(n)}, attached % {"n": count(evidenced)}]


def _time(data: Data) -> str:
    time = data["time"]
    said = _by_milestones(data)
    said.append(_lateness(time["days_late"], _("the current plan")))
    if time["days_late_first"] != time["days_late"]:
        said.append(_lateness(time["days_late_first"], _("the first plan")))
    revised = len(time["revisions"])
    if revised:
        words = ngettext("The plan was revised once.", "The plan was revised %(n)s times.", revised)
        said.append(words % {"n": count(revised)})
    return sentences(said)


def _by_milestones(data: Data) -> list[str]:
    """Where progress stands, and how many milestones missed their planned end; nothing without milestones."""
    said = []
    found = data["time"]["deviation"]
    if found and (points := Decimal(found["points"])) < 0:
        words = ngettext(
            "By its milestones progress is %(points)s points and %(n)s day behind the current plan.",
            "By its milestones progress is %(points)s points and %(n)s days behind the current plan.",
            abs(found["days"]),
        )
        said.append(words % {"points": decimal(-points), "n": count(abs(found["days"]))})
    return [*said, *_over(data["milestones"])]


def _over(milestones: list[Data]) -> list[str]:
    over = [row for row in milestones if row["overdue"]]
    done = [row["overdue"] for row in over if row["state"] == MilestoneState.DONE]
    waiting = [row["overdue"] for row in over if row["state"] != MilestoneState.DONE]
    late = ngettext(
        "%(n)s milestone was done after its planned end, %(most)s days at most.",
        "%(n)s milestones were done after their planned ends, %(most)s days at most.",
        len(done),
    )
    open_ones = ngettext(
        "%(n)s milestone is past its planned end and not done, %(most)s days at most.",
        "%(n)s milestones are past their planned ends and not done, %(most)s days at most.",
        len(waiting),
    )
    return [
        words % {"n": count(len(days)), "most": count(max(days))}
        for words, days in ((late, done), (open_ones, waiting))
        if days
    ]


def _lateness(days: int, plan: str) -> str:
    if not days:
        return _("By the dates of its phases %(plan)s is kept.") % {"plan": plan}
    words = ngettext(
        "By the dates of its phases it is %(n)s day later than %(plan)s.",
        "By the dates of its phases it is %(n)s days later than %(plan)s.",
        days,
    )
    return words % {"plan": plan, "n": count(days)}


def _lessons(data: Data) -> str:
    """What did not go as planned, with the reasons that were given in public."""
    lines = [
        _("The plan was changed on %(day)s: %(reason)s")
        % {"day": day(row["on"]), "reason": plain(row["reason"])}
        for row in data["time"]["revisions"]
    ]
    for row in data["milestones"]:
        if row["actual_end"] and row["first_end"] and row["actual_end"] > row["first_end"]:
            words = {
                "title": plain(row["title"]),
                "actual": day(row["actual_end"]),
                "first": day(row["first_end"]),
            }
            lines.append(_("“%(title)s” was done on %(actual)s; the first plan had said %(first)s.") % words)
        if row["contradicted"]:
            lines.append(
                _("Citizens contradict that “%(title)s” is finished.") % {"title": plain(row["title"])}
            )
    return bullets(lines)


def _advice(data: Data) -> str:
    """What is still open."""
    lines = [
        _("Finish “%(title)s”, planned until %(day)s.")
        % {"title": plain(row["title"]), "day": day(row["planned_end"])}
        for row in data["milestones"]
        if row["state"] in {MilestoneState.PLANNED, MilestoneState.ONGOING}
    ]
    lines += [
        _("Look again at “%(title)s” with the citizens who say that it is not finished.")
        % {"title": plain(row["title"])}
        for row in data["milestones"]
        if row["contradicted"]
    ]
    for one in data["indicators"]:
        missing = [row for row in one["periods"] if row["actual"] is None and row["ends_on"] <= data["today"]]
        if missing:
            lines.append(_("Report the missing values of “%(name)s”.") % {"name": plain(one["name"])})
        elif one["achievement"] and Decimal(one["achievement"]) < FULL:
            lines.append(_("Reach the target of “%(name)s”.") % {"name": plain(one["name"])})
    return bullets(lines)


def _amount(value: str) -> str:
    return write_amount(Decimal(value))


_PARTS = {
    EvaluationPart.SUMMARY: _summary,
    EvaluationPart.RESULTS: _results,
    EvaluationPart.MONEY: _money,
    EvaluationPart.TIME: _time,
    EvaluationPart.VOICES: voices,
    EvaluationPart.LESSONS: _lessons,
    EvaluationPart.ADVICE: _advice,
}
