"""The guard rails of roles, each with a test that bears its name: what nobody can do, whatever rights they hold."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from rembuk.access import permissions as izin
from rembuk.access import rights
from rembuk.access.models import GrantRequest, Role
from rembuk.accounts.models import Person
from rembuk.audit.models import AuditEntry
from rembuk.common.errors import Denied, WrongState
from rembuk.management.roles import actions, rules
from rembuk.management.roles.states import RoleState
from rembuk.workunits.models import WorkUnit
from tests import people, scenes
from tests.management.roles import WHY, having, lacking, made, now

pytestmark = pytest.mark.django_db
NOW = datetime.now(UTC)
DAY = timedelta(days=1)
WANTED = RoleState(name="Pelapor", name_en="Reporter", permissions=("program.report",))


def keeper(unit: WorkUnit, *keys: str) -> Person:
    """Somebody who manages roles and holds these permissions by a role of their own."""
    person = people.citizen("Wati")
    made("penjaga", "role.manage", *keys)
    people.grant(person, "penjaga", unit)
    return person


def change(by: Person, role: Role, wanted: RoleState) -> None:
    """Turn the role into what is wanted, as it stands now."""
    actions.change_role(role, wanted, seen=now(role.slug), reason=WHY, by=by)


def refused(by: Person, role: Role, wanted: RoleState) -> str:
    """The sentence with which the change is refused; nothing is changed and nothing written."""
    before = now(role.slug)
    with pytest.raises(Denied) as refusal:
        change(by, role, wanted)
    assert now(role.slug) == before
    assert not AuditEntry.objects.filter(verb__startswith="role.").exists()
    return str(refusal.value)


def test_only_who_manages_roles_in_the_whole_instansi_changes_them() -> None:
    place = scenes.regency()
    role = made()
    for by in (
        people.staff("administrator", place.works),
        people.staff("unit-admin", place.root),
        people.staff("auditor", place.root),
        people.citizen(),
    ):
        assert not rules.may_manage_roles(by).ok
        with pytest.raises(Denied):
            actions.create_role(WANTED, reason=WHY, by=by)
        with pytest.raises(Denied):
            change(by, role, having(now("pelapor"), "program.read"))
        with pytest.raises(Denied):
            actions.delete_role(role, reason=WHY, by=by)
    assert now("pelapor").permissions == ("desk.enter", "program.report")


def test_nobody_adds_an_izin_they_lack_in_the_whole_instansi() -> None:
    place = scenes.regency()
    by, role = keeper(place.root, "program.read"), made()
    sentence = refused(by, role, having(now("pelapor"), "program.publish", "program.read"))
    assert str(izin.PROGRAM_PUBLISH.label) in sentence
    assert str(izin.PROGRAM_READ.label) not in sentence
    people.grant(by, "program-manager", place.works)
    by = Person.objects.get(pk=by.pk)
    assert rights.can(by, izin.PROGRAM_PUBLISH)
    refused(by, role, having(now("pelapor"), "program.publish"))
    change(by, role, having(now("pelapor"), "program.read"))
    assert "program.read" in now("pelapor").permissions


def test_nobody_takes_out_an_izin_they_lack() -> None:
    place = scenes.regency()
    by, role = keeper(place.root, "program.report"), made()
    refused(by, role, lacking(now("pelapor"), "desk.enter"))
    change(by, role, lacking(now("pelapor"), "program.report"))
    assert now("pelapor").permissions == ("desk.enter",)


def test_nobody_makes_retires_restores_or_deletes_a_role_with_an_izin_they_lack() -> None:
    place = scenes.regency()
    by, role = keeper(place.root, "program.report"), made()
    with pytest.raises(Denied):
        actions.create_role(having(WANTED, "audit.read"), reason=WHY, by=by)
    with pytest.raises(Denied):
        actions.retire_role(role, seen=now("pelapor"), reason=WHY, by=by)
    with pytest.raises(Denied):
        actions.delete_role(role, reason=WHY, by=by)
    Role.objects.filter(slug="pelapor").update(is_active=False)
    with pytest.raises(Denied):
        actions.restore_role(role, seen=now("pelapor"), reason=WHY, by=by)
    assert actions.create_role(replace(WANTED, name="Pelapor Baru"), reason=WHY, by=by).slug == "pelapor-baru"


def test_a_role_with_an_izin_one_lacks_can_still_be_renamed() -> None:
    place = scenes.regency()
    by, role = keeper(place.root), made()
    change(by, role, replace(now("pelapor"), name="Juru Lapor"))
    assert now("pelapor").name == "Juru Lapor"


@pytest.mark.parametrize(("starts", "ends"), [(-5, None), (-5, 5), (5, None)])
def test_nobody_changes_a_role_they_hold_or_will_hold(starts: int, ends: int | None) -> None:
    place, role = scenes.regency(), made()
    by = people.staff("administrator", place.root)
    until = None if ends is None else NOW + ends * DAY
    people.grant(by, "pelapor", place.works, starts_at=NOW + starts * DAY, ends_at=until)
    seen = now("pelapor")
    refused(by, role, having(seen, "audit.read"))
    refused(by, role, replace(seen, name="Lain"))
    for act in (actions.retire_role, actions.restore_role):
        with pytest.raises(Denied):
            act(role, seen=seen, reason=WHY, by=by)
    with pytest.raises(Denied):
        actions.delete_role(role, reason=WHY, by=by)
    moderator = Role.objects.get(slug="moderator")
    people.grant(by, "moderator", place.works)
    with pytest.raises(Denied):
        actions.reset_role(moderator, seen=now("moderator"), reason=WHY, by=by)


def test_a_role_one_held_until_yesterday_can_be_changed() -> None:
    place, role = scenes.regency(), made()
    by = people.staff("administrator", place.root)
    people.grant(by, "pelapor", place.works, ends_at=NOW - DAY)
    change(by, role, having(now("pelapor"), "program.read"))
    assert "program.read" in now("pelapor").permissions


def test_a_role_in_use_or_once_used_cannot_be_deleted() -> None:
    place, role = scenes.regency(), made()
    by = people.staff("administrator", place.root)
    grant = people.grant(people.citizen(), "pelapor", place.works, ends_at=NOW - DAY)
    with pytest.raises(WrongState):
        actions.delete_role(role, reason=WHY, by=by)
    grant.delete()
    GrantRequest.objects.create(
        person=people.citizen(), role=role, unit=place.works, reason=WHY, asked_by=by, asked_at=NOW
    )
    with pytest.raises(WrongState):
        actions.delete_role(role, reason=WHY, by=by)
    GrantRequest.objects.all().delete()
    actions.delete_role(role, reason=WHY, by=by)
    assert not Role.objects.filter(slug="pelapor").exists()


def test_a_role_of_every_site_cannot_be_deleted() -> None:
    by = people.staff("administrator", scenes.regency().root)
    with pytest.raises(WrongState):
        actions.delete_role(Role.objects.get(slug="assessor"), reason=WHY, by=by)


def _two_chiefs(place: scenes.Regency) -> tuple[Person, Role]:
    """The last administrator by the seeded role, and somebody with all rights by two roles that don't administer."""
    people.staff("administrator", place.root)
    keys = Role.objects.get(slug="administrator").permissions
    chief = people.citizen("Wati")
    for slug, part in (("a", [k for k in keys if k != "setting.change"]), ("b", ["setting.change"])):
        made(slug, *part)
        people.grant(chief, slug, place.root)
    return chief, Role.objects.get(slug="administrator")


