"""Answers to questions: counts of choices, a scale's mean and median, and the texts the public reads."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Count, QuerySet, Window
from django.db.models.functions import RowNumber

from rembuk.consultations.models import Answer, Consultation, Question
from rembuk.consultations.results.groups import COUNTED_SQL, Grouping, key_sql, rows_of
from rembuk.consultations.selectors.heard import shown_submissions

_FROM = """
    FROM consultations_answer a JOIN consultations_submission s ON s.id = a.submission_id
"""
_SUMS = """
    SELECT a.question_id, {key} AS key, count(*), coalesce(sum(a.number), 0)::int, count(a.number),
           percentile_cont(0.5) WITHIN GROUP (ORDER BY a.number) {rows} WHERE {counted} GROUP BY 1, 2
"""
_COUNTS = """
    SELECT a.question_id, {key} AS key, c.value, count(*) {rows}
    CROSS JOIN LATERAL (
        SELECT DISTINCT unnest(CASE WHEN a.number IS NULL THEN a.choices ELSE ARRAY[a.number] END) AS value
    ) c WHERE {counted} GROUP BY 1, 2, 3
"""
_WHOLE = "''"


@dataclass(slots=True)
class Answers:
    """Answers to one question: ``answered`` is who answered it at all, ``counts`` by value (0 is «lainnya»).

    A scale has ``numbers`` (how many) with their ``total``; ``median`` only over a whole question.
    """

    answered: int = 0
    total: int = 0
    numbers: int = 0
    median: float | None = None
    counts: dict[int, int] = field(default_factory=dict)

    @property
    def mean(self) -> float | None:
        """The mean of a scale, ``None`` without a number."""
        return self.total / self.numbers if self.numbers else None


def answer_totals(consultation: Consultation) -> dict[int, Answers]:
    """Answers to each question by its id, in two statements; questions nobody answered are left out."""
    found = _answers(consultation, _WHOLE)
    return {question: answers for (question, _key), answers in found.items()}


def answers_by(
    consultation: Consultation, groupings: Mapping[int, Grouping]
) -> dict[int, dict[str, Answers]]:
    """Answers to each question of each of its groups (``groups.question_groupings``), in their order, in two statements.

    A median of joined groups can't be told from theirs and is left out everywhere.
    """
    if not groupings:
        return {}
    split = next(iter(groupings.values())).split
    found = {question: {name: Answers() for name in groups.sizes} for question, groups in groupings.items()}
    for (question, key), answers in _answers(consultation, key_sql(split)).items():
        groups = groupings.get(question)
        # What came in since the groups were formed waits for the next look.
        if groups is not None and groups.group_of(key) in found[question]:
            _add(found[question][groups.group_of(key)], answers)
    return found


def shown_texts(
    consultation: Consultation, question: Question, at: datetime, words: str = ""
) -> QuerySet[Answer]:
    """Text answers, or words given for «lainnya», that the public reads now; each of ``words`` must stand in it."""
    rows = Answer.objects.filter(question=question, submission__in=shown_submissions(consultation, at))
    rows = rows.exclude(text="").select_related("submission__author")
    for word in _words(words):
        rows = rows.filter(text__icontains=word)
    return rows


def first_texts(consultation: Consultation, at: datetime, most: int) -> list[Answer]:
    """What ``shown_texts`` gives for every question, at most so many of each, in the order of receipt, in one query.

    Each has ``texts``: how many its question has in all.
    """
    rows = Answer.objects.filter(submission__in=shown_submissions(consultation, at)).exclude(text="")
    order = ("submission__number", "id")
    place = Window(RowNumber(), partition_by="question", order_by=order)
    rows = rows.annotate(place=place, texts=Window(Count("*"), partition_by="question"))
    return list(
        rows.filter(place__lte=most).select_related("submission__author").order_by("question_id", *order)
    )


def _words(text: str) -> Iterable[str]:
    return text.replace("\x00", "").split()[:10]


def _answers(consultation: Consultation, key: str) -> dict[tuple[int, str], Answers]:
    parts: dict[str, Any] = {"key": key, "rows": _FROM, "counted": COUNTED_SQL}
    found = {
        (question, name): Answers(answered, total, numbers, median)
        for question, name, answered, total, numbers, median in rows_of(_SUMS.format(**parts), consultation)
    }
    for question, name, value, count in rows_of(_COUNTS.format(**parts), consultation):
        if (question, name) in found:  # else it came in between the two statements
            found[question, name].counts[value] = count
    return found


def _add(to: Answers, more: Answers) -> None:
    to.answered += more.answered
    to.total += more.total
    to.numbers += more.numbers
    for value, count in more.counts.items():
        to.counts[value] = to.counts.get(value, 0) + count
