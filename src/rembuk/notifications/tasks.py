"""Jobs of the worker. Thin: the work is in ``sending`` and ``actions``; each may run twice without harm."""

from procrastinate.contrib.django import app


@app.task(name="notifications.deliver_event", queue="mail")
def deliver_event(event_id: int) -> None:
    """Mail what the recipients of an event want at once."""
    from .sending import delivery

    delivery.send_event(event_id)


@app.periodic(cron="* * * * *")
@app.task(name="notifications.deliver_waiting", queue="mail", queueing_lock="notifications.deliver_waiting")
def deliver_waiting(timestamp: int) -> None:
    """Every minute: daily letters that are due, what the hourly limit held back, and what a failure left."""
    from .sending import delivery

    delivery.send_waiting()


@app.periodic(cron="40 19 * * *")
@app.task(name="notifications.prune", queue="upkeep", queueing_lock="notifications.prune")
def prune_notices(timestamp: int) -> None:
    """Once a day: remove notices after two years."""
    from . import actions

    actions.prune()
