"""Rows of the programmes domain."""

from rembuk.programs.models.evaluation import Rating, Round
from rembuk.programs.models.indicators import Indicator, IndicatorValue
from rembuk.programs.models.kinds import KindOfPhase, PhaseTemplate, TemplatePhase
from rembuk.programs.models.milestones import Evidence, Milestone, Witness
from rembuk.programs.models.money import CashPlan, Pagu, Realisation
from rembuk.programs.models.news import Document, Update, UpdatePicture
from rembuk.programs.models.plan import Phase, ProgramEvent, Revision
from rembuk.programs.models.program import Link, Program, ProgramPlace
from rembuk.programs.models.suggestions import Fingerprint, Suggestion, SuggestionMember, Touched

__all__ = [
    "CashPlan",
    "Document",
    "Evidence",
    "Fingerprint",
    "Indicator",
    "IndicatorValue",
    "KindOfPhase",
    "Link",
    "Milestone",
    "Pagu",
    "Phase",
    "PhaseTemplate",
    "Program",
    "ProgramEvent",
    "ProgramPlace",
    "Rating",
    "Realisation",
    "Revision",
    "Round",
    "Suggestion",
    "SuggestionMember",
    "TemplatePhase",
    "Touched",
    "Update",
    "UpdatePicture",
    "Witness",
]
