"""The sheets of the export: Matriks, Masukan, Pertanyaan, and those of the other modules here: Naskah, Rekap, Proses.

Read in pieces, by keys.

With names for those who may export; names hidden from the public stay hidden in both. Without names for everybody:
then texts that are not shown are left out too, counted and with the reason.
"""

from collections.abc import Iterator
from itertools import chain

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from rembuk.consultations.choices import Channel, ParticipantKind, Stance, Verdict
from rembuk.consultations.models import MatrixRow, Objection
from rembuk.consultations.results.rows import clause_labels, is_text_shown, second_answers
from rembuk.consultations.results.submissions import with_points
from rembuk.consultations.selectors.heard import counted
from rembuk.consultations.states import RowState, SubmissionState
from rembuk.web.components.words import office_words
from rembuk.web.consultations.results.charts import values_of
from rembuk.web.consultations.results.files.pieces import answers_of, in_pieces
from rembuk.web.consultations.results.files.recap_sheets import process_sheet, recap_sheet
from rembuk.web.consultations.results.files.taking import Taking
from rembuk.web.consultations.results.files.text_sheet import text_sheet
from rembuk.web.consultations.results.matrix import hidden_words, point
from rembuk.web.sheets.workbook import Cell, Sheet

CHUNK = 500
_ROW_WITH = (
    "submission__author",
    "submission__decided_reason",
    "remark",
    "clause",
    "question",
    "changed_clause",
    "changed_version",
    "office",
    "unit",
)


def sheets(taking: Taking) -> Iterator[Sheet]:
    """The six sheets, each read when it is written."""
    yield _matrix(taking)
    yield _submissions(taking)
    yield _questions(taking)
    yield text_sheet(taking)
    yield recap_sheet(taking)
    yield process_sheet(taking)


def waiting_sheet(taking: Taking) -> Sheet:
    """What stands in the file for everybody while submissions or totals are not shown."""
    words = _("Submissions and figures of this consultation are shown after closing.")
    return Sheet(_("Matrix"), [(taking.consultation.code, 80)], [[words]])


def _matrix(taking: Taking) -> Sheet:
    name = [(_("Participant"), 24)] if taking.has_names else []
    receipt = [(_("Receipt"), 22)] if taking.has_names else []
    columns = [
        (_("No."), 6),
        (_("Submission"), 12),
        *receipt,
        (_("Clause"), 26),
        (_("What was said"), 60),
        (_("Stance on the clause"), 20),
        *name,
        (_("Kind of participant"), 16),
        (_("Way in"), 14),
        (_("Official answer"), 20),
        (_("Reason"), 60),
        (pgettext("matrix", "Change"), 40),
        (_("Work unit"), 28),
        (_("Date"), 12),
        (_("Answer after an objection"), 20),
        (_("Reason after an objection"), 60),
        (_("Date after an objection"), 12),
    ]
    return Sheet(_("Matrix"), columns, _matrix_rows(taking))


def _matrix_rows(taking: Taking) -> Iterator[list[Cell]]:
    labels = clause_labels(taking.consultation)
    rows = MatrixRow.objects.filter(consultation=taking.consultation).select_related(*_ROW_WITH)
    found: QuerySet[MatrixRow] = rows.order_by(taking.order("submission__"), "number")
    for place, (row, again) in enumerate(_with_second_answers(found), 1):
        said = row.submission
        is_read = taking.has_names or is_text_shown(row)
        yield [
            place,
            taking.number(said),
            *([said.code] if taking.has_names else []),
            point(row, labels),
            row.text if is_read else hidden_words(said),
            _stance(row) if is_read else None,
            *([said.shown_name] if taking.has_names else []),
            str(ParticipantKind(said.participant_kind).label) if is_read else None,
            str(Channel(said.channel).label) if is_read else None,
            *_answer(taking, row, labels),
            *_later(taking, again),
        ]


