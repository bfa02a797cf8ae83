"""Jobs of the worker for the audit trail."""

from procrastinate.contrib.django import app

from .partitions import make_partitions


@app.periodic(cron="10 19 * * *")
@app.task(name="audit.make_partitions", queue="upkeep", queueing_lock="audit.make_partitions")
def make_audit_partitions(timestamp: int) -> None:
    """Once a day, make the months ahead ready."""
    make_partitions()
