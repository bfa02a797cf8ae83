"""An administrator takes two people, whatever the person has, had or will have beside the new role."""

from datetime import UTC, datetime, timedelta

import pytest

from rembuk.access import permissions as izin
from rembuk.access import rights
from rembuk.access.models import Grant, GrantRequest, Role
from rembuk.accounts.models import Person
from rembuk.common.errors import Denied
from rembuk.management.actions import grants as actions
from rembuk.management.facts import GrantFacts
from rembuk.management.roles.actions import change_role, restore_role
from rembuk.management.roles.states import RoleState
from rembuk.workunits.models import WorkUnit
from tests import people, scenes
from tests.management.roles import WHY, having, made, now

pytestmark = pytest.mark.django_db
NOW = datetime.now(UTC)
DAY = timedelta(days=1)


def terms(slug: str, unit: WorkUnit, **fields: datetime) -> GrantFacts:
    """A role in a unit, with a reason."""
    return GrantFacts(role=Role.objects.get(slug=slug), unit=unit, reason=WHY, **fields)


def administers(person: Person) -> bool:
    """Whether the person has the rights of an administrator now."""
    fresh = Person.objects.get(pk=person.pk)
    return all(rights.can_everywhere(fresh, one) for one in (izin.GRANT_MANAGE, izin.SETTING_CHANGE))


def change(by: Person, role: Role, wanted: RoleState) -> None:
    """Change the role as it is now."""
    change_role(role, wanted, seen=now(role.slug), reason=WHY, by=by)


def half_roles() -> None:
    """Two roles that administer only together."""
    made("penata", "grant.manage")
    made("penyetel", "setting.change")


def test_a_retired_role_does_not_hide_that_two_halves_make_an_administrator() -> None:
    place, person = scenes.regency(), people.citizen()
    by = people.staff("administrator", place.root)
    made("mati", "grant.manage", "setting.change", is_active=False)
    people.grant(person, "mati", place.root)
    half_roles()
    assert isinstance(actions.give_or_request(person, terms("penata", place.root), by=by), Grant)
    second = actions.give_or_request(person, terms("penyetel", place.root), by=by)
    assert isinstance(second, GrantRequest)
    assert not administers(person)
    with pytest.raises(Denied):
        actions.give_grant(person, terms("penyetel", place.root), by=by)


def test_an_administrator_until_tomorrow_is_not_made_a_lasting_one_by_one_person() -> None:
    place, person = scenes.regency(), people.citizen()
    by = people.staff("administrator", place.root)
    people.grant(person, "administrator", place.root, ends_at=NOW + DAY)
    half_roles()
    for slug in ("penata", "penyetel"):
        assert isinstance(actions.give_or_request(person, terms(slug, place.root), by=by), GrantRequest)
    assert person.grants.count() == 1
    assert isinstance(actions.give_or_request(person, terms("moderator", place.root), by=by), Grant)


def test_a_half_of_an_administrator_is_not_lengthened_by_one_person() -> None:
    place, person = scenes.regency(), people.citizen()
    by = people.staff("administrator", place.root)
    half_roles()
    people.grant(person, "penata", place.root)
    people.grant(person, "administrator", place.root, ends_at=NOW + DAY)
    short = people.grant(person, "penyetel", place.root, ends_at=NOW + 2 * DAY)
    with pytest.raises(Denied):
        actions.change_grant_end(short, None, by=by, reason=WHY)
    actions.change_grant_end(short, NOW + DAY, by=by, reason=WHY)


# What the holder of «koordinator» (until the tenth day) has beside it: from, until, and whether the change is refused.
BESIDE = [
    (-5, None, False),
    (-5, 10, False),
    (-5, 9, True),
    (1, None, True),
    (-5, 1, True),
]


@pytest.mark.parametrize(("since", "until", "is_refused"), BESIDE)
def test_only_who_administers_as_long_is_no_new_administrator(
    since: int, until: int | None, is_refused: bool
) -> None:
    place, person = scenes.regency(), people.citizen()
    by = people.staff("administrator", place.root)
    role = made("koordinator", "grant.manage")
    end = NOW + 10 * DAY
    people.grant(person, "koordinator", place.root, ends_at=end)
    ends_at = None if until is None else NOW + until * DAY
    people.grant(person, "administrator", place.root, starts_at=NOW + since * DAY, ends_at=ends_at)
    if is_refused:
        with pytest.raises(Denied) as refusal:
            change(by, role, having(now("koordinator"), "setting.change"))
        assert "1" in str(refusal.value)
    else:
        change(by, role, having(now("koordinator"), "setting.change"))
        assert "setting.change" in now("koordinator").permissions


def test_an_administrator_until_a_day_does_not_hide_a_lasting_grant_of_a_restored_role() -> None:
    place, person = scenes.regency(), people.citizen()
    by = people.staff("administrator", place.root)
    role = made("wakil", "grant.manage", "setting.change", is_active=False)
    people.grant(person, "wakil", place.root)
    brief = people.grant(person, "administrator", place.root, ends_at=NOW + DAY)
    with pytest.raises(Denied):
        restore_role(role, seen=now("wakil"), reason=WHY, by=by)
    Grant.objects.filter(pk=brief.pk).update(ends_at=None)
    restore_role(role, seen=now("wakil"), reason=WHY, by=by)


def test_a_grant_in_a_unit_outside_of_the_tree_hides_nothing() -> None:
    place, person = scenes.regency(), people.citizen()
    by = people.staff("administrator", place.root)
    flat = WorkUnit.objects.create(code="F1", name="Lepas", kind=WorkUnit.Kind.AGENCY, path="zz")
    people.grant(person, "administrator", flat)
    role = made("koordinator", "grant.manage")
    people.grant(person, "koordinator", place.root)
    with pytest.raises(Denied):
        change(by, role, having(now("koordinator"), "setting.change"))
