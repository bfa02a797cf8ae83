"""Jobs of the worker. Thin: the work is in ``actions``; each may run twice without harm."""

from datetime import UTC, datetime, timedelta

from procrastinate.contrib.django import app

from rembuk.common.clock import now

KEEP_UNCONFIRMED = timedelta(days=14)


@app.periodic(cron="50 18 * * *")
@app.task(name="management.remove_unconfirmed", queue="upkeep", queueing_lock="management.remove_unconfirmed")
def remove_unconfirmed(timestamp: int) -> None:
    """Once a day: remove accounts that waited two weeks for their address to be confirmed."""
    from rembuk.management.actions import erasure

    erasure.remove_unconfirmed(before=now() - KEEP_UNCONFIRMED)


@app.periodic(cron="30 23 * * *")
@app.task(name="management.remind_of_ends", queue="upkeep", queueing_lock="management.remind_of_ends")
def remind_of_ends(timestamp: int) -> None:
    """Each morning at 06.30 WIB, tell people whose role ends within two weeks, and those who can give it a later end."""
    from rembuk.management.actions.grants import reminding

    reminding.remind_of_ends(at=datetime.fromtimestamp(timestamp, UTC))


@app.periodic(cron="20 * * * *")
@app.task(name="management.settle_retired", queue="upkeep", queueing_lock="management.settle_retired")
def settle_retired(timestamp: int) -> None:
    """Once an hour: what came back to a retired unit goes on to whoever carries on its work."""
    from rembuk.management.actions.units import retiring

    retiring.settle_retired()
