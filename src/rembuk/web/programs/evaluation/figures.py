"""The figures of an evaluation, part by part, from the snapshot that the report keeps."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from rembuk.programs.choices import Fund, Level
from rembuk.programs.kinds import name_of
from rembuk.programs.plan.condition import Condition
from rembuk.programs.states import MilestoneState, State
from rembuk.reports.choices import EvaluationPart
from rembuk.web.programs.evaluation.voices import voices
from rembuk.web.reports.parts import Figures, day, exact
from rembuk.web.sheets.tables import Column, Fact, Table

type Data = dict[str, Any]


def figures(data: Data) -> dict[str, Figures]:
    """All parts that have figures."""
    return {
        EvaluationPart.SUMMARY: Figures(_summary(data)),
        EvaluationPart.RESULTS: Figures(tables=[_indicators(data), _milestones(data)]),
        EvaluationPart.MONEY: _money(data["money"]),
        EvaluationPart.TIME: Figures(_time(data["time"]), [_phases(data["time"]), _revisions(data["time"])]),
        EvaluationPart.VOICES: voices(data),
    }


def _summary(data: Data) -> list[Fact]:
    program = data["program"]
    return [
        Fact(_("Work programme"), f"{program['title']} ({program['code']})"),
        Fact(_("Responsible"), program["unit"]),
        Fact(_("Year"), str(program["year"])),
        Fact(_("State"), str(State(program["state"]).label)),
        Fact(_("News posted"), program["updates"], "number"),
    ]


def _indicators(data: Data) -> Table:
    columns = [
        Column(_("Indicator")),
        Column(_("Level")),
        Column(_("Unit of measure")),
        Column(_("Period")),
        Column(_("First target"), "figure"),
        Column(_("Target"), "figure"),
        Column(_("Actual"), "figure"),
        Column(_("Achievement"), "percent"),
        Column(_("Source")),
    ]
    rows = [_period(one, row) for one in data["indicators"] for row in one["periods"]]
    return Table(_("Indicators"), _("Targets and actuals by period"), columns, rows)


def _period(one: Data, row: Data) -> list[Any]:
    """A period that nobody reported says so."""
    actual = exact(row["actual"])
    return [
        one["name"],
        str(Level(one["level"]).label),
        one["measure"],
        row["name"],
        exact(row["first_target"]),
        exact(row["target"]),
        _("not reported") if actual is None else actual,
        exact(row["achievement"]),
        row["source"],
    ]


def _milestones(data: Data) -> Table:
    columns = [
        Column(_("Milestone")),
        Column(_("Phase")),
        Column(pgettext("part of a whole", "Share"), "percent"),
        Column(_("State")),
        Column(_("First plan"), "day"),
        Column(_("Current plan"), "day"),
        Column(_("Done on"), "day"),
        Column(_("Days overdue"), "number"),
    ]
    names = {row["number"]: name_of(row["kind"]) for row in data["time"]["phases"]}
    rows = [
        [
            row["title"],
            names[row["phase"]],
            exact(row["share"]),
            str(MilestoneState(row["state"]).label),
            day(row["first_end"]),
            day(row["planned_end"]),
            day(row["actual_end"]),
            row["overdue"] or None,
        ]
        for row in data["milestones"]
    ]
    return Table(_("Milestones"), _("Milestones: plan and actual"), columns, rows)


def _money(found: Data | None) -> Figures:
    if found is None:
        return Figures()
    columns = [
        Column(_("Source")),
        Column(_("First pagu"), "money"),
        Column(_("Pagu"), "money"),
        Column(_("Spent"), "money"),
        Column(_("Left"), "money"),
        Column(_("Absorption"), "percent"),
    ]
    names = ("first", "pagu", "realised", "left", "absorption")
    rows = [[str(Fund(row["fund"]).label), *(exact(row[name]) for name in names)] for row in found["lines"]]
    facts = [
        Fact(_("Pagu in the first plan"), exact(found["first"]), "money"),
        Fact(_("Pagu"), exact(found["pagu"]), "money"),
        Fact(_("Spent"), exact(found["realised"]), "money"),
        Fact(_("Left"), exact(found["left"]), "money"),
        Fact(_("Absorption"), exact(found["absorption"]), "percent"),
        Fact(_("Payments"), found["payments"], "number"),
    ]
    if (evidenced := found.get("evidenced")) is not None:
        facts.append(Fact(_("Payments with evidence attached"), evidenced, "number"))
    return Figures(facts, [Table(_("Money"), _("Sources of funds"), columns, rows)])


def _time(found: Data) -> list[Fact]:
    facts = [
        Fact(_("Days later than the current plan, by phases"), found["days_late"], "number"),
        Fact(_("Days later than the first plan, by phases"), found["days_late_first"], "number"),
    ]
    if found["condition"]:
        facts.insert(0, Fact(_("Condition"), str(Condition(found["condition"]).label)))
    if found["progress"]:
        facts += [
            Fact(_("Planned progress"), exact(found["progress"]["planned"]), "percent"),
            Fact(_("Actual progress"), exact(found["progress"]["actual"]), "percent"),
            Fact(_("Deviation in points, by milestones"), exact(found["deviation"]["points"]), "figure"),
            Fact(_("Deviation in days, by milestones"), found["deviation"]["days"], "number"),
        ]
    if found["first_deviation"]:
        facts.append(
            Fact(
                _("Deviation from the first plan in points, by milestones"),
                exact(found["first_deviation"]["points"]),
                "figure",
            )
        )
    return [*facts, Fact(_("Revisions of the plan"), len(found["revisions"]), "number")]


def _phases(found: Data) -> Table:
    columns = [
        Column(_("Phase")),
        Column(_("First plan: start"), "day"),
        Column(_("First plan: end"), "day"),
        Column(_("Current plan: start"), "day"),
        Column(_("Current plan: end"), "day"),
        Column(_("Began on"), "day"),
        Column(_("Ended on"), "day"),
        Column(_("Days late"), "number"),
    ]
    rows = [
        [
            name_of(row["kind"]),
            *(day(value) for value in (*row["first"], *row["planned"], *row["actual"])),
            row["days_late"] or None,
        ]
        for row in found["phases"]
    ]
    return Table(_("Phases"), _("Phases: plan and actual"), columns, rows)


def _revisions(found: Data) -> Table:
    columns = [Column(_("Date"), "day"), Column(_("Reason"))]
    rows = [[day(row["on"]), row["reason"]] for row in found["revisions"]]
    return Table(_("Revisions"), _("Revisions of the plan and their reasons"), columns, rows)
