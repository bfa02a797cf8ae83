"""What the page of one row shows: the point with its context, the answer, the acts, the history, the way on."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from rembuk.accounts.models import Person
from rembuk.consultations.choices import Verdict
from rembuk.consultations.matrix import progress
from rembuk.consultations.matrix.marks import answer_mark
from rembuk.consultations.matrix.rows import listed, next_row, previous_row
from rembuk.consultations.models import ClauseText, MatrixRow, Objection
from rembuk.engagement.selectors import notes_on
from rembuk.web.consultations.answering.lists import about, found_rows, line_of
from rembuk.web.consultations.answering.row import acts
from rembuk.web.consultations.reading.submission import facts_of, said_context
from rembuk.web.consultations.reading.text import in_text_url
from rembuk.web.consultations.tabs import desk_frame
from rembuk.web.desk.acts import Act, ActForm, Panel, form_of, panels
from rembuk.web.desk.unit_field import LIST_ID, suggestions
from rembuk.web.lists import address

type Context = dict[str, Any]

MOST_LIKE = 10
DEEDS = {
    "saved": lambda: _("Draft saved"),
    "propose": lambda: _("Answer proposed"),
    "returned": lambda: _("Returned with a note"),
    "approve": lambda: _("Answer approved"),
    "publish": lambda: _("Answer published"),
    "cut": lambda: _("Cut into points"),
    "joined": lambda: _("Point taken back"),
    "assigned": lambda: _("Assigned"),
    "corrected": lambda: _("Entry corrected"),
}


def query_of(request: HttpRequest) -> str:
    """The filters of the list that the page of a row keeps."""
    return address(request)[len(request.path) :]


def row_url(row: MatrixRow, query: str = "") -> str:
    """The staff page of a row."""
    return reverse("desk_consultations:row", args=[row.consultation.code, row.public_id]) + query


def act_url(row: MatrixRow, act: Act, query: str) -> str:
    """Where an act on a row is sent."""
    place = [row.consultation.code, row.public_id, act.name]
    return reverse("desk_consultations:row_act", args=place) + query


def row_context(row: MatrixRow, request: HttpRequest, by: Person, shown: Panel | None = None) -> Context:
    """The whole page; ``shown`` is the form that was just sent and has to be mended."""
    query, labels = query_of(request), progress.clause_labels(row.consultation)
    rows = found_rows(row.consultation, request, by)
    code = f"{row.submission.code}#{row.number}"
    after, before = next_row(rows, row), previous_row(rows, row)
    return {
        **desk_frame(row.consultation, by, "matrix", code),
        "row": row,
        "about": about(row, labels),
        "wording": _wording(row),
        "facts": [*facts_of(row.submission), *_facts(row)],
        "submission": row.submission,
        **said_context(row.submission),
        **_answer(row, by, query, shown),
        "panels": panels(acts.PANELS, row, by, lambda act: act_url(row, act, query), shown),
        "shown_form": shown.form if shown else None,
        "unit_list_id": LIST_ID,
        "unit_names": suggestions(by),
        "like": _like(row, labels, by),
        "objection": Objection.objects.filter(row=row).select_related("office").first(),
        "entries": _history(row),
        "notes": list(notes_on(row.submission.subject)) if row.submission.subject else [],
        "note": _note(row, by, query, shown),
        "list_url": reverse("desk_consultations:matrix", args=[row.consultation.code]) + query,
        "next_row_url": _url(row, after, query),
        "previous_row_url": _url(row, before, query),
        "submission_url": reverse(
            "desk_consultations:submission", args=[row.consultation.code, row.submission.number]
        ),
    }


def shown_panel(row: MatrixRow, act: Act, form: ActForm, query: str) -> Panel:
    """The form that was just sent, unfolded."""
    return Panel(act, form, act_url(row, act, query), is_unfolded=True)


def renewed(form: ActForm, row: MatrixRow) -> ActForm:
    """The same form with everything typed, made from the row as somebody who was faster left it."""
    if "seen" in form.fields:
        sent: Any = form.data
        typed = sent.copy()
        typed["seen"] = answer_mark(row)
        form.data = typed
    form.thing = row
    return form


def _answer(row: MatrixRow, by: Person, query: str, shown: Panel | None) -> Context:
    """The form of the answer for who may write it, or has just written what came too late; else what stands."""
    is_written = acts.may_write(row, by)
    form: ActForm | None = None
    if shown is not None and shown.act in {acts.SAVE, acts.PROPOSE}:
        form = shown.form
    elif is_written:
        form = _fresh(row, by)
    standing = {
        "verdict": row.verdict,
        "decision": Verdict(row.verdict).label if row.verdict else "",
        "office": row.office,
        "as_what": row.standing,
        "reason": row.reason,
        "change": row.change,
        "changed": _changed(row),
    }
    return {
        "answer_form": form,
        "standing": standing,
        "save_url": act_url(row, acts.SAVE, query) if acts.SAVE.is_open(row, by) else "",
        "propose_url": act_url(row, acts.PROPOSE, query) if is_written else "",
        "answer_key": f"tanggapan-{row.public_id}-",
        "answer_mark": answer_mark(row),
    }


def _fresh(row: MatrixRow, by: Person) -> ActForm:
    form = form_of(acts.PROPOSE, row, by)
    form.initial = {
        "seen": answer_mark(row),
        "verdict": row.verdict,
        "reason": row.reason,
        "change": row.change,
        "changed": str(row.changed_clause.number) if row.changed_clause else "",
    }
    return form


def _changed(row: MatrixRow) -> Context | None:
    """The clause that changed, as its version has it, with its public page."""
    if row.changed_clause is None or row.changed_version is None:
        return None
    text = ClauseText.objects.filter(clause=row.changed_clause, version=row.changed_version).first()
    return {
        "label": text.full_label if text else "",
        "version": row.changed_version.number,
        "url": in_text_url(row.consultation.code, row.changed_version.number, row.changed_clause.number),
    }


def _wording(row: MatrixRow) -> ClauseText | None:
    """The clause as the newest published version that has it says."""
    if row.clause_id is None:
        return None
    texts = ClauseText.objects.filter(clause=row.clause_id, version__published_at__isnull=False)
    return texts.select_related("version").order_by("-version__number").first()


def _facts(row: MatrixRow) -> list[Context]:
    return [
        {"term": _("Unit in charge"), "value": row.unit.name},
        {
            "term": _("Person in charge"),
            "value": row.assigned_to.shown_name if row.assigned_to else _("Nobody"),
        },
        {"term": _("Category"), "value": row.category.label if row.category else ""},
    ]


def _like(row: MatrixRow, labels: dict[int, str], by: Person) -> Context | None:
    """The other rows she reads of the row's group, the first few."""
    if row.group is None or row.group.dismissed_at is not None:
        return None
    others = listed(row.consultation, by).filter(group=row.group).exclude(pk=row.pk).order_by("id")
    return {
        "title": row.group.title,
        "is_confirmed": row.group.confirmed_at is not None,
        "rows": [line_of(other, labels) for other in others[:MOST_LIKE]],
    }


def _history(row: MatrixRow) -> list[Context]:
    return [
        {
            "at": change.at,
            "title": DEEDS[change.deed]() if change.deed in DEEDS else change.deed,
            "actor": change.by.shown_name if change.by else "",
            "text": change.get_verdict_display() if change.deed in {"propose", "saved"} else "",
            "reason": change.note or (change.reason if change.deed == "propose" else ""),
        }
        for change in row.changes.select_related("by").order_by("-at", "-id")
    ]


def _note(row: MatrixRow, by: Person, query: str, shown: Panel | None) -> Panel | None:
    if shown is not None and shown.act is acts.NOTE:
        return shown
    if row.submission.subject is None or not acts.NOTE.is_open(row, by):
        return None
    return Panel(acts.NOTE, form_of(acts.NOTE, row, by), act_url(row, acts.NOTE, query), is_unfolded=False)


def _url(row: MatrixRow, other: MatrixRow | None, query: str) -> str:
    if other is None:
        return ""
    return reverse("desk_consultations:row", args=[row.consultation.code, other.public_id]) + query
