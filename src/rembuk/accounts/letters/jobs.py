"""Jobs of the worker that send letters. Thin: the letters are written in ``writing``."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from rembuk.accounts import selectors
from rembuk.accounts.letters import texts, writing
from rembuk.accounts.models import Person

_RETRY = RetryStrategy(max_attempts=8, exponential_wait=4)


@app.task(name="accounts.send_letter", queue="mail", priority=10, retry=_RETRY)
def send_letter(kind: str, person_id: int, name: str, email: str, language: str, way_back: str = "") -> None:
    """Send one letter about an account."""
    person = Person.objects.filter(pk=person_id, deleted_at=None).first()
    writing.send(kind, person, writing.Addressee(name, email, language), way_back=way_back)


@app.task(name="accounts.answer_reset_request", queue="mail", priority=10, retry=_RETRY)
def answer_reset_request(email: str) -> None:
    """Send the link for a new password, if there is an account for the address and it may be used."""
    person = selectors.holder_of(email)
    if person is not None:
        writing.send(texts.RESET, person, writing.Addressee(person.name, email, person.language))
