"""Jobs of the worker. Thin: what they do is in ``delivery``."""

from procrastinate.contrib.django import app


@app.task(name="notifications.deliver_event", queue="mail", pass_context=False)
def deliver_event(event_id: int) -> None:
    """Mail what an event's recipients want at once."""
    from . import delivery

    delivery.deliver_event(event_id)
