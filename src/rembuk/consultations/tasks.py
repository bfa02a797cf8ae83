"""Jobs of the worker for consultations. Opening and closing are a loop (``ops.loops``), because they are due to the second."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta

from procrastinate.contrib.django import app

from rembuk.common.errors import WrongState
from rembuk.consultations.actions import clockwork
from rembuk.consultations.actions.grouping import suggesting
from rembuk.consultations.actions.taking.drafts import remove_stale_drafts

KEEP_DRAFTS = timedelta(days=30)


@app.periodic(cron="*/5 * * * *")
@app.task(name="consultations.remind", queue="upkeep", queueing_lock="consultations.remind")
def remind_followers(timestamp: int) -> None:
    """Every five minutes, remind those who have not answered what closes within a day."""
    clockwork.remind(at=datetime.fromtimestamp(timestamp, UTC))


@app.periodic(cron="45 18 * * *")
@app.task(
    name="consultations.remove_stale_drafts",
    queue="upkeep",
    queueing_lock="consultations.remove_stale_drafts",
)
def remove_drafts(timestamp: int) -> None:
    """Once a night, remove submissions of visitors who never registered, 30 days after their last page."""
    remove_stale_drafts(before=datetime.fromtimestamp(timestamp, UTC) - KEEP_DRAFTS)


@app.periodic(cron="* * * * *")
@app.task(name="consultations.suggest_groups", queue="upkeep", queueing_lock="consultations.suggest_groups")
def suggest_groups(timestamp: int) -> None:
    """Each minute, suggest groups of like rows where a consultation has closed or staff asked; seconds for thousands of rows."""
    for consultation in suggesting.waiting():
        with suppress(WrongState):  # concluded in this very moment
            suggesting.suggest_groups(consultation)
