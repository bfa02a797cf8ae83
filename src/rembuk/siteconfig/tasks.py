"""Jobs of the worker that need a setting and belong to no domain."""

from procrastinate.contrib.django import app

from rembuk.logbook import retention

from .selectors import current


@app.periodic(cron="30 19 * * *")
@app.task(name="logbook.prune", queue="upkeep", queueing_lock="logbook.prune")
def prune_log(timestamp: int) -> None:
    """Once a day, remove records of the system log after the time the instansi has set."""
    retention.prune(current().log_keep_days)
