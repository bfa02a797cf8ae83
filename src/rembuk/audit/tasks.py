"""Jobs of the worker for the audit trail."""

from datetime import timedelta

from procrastinate.contrib.django import app

from rembuk.common import clock

from .actions import forget_changes
from .partitions import make_partitions


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
