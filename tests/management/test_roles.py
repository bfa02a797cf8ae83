"""Making and changing roles: what the row and the trail say afterwards, and what holders can do at once."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from rembuk.access.models import Role
from rembuk.access.permissions import ALL
from rembuk.access.seeds import SEEDS
from rembuk.audit.models import AuditEntry
from rembuk.common.errors import Invalid, NotVisible, WrongState
from rembuk.management.roles import actions, doors, selectors
from rembuk.management.roles.effects import MOST_SHOWN, effects
from rembuk.management.roles.errors import RoleChanged
from rembuk.management.roles.states import RoleState, in_order, seeded, state_of
from tests import people, scenes
from tests.management.roles import WHY, having, lacking, made, now

pytestmark = pytest.mark.django_db
NOW = datetime.now(UTC)
DAY = timedelta(days=1)
WANTED = RoleState(
    name="Juru Lapor",
    name_en="Reporter",
    description="Melaporkan jalannya program.",
    permissions=("program.report", "desk.enter"),
)


def entry(verb: str) -> AuditEntry:
    """The one entry of this deed."""
    return AuditEntry.objects.get(verb=verb)


def test_create_makes_the_last_role_of_the_list_and_writes_its_izin_and_why() -> None:
    by = people.staff("administrator", scenes.regency().root)
    role = actions.create_role(WANTED, reason=f"  {WHY} ", by=by)
    assert state_of(Role.objects.get(slug="juru-lapor")) == WANTED
    assert selectors.roles().last() == role
    written = entry("role.created")
    assert (written.target_kind, written.target_key, written.reason) == ("role", "juru-lapor", WHY)
    assert written.after["permissions"] == ["desk.enter", "program.report"]
    assert "source" not in written.after


def test_create_as_a_copy_says_of_which_role() -> None:
    by = people.staff("administrator", scenes.regency().root)
    moderator = Role.objects.get(slug="moderator")
    wanted = replace(state_of(moderator), name="Moderator Desa", name_en="Village moderator")
    role = actions.create_role(wanted, reason=WHY, by=by, copied=moderator)
    assert (role.slug, set(role.permissions)) == ("moderator-desa", set(moderator.permissions))
    assert entry("role.created").after["source"] == "moderator"


@pytest.mark.parametrize(
    ("name", "slug"),
    [("Baru", "baru-2"), ("Matriks", "matriks-2"), ("Moderator!", "moderator-2"), ("…", "peran")],
)
def test_create_finds_an_address_that_is_free(name: str, slug: str) -> None:
    by = people.staff("administrator", scenes.regency().root)
    assert actions.create_role(replace(WANTED, name=name), reason=WHY, by=by).slug == slug


@pytest.mark.parametrize(
    ("changes", "reason", "field"),
    [
        ({"name": "  "}, WHY, "name"),
        ({"name_en": ""}, WHY, "name"),
        ({"name": "MODERATOR"}, WHY, "name"),
        ({"name_en": "assessor"}, WHY, "name"),
        ({"permissions": ("program.fly",)}, WHY, "permissions"),
        ({}, "  ", "reason"),
    ],
)
def test_create_with_bad_input_is_refused_at_its_field(changes: dict, reason: str, field: str) -> None:
    by = people.staff("administrator", scenes.regency().root)
    with pytest.raises(Invalid) as refusal:
        actions.create_role(replace(WANTED, **changes), reason=reason, by=by)
    assert list(refusal.value.fields) == [field]
    assert not Role.objects.filter(name_en="Reporter").exists()


def test_change_writes_the_izin_before_and_after_and_only_the_words_that_changed() -> None:
    by = people.staff("administrator", scenes.regency().root)
    role, seen = made(), now("pelapor")
    wanted = replace(having(lacking(seen, "desk.enter"), "program.read"), name="Juru Lapor")
    actions.change_role(role, wanted, seen=seen, reason=WHY, by=by)
    assert now("pelapor") == wanted
    written = entry("role.changed")
    assert written.before == {"name": "Pelapor", "permissions": ["desk.enter", "program.report"]}
    assert written.after == {"name": "Juru Lapor", "permissions": ["program.read", "program.report"]}
    assert (written.reason, written.actor_person_id) == (WHY, by.pk)


def test_change_keeps_a_key_that_the_closed_list_no_longer_has() -> None:
    by = people.staff("administrator", scenes.regency().root)
    role = made("lama", "desk.enter", "letter.fold")
    actions.change_role(role, having(now("lama"), "audit.read"), seen=now("lama"), reason=WHY, by=by)
    assert now("lama").permissions == ("audit.read", "desk.enter", "letter.fold")
    assert [one.key for one in in_order(now("lama").permissions)] == ["desk.enter", "audit.read"]


def test_change_of_what_somebody_changed_meanwhile_is_refused_with_how_it_stands() -> None:
    by = people.staff("administrator", scenes.regency().root)
    role, seen = made(), now("pelapor")
    Role.objects.filter(pk=role.pk).update(permissions=["desk.enter"])
    for act in (
        lambda: actions.change_role(role, having(seen, "audit.read"), seen=seen, reason=WHY, by=by),
        lambda: actions.retire_role(role, seen=seen, reason=WHY, by=by),
    ):
        with pytest.raises(RoleChanged) as refusal:
            act()
        assert (refusal.value.is_overtaken, refusal.value.now.permissions) == (True, ("desk.enter",))
    assert not AuditEntry.objects.filter(verb__startswith="role.").exists()


def test_several_change_under_one_mark_or_none_does() -> None:
    by = people.staff("administrator", scenes.regency().root)
    roles = [made("satu"), made("dua")]
    wishes = [(role, state_of(role), having(state_of(role), "audit.read")) for role in roles]
    with pytest.raises(Invalid):
        actions.change_roles([], reason=WHY, by=by)
    Role.objects.filter(slug="dua").update(name="Kedua")
    with pytest.raises(RoleChanged):
        actions.change_roles(wishes, reason=WHY, by=by)
    assert "audit.read" not in now("satu").permissions
    assert not AuditEntry.objects.filter(verb="role.changed").exists()
    wishes[1] = (roles[1], now("dua"), having(now("dua"), "audit.read"))
    assert actions.change_roles(wishes, reason=WHY, by=by) == 2
    entries = AuditEntry.objects.filter(verb="role.changed").order_by("pk")
    assert [one.target_key for one in entries] == ["satu", "dua"]
    assert {one.bulk for one in entries} == {entries[0].bulk}
    assert entries[0].bulk


def test_change_of_nothing_or_without_a_reason_is_refused() -> None:
    by = people.staff("administrator", scenes.regency().root)
    role, seen = made(), now("pelapor")
    with pytest.raises(Invalid):
        actions.change_role(role, seen, seen=seen, reason=WHY, by=by)
    with pytest.raises(Invalid) as refusal:
        actions.retire_role(role, seen=seen, reason=" ", by=by)
    assert list(refusal.value.fields) == ["reason"]


def test_change_or_delete_of_a_role_deleted_meanwhile_is_told() -> None:
    by = people.staff("administrator", scenes.regency().root)
    role, seen = made(), now("pelapor")
    actions.delete_role(role, reason=WHY, by=by)
    assert entry("role.deleted").before["permissions"] == ["desk.enter", "program.report"]
    gone = Role(pk=99_999, slug="pelapor")
    with pytest.raises(WrongState):
        actions.change_role(gone, having(seen, "audit.read"), seen=seen, reason=WHY, by=by)
    with pytest.raises(WrongState):
        actions.delete_role(gone, reason=WHY, by=by)
    with pytest.raises(NotVisible):
        doors.role("pelapor")


def test_retire_and_restore_write_what_holders_lose_and_get_back() -> None:
    by = people.staff("administrator", scenes.regency().root)
    role = made()
    actions.retire_role(role, seen=now("pelapor"), reason=WHY, by=by)
    assert not now("pelapor").is_active
    written = entry("role.retired")
    assert written.before == {"is_active": True, "permissions": ["desk.enter", "program.report"]}
    assert written.after == {"is_active": False, "permissions": []}
    actions.restore_role(role, seen=now("pelapor"), reason=WHY, by=by)
    assert now("pelapor").is_active
    assert entry("role.restored").after["permissions"] == ["desk.enter", "program.report"]


@pytest.mark.parametrize("is_active", [True, False])
def test_reset_gives_a_seeded_role_its_words_and_izin_back_and_leaves_it_in_or_out_of_use(
    is_active: bool,
) -> None:
    by = people.staff("administrator", scenes.regency().root)
    Role.objects.filter(slug="moderator").update(
        name="Pemeriksa", permissions=["desk.enter", "audit.read"], is_active=is_active
    )
    role = Role.objects.get(slug="moderator")
    actions.reset_role(role, seen=now("moderator"), reason=WHY, by=by)
    fresh = Role.objects.get(slug="moderator")
    assert (fresh.name, set(fresh.permissions)) == ("Moderator", set(SEEDS["moderator"].permissions))
    assert fresh.is_active is is_active
    assert state_of(fresh) == seeded(fresh)
    assert entry("role.reset").reason == WHY


def test_reset_of_a_role_made_here_is_refused() -> None:
    by = people.staff("administrator", scenes.regency().root)
    with pytest.raises(WrongState):
        actions.reset_role(made(), seen=now("pelapor"), reason=WHY, by=by)


def test_change_holds_from_the_next_request_of_somebody_signed_in() -> None:
    place = scenes.regency()
    by = people.staff("administrator", place.root)
    client = Client()
    client.force_login(people.staff("moderator", place.works))
    assert client.get("/kelola/usulan/").status_code == 200
    assert client.get("/kelola/jejak-audit/").status_code == 403
    role = Role.objects.get(slug="moderator")
    wanted = having(lacking(now("moderator"), "proposal.read"), "audit.read")
    actions.change_role(role, wanted, seen=now("moderator"), reason=WHY, by=by)
    assert client.get("/kelola/usulan/").status_code == 403
    assert client.get("/kelola/jejak-audit/").status_code == 200
    actions.retire_role(role, seen=now("moderator"), reason=WHY, by=by)
    assert client.get("/kelola/").status_code == 403


def test_list_searches_words_and_counts_people_with_a_grant_in_force() -> None:
    place = scenes.regency()
    tono = people.staff("assessor", place.works)
    people.grant(tono, "assessor", place.roads)
    people.grant(people.citizen(), "assessor", place.health, starts_at=NOW + DAY)
    people.grant(people.citizen(), "assessor", place.health, ends_at=NOW - DAY)
    people.grant(people.citizen(is_active=False), "assessor", place.health)
    people.staff("assessor", place.village)
    place.village.is_active = False
    place.village.save()
    made("lama", is_active=False)
    counts = {role.slug: role.holders for role in selectors.with_holders(selectors.roles())}
    assert (counts["assessor"], counts["moderator"]) == (1, 0)
    assert "lama" not in counts
    assert [role.slug for role in selectors.roles("telaah usulan")] == ["assessor"]
    assert [role.slug for role in selectors.roles("officially nothing")] == []
    assert [role.slug for role in selectors.roles("", selectors.RETIRED)] == ["lama"]
    assert selectors.roles("", selectors.EVERY).count() == len(SEEDS) + 1


def test_effects_count_exactly_and_tell_what_each_person_keeps_by_other_roles() -> None:
    place = scenes.regency()
    role, seen = made(), now("pelapor")
    ani, beni, cici = (people.citizen(name) for name in ("Ani", "Beni", "Cici"))
    people.grant(ani, "pelapor", place.works)
    people.grant(ani, "program-manager", place.root)
    people.grant(beni, "pelapor", place.roads)
    people.grant(beni, "program-manager", place.health)
    people.grant(cici, "pelapor", place.health, starts_at=NOW + DAY)
    people.grant(cici, "pelapor", place.roads)
    people.grant(people.citizen(), "pelapor", place.health, ends_at=NOW - DAY)
    found = effects(role, seen, having(lacking(seen, "program.report"), "program.edit", "audit.read"))
    assert (found.people, found.units, found.grants) == (3, 3, 4)
    assert (found.gained, found.lost) == ({"program.edit", "audit.read"}, {"program.report"})
    told = {(one.grant.person.name, one.grant.unit): (set(one.kept), set(one.had)) for one in found.first}
    assert told[("Ani", place.works)] == ({"program.report"}, {"program.edit"})
    assert told[("Beni", place.roads)] == told[("Cici", place.health)] == (set(), set())


@pytest.mark.parametrize("more", [1, MOST_SHOWN + 3])
def test_effects_ask_three_questions_however_many_hold_the_role(
    more: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    place = scenes.regency()
    role = made()
    for _number in range(more):
        people.grant(people.citizen(), "pelapor", place.works)
    with django_assert_num_queries(3):
        found = effects(role, state_of(role), lacking(state_of(role), "program.report"))
    assert (found.people, len(found.first)) == (more, min(more, MOST_SHOWN))


def test_roles_giving_a_permission_are_those_in_use() -> None:
    made("lama", "log.read", is_active=False)
    found = selectors.roles_giving(ALL["log.read"])
    assert [role.slug for role in found] == ["administrator", "auditor"]
    assert doors.role("lama").label
