"""The matrix of roles and permissions: read, ticked, looked through, saved in one act."""

import re
from typing import Any

import pytest
from django.test import Client

from rembuk.access import permissions as izin
from rembuk.access.models import Role
from rembuk.access.permissions import ALL
from rembuk.access.seeds import SEEDS
from rembuk.audit.models import AuditEntry
from rembuk.web.management.roles.matrix import SIZE
from tests import people, scenes
from tests.management.roles import WHY, made, now
from tests.web.management.pages import K, refused, signed_in

pytestmark = pytest.mark.django_db
HERE = f"{K}hak-akses/peran/matriks/"
SAVE = {"langkah": "simpan", "reason": WHY}
BOX = re.compile(r'<input type="checkbox" name="izin-([^"]+)" value="([^"]+)"( checked)?( disabled)?>')


def token(answer: Any) -> dict[str, str]:
    """The hidden field that a page carries on."""
    found = re.search(r'name="dilihat" value="([^"]+)"', answer.content.decode())
    assert found is not None
    return {"dilihat": found[1]}


def boxes(answer: Any) -> dict[tuple[str, str], tuple[bool, bool]]:
    """Of each role and permission whether its box is ticked, and whether it can be moved."""
    return {(box[1], box[2]): (bool(box[3]), not box[4]) for box in BOX.finditer(answer.content.decode())}


def sent(opened: Any, **moved: dict[str, bool]) -> dict[str, Any]:
    """What a browser sends of the opened matrix after these boxes were moved: ticked ones that are not grey."""
    ticks = {key: is_ticked for key, (is_ticked, may) in boxes(opened).items() if may}
    for slug, changes in moved.items():
        ticks |= {(slug, key): is_ticked for key, is_ticked in changes.items()}
    fields: dict[str, Any] = token(opened)
    for (slug, key), is_ticked in ticks.items():
        if is_ticked:
            fields.setdefault(f"izin-{slug}", []).append(key)
    return fields


def moved(client: Client, **changes: dict[str, bool]) -> Any:
    """The page after boxes were moved and the button was pressed."""
    return client.post(HERE, sent(client.get(HERE), **changes))


def deeds() -> list[tuple[str, str]]:
    """What the trail tells of roles: the role and the deed."""
    rows = AuditEntry.objects.filter(verb__startswith="role.").order_by("pk")
    return list(rows.values_list("target_key", "verb"))


def test_who_only_gives_roles_reads_marks_for_every_permission_of_every_role_in_use() -> None:
    made("lama", is_active=False)
    answer = signed_in("unit-admin", scenes.regency()).get(HERE)
    tables = answer.context["tables"]
    roles = [column["label"] for column in tables[0]["columns"][1:]]
    rows = [row for table in tables for row in table["rows"]]
    assert (len(rows), set(roles)) == (len(ALL), {seed.name for seed in SEEDS.values()})
    audit = next(row for row in rows if str(izin.AUDIT_READ.label) in row[0])
    marks = dict(zip(roles, audit[1:], strict=True))
    assert ["ya" in marks[name] for name in ("Auditor", "Moderator", "Administrator")] == [True, False, True]
    assert (boxes(answer), "data-once" in answer.content.decode()) == ({}, False)
    assert f'href="{K}hak-akses/peran/auditor/"' in answer.content.decode()


def test_who_manages_roles_ticks_all_but_her_own_and_what_she_lacks() -> None:
    place = scenes.regency()
    made("penjaga", "desk.enter", "role.manage", "program.report")
    made("campur", "program.report", "audit.read")
    found = boxes(signed_in("penjaga", place).get(HERE))
    assert len(found) == len(ALL) * (len(SEEDS) + 2)
    assert found["campur", "program.report"] == (True, True)
    assert found["campur", "audit.read"] == (True, False)
    assert found["campur", "desk.enter"] == (False, True)
    assert found["penjaga", "desk.enter"] == (True, False)


def test_several_roles_are_shown_with_whom_each_affects_and_saved_in_one_act() -> None:
    place = scenes.regency()
    made("pelapor", "desk.enter", "program.report")
    made("penilai", "desk.enter")
    people.grant(people.citizen("Ani"), "pelapor", place.works)
    people.grant(people.citizen("Beni"), "penilai", place.roads)
    client = signed_in("administrator", place)
    shown = moved(client, pelapor={"program.report": False}, penilai={"audit.read": True, "desk.enter": True})
    parts = {part["role"].slug: part for part in shown.context["parts"]}
    assert (shown.status_code, deeds(), set(parts)) == (200, [], {"pelapor", "penilai"})
    assert [one.key for one in parts["pelapor"]["lost"]] == ["program.report"]
    assert [one.key for one in parts["penilai"]["gained"]] == ["audit.read"]
    assert [parts[slug]["table"]["rows"][0][0] for slug in ("pelapor", "penilai")] == ["Ani", "Beni"]
    assert refused(client.post(HERE, {**token(shown), "langkah": "simpan", "reason": " "})) == (422, True)
    saved = client.post(HERE, {**SAVE, **token(shown)})
    assert (saved.status_code, saved["Location"]) == (303, HERE)
    assert now("pelapor").permissions == ("desk.enter",)
    assert now("penilai").permissions == ("audit.read", "desk.enter")
    assert deeds() == [("pelapor", "role.changed"), ("penilai", "role.changed")]
    entries = AuditEntry.objects.filter(verb="role.changed")
    assert {entry.reason for entry in entries} == {WHY}
    assert len({entry.bulk for entry in entries}) == 1


