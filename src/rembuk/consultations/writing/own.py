"""A person's own submissions in all consultations, drafts among them: for her own page and the copy of her data."""

from typing import Any

from django.db.models import Count, Model, Q, QuerySet

from rembuk.accounts.models import Person
from rembuk.consultations.models import Answer, MatrixRow, Objection, Remark, Submission, SubmissionVersion
from rembuk.consultations.states import RowState

# What the copy of own data holds of each, by its name there; who moderated or answered stays out.
_SUBMISSION = (
    "code", "consultation__code", "consultation__title", "state", "stance", "reason", "participant_kind",
    "participant_name", "is_affected", "is_name_masked", "region__full_name", "version", "working",
    "decided_reason__label", "decided_note", "created_at", "sent_at", "changed_at", "told_at",
)  # fmt: skip
_BELOW: dict[str, tuple[type[Model], dict[str, Any], tuple[str, ...]]] = {
    "submission_versions": (SubmissionVersion, {}, ("number", "content", "created_at")),
    "submission_remarks": (
        Remark, {}, ("clause__number", "text_version__number", "stance", "comment", "suggestion", "quote"),
    ),
    "submission_answers": (Answer, {}, ("question__text", "choices", "number", "text")),
    "official_answers_to_submissions": (
        MatrixRow,
        {"state": RowState.PUBLISHED},
        ("number", "text", "verdict", "reason", "change", "office__name", "published_at"),
    ),
    "submission_objections": (
        Objection, {}, ("row__number", "text", "at", "outcome", "verdict", "explanation", "decided_at"),
    ),
}  # fmt: skip


def own_submissions(person: Person) -> QuerySet[Submission]:
    """Hers with their consultations, the newest first; ``points`` of the matrix, and how many are ``answered``."""
    found = Submission.objects.filter(author=person).select_related("consultation")
    return found.annotate(
        points=Count("rows"), answered=Count("rows", filter=Q(rows__state=RowState.PUBLISHED))
    ).order_by("-id")


def copy_of(person: Person) -> dict[str, list[dict[str, Any]]]:
    """Everything she said in consultations, and what she was told, as plain rows; one query each."""
    mine = Submission.objects.filter(author=person).order_by("id")
    found: dict[str, list[dict[str, Any]]] = {"submissions": list(mine.values(*_SUBMISSION))}
    for name, (model, only, fields) in _BELOW.items():
        rows = model._default_manager.filter(submission__author=person, **only).order_by("submission", "id")
        found[name] = list(rows.values("submission__code", *fields))
    return found
