"""Jobs of the worker for the audit trail."""

from datetime import timedelta

from procrastinate.contrib.django import app

from rembuk.common import clock

from .actions import forget_changes
from .partitions import make_partitions
from .sendings import forget_sendings

SENDINGS_LAST = timedelta(days=7)


@app.periodic(cron="10 19 * * *")
@app.task(name="audit.make_partitions", queue="upkeep", queueing_lock="audit.make_partitions")
def make_audit_partitions(timestamp: int) -> None:
    """Once a day, make the months ahead ready."""
    make_partitions()


@app.periodic(cron="25 * * * *")
@app.task(name="audit.forget_changes", queue="upkeep", queueing_lock="audit.forget_changes")
def forget_old_changes(timestamp: int) -> None:
    """Once an hour, forget marks of changes that are older than an hour."""
    forget_changes(before=clock.now() - timedelta(hours=1))


@app.periodic(cron="40 19 * * *")
@app.task(name="audit.forget_sendings", queue="upkeep", queueing_lock="audit.forget_sendings")
def forget_old_sendings(timestamp: int) -> None:
    """Once a night, forget which forms were sent more than a week ago."""
    forget_sendings(before=clock.now() - SENDINGS_LAST)
