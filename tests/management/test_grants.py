"""Grants: nobody gives more than they have, beyond their unit, or to themselves; the last administrator stays."""

from datetime import UTC, datetime, timedelta

import pytest

from rembuk.access import permissions as izin
from rembuk.access import rights
from rembuk.access.models import Grant, Role
from rembuk.accounts.models import Person
from rembuk.audit.models import AuditEntry
from rembuk.common.errors import Denied, Invalid, WrongState
from rembuk.management.actions.erasure import may_delete_account
from rembuk.management.actions.grants import end_grant, give_grant
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


def again(person: Person) -> Person:
    """The person as the next request reads her."""
    return Person.objects.get(pk=person.pk)


def test_give_makes_the_right_hold_below_and_writes_who_gave_it_and_why() -> None:
    place, person = scenes.regency(), people.citizen()
    admin = people.staff("administrator", place.root)
    grant = give_grant(person, terms("moderator", place.works), by=admin)
    assert rights.can(again(person), izin.PROPOSAL_MODERATE, place.roads)
    assert not rights.can(again(person), izin.PROPOSAL_MODERATE, place.health)
    entry = AuditEntry.objects.get(verb="grant.given")
    assert (grant.given_by, entry.target_key, entry.reason) == (admin, str(person.pk), WHY)
    assert (entry.after["role"], entry.after["unit"]) == ("moderator", place.works.code)


def test_give_with_dates_holds_only_in_them() -> None:
    place, person = scenes.regency(), people.citizen()
    admin = people.staff("administrator", place.root)
    dated = terms("moderator", place.works, starts_at=NOW + DAY, ends_at=NOW + 3 * DAY)
    give_grant(person, dated, by=admin)
    held = [bool(rights.holdings(again(person), NOW + days * DAY)) for days in (0, 2, 4)]
    assert held == [False, True, False]


@pytest.mark.parametrize(
    ("giver", "where", "role", "target", "may"),
    [
        ("administrator", "root", "administrator", "village", True),
        ("unit-admin", "works", "moderator", "works", True),
        ("unit-admin", "works", "assessor", "roads", True),
        ("unit-admin", "works", "moderator", "health", False),
        ("unit-admin", "works", "moderator", "root", False),
        ("unit-admin", "works", "administrator", "works", False),
        ("unit-admin", "works", "auditor", "works", False),
        ("moderator", "works", "moderator", "works", False),
        ("auditor", "root", "auditor", "root", False),
    ],
)
def test_give_goes_no_further_than_the_givers_own_rights(
    giver: str, where: str, role: str, target: str, may: bool
) -> None:
    place = scenes.regency()
    by = people.staff(giver, getattr(place, where))
    if may:
        assert give_grant(people.citizen(), terms(role, getattr(place, target)), by=by).pk
    else:
        with pytest.raises(Denied):
            give_grant(people.citizen(), terms(role, getattr(place, target)), by=by)


def test_give_to_oneself_is_denied() -> None:
    place = scenes.regency()
    admin = people.staff("administrator", place.root)
    with pytest.raises(Denied):
        give_grant(admin, terms("moderator", place.works), by=admin)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"ends_at": NOW - DAY}, "until"),
        ({"starts_at": NOW + 2 * DAY, "ends_at": NOW + DAY}, "until"),
        ({"reason": "  "}, "reason"),
    ],
)
def test_give_with_terms_that_do_not_fit_is_refused_at_the_field(
    changes: dict[str, object], field: str
) -> None:
    place = scenes.regency()
    with pytest.raises(Invalid) as refusal:
        give_grant(
            people.citizen(),
            terms("moderator", place.works, **changes),
            by=people.staff("administrator", place.root),
        )
    assert list(refusal.value.fields) == [field]
    assert not Grant.objects.filter(reason=WHY).exists()


