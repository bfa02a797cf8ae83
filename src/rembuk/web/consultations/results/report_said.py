"""What was said, in the report: the list of submissions and the answers in words, each up to a bound."""

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rembuk.consultations.models import Answer, Consultation, Question
from rembuk.consultations.results.questions import first_texts
from rembuk.consultations.results.submissions import listed_submissions
from rembuk.consultations.states import SubmissionState
from rembuk.web.components.formats import number
from rembuk.web.consultations.results.charts import has_texts
from rembuk.web.consultations.results.matrix import hidden_words, submission_url, who

type Row = dict[str, Any]

# On the page; the whole stands on the lists and in the spreadsheet.
MOST_SUBMISSIONS = 300
MOST_TEXTS = 100


def report_submissions(consultation: Consultation, at: datetime, heard: int) -> Row:
    """``rows`` in the order of receipt, how many are ``shown`` of how many; ``is_cut`` where some are left out."""
    found = list(listed_submissions(consultation, at)[: MOST_SUBMISSIONS + 1])
    rows = [_submission(row, consultation.code) for row in found[:MOST_SUBMISSIONS]]
    return {"rows": rows, "shown": len(rows), "total": heard, "is_cut": len(found) > MOST_SUBMISSIONS}


def _submission(row: Any, code: str) -> Row:
    """A line of the list; of a text that is not shown only why."""
    is_shown = row.state == SubmissionState.SENT and not row.is_rechecking
    return {
        "code": row.code,
        "url": submission_url(row, code),
        "who": who(row) if is_shown else "",
        "stance": row.stance if is_shown else "",
        "reason": row.reason if is_shown else "",
        "hidden": "" if is_shown else hidden_words(row),
        "besides": _besides(row) if is_shown else "",
    }


def _besides(row: Any) -> str:
    """How much it says beside the overall reason."""
    words = []
    if row.remark_count:
        remarks = ngettext("Remarks on %(n)s clause", "Remarks on %(n)s clauses", row.remark_count)
        words.append(remarks % {"n": number(row.remark_count)})
    if row.answer_count:
        answers = ngettext("answers to %(n)s question", "answers to %(n)s questions", row.answer_count)
        words.append(answers % {"n": number(row.answer_count)})
    found = ", ".join(words)
    return found[:1].upper() + found[1:]


def report_words(consultation: Consultation, asked: Sequence[Question], at: datetime) -> list[Row]:
    """Each question that takes words, with the first answers the public reads, how many are ``shown`` and in all."""
    open_ones = [one for one in asked if has_texts(one)]
    if not open_ones:
        return []
    found = {
        question: list(answers)
        for question, answers in groupby(
            first_texts(consultation, at, MOST_TEXTS), key=lambda answer: answer.question_id
        )
    }
    return [_question(one, found.get(one.pk, []), consultation.code) for one in open_ones]


def _question(asked: Question, answers: Sequence[Any], code: str) -> Row:
    total = answers[0].texts if answers else 0
    return {
        "number": asked.number,
        "text": asked.text,
        "texts": [_text(answer, code) for answer in answers],
        "shown": len(answers),
        "total": total,
        "is_cut": total > len(answers),
        "url": reverse("consultations:answers", args=[code, asked.number]),
    }


def _text(answer: Answer, code: str) -> Row:
    said = answer.submission
    return {
        "text": answer.text,
        "note": _("Other") if Question.OTHER in answer.choices else "",
        "who": who(said),
        "code": said.code,
        "url": submission_url(said, code),
    }