def test_back_to_the_table_keeps_ticks_and_reason() -> None:
    made("pelapor", "desk.enter")
    client = signed_in("administrator", scenes.regency())
    shown = moved(client, pelapor={"audit.read": True})
    back = client.post(HERE, {**token(shown), "langkah": "ubah", "reason": "Belum jadi"})
    assert boxes(back)["pelapor", "audit.read"] == (True, True)
    on = client.post(HERE, {**sent(back), "reason": "Belum jadi"})
    assert ([part["role"].slug for part in on.context["parts"]], "Belum jadi" in on.content.decode()) == (
        ["pelapor"],
        True,
    )
    assert deeds() == []


def test_nothing_moved_and_a_table_of_somebody_else_change_nothing() -> None:
    place = scenes.regency()
    made("pelapor", "desk.enter")
    client, other = signed_in("administrator", place), signed_in("administrator", place)
    assert refused(moved(client)) == (422, True)
    strange = sent(other.get(HERE), pelapor={"audit.read": True})
    shown = other.post(HERE, strange)
    for carried in (strange, {**strange, "dilihat": "x"}, {**SAVE, **token(shown)}):
        assert refused(client.post(HERE, carried)) == (422, True)
    assert deeds() == []


def test_who_may_not_manage_roles_everywhere_sends_in_vain() -> None:
    place = scenes.regency()
    made("pelapor", "desk.enter")
    shown = moved(signed_in("administrator", place), pelapor={"audit.read": True})
    for role, unit in (("unit-admin", "root"), ("administrator", "works"), ("moderator", "root")):
        assert signed_in(role, place, unit).post(HERE, {**SAVE, **token(shown)}).status_code == 403
    assert deeds() == []


def test_forged_ticks_are_refused_and_unknown_ones_left_out() -> None:
    place = scenes.regency()
    made("penjaga", "desk.enter", "role.manage", "program.report")
    made("campur", "program.report", "audit.read")
    client = signed_in("penjaga", place)
    forged = moved(client, campur={"audit.export": True}, penjaga={"audit.read": True})
    assert (forged.status_code, len(forged.context["parts"])) == (403, 1)
    assert 'value="simpan"' not in forged.content.decode()
    answer = client.post(HERE, {**SAVE, **token(forged)})
    assert (refused(answer), AuditEntry.objects.filter(verb="access.denied").count()) == ((403, True), 1)
    assert refused(moved(client, campur={"program.fly": True})) == (422, True)
    kept = moved(client, campur={"program.report": False})
    client.post(HERE, {**SAVE, **token(kept)})
    assert now("campur").permissions == ("audit.read",)


def test_what_two_roles_bring_together_is_refused_at_the_save_with_the_reason_kept() -> None:
    place = scenes.regency()
    made("satu", "desk.enter")
    made("dua", "desk.enter")
    ani = people.citizen("Ani")
    for slug in ("satu", "dua"):
        people.grant(ani, slug, place.root)
    client = signed_in("administrator", place)
    shown = moved(client, satu={"grant.manage": True}, dua={"setting.change": True})
    assert shown.status_code == 200
    answer = client.post(HERE, {**SAVE, **token(shown)})
    assert (refused(answer), WHY in answer.content.decode()) == ((403, True), True)
    assert (deeds(), now("satu").permissions, now("dua").permissions) == (
        [],
        ("desk.enter",),
        ("desk.enter",),
    )


def test_what_somebody_changed_meanwhile_is_shown_with_the_wishes_upon_it() -> None:
    made("pelapor", "desk.enter")
    made("penilai", "desk.enter")
    client = signed_in("administrator", scenes.regency())
    opened = client.get(HERE)
    shown = client.post(HERE, sent(opened, pelapor={"audit.read": True}, penilai={"audit.read": True}))
    Role.objects.filter(slug="penilai").update(permissions=["desk.enter", "program.read"])
    late = client.post(HERE, sent(opened, penilai={"audit.read": True}))
    clash = client.post(HERE, {**SAVE, **token(shown)})
    for answer in (late, clash):
        part = answer.context["parts"][-1]
        assert (answer.status_code, part["meanwhile"]["added"]) == (409, [str(izin.PROGRAM_READ.label)])
    assert (deeds(), WHY in clash.content.decode()) == ([], True)
    assert client.post(HERE, {**SAVE, **token(clash)}).status_code == 303
    assert now("penilai").permissions == ("audit.read", "desk.enter", "program.read")


def test_a_role_that_is_gone_or_as_wished_already_is_told() -> None:
    made("pelapor", "desk.enter")
    client = signed_in("administrator", scenes.regency())
    opened = client.get(HERE)
    shown = client.post(HERE, sent(opened, pelapor={"audit.read": True}))
    Role.objects.filter(slug="pelapor").update(permissions=["audit.read", "desk.enter"])
    assert client.post(HERE, {**SAVE, **token(shown)})["Location"] == HERE
    Role.objects.filter(slug="pelapor").delete()
    assert client.post(HERE, {**SAVE, **token(shown)}).status_code == 409
    assert refused(client.post(HERE, sent(opened, pelapor={"audit.read": True}))) == (422, True)
    assert deeds() == []


def test_many_roles_stand_on_several_pages_and_each_is_ticked_on_its_own() -> None:
    for count in range(SIZE):
        made(f"peran-{count}", "desk.enter")
    client = signed_in("administrator", scenes.regency())
    first = client.get(HERE)
    address = first.context["next_url"]
    second = client.get(address)
    slugs = [{slug for slug, _key in boxes(answer)} for answer in (first, second)]
    assert (len(slugs[0]), len(slugs[0] | slugs[1])) == (SIZE, Role.objects.count())
    last = f"peran-{SIZE - 1}"
    shown = client.post(address, sent(second, **{last: {"audit.read": True}}))
    assert [part["role"].slug for part in shown.context["parts"]] == [last]
