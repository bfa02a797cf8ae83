"""Rows of ``engagement``: subjects, talk (comments), ballots (votes), cases (the moderation queue)."""

from rembuk.engagement.models.ballots import Ballot, Tally, Vote, VoteDelta
from rembuk.engagement.models.cases import Case, InternalNote
from rembuk.engagement.models.subjects import CodeSeries, Figures, Follow, Subject, Touched
from rembuk.engagement.models.talk import Comment, Report

__all__ = [
    "Ballot",
    "Case",
    "CodeSeries",
    "Comment",
    "Figures",
    "Follow",
    "InternalNote",
    "Report",
    "Subject",
    "Tally",
    "Touched",
    "Vote",
    "VoteDelta",
]
