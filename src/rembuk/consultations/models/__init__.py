"""Rows of ``consultations``: the consultation, its text, its questions, the submissions, the matrix."""

from rembuk.consultations.models.consultation import (
    Consultation,
    ConsultationEvent,
    ConsultationFile,
    InvitedOrganisation,
    ProgramTie,
    ReceiptSeries,
)
from rembuk.consultations.models.matrix import Grouping, MatrixGroup, MatrixRow, Objection, RowChange
from rembuk.consultations.models.questions import Correction, Question
from rembuk.consultations.models.submission import Answer, Remark, Submission, SubmissionVersion
from rembuk.consultations.models.text import Clause, ClauseText, DraftVersion

__all__ = [
    "Answer",
    "Clause",
    "ClauseText",
    "Consultation",
    "ConsultationEvent",
    "ConsultationFile",
    "Correction",
    "DraftVersion",
    "Grouping",
    "InvitedOrganisation",
    "MatrixGroup",
    "MatrixRow",
    "Objection",
    "ProgramTie",
    "Question",
    "ReceiptSeries",
    "Remark",
    "RowChange",
    "Submission",
    "SubmissionVersion",
]
