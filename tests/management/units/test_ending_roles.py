"""Roles in a unit that is retired: nobody ends or gives on by it what they may not end or give otherwise."""

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connections

from rembuk.access import permissions as izin
from rembuk.access import rights
from rembuk.access.models import Grant, Role
from rembuk.accounts.models import Person
from rembuk.audit.models import AuditEntry
from rembuk.common.errors import Invalid, Verdict
from rembuk.management import rules
from rembuk.management.actions import grants, units
from rembuk.management.actions.erasure import delete_account
from rembuk.management.actions.units.sheet import import_units
from rembuk.management.facts import GrantFacts, Succession
from rembuk.management.units.records import Record
from rembuk.workunits.models import WorkUnit
from tests import people, scenes

WHY = "Perda susunan perangkat daerah"
NOW = datetime.now(UTC)


def role(slug: str, *keys: str) -> Role:
    """A role of the site's own."""
    return Role.objects.create(slug=slug, name=slug.title(), name_en=slug.title(), permissions=list(keys))


def organiser(place: scenes.Regency) -> Person:
    """Somebody who manages the units of the whole instansi, and nothing else."""
    person = people.citizen("Rina Organisasi")
    keys = role("penata", "desk.enter", "unit.manage")
    Grant.objects.create(person=person, role=keys, unit=place.root, starts_at=people.LONG_AGO)
    return person


def retire(place: scenes.Regency, *given_on: Grant, by: Person, into: WorkUnit | None = None) -> None:
    """Retire the works agency; these grants go on in the successor."""
    keys = frozenset(grant.pk for grant in given_on)
    way = Succession(successor=into or place.health, takes_children=True, give_on=keys)
    units.retire_unit(place.works, way, by=by, reason=WHY)


def is_administrator(person: Person) -> bool:
    """Whether the person now administers the instansi."""
    again = Person.objects.get(pk=person.pk)
    return all(rights.can_everywhere(again, one) for one in (izin.GRANT_MANAGE, izin.SETTING_CHANGE))


@pytest.mark.django_db
@pytest.mark.parametrize("has_one_already", [False, True])
def test_no_roles_given_on_in_the_instansi_make_an_administrator(has_one_already: bool) -> None:
    place = scenes.regency()
    admin, puppet = people.staff("administrator", place.root), people.citizen("Boneka")
    halves = [role("a", "grant.manage"), role("b", "setting.change")]
    places = [place.root if has_one_already else place.works, place.works]
    given = [
        grants.give_grant(puppet, GrantFacts(role=one, unit=unit, reason=WHY), by=admin)
        for one, unit in zip(halves, places, strict=True)
    ]
    chosen = [grant for grant in given if grant.unit == place.works]
    for some in (chosen, chosen[:1]):
        with pytest.raises(Invalid) as refusal:
            retire(place, *some, by=admin, into=place.root)
        assert "Boneka (A)" in str(refusal.value.fields["give_on"]) or has_one_already
        assert not is_administrator(puppet)
    assert WorkUnit.objects.get(pk=place.works.pk).is_active


@pytest.mark.django_db
def test_other_roles_go_on_in_the_instansi() -> None:
    place = scenes.regency()
    person = people.staff("moderator", place.works)
    retire(place, person.grants.get(), by=people.staff("administrator", place.root), into=place.root)
    assert rights.can_everywhere(Person.objects.get(pk=person.pk), izin.PROPOSAL_MODERATE)


@pytest.mark.django_db
@pytest.mark.parametrize("way", ["one", "several", "sheet"])
def test_roles_that_one_may_not_end_keep_their_unit_in_use(way: str) -> None:
    place = scenes.regency()
    by = organiser(place)
    boss = people.staff("unit-admin", place.roads, "Wahyu Prasetyo")
    ways: dict[str, Callable[[], object]] = {
        "one": lambda: units.retire_unit(place.roads, by=by, reason=WHY),
        "several": lambda: units.retire_units([place.roads], None, by=by, reason=WHY),
    }
    if way == "sheet":
        plan = import_units([Record(2, place.roads.code, is_active=False)], by=by, reason=WHY)
        said = " ".join(words for _row, words in plan.problems)
    else:
        with pytest.raises(Invalid) as refusal:
            ways[way]()
        said = str(refusal.value)
    assert f"Wahyu Prasetyo ({Role.objects.get(slug='unit-admin').label})" in said
    assert WorkUnit.objects.get(pk=place.roads.pk).is_active
    assert rights.is_staff(Person.objects.get(pk=boss.pk))
    assert not AuditEntry.objects.filter(verb="grant.ended").exists()


@pytest.mark.django_db
def test_a_unit_without_roles_is_retired_by_who_manages_units_only() -> None:
    place = scenes.regency()
    by = organiser(place)
    units.retire_unit(place.roads, by=by, reason=WHY)
    plan = import_units([Record(2, place.village.code, is_active=False)], by=by, reason=WHY)
    assert (plan.problems, WorkUnit.objects.filter(is_active=False).count()) == ([], 2)


@pytest.mark.django_db
def test_nobody_ends_their_own_role_and_many_names_are_cut_short() -> None:
    place = scenes.regency()
    admin = people.staff("administrator", place.root, "Sri Rahayu")
    own = people.grant(admin, "moderator", place.works)
    with pytest.raises(Invalid, match="Sri Rahayu"):
        retire(place, by=admin)
    own.delete()
    for number in range(7):
        people.staff("moderator", place.works, f"Petugas {number}")
    with pytest.raises(Invalid) as refusal:
        retire(place, by=organiser(place))
    assert (str(refusal.value).count("Petugas"), "…" in str(refusal.value)) == (5, True)