@pytest.mark.parametrize("key", ["grant.manage", "setting.change"])
def test_a_change_that_leaves_no_administrator_is_refused(key: str) -> None:
    place = scenes.regency()
    chief, role = _two_chiefs(place)
    refused(chief, role, lacking(now("administrator"), key))
    with pytest.raises(Denied):
        actions.retire_role(role, seen=now("administrator"), reason=WHY, by=chief)
    change(chief, role, lacking(now("administrator"), "audit.export"))
    assert "audit.export" not in now("administrator").permissions


def test_a_change_that_leaves_only_an_administrator_whose_time_ends_is_refused() -> None:
    place = scenes.regency()
    chief, role = _two_chiefs(place)
    made("wakil", *role.permissions)
    grant = people.grant(people.citizen(), "wakil", place.root, ends_at=NOW + 30 * DAY)
    refused(chief, role, lacking(now("administrator"), "setting.change"))
    grant.ends_at = None
    grant.save()
    change(chief, role, lacking(now("administrator"), "setting.change"))
    assert "setting.change" not in now("administrator").permissions


def test_a_change_that_makes_administrators_of_grants_at_the_instansi_is_refused() -> None:
    place = scenes.regency()
    by = people.staff("administrator", place.root)
    role = made("koordinator", "grant.manage")
    people.grant(people.citizen(), "koordinator", place.works)
    change(by, role, having(now("koordinator"), "audit.read"))
    change(by, role, having(now("koordinator"), "setting.change"))
    change(by, role, lacking(now("koordinator"), "setting.change"))
    for starts in (-5, 5):
        grant = people.grant(people.citizen(), "koordinator", place.root, starts_at=NOW + starts * DAY)
        with pytest.raises(Denied):
            change(by, role, having(now("koordinator"), "setting.change"))
        grant.delete()
    assert "setting.change" not in now("koordinator").permissions


def test_a_change_that_makes_an_administrator_together_with_another_role_is_refused() -> None:
    place, holder = scenes.regency(), people.citizen()
    by = people.staff("administrator", place.root)
    role = made("koordinator", "desk.enter")
    made("penyetel", "setting.change")
    for slug in ("koordinator", "penyetel"):
        people.grant(holder, slug, place.root)
    with pytest.raises(Denied) as refusal:
        change(by, role, having(now("koordinator"), "grant.manage"))
    assert "1" in str(refusal.value)
    change(by, role, having(now("koordinator"), "audit.read"))
    assert "audit.read" in now("koordinator").permissions


def test_a_restored_role_that_would_make_administrators_is_refused() -> None:
    place = scenes.regency()
    by = people.staff("administrator", place.root)
    role = made("wakil", "grant.manage", "setting.change", is_active=False)
    for _number in range(2):
        people.grant(people.citizen(), "wakil", place.root)
    with pytest.raises(Denied) as refusal:
        actions.restore_role(role, seen=now("wakil"), reason=WHY, by=by)
    assert "2" in str(refusal.value)
    role.grants.update(ends_at=NOW - DAY)
    actions.restore_role(role, seen=now("wakil"), reason=WHY, by=by)
    assert now("wakil").is_active


def test_a_retired_role_gives_nothing() -> None:
    place = scenes.regency()
    by, moderator = people.staff("administrator", place.root), people.staff("moderator", place.works)
    assert rights.can(moderator, izin.PROPOSAL_MODERATE, place.works)
    role = Role.objects.get(slug="moderator")
    actions.retire_role(role, seen=now("moderator"), reason=WHY, by=by)
    assert not rights.is_staff(Person.objects.get(pk=moderator.pk))
    actions.restore_role(role, seen=now("moderator"), reason=WHY, by=by)
    assert rights.can(Person.objects.get(pk=moderator.pk), izin.PROPOSAL_MODERATE, place.works)
