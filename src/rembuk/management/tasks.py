"""Jobs of the worker. Thin: the work is in ``actions``; each may run twice without harm."""

from datetime import timedelta

from procrastinate.contrib.django import app

from rembuk.common.clock import now

KEEP_UNCONFIRMED = timedelta(days=14)


@app.periodic(cron="50 18 * * *")
@app.task(name="management.remove_unconfirmed", queue="upkeep", queueing_lock="management.remove_unconfirmed")
def remove_unconfirmed(timestamp: int) -> None:
    """Once a day: remove accounts that waited two weeks for their address to be confirmed."""
    from rembuk.management.actions import erasure

    erasure.remove_unconfirmed(before=now() - KEEP_UNCONFIRMED)
