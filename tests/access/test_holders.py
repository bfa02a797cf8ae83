"""Holders: an administrator who stays is left, whatever is taken away."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db.models import Q

from rembuk.access.holders import administers, is_administrator_left
from rembuk.access.models import Role
from rembuk.accounts.models import Person
from rembuk.management.actions.erasure import may_delete_account
from tests import people, scenes

pytestmark = pytest.mark.django_db
SOON = datetime.now(UTC) + timedelta(days=5)


def test_administrator_is_left_while_another_stays_without_end() -> None:
    place = scenes.regency()
    first, second = (people.staff("administrator", place.root) for _ in range(2))
    assert is_administrator_left(Q(person=first))
    assert not is_administrator_left(Q(person__in=[first, second]))


def test_administrator_with_an_end_does_not_stand_in_for_one_that_stays() -> None:
    place = scenes.regency()
    lasting = people.staff("administrator", place.root)
    people.grant(people.citizen(), "administrator", place.root, ends_at=SOON)
    assert not is_administrator_left(Q(person=lasting))


def test_administrators_who_all_have_an_end_may_go_but_for_one() -> None:
    place = scenes.regency()
    first, second = people.citizen(), people.citizen()
    for person in (first, second):
        people.grant(person, "administrator", place.root, ends_at=SOON)
    assert is_administrator_left(Q(person=first))
    assert not is_administrator_left(Q(person__in=[first, second]))


def test_administrator_who_is_suspended_counts_for_nobody() -> None:
    place = scenes.regency()
    working, suspended = (people.staff("administrator", place.root) for _ in range(2))
    suspended.is_active = False
    suspended.save(update_fields=["is_active"])
    assert not is_administrator_left(Q(person=working))


def test_change_that_takes_no_administrator_away_is_fine_even_without_any() -> None:
    place = scenes.regency()
    moderator = people.staff("moderator", place.root)
    assert is_administrator_left(Q(person=moderator))
    assert is_administrator_left(Q(role__slug="administrator"))


def test_administers_needs_both_permissions_and_the_whole_instansi() -> None:
    place = scenes.regency()
    keys = Role.objects.get(slug="administrator").permissions
    assert administers(keys, place.root)
    assert not administers(keys, place.works)
    assert not administers([key for key in keys if key != "setting.change"], place.root)


def test_somebody_invited_who_chose_no_password_is_no_administrator_yet() -> None:
    place = scenes.regency()
    working = people.staff("administrator", place.root)
    invited = Person.objects.create_user("baru@contoh.id", None, name="Baru", invited_at=people.LONG_AGO)
    people.grant(invited, "administrator", place.root)
    assert not is_administrator_left(Q(person=working))
    assert not may_delete_account(working).ok
    assert is_administrator_left(Q(person=invited))
    invited.set_password(people.PASSWORD)
    invited.save()
    assert is_administrator_left(Q(person=working))
    assert may_delete_account(working).ok
