"""The people of the demonstration, all invented: staff with their grants, and citizens.

They get one shared password hash instead of registering one by one, which would take a minute; the trail holds
their registration all the same, on the day it is said to have been.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from random import Random

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.utils.text import slugify

from rembuk.access.models import Role
from rembuk.accounts import verbs
from rembuk.accounts.models import Person
from rembuk.audit import actions as audit
from rembuk.audit.actors import Actor
from rembuk.management.actions.grants import give_grant
from rembuk.management.facts import GrantFacts
from rembuk.ops.actions import make_administrator
from rembuk.ops.demo.content import Entry
from rembuk.ops.demo.days import Calendar
from rembuk.ops.demo.schedule import Schedule
from rembuk.workunits.models import WorkUnit

PASSWORD = "rembuk-demo-2026"  # noqa: S105 - printed to whoever starts the demonstration
DOMAIN = "lembayung.example"
CITIZENS = 118
# Working days ago on which the site was set up.
_FIRST_DAY = 300


class Casting:
    """Makes people with confirmed addresses."""

    def __init__(self, calendar: Calendar, schedule: Schedule) -> None:
        self._calendar = calendar
        self._schedule = schedule
        self._hash = make_password(PASSWORD)

    def administrator(self, row: Entry, root: WorkUnit, by: Actor) -> Person:
        """The first of the staff, made by the operator before anything else."""
        at = self._calendar.moment(_FIRST_DAY, "administrator", office=True)
        person = self._admit(row["name"], row["key"], at)
        return make_administrator(
            person.email or "", name=person.name, password=None, unit=root, by=by, at=at
        )

    def staff(self, rows: Sequence[Entry], units: dict[str, WorkUnit], by: Person) -> dict[str, Person]:
        """Staff by key, each with a grant given since before everything else."""
        roles = {role.slug: role for role in Role.objects.all()}
        found = {}
        for row in rows:
            at = self._calendar.moment(_FIRST_DAY - 2, row["key"], office=True)
            person = self._admit(row["name"], row["key"], at)
            person.invited_at = at
            person.save(update_fields=["invited_at"])
            facts = GrantFacts(role=roles[row["role"]], unit=units[row["unit"]], reason=row["task"])
            give_grant(person, facts, by=by, at=at)
            found[row["key"]] = person
        return found

    def citizens(self, special: Sequence[Entry], names: Entry) -> tuple[dict[str, Person], list[Person]]:
        """Those whom the texts name by key, and the others, who joined one after another."""
        keyed = {row["key"]: self._admit(row["name"], row["key"], self._early(row)) for row in special}
        others = []
        for number, name in enumerate(_combined(names, CITIZENS)):
            key = f"{slugify(name).replace('-', '.')}{number + 1}"
            others.append(self._admit(name, key, self._joining(285 - number * 2, key)))
        return keyed, others

    def _joining(self, ago: int, key: str) -> datetime:
        return self._calendar.moment(ago, f"join {key}", office=False)

    def _early(self, row: Entry) -> datetime:
        """Before anybody does anything on that day."""
        return self._joining(row["joined"], row["key"]).replace(hour=5, minute=30)

    def _admit(self, name: str, key: str, at: datetime) -> Person:
        email = f"{key}@{DOMAIN}"
        person = Person.objects.create(
            email=email,
            name=name,
            password=self._hash,
            adult_confirmed_at=at,
            privacy_version=1,
            privacy_acknowledged_at=at,
        )
        Person.objects.filter(pk=person.pk).update(joined_at=at)
        person.joined_at = at
        EmailAddress.objects.create(user=person, email=email, primary=True, verified=True)
        self._schedule.add(at, lambda moment: _note(person, moment), key)
        return person


def _note(person: Person, at: datetime) -> None:
    """The trail of registering and confirming."""
    who = Actor(person_id=person.pk)
    target = audit.Target("person", str(person.pk))
    audit.record(verbs.REGISTERED, by=who, target=target, after={"privacy_version": 1}, at=at)
    audit.record(verbs.CONFIRMED, by=who, target=target, at=at)


def _combined(names: Entry, count: int) -> Iterator[str]:
    """Different full names of two lists, the same each time."""
    dice = Random("names")  # noqa: S311
    pairs = [f"{first} {last}" for first in names["first"] for last in names["last"]]
    single = dice.sample(names["single"], min(len(names["single"]), count // 12))
    yield from single
    yield from dice.sample(pairs, count - len(single))
