"""What citizens said, as figures of an evaluation: proposals, answers, witnesses, ratings, consultations."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from rembuk.consultations.schedule import Stage
from rembuk.programs.choices import Survey
from rembuk.programs.evaluation.elements import OF
from rembuk.web.reports.parts import Figures, exact
from rembuk.web.sheets.tables import Column, Fact, Link, Table

type Data = dict[str, Any]


def voices(data: Data) -> Figures:
    """The part about voices."""
    said = data["voices"]
    facts = [
        Fact(_("Proposals"), said["proposals"], "number"),
        Fact(_("Different people behind it"), said["people"], "number"),
        Fact(_("Comments"), said["comments"], "number"),
    ]
    tables = [
        _answers(said["answers"]),
        _witnesses(data["milestones"]),
        _ratings(data["ratings"]),
        _elements(data["ratings"]),
        _consultations(data["consultations"]),
    ]
    return Figures(facts, tables)


def _answers(rows: list[Data]) -> Table:
    columns = [Column(_("Phase")), *(Column(word, "number") for word in (_("Yes"), _("Not sure"), _("No")))]
    cells = [[row["phase"], row["yes"], row["unsure"], row["no"]] for row in rows]
    return Table(_("Questions"), _("Answers to the question of each phase"), columns, cells)


def _witnesses(rows: list[Data]) -> Table:
    words = (_("Yes, it is finished"), _("Partly"), _("Not yet"))
    columns = [Column(_("Milestone")), *(Column(word, "number") for word in words)]
    asked = [row for row in rows if sum(row["said"].values())]
    cells = [[row["title"], row["said"]["yes"], row["said"]["partly"], row["said"]["no"]] for row in asked]
    return Table(_("Witnesses"), _("Is this finished? What citizens say"), columns, cells)


def _ratings(rows: list[Data]) -> Table:
    columns = [
        Column(_("Round"), "number"),
        Column(_("Survey")),
        Column(_("People"), "number"),
        Column(_("Average of 4"), "figure"),
        Column(_("SKM value"), "figure"),
        Column(_("Grade")),
    ]
    cells = [
        [
            row["number"],
            str(Survey(row["survey"]).label),
            row["n"],
            exact(row["mean"]),
            exact(row["skm"]["value"]) if row["skm"] else None,
            row["skm"]["grade"] if row["skm"] else None,
        ]
        for row in rows
    ]
    return Table(_("Ratings"), _("Ratings by round"), columns, cells)


def _elements(rows: list[Data]) -> Table:
    """Each element of each round with how often 1 to 4 was given."""
    columns = [Column(_("Element")), Column(_("Round"), "number"), Column(_("Average of 4"), "figure")]
    columns += [Column(str(score), "number") for score in (1, 2, 3, 4)]
    names = {element.code: str(element.name) for elements in OF.values() for element in elements}
    cells = [
        [names[one["code"]], row["number"], exact(one["mean"]), *one["counts"]]
        for row in rows
        for one in row["elements"]
    ]
    return Table(_("Elements"), _("What was rated, and how often 1 to 4 was given"), columns, cells)


def _consultations(rows: list[Data]) -> Table:
    words = (_("Heard"), _("Considered"), _("Explained"))
    columns = [
        Column(_("Consultation")),
        Column(_("Stage")),
        *(Column(word, "number") for word in words),
    ]
    cells = [
        [
            Link(f"{row['title']} ({row['code']})", reverse("consultations:detail", args=[row["code"]])),
            str(Stage(row["stage"]).label),
            *(row["counts"] or (None, None, None)),
        ]
        for row in rows
    ]
    return Table(_("Consultations"), _("Consultations about the work programme"), columns, cells)
