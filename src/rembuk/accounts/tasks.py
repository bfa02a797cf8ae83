"""Jobs of the worker: upkeep, which may run twice without harm, and those of ``letters.jobs``."""

from procrastinate.contrib.django import app

from rembuk.accounts.letters import jobs as letters

__all__ = ("forget_what_ended", "letters")


@app.periodic(cron="20 18 * * *")
@app.task(name="accounts.forget", queue="upkeep", queueing_lock="accounts.forget")
def forget_what_ended(timestamp: int) -> None:
    """Once a day: remove sessions that ended and counts of limits whose window is over."""
    from rembuk.accounts.actions import upkeep

    upkeep.forget_ended_sessions()
    upkeep.forget_old_limits()
