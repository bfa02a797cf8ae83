"""The text in the report: whole as it was put to the public, and what the last version made of it, clause by clause."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse

from rembuk.consultations.models import Consultation, DraftVersion
from rembuk.consultations.results.versions import consulted_and_last
from rembuk.consultations.text_history import ClauseChange, Fate, changes_between
from rembuk.web.consultations.reading.clause import TONES
from rembuk.web.consultations.reading.text import Look, clause_rows, rows_of

type Row = dict[str, Any]


def report_text(consultation: Consultation, published: Sequence[DraftVersion]) -> Row | None:
    """``consulted``, its ``clauses``, and where a version followed ``last``, ``changes``, ``unchanged``, ``compare_url``."""
    versions = consulted_and_last(consultation, published)
    if versions is None:
        return None
    consulted, last = versions
    clauses = clause_rows(rows_of(consulted), Look(consultation=consultation))
    text: Row = {"consulted": consulted, "clauses": clauses}
    if consulted == last:
        return text
    rows = changes_between(consulted, last, with_unchanged=True)
    changed = [row for row in rows if row.change is not Fate.UNCHANGED]
    numbers = [consultation.code, consulted.number, last.number]
    return {
        **text,
        "last": last,
        "changes": [_changed(row, consultation.code) for row in changed],
        "unchanged": len(rows) - len(changed),
        "compare_url": reverse("consultations:compare", args=numbers),
    }


def _changed(row: ClauseChange, code: str) -> Row:
    return {
        "label": row.label,
        "url": reverse("consultations:clause", args=[code, row.clause.number]),
        "word": row.change.label,
        "tone": TONES[row.change],
        "was": row.was,
        "parts": row.parts,
    }
