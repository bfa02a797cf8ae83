"""Jobs of the worker for proposals."""

from datetime import UTC, datetime, timedelta

from procrastinate.contrib.django import app

from rembuk.proposals.actions.submit import remove_stale_drafts

KEEP_DRAFTS = timedelta(days=30)


@app.periodic(cron="40 18 * * *")
@app.task(name="proposals.remove_stale_drafts", queue="upkeep", queueing_lock="proposals.remove_stale_drafts")
def remove_drafts(timestamp: int) -> None:
    """Once a night, remove drafts of visitors who never registered, and discarded ones, after 30 days."""
    remove_stale_drafts(before=datetime.fromtimestamp(timestamp, UTC) - KEEP_DRAFTS)
