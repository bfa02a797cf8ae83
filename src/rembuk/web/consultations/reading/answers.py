"""The official answers to a submission as its page shows them: each point with verdict, reason and what changed."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from rembuk.consultations import doors
from rembuk.consultations.choices import RowSource
from rembuk.consultations.models import Consultation, MatrixRow, Objection, Submission
from rembuk.consultations.selectors import wording
from rembuk.consultations.selectors.answered import is_published, rows_of_submission
from rembuk.web.components.words import office_words
from rembuk.web.consultations.reading.text import in_text_url

type Row = dict[str, Any]


def answered_context(consultation: Consultation, submission: Submission, *, reads_whole: bool) -> Row:
    """The points of the submission with their published answers, and the author's objection.

    The text of a point that is not shown stays with its author and staff (``reads_whole``), as does an objection's.
    """
    rows = list(rows_of_submission(submission))
    labels = wording.labels_in(
        [(row.changed_clause_id, row.changed_version_id) for row in rows if row.changed_clause_id]
    )
    objection = Objection.objects.filter(submission=submission).select_related("office").first()
    shows_text = reads_whole or doors.is_shown(submission)
    answered = [row for row in rows if is_published(row)]
    return {
        "points": [_point(row, consultation, labels, shows_text=shows_text) for row in answered],
        "waiting": len(rows) - len(answered),
        "has_rows": bool(rows),
        "objection": _objection(objection, rows, reads_whole=reads_whole) if objection else None,
    }


def _point(
    row: MatrixRow, consultation: Consultation, labels: Mapping[tuple[int, int], str], *, shows_text: bool
) -> Row:
    changed, version = row.changed_clause, row.changed_version
    url = ""
    if changed is not None and version is not None:
        url = in_text_url(consultation.code, version.number, changed.number)
    return {
        "anchor": f"tanggapan-{row.number}",
        "number": row.number,
        "about": _about(row),
        "text": row.text if shows_text else "",
        "verdict": row.verdict,
        "reason": row.reason,
        "change": row.change,
        "change_label": labels.get((changed.pk, version.pk), "") if changed and version else "",
        "change_version": version.number if version else "",
        "change_url": url,
        "office": office_words(row.office, row.standing),
        "at": row.published_at,
    }


def _about(row: MatrixRow) -> str:
    """What a point is about; the clause's label is that of the version it was written against, where it is known."""
    if row.question is not None:
        return row.question.text
    if row.source == RowSource.OVERALL:
        return _("The whole")
    return getattr(row, "clause_label", "") or _("Another point")


def _objection(objection: Objection, rows: list[MatrixRow], *, reads_whole: bool) -> Row:
    about = next((row for row in rows if row.pk == objection.row_id), None)
    return {
        "at": objection.at,
        "number": about.number if about else "",
        "text": objection.text if reads_whole else "",
        "outcome": objection.outcome,
        "verdict": objection.verdict,
        "explanation": objection.explanation,
        "decided_at": objection.decided_at,
        "office": office_words(objection.office, objection.standing),
        "is_new": objection.outcome == Objection.Outcome.NEW_ANSWER,
    }
