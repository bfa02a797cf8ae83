"""Making the rows of the matrix from what people sent, in the database itself. Answering them: ``answering``."""

from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection, transaction

from rembuk.audit import actions as audit
from rembuk.audit.actors import SYSTEM
from rembuk.consultations import verbs
from rembuk.consultations.actions import steps
from rembuk.consultations.choices import RowSource
from rembuk.consultations.matrix.words import labels
from rembuk.consultations.models import Consultation, Submission
from rembuk.consultations.states import COUNTED, RowState


@transaction.atomic
def make_rows(consultation: Consultation, *, at: datetime, submission: Submission | None = None) -> int:
    """Make the rows of every counted submission that has none yet, or of one; returns how many were made.

    A submission gets a row for its overall reason, one for each remark with words or a quoted passage, one for each
    answer with words, and one without words when there is none of these: everybody is answered. The rows lie with the
    consultation's unit first. One statement, one audit entry; calling it again makes nothing twice.
    """
    values = {
        **_values(consultation, submission),
        "unit": consultation.unit_id,
        "category": consultation.category_id,
        "open": RowState.OPEN.value,
        "at": at,
    }
    with connection.cursor() as cursor:
        cursor.execute(_MAKE, values)
        made: int = cursor.rowcount
    if made:
        target = steps.submission_target(submission) if submission else steps.target_of(consultation)
        audit.record(verbs.ROWS_MADE, by=SYSTEM, target=target, after={"rows": made}, at=at)
    return made


class Point(NamedTuple):
    """What a row is made of: where it was said, and the words."""

    source: str
    remark_id: int | None
    question_id: int | None
    clause_id: int | None
    words: str

    @property
    def key(self) -> tuple[str, int | None, int | None]:
        """Its place in the submission; there is one of each."""
        return self.source, self.clause_id, self.question_id


def points_of(submission: Submission) -> list[Point]:
    """The points of a counted submission as it is now, in the order of its rows, whether it has rows or not."""
    with connection.cursor() as cursor:
        cursor.execute(_READ, _values(submission.consultation, submission, is_made=True))
        return [Point(*row) for row in cursor.fetchall()]


def _values(
    consultation: Consultation, submission: Submission | None, *, is_made: bool = False
) -> dict[str, Any]:
    words = labels()
    return {
        "consultation": consultation.pk,
        "submission": submission.pk if submission else None,
        "states": [str(state) for state in COUNTED],
        "is_made": is_made,
        "overall": RowSource.OVERALL.value,
        "remark": RowSource.REMARK.value,
        "answer": RowSource.ANSWER.value,
        "wording": words.wording,
        "passage": words.passage,
    }


# ``place`` orders the points of a submission as they were written: the whole, the clauses in the order of the text,
# the questions in their order.
_POINTS = """
    WITH counted AS (
        SELECT s.id, s.number, s.reason FROM consultations_submission s
        WHERE s.consultation_id = %(consultation)s AND s.state = ANY(%(states)s)
          AND (%(submission)s::bigint IS NULL OR s.id = %(submission)s)
          AND (%(is_made)s OR NOT EXISTS (SELECT FROM consultations_matrixrow made WHERE made.submission_id = s.id))
    ), remarks AS (
        SELECT r.submission_id, r.id, r.clause_id, t.position,
               concat_ws(E'\\n\\n', %(passage)s || ' “' || nullif(r.quote, '') || '”', nullif(r.comment, ''),
                         %(wording)s || ' ' || nullif(r.suggestion, '')) AS words
        FROM consultations_remark r JOIN counted ON counted.id = r.submission_id
        LEFT JOIN consultations_clausetext t ON t.clause_id = r.clause_id AND t.version_id = r.text_version_id
        WHERE r.quote <> '' OR r.comment <> '' OR r.suggestion <> ''
    ), answers AS (
        SELECT a.submission_id, q.id, q.page * 10000 + q.position AS position, a.text AS words
        FROM consultations_answer a JOIN counted ON counted.id = a.submission_id
        JOIN consultations_question q ON q.id = a.question_id
        WHERE a.text <> ''
    ), points AS (
        SELECT c.id AS submission_id, %(overall)s AS source, NULL::bigint AS remark_id, NULL::bigint AS question_id,
               NULL::bigint AS clause_id, c.reason AS words, 1 AS part, 0 AS position
        FROM counted c
        WHERE c.reason <> '' OR NOT (
            EXISTS (SELECT FROM remarks WHERE remarks.submission_id = c.id)
            OR EXISTS (SELECT FROM answers WHERE answers.submission_id = c.id)
        )
        UNION ALL
        SELECT submission_id, %(remark)s, id, NULL, clause_id, words, 2, position FROM remarks
        UNION ALL
        SELECT submission_id, %(answer)s, NULL, id, NULL, words, 3, position FROM answers
    )
"""
_ORDER = "ORDER BY c.number, p.part, p.position, p.remark_id, p.question_id"
_READ = f"""
    {_POINTS}
    SELECT p.source, p.remark_id, p.question_id, p.clause_id, p.words
    FROM points p JOIN counted c ON c.id = p.submission_id
    {_ORDER}
"""  # noqa: S608
_MAKE = f"""
    {_POINTS}
    INSERT INTO consultations_matrixrow (
        public_id, consultation_id, submission_id, number, source, remark_id, question_id, clause_id, text,
        category_id, unit_id, state, verdict, reason, reason_digest, change, returned_note, created_at
    )
    SELECT gen_random_uuid(), %(consultation)s, p.submission_id,
           row_number() OVER (
               PARTITION BY p.submission_id ORDER BY p.part, p.position, p.remark_id, p.question_id
           ),
           p.source, p.remark_id, p.question_id, p.clause_id, p.words,
           %(category)s, %(unit)s, %(open)s, '', '', '', '', '', %(at)s
    FROM points p JOIN counted c ON c.id = p.submission_id
    {_ORDER}
"""  # noqa: S608
