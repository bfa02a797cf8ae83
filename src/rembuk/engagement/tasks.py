"""Jobs of the worker for engagement. The folding of votes is a loop (``folding``), not a job."""

from procrastinate.contrib.django import app


@app.periodic(cron="20 18 * * *")
@app.task(name="engagement.recount", queue="upkeep", queueing_lock="engagement.recount")
def recount_votes(timestamp: int) -> None:
    """Once a night, compare every tally with its votes."""
    from rembuk.engagement.actions.recount import recount

    recount()
