"""Jobs of the worker for exports. Each may run twice without harm."""

from datetime import UTC, datetime

from django.db import OperationalError
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

_AGAIN = RetryStrategy(max_attempts=10, wait=10, retry_exceptions={OperationalError})


@app.task(name="exports.make", queue="exports", retry=_AGAIN)
def make_export(export_id: int) -> None:
    """Write the file of one export; of a killed worker it starts again."""
    from rembuk.exports.actions.making import make

    make(export_id)


@app.periodic(cron="10 19 * * *")
@app.task(name="exports.remove_old", queue="upkeep", queueing_lock="exports.remove_old")
def remove_old_exports(timestamp: int) -> None:
    """Once a night, remove files after their week, and what a killed worker left."""
    from rembuk.exports.actions.ending import remove_old

    remove_old(at=datetime.fromtimestamp(timestamp, UTC))
