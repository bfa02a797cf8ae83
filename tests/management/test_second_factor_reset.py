"""Who may take a lost second factor away from whom, and what it leaves behind."""

import pytest

from rembuk.accounts.second_factor.selectors import has_second_factor
from rembuk.audit.models import AuditEntry
from rembuk.common.errors import Denied, Invalid, WrongState
from rembuk.management.actions.second_factor import reset_second_factor
from rembuk.management.people.second_factor import may_reset_second_factor
from tests import people, scenes
from tests.accounts import factor, post

pytestmark = pytest.mark.django_db
WHY = "Ponsel hilang; dihubungi di nomor kantor."

# Who asks, of whom (role, unit), and whether it is allowed.
TABLE = [
    ("administrator", "root", "moderator", "root", True),
    ("administrator", "root", "assessor", "works", True),
    ("administrator", "root", None, None, True),
    ("unit-admin", "works", "assessor", "works", True),
    ("unit-admin", "works", "assessor", "health", False),
    ("unit-admin", "works", "administrator", "root", False),
    ("unit-admin", "works", None, None, False),
    ("moderator", "root", "assessor", "works", False),
    ("auditor", "root", "assessor", "works", False),
]


@pytest.mark.parametrize(("asks", "at", "role", "unit", "is_allowed"), TABLE)
def test_table(asks: str, at: str, role: str | None, unit: str | None, is_allowed: bool) -> None:
    place = scenes.regency()
    people.staff("administrator", place.root)
    by = people.staff(asks, getattr(place, at))
    person = people.citizen() if role is None else people.staff(role, getattr(place, str(unit)))
    factor.enrolled(person)
    assert may_reset_second_factor(by, person).ok is is_allowed
    if is_allowed:
        reset_second_factor(person, by=by, reason=WHY)
    else:
        with pytest.raises(Denied):
            reset_second_factor(person, by=by, reason=WHY)
    assert has_second_factor(person) is not is_allowed


def test_nobody_resets_their_own() -> None:
    by = people.staff("administrator", scenes.regency().root)
    factor.enrolled(by)
    with pytest.raises(Denied):
        reset_second_factor(by, by=by, reason=WHY)
    assert has_second_factor(by)


def test_last_administrator_is_helped_by_a_manager_of_the_whole_instansi_only() -> None:
    place = scenes.regency()
    last = people.staff("administrator", place.root)
    people.grant(last, "assessor", place.works)
    manager = people.staff("moderator", place.root)
    role = manager.grants.get().role
    role.permissions = ["person.manage"]
    role.save()
    factor.enrolled(last)
    assert not may_reset_second_factor(people.staff("unit-admin", place.works), last).ok
    assert may_reset_second_factor(manager, last).ok


def test_reset_is_recorded_with_its_reason_and_told_by_letter() -> None:
    place = scenes.regency()
    by, person = people.staff("administrator", place.root), people.staff("moderator", place.root)
    factor.enrolled(person)
    assert reset_second_factor(person, by=by, reason=f" {WHY} ") == 0
    entry = AuditEntry.objects.get(verb="person.second_factor_reset")
    assert (entry.actor_person_id, entry.target_key, entry.reason) == (by.pk, str(person.pk), WHY)
    assert post.waiting()[-1] == ("second_factor_reset", person.email)


def test_reset_without_a_reason_or_a_factor_is_refused() -> None:
    place = scenes.regency()
    by, person = people.staff("administrator", place.root), people.staff("moderator", place.root)
    with pytest.raises(WrongState):
        reset_second_factor(person, by=by, reason=WHY)
    factor.enrolled(person)
    with pytest.raises(Invalid) as refusal:
        reset_second_factor(person, by=by, reason="  ")
    assert list(refusal.value.fields) == ["reason"]
    assert has_second_factor(person)
