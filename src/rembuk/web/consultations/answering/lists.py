"""The staff list of the matrix: lines with what was said and how far its answer is, and what a selection offers."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from rembuk.access import permissions as izin
from rembuk.access import rights
from rembuk.accounts.models import Person
from rembuk.common import clock
from rembuk.common.text import excerpt
from rembuk.consultations import figures, rules
from rembuk.consultations.actions.answering.acts import MOST
from rembuk.consultations.choices import RowSource
from rembuk.consultations.matrix import progress
from rembuk.consultations.matrix.rows import ORDER, filtered, listed, readable
from rembuk.consultations.models import Consultation, MatrixRow
from rembuk.consultations.states import ANSWERING, RowState
from rembuk.web.consultations.answering.filters import RowsForm
from rembuk.web.consultations.tabs import desk_frame
from rembuk.web.lists import active_filters, address, pager
from rembuk.web.paging import page_of

type Context = dict[str, Any]

PAGE = 50


def list_context(consultation: Consultation, request: HttpRequest, by: Person) -> Context:
    """One page of the matrix with its filters."""
    form = RowsForm(request.GET, consultation=consultation, by=by)
    found = filtered(listed(consultation, by), form.wanted(), by)
    page = page_of(found, order=ORDER, after=request.GET.get("after"), size=PAGE)
    query = address(request)[len(request.path) :]
    actions = selection_acts(consultation, by)
    count = found.count()
    title = _("Matrix: %(title)s") % {"title": consultation.title}
    return {
        **desk_frame(consultation, by, "matrix", title),
        "rows": [line_of(row, form.labels, query) for row in page.items],
        "filter_form": form,
        "active": active_filters(request, form),
        "reset_url": request.path,
        "found": count,
        "views": views_of(consultation, request, by),
        "bulk": {
            "action_url": reverse("desk_consultations:bulk", args=[consultation.code]) + query,
            "actions": actions,
            "found": count,
            "most": MOST,
        }
        if actions
        else None,
        **standing(consultation, by),
        **pager(request, page.next_token),
    }


def standing(consultation: Consultation, by: Person) -> Context:
    """How far what she reads is, with the deadline, for the head of every matrix page."""
    whole = progress.whole(consultation, by)
    return {
        "whole": whole,
        "days_left": figures.days_left(consultation, clock.now()),
        "is_answering": consultation.state in ANSWERING,
    }


def found_rows(consultation: Consultation, request: HttpRequest, by: Person) -> QuerySet[MatrixRow]:
    """Rows she reads that the filters of an address find, in the order of the list."""
    form = RowsForm(request.GET, consultation=consultation, by=by)
    return filtered(readable(consultation, by), form.wanted(), by).order_by(*ORDER)


def line_of(row: MatrixRow, labels: dict[int, str], query: str = "") -> Context:
    """A line of the list; ``query`` are the filters that the page of the row keeps."""
    return {
        "url": reverse("desk_consultations:row", args=[row.consultation.code, row.public_id]) + query,
        "key": str(row.public_id),
        "code": f"{row.submission.code}#{row.number}",
        "short_code": f"{row.submission.number:05d}#{row.number}",
        "about": about(row, labels),
        "text": excerpt(row.text, 180) or _("No words: the stance alone."),
        "name": row.submission.shown_name,
        "state": row.state,
        "verdict": row.verdict,
        "unit": row.unit.short_name or row.unit.name,
        "person": row.assigned_to.shown_name if row.assigned_to else "",
        "group": row.group.title if row.group else "",
        "is_returned": row.returned_at is not None and row.state == RowState.PROPOSED,
    }


def about(row: MatrixRow, labels: dict[int, str]) -> str:
    """What a point is about: the clause, the question, or the whole."""
    if row.clause_id is not None:
        return labels.get(row.clause_id, "") or _("Clause")
    if row.question is not None:
        return excerpt(row.question.text, 60)
    return _("The whole") if row.source == RowSource.OVERALL else _("Another point")


def views_of(consultation: Consultation, request: HttpRequest, by: Person) -> list[Context]:
    """The queues of the matrix as tabs: all, mine, with nobody, to approve, to publish; groups, progress."""
    base = reverse("desk_consultations:matrix", args=[consultation.code])
    task = request.GET.get("tugas", "") if request.path == base else "-"
    names = [("", _("All rows"))]
    if rights.can(by, izin.CONSULTATION_ANSWER):
        names += [("saya", _("Waiting for me")), ("kosong", _("With nobody"))]
    if consultation.needs_second_person and rights.can(by, izin.CONSULTATION_APPROVE, consultation.unit):
        names.append(("setujui", _("To be approved by me")))
    if rules.may_publish(consultation, by).ok:
        names.append(("terbitkan", _("To be published")))
    found = [
        {"label": label, "url": f"{base}?tugas={name}" if name else base, "current": name == task}
        for name, label in names
    ]
    pages = [("groups", _("Groups")), ("progress", _("Progress"))]
    urls = [(label, reverse(f"desk_consultations:{name}", args=[consultation.code])) for name, label in pages]
    return [*found, *({"label": label, "url": url, "current": request.path == url} for label, url in urls)]


def selection_acts(consultation: Consultation, by: Person) -> list[Context]:
    """What she may do with a selection, as buttons; nothing before closing and after the conclusion."""
    if consultation.state not in ANSWERING:
        return []
    found: list[tuple[str, str]] = []
    if rights.can(by, izin.CONSULTATION_ANSWER):
        found += [("assign", _("Assign")), ("propose", _("Propose an answer"))]
    if rights.can(by, izin.CONSULTATION_APPROVE, consultation.unit):
        if consultation.needs_second_person:
            found.append(("approve", _("Approve")))
        found.append(("return", _("Return with a note")))
    if rules.may_publish(consultation, by).ok:
        found.append(("publish", _("Publish")))
    return [{"name": "step", "value": value, "label": label} for value, label in found]
