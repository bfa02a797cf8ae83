"""Jobs of the worker for consultations. Opening and closing are a loop (``ops.loops``), because they are due to the second."""

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from rembuk.consultations.actions import clockwork


@app.periodic(cron="*/5 * * * *")
@app.task(name="consultations.remind", queue="upkeep", queueing_lock="consultations.remind")
def remind_followers(timestamp: int) -> None:
    """Every five minutes, remind those who have not answered what closes within a day."""
    clockwork.remind(at=datetime.fromtimestamp(timestamp, UTC))
