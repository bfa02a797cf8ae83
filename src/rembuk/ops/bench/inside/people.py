"""Who votes and comments on a throwaway copy, on which ballots, with which sessions; their folding. Runs inside a site."""

import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.test import Client
from django.utils.crypto import get_random_string
from psycopg import sql

from rembuk.accounts.models import Person
from rembuk.engagement import folding
from rembuk.engagement.actions.votes import casting
from rembuk.engagement.models import Ballot
from rembuk.ops.bench.scripts import STATEMENT

_BY_PGBENCH = {"ballot": ":ballot", "voter": ":voter"}


def sign_in(person: Person) -> str:
    """A session of a person, made in the database; returns the value of its cookie."""
    client = Client()
    client.force_login(person)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def cast(folder: Path, sessions: int) -> dict[str, Any]:
    """Choose voters and ballots, sign so many people in, and write the statement of a vote for pgbench.

    The voters' numbers follow each other without a gap, so that pgbench can count through them.
    """
    ballots = list(
        Ballot.objects.filter(kind=Ballot.Kind.SUPPORT, is_open=True, subject__is_visible=True)
        .select_related("subject__unit")
        .order_by("pk")
    )
    citizens = Person.objects.filter(grants__isnull=True).order_by("pk")
    voters = list(citizens.values_list("pk", flat=True))
    voters = voters[: _in_sequence(voters)]
    (folder / STATEMENT).write_text(_statement(ballots[0], Person.objects.get(pk=voters[0])))
    authors = {ballot.subject.author_id for ballot in ballots}
    guests = [person for person in citizens if person.pk not in authors][:sessions]
    return {
        "ballots": [[ballot.pk, ballot.subject.code] for ballot in ballots],
        "voters": [voters[0], len(voters)],
        "sessions": [sign_in(person) for person in guests],
        "cookies": [settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME],
        "token": get_random_string(32),
    }


def fold() -> dict[str, float]:
    """Fold what waits, as the loop of the worker does without its pauses: how many rows, in how many seconds."""
    rows, began = 0, time.monotonic()
    while taken := folding.run_once():
        rows += taken
    return {"rows": rows, "seconds": time.monotonic() - began}


def _in_sequence(numbers: Sequence[int]) -> int:
    """How many of the first numbers follow each other without a gap."""
    return next((at for at, number in enumerate(numbers) if number != numbers[0] + at), len(numbers))


def _statement(ballot: Ballot, voter: Person) -> str:
    """The statement as ``cast_vote`` sends it, with voter and ballot left to pgbench."""
    statement, parameters = casting(ballot, voter=voter, value=Ballot.SUPPORT)
    given = {name: sql.Literal(value).as_string() for name, value in parameters.items()}
    return statement % {**given, **_BY_PGBENCH} + ";\n"
