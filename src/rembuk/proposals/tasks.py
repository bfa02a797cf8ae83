"""Jobs of the worker for proposals."""

from datetime import UTC, datetime, timedelta

from procrastinate.contrib.django import app

from rembuk.proposals import daily
from rembuk.proposals.actions.submit import remove_stale_drafts
from rembuk.proposals.imports import shelf

KEEP_DRAFTS = timedelta(days=30)
KEEP_SHEETS = timedelta(days=1)


@app.periodic(cron="40 18 * * *")
@app.task(name="proposals.remove_stale_drafts", queue="upkeep", queueing_lock="proposals.remove_stale_drafts")
def remove_drafts(timestamp: int) -> None:
    """Once a night, remove drafts of visitors who never registered, and discarded ones, after 30 days."""
    remove_stale_drafts(before=datetime.fromtimestamp(timestamp, UTC) - KEEP_DRAFTS)


@app.periodic(cron="50 18 * * *")
@app.task(name="proposals.remove_old_sheets", queue="upkeep", queueing_lock="proposals.remove_old_sheets")
def remove_sheets(timestamp: int) -> None:
    """Once a night, remove sheets that were shown and never imported, and lists of rejected rows, after a day."""
    shelf.clear_old(datetime.fromtimestamp(timestamp, UTC) - KEEP_SHEETS)


@app.periodic(cron="20 17 * * *")
@app.task(name="proposals.resume_deferred", queue="upkeep", queueing_lock="proposals.resume_deferred")
def resume_deferred(timestamp: int) -> None:
    """Once a night, after midnight in all of Indonesia's zones, take up deferred proposals whose day has come."""
    daily.resume_due(at=datetime.fromtimestamp(timestamp, UTC))


@app.periodic(cron="0 22,23,0,1,2,3,4 * * *")
@app.task(name="proposals.morning_letters", queue="upkeep", queueing_lock="proposals.morning_letters")
def write_morning_letters(timestamp: int) -> None:
    """From seven in the morning, in whatever zone the office has, write the letters of the day."""
    daily.write_morning_letters(at=datetime.fromtimestamp(timestamp, UTC))