def test_give_a_role_without_rights_or_in_a_retired_unit_is_refused() -> None:
    place = scenes.regency()
    admin = people.staff("administrator", place.root)
    with pytest.raises(Invalid):
        give_grant(people.citizen(), terms("member", place.works), by=admin)
    place.works.is_active = False
    with pytest.raises(Invalid):
        give_grant(people.citizen(), terms("moderator", place.works), by=admin)


def test_give_to_a_suspended_person_is_refused() -> None:
    place = scenes.regency()
    with pytest.raises(Invalid):
        give_grant(
            people.citizen(is_active=False),
            terms("moderator", place.works),
            by=people.staff("administrator", place.root),
        )


def test_give_the_same_role_twice_for_the_same_days_is_refused() -> None:
    place, person = scenes.regency(), people.citizen()
    admin = people.staff("administrator", place.root)
    give_grant(person, terms("moderator", place.works, ends_at=NOW + 5 * DAY), by=admin)
    with pytest.raises(Invalid):
        give_grant(person, terms("moderator", place.works, ends_at=NOW + 2 * DAY), by=admin)
    later = terms("moderator", place.works, starts_at=NOW + 6 * DAY, ends_at=NOW + 9 * DAY)
    assert give_grant(person, later, by=admin).pk


def test_end_takes_the_right_away_at_once_and_writes_why() -> None:
    place = scenes.regency()
    moderator = people.staff("moderator", place.works)
    grant = moderator.grants.get()
    end_grant(grant, by=people.staff("unit-admin", place.works), reason=WHY)
    assert not rights.is_staff(again(moderator))
    assert AuditEntry.objects.get(verb="grant.ended").reason == WHY


def test_end_of_a_grant_that_is_over_is_refused() -> None:
    place = scenes.regency()
    admin = people.staff("administrator", place.root)
    grant = people.staff("moderator", place.works).grants.get()
    end_grant(grant, by=admin, reason=WHY)
    with pytest.raises(WrongState):
        end_grant(grant, by=admin, reason=WHY)


def test_end_of_a_grant_still_to_come_takes_it_back() -> None:
    place, person = scenes.regency(), people.citizen()
    admin = people.staff("administrator", place.root)
    grant = give_grant(person, terms("moderator", place.works, starts_at=NOW + DAY), by=admin)
    end_grant(grant, by=admin, reason=WHY)
    assert not person.grants.exists()
    assert AuditEntry.objects.filter(verb="grant.ended").count() == 1
    with pytest.raises(WrongState):
        end_grant(grant, by=admin, reason=WHY)


def test_end_of_ones_own_or_of_a_higher_role_is_denied() -> None:
    place = scenes.regency()
    admin, unit_admin = people.staff("administrator", place.works), people.staff("unit-admin", place.works)
    for grant in (unit_admin.grants.get(), admin.grants.get()):
        with pytest.raises(Denied):
            end_grant(grant, by=unit_admin, reason=WHY)
    assert Grant.objects.filter(ends_at=None).count() == 2


def test_end_of_the_last_administrator_is_denied_until_there_is_another() -> None:
    place = scenes.regency()
    first = people.staff("administrator", place.root)
    helper = people.citizen("Tono")
    people.grant(helper, "administrator", place.works)
    people.grant(helper, "unit-admin", place.root)
    second = people.staff("administrator", place.root)
    end_grant(second.grants.get(), by=first, reason=WHY)
    with pytest.raises(Denied):
        end_grant(first.grants.get(), by=_all_rights_but_no_administrator(place.root), reason=WHY)
    assert not may_delete_account(again(first)).ok


def _all_rights_but_no_administrator(unit: WorkUnit) -> Person:
    """Somebody who may hand out the administrator's rights from below: the same permissions, split over two roles."""
    keys = Role.objects.get(slug="administrator").permissions
    person = people.citizen("Wati")
    for slug, part in (("a", [k for k in keys if k != "setting.change"]), ("b", ["setting.change"])):
        Role.objects.create(slug=slug, name=slug, name_en=slug, permissions=part)
        people.grant(person, slug, unit)
    return person
