"""The evaluations of a programme where they are listed: on its page, and on its desk page with what may be done."""

from typing import Any

from django.urls import reverse

from rembuk.accounts.models import Person
from rembuk.programs.models import Program
from rembuk.programs.states import PUBLIC
from rembuk.reports import rules, selectors
from rembuk.reports.models import EvaluationReport

type Row = dict[str, Any]


def evaluations(program: Program) -> list[Row]:
    """The published ones for the programme's own page, the newest first, in one query."""
    found = selectors.evaluations_of(program).defer("words", "html", "data").select_related("office")
    return [_row(program, row) for row in found]


def section(program: Program, by: Person) -> Row:
    """The part of the programme's desk page: all of them, and where a new one is begun (while none is a draft)."""
    may_write = rules.may_evaluate(program, by).ok
    rows = [
        {**_row(program, row), "edit_url": _edit_url(program, row, may_write)}
        for row in program.evaluations.defer("words", "html", "data").select_related("office")
    ]
    is_free = program.state in PUBLIC and not any(row["state"] == "draft" for row in rows)
    return {
        "rows": rows,
        "new_url": reverse("desk_programs:evaluation_new", args=[program.code])
        if may_write and is_free
        else "",
    }


def _row(program: Program, row: EvaluationReport) -> Row:
    return {
        "number": row.number,
        "state": row.state,
        "at": row.published_at or row.changed_at,
        "office": row.office.name,
        "url": reverse("programs:evaluation", args=[program.code, row.number]),
    }


def _edit_url(program: Program, row: EvaluationReport, may_write: bool) -> str:
    if row.is_public or not may_write:
        return ""
    return reverse("desk_programs:evaluation", args=[program.code, row.number])
