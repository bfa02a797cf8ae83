"""Asking followers four weeks after a milestone was called done whether it is. Called by the worker once a day."""

from datetime import datetime, timedelta

from django.db import transaction

from rembuk.common.clock import instant
from rembuk.programs.evaluation.witnesses import ASKED_AFTER, ASKING
from rembuk.programs.models import Milestone
from rembuk.programs.notices import voices
from rembuk.programs.states import MilestoneState

# How many days late it still asks, when the worker stood still.
CATCHES_UP = timedelta(days=7)


def ask_followers(*, at: datetime | None = None) -> int:
    """Ask of each claim that is four weeks old and still stands, once; returns of how many milestones."""
    moment = instant(at)
    due = moment - ASKED_AFTER
    rows = Milestone.objects.filter(
        state=MilestoneState.DONE,
        claimed_at__gt=due - CATCHES_UP,
        claimed_at__lte=due,
        program__state__in=ASKING,
    )
    asked = 0
    for row in rows.select_related("program__unit").order_by("pk").iterator(chunk_size=500):
        with transaction.atomic():
            voices.finished_asked(row, at=moment)
        asked += 1
    return asked
