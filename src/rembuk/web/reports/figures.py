"""The figures of an accountability report, part by part, from the snapshot that it keeps."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from rembuk.programs.plan.condition import Condition
from rembuk.programs.states import State
from rembuk.proposals.choices import AnswerKind, Channel, Source
from rembuk.proposals.states import State as ProposalState
from rembuk.reports.choices import AccountabilityPart
from rembuk.web.reports.parts import Figures, day, exact
from rembuk.web.sheets.tables import Column, Fact, Link, Table

type Data = dict[str, Any]


def figures(data: Data) -> dict[str, Figures]:
    """All parts that have figures."""
    return {
        AccountabilityPart.SUMMARY: Figures(_summary(data)),
        AccountabilityPart.PROPOSALS: Figures(_received(data["proposals"]), _proposals(data["proposals"])),
        AccountabilityPart.ANSWERS: Figures(_answers(data["answers"]), [_kinds(data["answers"])]),
        AccountabilityPart.PROGRAMS: Figures(
            _programs(data["programs"]), [_states(data["programs"]), _named(data["programs"])]
        ),
        AccountabilityPart.MONEY: Figures(_money(data["money"])),
        AccountabilityPart.CONSULTATIONS: Figures(_consultations(data["consultations"])),
    }


def _summary(data: Data) -> list[Fact]:
    return [
        Fact(_("Work unit"), data["unit"]),
        Fact(_("Period"), data["period"]),
        Fact(_("First day"), day(data["starts_on"]), "day"),
        Fact(_("Last day"), day(data["ends_on"]), "day"),
    ]


def _received(found: Data) -> list[Fact]:
    return [Fact(_("Proposals received"), found["n"], "number")]


def _proposals(found: Data) -> list[Table]:
    number = Column(_("Number"), "number")
    ways = [
        [str(Source(source).label), str(Channel(channel).label) if channel else _("On this site"), n]
        for source, channel, n in found["by_way"]
    ]
    states = [[str(ProposalState(state).label), n] for state, n in found["by_state"].items()]
    words = _decision_words()
    decisions = [[words[step], n] for step, n in found["decisions"].items()]
    return [
        Table(
            _("Received"),
            _("Proposals received, by source and channel"),
            [Column(_("Source")), Column(_("Channel")), number],
            ways,
        ),
        Table(_("States"), _("Where the proposals received stand now"), [Column(_("State")), number], states),
        Table(
            _("Moderation"),
            _("Decisions of moderators in this period"),
            [Column(_("Decision")), number],
            decisions,
        ),
    ]


def _decision_words() -> dict[str, str]:
    return {
        "publish": _("Published"),
        "return": _("Returned for improvement"),
        "reject": _("Not published"),
        "mark_duplicate": _("Marked as duplicate"),
        "hide": _("Hidden later"),
        "appeal": _("Appeals"),
    }


def _answers(found: Data) -> list[Fact]:
    return [
        Fact(_("Official answers given in this period"), found["given"], "number"),
        Fact(_("of these after their deadline"), found["late"], "number"),
        Fact(_("Median days from sending to the answer"), found["days"], "number"),
        Fact(_("Overdue and not answered when the figures were read"), found["overdue"], "number"),
    ]


def _kinds(found: Data) -> Table:
    rows = [[str(AnswerKind(kind).label), n] for kind, n in sorted(found["by_kind"].items())]
    columns = [Column(_("Answer")), Column(_("Number"), "number")]
    return Table(_("Answers"), _("What the answers said"), columns, rows)


def _programs(found: Data) -> list[Fact]:
    facts = [
        Fact(_("Work programmes"), found["n"], "number"),
        Fact(_("Published in this period"), found["started"], "number"),
        Fact(_("Ended in this period"), found["ended"], "number"),
    ]
    facts += [
        Fact(str(condition.label), found["by_condition"].get(condition.value, 0), "number")
        for condition in Condition
    ]
    late = found["late_days"]
    if late:
        facts += [
            Fact(_("Behind the dates of their phases"), late["n"], "number"),
            Fact(_("Median days late by phases"), late["median"], "number"),
            Fact(_("Most days late by phases"), late["most"], "number"),
        ]
    return facts


def _states(found: Data) -> Table:
    rows = [[str(State(state).label), n] for state, n in found["by_state"].items()]
    columns = [Column(_("State")), Column(_("Number"), "number")]
    return Table(_("Programmes by state"), _("Work programmes by state"), columns, rows)


def _named(found: Data) -> Table:
    columns = [
        Column(_("Work programme")),
        Column(_("Work unit")),
        Column(_("State")),
        Column(_("Condition")),
        Column(_("Planned progress"), "percent"),
        Column(_("Actual progress"), "percent"),
        Column(_("Days late by phases"), "number"),
        Column(_("Pagu"), "money"),
        Column(_("Spent"), "money"),
    ]
    rows = [
        [
            Link(f"{row['title']} ({row['code']})", reverse("programs:detail", args=[row["code"]])),
            row["unit"],
            str(State(row["state"]).label),
            str(Condition(row["condition"]).label) if row["condition"] else None,
            exact(row["planned"]),
            exact(row["actual"]),
            row["days"] or None,
            exact(row["pagu"]),
            exact(row["realised"]),
        ]
        for row in found["rows"]
    ]
    return Table(_("Programmes"), _("Work programmes, those behind their plan first"), columns, rows)


def _money(found: Data | None) -> list[Fact]:
    if found is None:
        return []
    return [
        Fact(_("Work programmes with a pagu"), found["programs"], "number"),
        Fact(_("Pagu in the first plan"), exact(found["first"]), "money"),
        Fact(_("Pagu"), exact(found["pagu"]), "money"),
        Fact(_("Spent in this period"), exact(found["within"]), "money"),
        Fact(_("Spent up to the end of this period"), exact(found["so_far"]), "money"),
        Fact(_("Absorption"), exact(found["absorption"]), "percent"),
    ]


def _consultations(found: Data) -> list[Fact]:
    return [
        Fact(_("Consultations open in this period"), found["n"], "number"),
        Fact(_("Submissions heard"), found["heard"], "number"),
        Fact(_("Submissions considered"), found["considered"], "number"),
        Fact(_("Submissions explained"), found["explained"], "number"),
        Fact(_("Answered, but nobody can be told"), found["unreachable"], "number"),
        Fact(_("Consultations with overdue answers"), found["overdue"], "number"),
    ]
