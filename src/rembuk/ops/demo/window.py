"""A villager without email: the village operator opens her account, and she chooses a password with the printed code."""

from datetime import datetime, timedelta

from rembuk.access.rights import acting
from rembuk.accounts.actions.codes import choose_first_password
from rembuk.accounts.models import OneTimeCode, Person
from rembuk.management.actions.desk_accounts import Visitor, open_account
from rembuk.ops.demo.cast import PASSWORD
from rembuk.ops.demo.schedule import Schedule
from rembuk.ops.demo.world import World

VILLAGE, OPERATOR = "DS-CATURANOM", "operator.caturanom"
NAME, SIGN_IN_NAME = "Mbah Parinem", "parinem-47294"
_DAYS_AGO = 24


def plan(world: World, schedule: Schedule) -> None:
    """One account, opened some weeks ago and in use; its sign-in name is the same in every demonstration."""
    at = world.calendar.moment(_DAYS_AGO, "desk account", office=True)
    schedule.add(at, lambda moment: _open(world, moment), "desk account")


def _open(world: World, at: datetime) -> None:
    by = world.people[OPERATOR]
    visitor = Visitor(name=NAME, unit=world.units[VILLAGE], privacy_version=1)
    account, _code = open_account(visitor, by=by, at=at)
    Person.objects.filter(pk=account.person_id).update(sign_in_name=SIGN_IN_NAME, joined_at=at)
    person = Person.objects.get(pk=account.person_id)
    code = OneTimeCode.objects.get(person=person)
    choose_first_password(code, PASSWORD, by=acting(person), at=at + timedelta(minutes=20))
