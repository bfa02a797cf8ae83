"""What the questions' page shows: each with its answers' count, its corrections and what may still be done."""

from typing import Any

from django.db.models import Count
from django.urls import reverse

from rembuk.common import clock
from rembuk.consultations.choices import QuestionKind
from rembuk.consultations.models import Consultation, Question
from rembuk.consultations.schedule import Stage, stage

type Row = dict[str, Any]


def questions_context(consultation: Consultation, *, may_edit: bool) -> Row:
    """Questions by page, in three queries however many there are."""
    now = stage(consultation, clock.now())
    is_open = may_edit and now in {Stage.DRAFT, Stage.ANNOUNCED, Stage.OPEN}
    is_set = is_open and now is not Stage.OPEN
    found = consultation.questions.annotate(answer_count=Count("answers")).prefetch_related("corrections")
    rows = [_row(consultation, row, is_open=is_open, is_set=is_set) for row in found]
    return {
        "pages": _by_page(rows),
        "is_fixed": is_open and not is_set,
        "new_url": reverse("desk_consultations:question_new", args=[consultation.code]) if is_set else "",
    }


def _row(consultation: Consultation, row: Question, *, is_open: bool, is_set: bool) -> Row:
    where = [consultation.code, row.number]
    answers = getattr(row, "answer_count", 0)
    return {
        "number": row.number,
        "page": row.page,
        "text": row.text,
        "help": row.help,
        "kind": QuestionKind(row.kind).label,
        "is_required": row.is_required,
        "options": [option["label"] for option in row.options],
        "has_other": row.has_other,
        "scale": (row.scale_from, row.scale_from_label, row.scale_to, row.scale_to_label)
        if row.kind == QuestionKind.SCALE
        else None,
        "answers": answers,
        "corrections": row.corrections.all(),
        "edit_url": reverse("desk_consultations:question", args=where) if is_open else "",
        "move_url": reverse("desk_consultations:question_move", args=where) if is_set else "",
        "remove_url": reverse("desk_consultations:question_remove", args=where) if is_set else "",
    }


def _by_page(rows: list[Row]) -> list[Row]:
    pages: dict[int, list[Row]] = {}
    for row in rows:
        pages.setdefault(row["page"], []).append(row)
    return [{"number": number, "questions": questions} for number, questions in pages.items()]
