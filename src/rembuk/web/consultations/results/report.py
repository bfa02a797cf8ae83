"""The report on the result: process, text, who took part, figures, submissions, matrix, the statement of the result."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from rembuk.consultations import schedule
from rembuk.consultations.figures import figures_of
from rembuk.consultations.models import Consultation, Question
from rembuk.consultations.results import questions, stances
from rembuk.consultations.results.groups import Split, grouping
from rembuk.consultations.results.questions import Answers
from rembuk.consultations.results.rows import ORDER, clause_labels, matrix_rows
from rembuk.consultations.selectors.heard import shows_submissions, shows_totals
from rembuk.web.components.formats import number
from rembuk.web.consultations.reading import parts
from rembuk.web.consultations.reading.page import head, version_rows
from rembuk.web.consultations.results import charts
from rembuk.web.consultations.results.context import clauses_remarked
from rembuk.web.consultations.results.matrix import shown_rows
from rembuk.web.consultations.results.names import group_names
from rembuk.web.consultations.results.report_said import report_submissions, report_words
from rembuk.web.consultations.results.report_text import report_text

type Row = dict[str, Any]

# Rows of the matrix on the page; the spreadsheet has all.
MOST_ROWS = 300


def report_context(consultation: Consultation, request: HttpRequest, at: datetime) -> Row:
    """The page whole; figures only where the public sees them, and what was said once submissions are shown."""
    stage = schedule.stage(consultation, at)
    figures = figures_of(consultation, at)
    versions = list(consultation.versions.filter(published_at__isnull=False).order_by("-number"))
    shows = schedule.has_opened(consultation, at) and shows_totals(consultation, at)
    asked = list(consultation.questions.all())
    return {
        **head(consultation, stage, request, here=_("Report on the result")),
        "made_at": at,
        "shows": shows,
        "waits": not shows_submissions(consultation, at),
        "figures": figures,
        "process": parts.history(list(consultation.events.select_related("office").order_by("at", "id"))),
        "documents": parts.document_rows(consultation.files.select_related("file"), consultation.code),
        "versions": version_rows(consultation, versions),
        "draft": report_text(consultation, versions),
        "said": report_submissions(consultation, at, figures.heard),
        "worded": report_words(consultation, asked, at),
        **_matrix(consultation, at, figures.rows),
        **(_counted(consultation, asked, at, figures.heard) if shows else {}),
    }


def _matrix(consultation: Consultation, at: datetime, total: int) -> Row:
    """The first rows of the matrix, and how many there are besides."""
    rows = list(matrix_rows(consultation, at).order_by(*ORDER)[: MOST_ROWS + 1])
    shown = shown_rows(rows[:MOST_ROWS], consultation, clause_labels(consultation))
    return {"rows": shown, "rows_left": max(0, total - MOST_ROWS) if len(rows) > MOST_ROWS else 0}


def _counted(consultation: Consultation, asked: Sequence[Question], at: datetime, heard: int) -> Row:
    """Who took part and what was said, in figures."""
    answers = questions.answer_totals(consultation)
    found = clauses_remarked(consultation)
    return {
        "participants": [
            _participants(consultation, split, at) for split in Split if split != Split.DISTRICT
        ],
        "overall": charts.overall(stances.stance_totals(consultation))
        if consultation.has_overall_stance
        else None,
        "clauses": charts.clauses(found, consultation.code) if found else None,
        "questions": [
            charts.question(one, answers.get(one.pk, Answers()), heard, consultation.code) for one in asked
        ],
    }


def _participants(consultation: Consultation, split: Split, at: datetime) -> Row:
    """How many took part, by one split, as a table."""
    groups = grouping(consultation, split, at)
    names = group_names(split, groups.sizes)
    label = str(split.label).capitalize()
    return {
        "caption": _("Submissions by %(split)s") % {"split": split.label},
        "columns": [{"label": label}, {"label": _("Submissions"), "kind": "num"}],
        "rows": [[names.get(key, key), number(size)] for key, size in groups.sizes.items()],
    }