def _with_second_answers(found: QuerySet[MatrixRow]) -> Iterator[tuple[MatrixRow, Objection | None]]:
    for piece in in_pieces(found, CHUNK):
        again = second_answers(piece)
        yield from ((row, again.get(row.pk)) for row in piece)


def _stance(row: MatrixRow) -> Cell:
    return str(Stance(row.remark.stance).label) if row.remark and row.remark.stance else None


def _later(taking: Taking, again: Objection | None) -> list[Cell]:
    """What an objection led to, beside the first answer."""
    if again is None:
        return [None, None, None]
    words = str(Verdict(again.verdict).label) if again.verdict else _("The answer was confirmed")
    return [words, again.explanation, taking.day(again.decided_at)]


def _answer(taking: Taking, row: MatrixRow, labels: dict[int, str]) -> list[Cell]:
    if row.state != RowState.PUBLISHED:
        return [_("Not answered yet"), None, None, row.unit.name, None]
    change = row.change
    if row.changed_clause_id and row.changed_version:
        where = _("%(clause)s in version %(n)s") % {
            "clause": labels.get(row.changed_clause_id, ""),
            "n": row.changed_version.number,
        }
        change = f"{change} ({where})" if change else where
    office = office_words(row.office or row.unit, row.standing)
    return [str(Verdict(row.verdict).label), row.reason, change, office, taking.day(row.published_at)]


def _submissions(taking: Taking) -> Sheet:
    own = [(_("Receipt"), 22), (_("Participant"), 24)] if taking.has_names else []
    columns = [
        (_("Submission"), 12),
        *own,
        (_("Date"), 12),
        (_("Kind of participant"), 16),
        (_("Directly affected"), 12),
        (_("Region"), 30),
        (_("Way in"), 14),
        (_("Overall stance"), 20),
        (_("Reason"), 60),
        (_("State"), 20),
        (_("Rows of the matrix"), 10),
    ]
    return Sheet(_("Submissions"), columns, _submission_rows(taking))


def _submission_rows(taking: Taking) -> Iterator[list[Cell]]:
    found = with_points(counted(taking.consultation)).select_related("author", "region", "decided_reason")
    for said in chain.from_iterable(in_pieces(found.order_by(taking.order()), CHUNK)):
        own: list[Cell] = [said.code, said.shown_name] if taking.has_names else []
        tells = taking.reads(said)
        places = tells and taking.places(said)
        yield [
            taking.number(said),
            *own,
            taking.received(said),
            str(ParticipantKind(said.participant_kind).label) if tells else None,
            (_("Yes") if said.is_affected else _("No")) if places else None,
            said.region.full_name if said.region and places else None,
            str(Channel(said.channel).label) if tells else None,
            str(Stance(said.stance).label) if said.stance and tells else None,
            said.reason if tells else hidden_words(said),
            str(SubmissionState(said.state).label),
            said.points,  # type: ignore[attr-defined]
        ]


def _questions(taking: Taking) -> Sheet:
    columns = [
        (_("Submission"), 12),
        (_("Question no."), 10),
        (_("Question"), 50),
        (_("Choices"), 40),
        (_("Scale"), 8),
        (_("Answer in words"), 60),
    ]
    return Sheet(_("Questions"), columns, _answer_rows(taking))


def _answer_rows(taking: Taking) -> Iterator[list[Cell]]:
    asked = {row.pk: (row, dict(values_of(row))) for row in taking.consultation.questions.all()}
    for piece in in_pieces(counted(taking.consultation).order_by(taking.order()), CHUNK):
        read = [each for each in piece if taking.reads(each)]
        answers = answers_of(read)
        for said, row in [(each, row) for each in read for row in answers.get(each.pk, ())]:
            question, words = asked[row.question_id]
            yield [
                taking.number(said),
                question.number,
                question.text,
                "; ".join(words.get(value, str(value)) for value in row.choices),
                row.number,
                row.text,
            ]
