"""Jobs of the worker for stored files."""

from procrastinate.contrib.django import app

from .orphans import remove_orphans


@app.periodic(cron="20 19 * * *")
@app.task(name="files.remove_orphans", queue="upkeep", queueing_lock="files.remove_orphans")
def remove_orphaned_files(timestamp: int) -> None:
    """Once a day, remove uploads that nothing refers to."""
    remove_orphans()
