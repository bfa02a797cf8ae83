"""Rows of the proposals domain: the proposal itself, and what offices do with it."""

from rembuk.proposals.models.handling import Assessment, Decision, Disposition, Objection, OfficialAnswer
from rembuk.proposals.models.proposal import (
    TITLE_WORDS,
    Attachment,
    Proposal,
    ProposalVersion,
    StageEntry,
)

__all__ = [
    "TITLE_WORDS",
    "Assessment",
    "Attachment",
    "Decision",
    "Disposition",
    "Objection",
    "OfficialAnswer",
    "Proposal",
    "ProposalVersion",
    "StageEntry",
]
