"""Jobs of the worker for programmes."""

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from rembuk.programs.actions.reminding import remind_offices
from rembuk.programs.actions.suggestions.find import refresh_suggestions
from rembuk.programs.actions.voices.asking import ask_followers
from rembuk.programs.actions.voices.rounds import end_lapsed

# So much of the finding of groups in one run: after a large import other jobs have their turn between the runs.
MOST_PORTIONS = 60


@app.periodic(cron="*/5 * * * *")
@app.task(name="programs.end_ratings", queue="upkeep", queueing_lock="programs.end_ratings")
def end_ratings(timestamp: int) -> None:
    """Every five minutes, close the ratings whose time is over and keep their counts; pages and the gate never wait for it."""
    end_lapsed(at=datetime.fromtimestamp(timestamp, UTC))


@app.periodic(cron="*/10 * * * *")
@app.task(
    name="programs.find_suggestions",
    queue="upkeep",
    lock="programs.find_suggestions",
    queueing_lock="programs.find_suggestions",
)
def find_suggestions(timestamp: int) -> None:
    """Every ten minutes, bring suggested groups up to date with what was published, changed, answered or taken up."""
    refresh_suggestions(at=datetime.fromtimestamp(timestamp, UTC), portions=MOST_PORTIONS)


@app.periodic(cron="15 23 * * *")
@app.task(name="programs.remind_offices", queue="upkeep", queueing_lock="programs.remind_offices")
def remind(timestamp: int) -> None:
    """Each morning at 06.15 WIB, remind offices of days that come near or are over, and of programmes without news."""
    remind_offices(at=datetime.fromtimestamp(timestamp, UTC))


@app.periodic(cron="45 23 * * *")
@app.task(name="programs.ask_followers", queue="upkeep", queueing_lock="programs.ask_followers")
def ask(timestamp: int) -> None:
    """Each morning at 06.45 WIB, ask followers whether what was called done four weeks ago is finished."""
    ask_followers(at=datetime.fromtimestamp(timestamp, UTC))
