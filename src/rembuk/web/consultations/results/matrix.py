"""Rows of the matrix as everybody reads them, and the filters of the page. Texts that are not shown stay out."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rembuk.consultations.choices import Channel, ParticipantKind, RowSource, Verdict
from rembuk.consultations.models import Consultation, MatrixRow, Objection, Submission
from rembuk.consultations.results.rows import UNANSWERED, is_text_shown, second_answer
from rembuk.consultations.states import RowState, SubmissionState
from rembuk.web.components.words import office_words

type Row = dict[str, Any]


class MatrixFilter(forms.Form):
    """Words, clause, verdict."""

    hide_optional = True

    q = forms.CharField(
        label=gettext_lazy("Words"),
        required=False,
        max_length=200,
        widget=forms.TextInput({"type": "search"}),
    )
    butir = forms.TypedChoiceField(label=gettext_lazy("Clause"), required=False, coerce=int, empty_value=None)
    hasil = forms.ChoiceField(label=gettext_lazy("Official answer"), required=False)

    def __init__(self, data: Any, clauses: Iterable[tuple[int, str]]) -> None:
        super().__init__(data)
        chosen = [("", _("All clauses")), *((str(number), label) for number, label in clauses)]
        self.fields["butir"].choices = chosen  # type: ignore[attr-defined]
        verdicts = [(str(value), str(label)) for value, label in Verdict.choices]
        self.fields["hasil"].choices = [  # type: ignore[attr-defined]
            ("", _("All answers")),
            *verdicts,
            (UNANSWERED, _("Not answered yet")),
        ]

    @property
    def asked(self) -> Row:
        """What ``results.rows.matrix_rows`` takes."""
        kept = self.cleaned_data
        return {"clause": kept["butir"], "verdict": kept["hasil"], "words": kept["q"]}


def shown_rows(rows: Iterable[MatrixRow], consultation: Consultation, labels: Mapping[int, str]) -> list[Row]:
    """Rows for the table; ``labels`` are the clauses' by id."""
    return [shown_row(row, consultation.code, labels) for row in rows]


def shown_row(row: MatrixRow, code: str, labels: Mapping[int, str]) -> Row:
    """One row: the submission and its point, and the answer where it is published."""
    submission = row.submission
    is_shown = is_text_shown(row)
    return {
        "number": submission.number,
        "url": submission_url(submission, code),
        "who": who(submission) if is_shown else "",
        "point": point(row, labels),
        "point_url": reverse("consultations:clause", args=[code, row.clause.number]) if row.clause else "",
        "text": row.text if is_shown else "",
        "hidden": "" if is_shown else hidden_words(submission),
        **(_answer(row, code, labels) if row.state == RowState.PUBLISHED else {"verdict": ""}),
    }


def submission_url(submission: Submission, code: str) -> str:
    """The page of a submission; where its text is not shown, it says why."""
    return reverse("consultations:submission", args=[code, submission.number])


def who(submission: Submission) -> str:
    """Who takes part, as what, and by which way when an office entered it."""
    words = [submission.shown_name, str(ParticipantKind(submission.participant_kind).label)]
    if submission.is_offline:
        words.append(str(Channel(submission.channel).label))
    return " · ".join(words)


def point(row: MatrixRow, labels: Mapping[int, str]) -> str:
    """What the point is about: its clause, its question, or the whole."""
    if row.clause_id is not None:
        return labels.get(row.clause_id, "")
    if row.source == RowSource.ANSWER and row.question is not None:
        return row.question.text
    return _("The whole")


def hidden_words(submission: Submission) -> str:
    """Why the public doesn't read the text."""
    if submission.state == SubmissionState.NOT_SHOWN:
        reason = submission.decided_reason.shown_label if submission.decided_reason else ""
        return _("Not shown: %(reason)s. It counts and is answered.") % {"reason": reason or "–"}
    return _("A moderator is looking at this text. It counts and is answered.")


def _answer(row: MatrixRow, code: str, labels: Mapping[int, str]) -> Row:
    changed = ""
    if row.changed_clause is not None and row.changed_version is not None:
        words = {"clause": labels.get(row.changed_clause.pk, ""), "n": row.changed_version.number}
        changed = _("%(clause)s in version %(n)s") % words
    return {
        "verdict": row.verdict,
        "reason": row.reason,
        "change": row.change,
        "changed": changed,
        "changed_url": reverse("consultations:clause", args=[code, row.changed_clause.number])
        if row.changed_clause and changed
        else "",
        "office": office_words(row.office or row.unit, row.standing),
        "at": row.published_at,
        "again": _second_answer(row),
    }


def _second_answer(row: MatrixRow) -> Row | None:
    """What a second person decided after an objection, dated, beside the first answer: a new one, or that it stands."""
    again = second_answer(row)
    if again is None:
        return None
    return {
        "is_new": again.outcome == Objection.Outcome.NEW_ANSWER,
        "verdict": again.verdict,
        "reason": again.explanation,
        "office": office_words(again.office, again.standing),
        "at": again.decided_at,
    }
