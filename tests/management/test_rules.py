"""Rules and their queryset twins agree: what a list shows is what a page opens."""

import pytest

from rembuk.access.models import Grant
from rembuk.accounts.models import Person
from rembuk.common.errors import NotVisible
from rembuk.management import doors, rules, selectors
from rembuk.workunits import tree
from rembuk.workunits.models import WorkUnit
from tests import people, scenes

pytestmark = pytest.mark.django_db
HOLDERS = [
    ("administrator", "root"),
    ("administrator", "works"),
    ("unit-admin", "works"),
    ("moderator", "root"),
]


@pytest.mark.parametrize(("role", "where"), HOLDERS)
def test_managed_units_are_those_the_rule_allows(role: str, where: str) -> None:
    place = scenes.regency()
    tree.plant(code="FLAT", name="Dinas Perikanan", kind="agency")
    by = people.staff(role, getattr(place, where))
    allowed = {unit.code for unit in WorkUnit.objects.all() if rules.may_manage_unit(by, unit).ok}
    assert {unit.code for unit in selectors.managed_units(by)} == allowed


@pytest.mark.parametrize(("role", "where"), HOLDERS)
def test_managed_people_are_those_the_rule_allows(role: str, where: str) -> None:
    place = scenes.regency()
    people.citizen()
    people.staff("moderator", place.roads)
    people.staff("moderator", place.health)
    by = people.staff(role, getattr(place, where))
    allowed = {person.pk for person in Person.objects.all() if rules.may_see_person(by, person).ok}
    assert {person.pk for person in selectors.managed_people(by)} == allowed


@pytest.mark.parametrize(
    ("role", "where", "seen"), [("administrator", "root", 2), ("unit-admin", "works", 1)]
)
def test_doors_hide_what_lies_outside(role: str, where: str, seen: int) -> None:
    place = scenes.regency()
    for unit in (place.roads, place.health):
        people.staff("moderator", unit)
    by = people.staff(role, getattr(place, where))
    found = 0
    for grant in Grant.objects.filter(role__slug="moderator").select_related("person"):
        try:
            assert doors.grant_for(grant.pk, by) == grant
            assert doors.person_for(grant.person.public_id, by) == grant.person
            found += 1
        except NotVisible:
            continue
    assert found == seen


def test_grantable_roles_are_those_whose_every_permission_is_held() -> None:
    place = scenes.regency()
    slugs = {
        role: {found.slug for found in selectors.grantable_roles(people.staff(role, place.works))}
        for role in ("unit-admin", "auditor")
    }
    assert slugs == {
        "unit-admin": {"unit-admin", "moderator", "program-manager", "consultation-manager", "assessor"},
        "auditor": {"auditor"},
    }
