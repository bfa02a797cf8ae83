"""Jobs of the worker. Thin: letters are written in ``letters``; upkeep may run twice without harm."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

_RETRY = RetryStrategy(max_attempts=8, exponential_wait=4)


@app.task(name="accounts.send_letter", queue="mail", priority=10, retry=_RETRY)
def send_letter(kind: str, person_id: int, name: str, email: str, language: str, way_back: str = "") -> None:
    """Send one letter about an account."""
    from rembuk.accounts import letters
    from rembuk.accounts.models import Person

    person = Person.objects.filter(pk=person_id, deleted_at=None).first()
    letters.send(kind, person, letters.Addressee(name, email, language), way_back=way_back)


@app.task(name="accounts.answer_reset_request", queue="mail", priority=10, retry=_RETRY)
def answer_reset_request(email: str) -> None:
    """Send the link for a new password, if there is an account for the address and it may be used."""
    from rembuk.accounts import letter_texts, letters, selectors

    person = selectors.holder_of(email)
    if person is not None:
        letters.send(letter_texts.RESET, person, letters.Addressee(person.name, email, person.language))


@app.periodic(cron="20 18 * * *")
@app.task(name="accounts.forget", queue="upkeep", queueing_lock="accounts.forget")
def forget_what_ended(timestamp: int) -> None:
    """Once a day: remove sessions that ended and counts of limits whose window is over."""
    from rembuk.accounts.actions import upkeep

    upkeep.forget_ended_sessions()
    upkeep.forget_old_limits()
