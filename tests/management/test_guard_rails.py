"""The guard rails of access rights, each with the test that is named after it. Those of roles have their own file."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import transaction
from django.test import Client

from rembuk.access import permissions as izin
from rembuk.access import rights
from rembuk.access.models import Grant, Role
from rembuk.accounts.models import Person
from rembuk.audit.actors import SYSTEM
from rembuk.audit.models import AuditEntry
from rembuk.common.errors import Denied
from rembuk.management.actions import grants as actions
from rembuk.management.actions.erasure import delete_account
from rembuk.management.actions.people import suspend_person
from rembuk.management.facts import GrantFacts
from rembuk.workunits.models import WorkUnit
from tests import people, scenes

pytestmark = pytest.mark.django_db
WHY = "SK Bupati Nomor 12 Tahun 2026"
NOW = datetime.now(UTC)
DAY = timedelta(days=1)


def terms(role: str, unit: WorkUnit, **fields: object) -> GrantFacts:
    """A role in a unit, with a reason."""
    return GrantFacts(role=Role.objects.get(slug=role), unit=unit, **{"reason": WHY, **fields})  # type: ignore[arg-type]


def splitter(unit: WorkUnit) -> Person:
    """Somebody with all permissions of an administrator, in two roles: she may end one, and is none."""
    keys = Role.objects.get(slug="administrator").permissions
    person = people.citizen("Wati")
    for slug, part in (("a", [k for k in keys if k != "setting.change"]), ("b", ["setting.change"])):
        Role.objects.create(slug=slug, name=slug, name_en=slug, permissions=part)
        people.grant(person, slug, unit)
    return person


def test_nobody_gives_an_izin_they_lack() -> None:
    place = scenes.regency()
    by = people.staff("unit-admin", place.works)
    Role.objects.create(slug="log", name="l", name_en="l", permissions=[izin.LOG_READ.key])
    with pytest.raises(Denied):
        actions.give_grant(people.citizen(), terms("log", place.works), by=by)
    with pytest.raises(Denied):
        actions.give_many([people.citizen()], terms("log", place.works), by=by)
    held = people.grant(people.citizen(), "log", place.works)
    with pytest.raises(Denied):
        actions.change_grant_end(held, NOW + DAY, by=by, reason=WHY)
    with pytest.raises(Denied):
        actions.end_grant(held, by=by, reason=WHY)


def test_nobody_gives_beyond_their_own_unit() -> None:
    place = scenes.regency()
    by = people.staff("unit-admin", place.works)
    for unit in (place.root, place.health, place.village):
        with pytest.raises(Denied):
            actions.give_grant(people.citizen(), terms("moderator", unit), by=by)
    assert actions.give_grant(people.citizen(), terms("moderator", place.roads), by=by).pk


def test_nobody_changes_the_grant_their_own_power_comes_from() -> None:
    place = scenes.regency()
    people.staff("administrator", place.root)
    by = people.staff("administrator", place.root)
    mine = by.grants.get()
    for act in (
        lambda: actions.end_grant(mine, by=by, reason=WHY),
        lambda: actions.change_grant_end(mine, NOW + DAY, by=by, reason=WHY),
        lambda: actions.give_grant(by, terms("moderator", place.works), by=by),
        lambda: actions.ask_grant(by, terms("administrator", place.root), by=by),
    ):
        with pytest.raises(Denied):
            act()
    mine.refresh_from_db()
    assert mine.ends_at is None


@pytest.mark.parametrize("has_a_temporary_one", [False, True])
def test_the_last_administrator_stays(has_a_temporary_one: bool) -> None:
    place = scenes.regency()
    last, by = people.staff("administrator", place.root), splitter(place.root)
    if has_a_temporary_one:
        people.grant(people.citizen(), "administrator", place.root, ends_at=NOW + DAY)
    grant = last.grants.get()
    for act in (
        lambda: actions.end_grant(grant, by=by, reason=WHY),
        lambda: actions.change_grant_end(grant, NOW + DAY, by=by, reason=WHY),
        lambda: suspend_person(last, by=by, reason=WHY),
        lambda: delete_account(last, by=SYSTEM),
    ):
        with pytest.raises(Denied):
            act()
    last.refresh_from_db()
    grant.refresh_from_db()
    assert (last.is_active, last.deleted_at, grant.ends_at) == (True, None, None)


def test_an_administrator_takes_two_people() -> None:
    place = scenes.regency()
    ani, beni = (people.staff("administrator", place.root) for _ in range(2))
    person = people.citizen()
    with pytest.raises(Denied):
        actions.give_grant(person, terms("administrator", place.root), by=ani)
    request = actions.ask_grant(person, terms("administrator", place.root), by=ani)
    with pytest.raises(Denied):
        actions.approve_request(request, by=ani)
    assert not rights.is_staff(person)
    actions.approve_request(request, by=beni)
    assert rights.can_everywhere(Person.objects.get(pk=person.pk), izin.SETTING_CHANGE)


def test_a_change_and_its_entry_stand_or_fall_together(monkeypatch: pytest.MonkeyPatch) -> None:
    place, person = scenes.regency(), people.citizen()
    admin = people.staff("administrator", place.root)
    held = people.staff("moderator", place.works).grants.get()

    def overtaken() -> None:
        with transaction.atomic():
            actions.give_grant(person, terms("moderator", place.works), by=admin)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        overtaken()
    assert not person.grants.exists()
    assert not AuditEntry.objects.filter(verb="grant.given").exists()

    def broken(*args: object, **kwargs: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("rembuk.audit.actions.record", broken)
    monkeypatch.setattr("rembuk.audit.actions.record_many", broken)
    for act in (
        lambda: actions.give_grant(person, terms("moderator", place.works), by=admin),
        lambda: actions.give_many([person], terms("moderator", place.works), by=admin),
        lambda: actions.end_grant(held, by=admin, reason=WHY),
        lambda: actions.end_grants([held.pk], by=admin, reason=WHY),
        lambda: actions.change_grant_end(held, NOW + DAY, by=admin, reason=WHY),
    ):
        with pytest.raises(RuntimeError):
            act()
    held.refresh_from_db()
    assert (held.ends_at, person.grants.exists()) == (None, False)


def test_a_change_holds_on_the_next_request() -> None:
    place = scenes.regency()
    admin, person = people.staff("administrator", place.root), people.citizen()
    client = Client()
    client.force_login(person)
    assert client.get("/kelola/moderasi/").status_code == 403
    grant = actions.give_grant(person, terms("moderator", place.works), by=admin)
    assert client.get("/kelola/moderasi/").status_code == 200
    actions.end_grant(grant, by=admin, reason=WHY)
    assert client.get("/kelola/moderasi/").status_code == 403


def test_a_grant_expires_by_the_clock() -> None:
    place, person = scenes.regency(), people.citizen()
    admin = people.staff("administrator", place.root)
    actions.give_grant(person, terms("moderator", place.works, ends_at=NOW + DAY), by=admin)
    found = [bool(rights.holdings(Person.objects.get(pk=person.pk)))]
    with time_machine.travel(NOW + DAY, tick=False):
        found.append(bool(rights.holdings(Person.objects.get(pk=person.pk))))
    assert found == [True, False]
    assert Grant.objects.filter(person=person).count() == 1