@pytest.mark.django_db
def test_a_role_given_on_begins_with_the_retirement_or_later() -> None:
    place = scenes.regency()
    admin, person = people.staff("administrator", place.root), people.staff("moderator", place.works)
    soon = NOW + timedelta(days=5)
    later = people.grant(
        people.citizen(), "moderator", place.works, starts_at=soon, ends_at=soon + timedelta(days=9)
    )
    before = datetime.now(UTC)
    retire(place, person.grants.get(), later, by=admin)
    made = Grant.objects.get(person=person, unit=place.health)
    assert made.starts_at >= before
    assert made.given_by == admin
    moved = Grant.objects.get(person=later.person)
    assert (moved.unit, moved.starts_at, moved.ends_at) == (place.health, soon, soon + timedelta(days=9))
    entry = AuditEntry.objects.get(verb="grant.given", target_key=str(person.pk))
    assert (entry.target_unit_id, entry.bulk) == (
        place.health.pk,
        AuditEntry.objects.get(verb="unit.retired").bulk,
    )


@pytest.mark.django_db
def test_suspended_people_and_retired_roles_are_not_given_on() -> None:
    place = scenes.regency()
    admin = people.staff("administrator", place.root)
    person = people.staff("moderator", place.works, "Wahyu Prasetyo")
    held = person.grants.get()
    Person.objects.filter(pk=person.pk).update(is_active=False, suspended_at=NOW)
    with pytest.raises(Invalid) as refusal:
        retire(place, held, by=admin)
    assert "Wahyu Prasetyo (Moderator)" in str(refusal.value.fields["give_on"])
    Person.objects.filter(pk=person.pk).update(is_active=True, suspended_at=None)
    Role.objects.filter(slug="moderator").update(is_active=False)
    with pytest.raises(Invalid) as refusal:
        retire(place, held, by=admin)
    assert "Wahyu Prasetyo (Moderator)" in str(refusal.value.fields["give_on"])
    assert not Grant.objects.filter(unit=place.health).exists()
    retire(place, by=admin)
    assert not WorkUnit.objects.get(pk=place.works.pk).is_active


DAY = timedelta(days=1)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("there", "here", "outcome"),
    [
        ({}, {}, "kept"),
        ({}, {"ends_at": NOW + 9 * DAY}, "kept"),
        ({"ends_at": NOW + 9 * DAY}, {"ends_at": NOW + 9 * DAY}, "kept"),
        ({"ends_at": NOW + 9 * DAY}, {}, "refused"),
        ({"ends_at": NOW + 9 * DAY}, {"ends_at": NOW + 10 * DAY}, "refused"),
        ({"starts_at": NOW + 5 * DAY}, {}, "refused"),
        ({"starts_at": NOW + 5 * DAY}, {"ends_at": NOW + 5 * DAY}, "given"),
        ({"ends_at": NOW - DAY}, {}, "given"),
    ],
)
def test_a_role_held_in_the_successor_counts_for_its_days(
    there: dict[str, datetime], here: dict[str, datetime], outcome: str
) -> None:
    place = scenes.regency()
    admin, person = people.staff("administrator", place.root), people.citizen("Wahyu Prasetyo")
    chosen = people.grant(person, "moderator", place.works, **here)
    people.grant(person, "moderator", place.health, **there)
    if outcome == "refused":
        with pytest.raises(Invalid) as refusal:
            retire(place, chosen, by=admin)
        assert "Wahyu Prasetyo" in str(refusal.value.fields["give_on"])
        return
    retire(place, chosen, by=admin)
    assert Grant.objects.filter(unit=place.health).count() == (2 if outcome == "given" else 1)


def _run(act: Callable[[], object], done: list[object]) -> threading.Thread:
    def go() -> None:
        try:
            act()
            done.append("done")
        except Exception as fault:
            done.append(fault)
        finally:
            connections.close_all()

    thread = threading.Thread(target=go)
    thread.start()
    return thread


@pytest.mark.django_db(transaction=True)
def test_an_account_deleted_while_its_roles_are_given_on_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    place = scenes.regency()
    admin, person = people.staff("administrator", place.root), people.staff("moderator", place.roads)
    scenes.draft(place, person, target_unit=place.roads)
    real, reached = rules.may_give_grant, threading.Event()

    def slow(*args: Any) -> Verdict:
        if not reached.is_set():
            reached.set()
            time.sleep(1.5)
        return real(*args)

    monkeypatch.setattr(rules, "may_give_grant", slow)
    way = Succession(successor=place.health, give_on=frozenset({person.grants.get().pk}))
    by, done = Person.objects.get(pk=admin.pk), list[object]()
    first = _run(lambda: units.retire_unit(place.roads, way, by=by, reason=WHY), done)
    assert reached.wait(10)
    second = _run(lambda: delete_account(Person.objects.get(pk=person.pk), by=rights.acting(person)), done)
    first.join(30)
    second.join(30)
    assert done == ["done", "done"]
    assert Person.objects.get(pk=person.pk).deleted_at is not None
    assert not Grant.objects.filter(person=person).exclude(ends_at__lte=datetime.now(UTC)).exists()
