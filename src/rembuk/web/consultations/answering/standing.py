"""The progress page of a matrix: three tables of the same shape, each line leading to its rows."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from rembuk.accounts.models import Person
from rembuk.consultations.matrix import progress
from rembuk.consultations.matrix.progress import Progress
from rembuk.consultations.models import Consultation
from rembuk.web.components.formats import number
from rembuk.web.consultations.answering.filters import NOBODY, WHOLE
from rembuk.web.consultations.answering.lists import standing, views_of
from rembuk.web.consultations.tabs import desk_frame

type Context = dict[str, Any]


def progress_context(consultation: Consultation, request: HttpRequest, by: Person) -> Context:
    """The page."""
    base = reverse("desk_consultations:matrix", args=[consultation.code])
    tables = [
        _table(_("By clause"), _("Clause"), progress.by_clause(consultation, by), f"{base}?butir="),
        _table(_("By person in charge"), _("Person"), progress.by_person(consultation, by), f"{base}?orang="),
        _table(_("By unit in charge"), _("Work unit"), progress.by_unit(consultation, by), f"{base}?satuan="),
    ]
    return {
        **desk_frame(consultation, by, "matrix", _("Progress: %(title)s") % {"title": consultation.title}),
        "views": views_of(consultation, request, by),
        "tables": tables,
        **standing(consultation, by),
    }


def _table(title: str, first: str, rows: Iterable[Progress], link: str) -> Context:
    heads = [first, _("Rows"), _("Not answered yet"), _("Proposed"), _("Approved"), _("Published"), _("Done")]
    columns = [{"label": head, "kind": "num" if place else ""} for place, head in enumerate(heads)]
    return {
        "caption": title,
        "columns": columns,
        "wide": True,
        "rows": [_cells(row, link) for row in rows],
    }


def _cells(row: Progress, link: str) -> list[Any]:
    counts = [row.rows, row.open, row.proposed, row.approved, row.published]
    return [_name(row, link), *(number(count) for count in counts), f"{row.percent}%"]


def _name(row: Progress, link: str) -> Any:
    """The line's word, leading to its rows; what belongs to no clause or nobody has its own filter."""
    base, _mark, param = link.partition("?")
    param = param.rstrip("=")
    if row.key:
        return {"value": row.label, "url": f"{base}?{urlencode({param: row.key})}"}
    if param == "butir":
        return {"value": _("The whole and questions"), "url": f"{base}?{urlencode({param: WHOLE})}"}
    return {"value": _("Nobody"), "url": f"{base}?{urlencode({'orang': NOBODY})}"}
