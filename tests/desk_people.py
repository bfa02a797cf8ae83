"""People without email, as a desk makes them: with a code on paper, or with a password they chose long ago."""

from datetime import timedelta

from django.contrib.auth.hashers import make_password
from django.db import transaction

from rembuk.accounts.actions.codes import issue_code
from rembuk.accounts.models import Person
from rembuk.common import clock
from tests import people


def with_code(name: str = "Sarinah", sign_in_name: str = "sarinah-47294") -> tuple[Person, str]:
    """Somebody who has not been here yet, and the code on her paper."""
    person = Person.objects.create(
        email=None,
        sign_in_name=sign_in_name,
        name=name,
        adult_confirmed_at=people.LONG_AGO,
        privacy_version=1,
        privacy_acknowledged_at=people.LONG_AGO,
    )
    with transaction.atomic():
        return person, issue_code(person, made_by=people.citizen("Petugas"))


def in_use(name: str = "Sarinah", sign_in_name: str = "sarinah-47294") -> Person:
    """Somebody who chose ``people.PASSWORD`` with her code."""
    person, _code = with_code(name, sign_in_name)
    person.one_time_codes.update(used_at=clock.now())
    person.password = make_password(people.PASSWORD)
    person.save(update_fields=["password"])
    return person


def run_out(person: Person) -> None:
    """Let the person's code end."""
    person.one_time_codes.update(expires_at=clock.now() - timedelta(minutes=1))
