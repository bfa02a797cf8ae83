"""Peran: the list, the matrix, a role's page, making and copying, and the two steps of every change."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from rembuk.access import permissions as izin
from rembuk.access.models import Role
from rembuk.access.permissions import ALL
from rembuk.access.seeds import SEEDS
from rembuk.audit.models import AuditEntry
from tests import people, scenes
from tests.management.roles import WHY, made, now
from tests.web.management.pages import K, name_in, refused, signed_in

pytestmark = pytest.mark.django_db
LIST = f"{K}hak-akses/peran/"
DAY = timedelta(days=1)
SAVE = {"langkah": "simpan", "reason": WHY}
CHANGES = ("ubah", "nonaktif", "aktif", "bawaan", "hapus", "salin")


def fields(slug: str, **changes: Any) -> dict[str, Any]:
    """What the form of a change sends when only this is moved in it."""
    state = now(slug).values()
    state.pop("is_active")
    return {**state, **changes}


def token(answer: Any) -> dict[str, str]:
    """The hidden field that a page carries on."""
    found = re.search(r'name="dilihat" value="([^"]+)"', answer.content.decode())
    assert found is not None
    return {"dilihat": found[1]}


def deeds() -> list[str]:
    """What the trail tells of roles."""
    return list(
        AuditEntry.objects.filter(verb__startswith="role.").order_by("pk").values_list("verb", flat=True)
    )


def names(answer: Any) -> list[str]:
    """The roles the list shows."""
    return [name_in(row) for row in answer.context["table"]["rows"]]


# --- looking -----------------------------------------------------------------------------------------------


def test_list_searches_filters_and_counts_who_holds_each_now() -> None:
    place = scenes.regency()
    for unit in (place.works, place.roads):
        people.staff("assessor", unit)
    made("lama", is_active=False)
    client = signed_in("unit-admin", place)
    rows = {name_in(row): row for row in client.get(LIST).context["table"]["rows"]}
    assert (rows["Penelaah"][3], rows["Administrator"][2]) == ("2", str(len(ALL)))
    assert names(client.get(f"{LIST}?q=jejak+audit")) == ["Administrator", "Auditor"]
    assert names(client.get(f"{LIST}?keadaan=nonaktif")) == ["Lama"]
    assert "Lama" in names(client.get(f"{LIST}?keadaan=semua"))
    empty = client.get(f"{LIST}?q=tidak+ada+begini")
    assert names(empty) == []
    assert 'class="empty"' in empty.content.decode()


def test_list_goes_on_by_keyset() -> None:
    client = signed_in("administrator", scenes.regency())
    for number in range(50):
        made(f"peran-{number}")
    first = client.get(LIST)
    second = client.get(first.context["next_url"])
    assert len(names(first)) == 50
    assert sorted(names(first) + names(second)) == sorted(Role.objects.values_list("name", flat=True))


@pytest.mark.parametrize("more", [1, 3])
def test_pages_ask_as_often_for_three_roles_as_for_one(
    more: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    place = scenes.regency()
    for number in range(more):
        slug = made(f"peran-{number}").slug
        for _person in range(more):
            people.staff(slug, place.works)
    client = signed_in("administrator", place)
    for path, queries in (("", 4), ("matriks/", 5), ("peran-0/", 7)):
        client.get(f"{LIST}{path}")
        with django_assert_num_queries(queries):
            client.get(f"{LIST}{path}")


def test_page_of_a_role_tells_what_it_gives_how_it_differs_and_what_was_done() -> None:
    place = scenes.regency()
    people.staff("moderator", place.works)
    Role.objects.filter(slug="moderator").update(permissions=["desk.enter", "audit.read"])
    client = signed_in("administrator", place)
    answer = client.get(f"{LIST}moderator/")
    given = [one.key for area in answer.context["areas"] for one in area["rows"]]
    assert given == ["desk.enter", "audit.read"]
    assert len(answer.context["absent"]) == len(ALL) - 2
    assert [one.key for one in answer.context["differs"]["more"]] == ["audit.read"]
    assert str(izin.AUDIT_READ.sentence) in answer.content.decode()
    assert f"{LIST}moderator/hapus/" not in answer.content.decode()
    shown = client.post(f"{LIST}moderator/nonaktif/", {})
    client.post(f"{LIST}moderator/nonaktif/", {**SAVE, **token(shown)})
    after = client.get(f"{LIST}moderator/")
    assert WHY in after.content.decode()
    assert after.context["facts"][0]["value"] == "0"


def test_page_of_a_role_names_what_its_reader_may_do() -> None:
    place = scenes.regency()
    made()
    offers = {
        role: [act for act in CHANGES if f"{LIST}pelapor/{act}/" in page]
        for role, page in (
            (role, signed_in(role, place).get(f"{LIST}pelapor/").content.decode())
            for role in ("administrator", "unit-admin")
        )
    }
    assert offers == {"administrator": ["ubah", "nonaktif", "hapus", "salin"], "unit-admin": []}
    own = signed_in("administrator", place).get(f"{LIST}administrator/")
    assert (own.context["may_act"], bool(own.context["why_not"])) == (False, True)


# --- refusals ----------------------------------------------------------------------------------------------


def test_who_gives_roles_may_look_and_only_who_manages_roles_everywhere_may_change() -> None:
    place = scenes.regency()
    made()
    looking = ("", "matriks/", "pelapor/")
    changing = ("baru/", *(f"pelapor/{act}/" for act in CHANGES))
    for role, unit, may_look in (
        ("unit-admin", "works", True),
        ("administrator", "works", True),
        ("moderator", "root", False),
        ("auditor", "root", False),
    ):
        client = signed_in(role, place, unit)
        assert {client.get(LIST + path).status_code for path in looking} == {200 if may_look else 403}
        assert {client.get(LIST + path).status_code for path in changing} == {403}
        assert {client.post(LIST + path, SAVE).status_code for path in changing} == {403}
    assert deeds() == []


def test_a_keeper_of_roles_who_gives_none_may_look_and_change() -> None:
    place = scenes.regency()
    made("penjaga", "desk.enter", "role.manage", "program.report")
    made()
    client = signed_in("penjaga", place)
    assert client.get(f"{LIST}pelapor/").status_code == 200
    shown = client.post(f"{LIST}pelapor/ubah/", fields("pelapor", permissions=["desk.enter"]))
    saved = client.post(f"{LIST}pelapor/ubah/", {**SAVE, **token(shown)})
    assert (shown.status_code, saved.status_code) == (200, 303)


def test_a_role_that_is_not_there_is_not_found() -> None:
    client = signed_in("administrator", scenes.regency())
    paths = ("", *(f"{act}/" for act in CHANGES))
    assert {client.get(f"{LIST}tidak-ada/{path}").status_code for path in paths} == {404}


def test_ones_own_role_is_denied_and_the_page_says_why() -> None:
    client = signed_in("administrator", scenes.regency())
    for act in ("ubah", "nonaktif", "hapus"):
        assert client.get(f"{LIST}administrator/{act}/").status_code == 403
    shown = client.get(f"{LIST}administrator/nonaktif/")
    assert "rekan" in shown.content.decode()
    assert 'value="simpan"' not in shown.content.decode()
    assert client.post(f"{LIST}administrator/nonaktif/", {**SAVE, **token(shown)}).status_code == 403
    assert (now("administrator").is_active, deeds()) == (True, [])


def test_a_guard_rail_is_told_before_the_save_with_everything_that_was_ticked() -> None:
    place = scenes.regency()
    made("koordinator", "grant.manage")
    people.staff("koordinator", place.root)
    client = signed_in("administrator", place)
    sent = fields("koordinator", permissions=["grant.manage", "setting.change"])
    shown = client.post(f"{LIST}koordinator/ubah/", sent)
    assert (shown.status_code, bool(shown.context["refusal"])) == (403, True)
    again = client.post(f"{LIST}koordinator/ubah/", {"langkah": "ubah", **token(shown)})
    ticked = [
        row["key"] for area in again.context["form"].shown_areas() for row in area["rows"] if row["ticked"]
    ]
    assert ticked == ["grant.manage", "setting.change"]


# --- making ------------------------------------------------------------------------------------------------


def test_new_makes_a_role_and_bad_input_keeps_what_was_typed() -> None:
    client = signed_in("administrator", scenes.regency())
    sent = {"name": "Moderator", "name_en": "Reporter", "permissions": ["program.report"], "reason": WHY}
    answer = client.post(f"{LIST}baru/", sent)
    assert (refused(answer), list(answer.context["form"].errors)) == ((422, True), ["name"])
    assert (
        'value="program.report" id="izin-program-report" aria-describedby="izin-program-report-kata" checked'
        in (answer.content.decode())
    )
    missing = client.post(f"{LIST}baru/", {**sent, "name": "Juru Lapor", "reason": ""})
    assert list(missing.context["form"].errors) == ["reason"]
    done = client.post(f"{LIST}baru/", {**sent, "name": "Juru Lapor"})
    assert (done.status_code, done["Location"]) == (303, f"{LIST}juru-lapor/")
    assert now("juru-lapor").permissions == ("program.report",)


def test_new_with_a_permission_that_does_not_exist_is_refused() -> None:
    client = signed_in("administrator", scenes.regency())
    sent = {"name": "Juru Lapor", "name_en": "Reporter", "permissions": ["program.fly"], "reason": WHY}
    answer = client.post(f"{LIST}baru/", sent)
    assert (refused(answer), list(answer.context["form"].errors)) == ((422, True), ["permissions"])


def test_what_one_lacks_cannot_be_ticked_and_a_forged_tick_is_denied() -> None:
    place = scenes.regency()
    made("penjaga", "desk.enter", "role.manage", "program.report")
    made("campur", "program.report", "audit.read")
    client = signed_in("penjaga", place)
    page = client.get(f"{LIST}baru/").content.decode()
    assert re.search(r'id="izin-audit-read"[^>]* disabled', page)
    assert not re.search(r'id="izin-program-report"[^>]* disabled', page)
    copy = client.get(f"{LIST}campur/salin/").content.decode()
    assert re.search(r'id="izin-program-report"[^>]* checked', copy)
    assert not re.search(r'id="izin-audit-read"[^>]* checked', copy)
    forged = {"name": "X", "name_en": "Y", "permissions": ["audit.read"], "reason": WHY}
    assert client.post(f"{LIST}baru/", forged).status_code == 403
    shown = client.post(f"{LIST}campur/ubah/", fields("campur", permissions=[]))
    assert [one.key for one in shown.context["lost"]] == ["program.report"]
    client.post(f"{LIST}campur/ubah/", {**SAVE, **token(shown)})
    assert now("campur").permissions == ("audit.read",)


def test_copy_begins_as_the_role_is_and_makes_another() -> None:
    client = signed_in("administrator", scenes.regency())
    form = client.get(f"{LIST}moderator/salin/").context["form"]
    ticked = [row["key"] for area in form.shown_areas() for row in area["rows"] if row["ticked"]]
    assert form["name"].value() == "Moderator (salinan)"
    sent = {"name": "Moderator Desa", "name_en": "Village moderator", "permissions": ticked, "reason": WHY}
    assert client.post(f"{LIST}moderator/salin/", sent)["Location"] == f"{LIST}moderator-desa/"
    assert now("moderator-desa").permissions == now("moderator").permissions
    assert AuditEntry.objects.get(verb="role.created").after["source"] == "moderator"


# --- the two steps -----------------------------------------------------------------------------------------


def test_change_shows_whom_it_affects_and_saves_only_what_was_shown() -> None:
    place = scenes.regency()
    made()
    people.grant(people.citizen("Ani"), "pelapor", place.works)
    people.grant(people.citizen("Beni"), "pelapor", place.roads, starts_at=datetime.now(UTC) + DAY)
    people.grant(people.citizen("Cici", is_active=False), "pelapor", place.health)
    client = signed_in("administrator", place)
    shown = client.post(f"{LIST}pelapor/ubah/", fields("pelapor", permissions=["desk.enter", "audit.read"]))
    assert (shown.status_code, deeds(), now("pelapor").permissions) == (
        200,
        [],
        ("desk.enter", "program.report"),
    )
    effects = shown.context["effects"]
    assert (effects.people, effects.units, effects.gained, effects.lost) == (
        3,
        3,
        {"audit.read"},
        {"program.report"},
    )
    assert [row[0] for row in shown.context["table"]["rows"]] == ["Ani", "Beni", "Cici"]
    forged = fields("pelapor", permissions=["audit.export"])
    saved = client.post(f"{LIST}pelapor/ubah/", {**forged, **SAVE, **token(shown)})
    assert (saved.status_code, saved["Location"]) == (303, f"{LIST}pelapor/")
    assert now("pelapor").permissions == ("audit.read", "desk.enter")
    assert AuditEntry.objects.get(verb="role.changed").reason == WHY


def test_change_without_the_page_before_does_not_save() -> None:
    place = scenes.regency()
    made()
    made("lain")
    client = signed_in("administrator", place)
    sent = {**fields("pelapor", permissions=["audit.read"]), **SAVE}
    other = client.post(f"{LIST}lain/ubah/", fields("lain", permissions=["audit.read"]))
    opened = client.get(f"{LIST}pelapor/ubah/")
    retiring = client.get(f"{LIST}pelapor/nonaktif/")
    elsewhere = signed_in("administrator", place).post(f"{LIST}pelapor/ubah/", sent)
    for carried in ({}, {"dilihat": "x"}, *map(token, (other, opened, retiring, elsewhere))):
        answer = client.post(f"{LIST}pelapor/ubah/", {**sent, **carried})
        assert (answer.status_code, 'value="simpan"' in answer.content.decode()) == (200, True)
    for act in ("nonaktif", "bawaan"):
        client.post(f"{LIST}pelapor/{act}/", SAVE)
    client.post(f"{LIST}pelapor/ubah/", SAVE)
    assert (now("pelapor").permissions, now("pelapor").is_active, deeds()) == (
        ("desk.enter", "program.report"),
        True,
        [],
    )


def test_change_without_a_reason_asks_again_and_loses_nothing() -> None:
    made()
    client = signed_in("administrator", scenes.regency())
    shown = client.post(
        f"{LIST}pelapor/ubah/", fields("pelapor", name="Juru Lapor", permissions=["audit.read"])
    )
    asked = client.post(f"{LIST}pelapor/ubah/", {"langkah": "simpan", "reason": " ", **token(shown)})
    assert (refused(asked), deeds()) == ((422, True), [])
    back = client.post(f"{LIST}pelapor/ubah/", {"langkah": "ubah", "reason": "Belum jadi", **token(asked)})
    form = back.context["form"]
    assert (back.status_code, form["name"].value(), form["permissions"].value()) == (
        200,
        "Juru Lapor",
        ["audit.read"],
    )
    on = client.post(
        f"{LIST}pelapor/ubah/", {**fields("pelapor", name="Juru"), "reason": "Belum jadi", **token(back)}
    )
    assert "Belum jadi" in on.content.decode()


@pytest.mark.parametrize(
    ("changes", "fault"), [({"name": ""}, "name"), ({"permissions": ["x.y"]}, "permissions"), ({}, "__all__")]
)
def test_change_with_bad_input_or_none_shows_the_form_again(changes: dict[str, Any], fault: str) -> None:
    made()
    client = signed_in("administrator", scenes.regency())
    answer = client.post(f"{LIST}pelapor/ubah/", fields("pelapor", **changes))
    assert (refused(answer), list(answer.context["form"].errors)) == ((422, True), [fault])


def test_a_name_that_is_taken_is_told_at_the_save() -> None:
    made()
    client = signed_in("administrator", scenes.regency())
    shown = client.post(f"{LIST}pelapor/ubah/", fields("pelapor", name="Moderator"))
    answer = client.post(f"{LIST}pelapor/ubah/", {**SAVE, **token(shown)})
    assert (refused(answer), now("pelapor").name) == ((422, True), "Pelapor")


def test_what_somebody_changed_meanwhile_is_shown_with_the_wish_upon_it() -> None:
    made()
    client = signed_in("administrator", scenes.regency())
    shown = client.post(
        f"{LIST}pelapor/ubah/", fields("pelapor", permissions=["program.report", "audit.read"])
    )
    Role.objects.filter(slug="pelapor").update(
        name="Juru Lapor", permissions=["desk.enter", "program.report", "program.read"]
    )
    clash = client.post(f"{LIST}pelapor/ubah/", {**SAVE, **token(shown)})
    assert (clash.status_code, deeds()) == (409, [])
    meanwhile = clash.context["meanwhile"]
    assert meanwhile["added"] == [str(izin.PROGRAM_READ.label)]
    assert [(row["before"], row["after"]) for row in meanwhile["changes"]] == [("Pelapor", "Juru Lapor")]
    assert WHY in clash.content.decode()
    assert client.post(f"{LIST}pelapor/ubah/", {**SAVE, **token(clash)}).status_code == 303
    after = now("pelapor")
    assert (after.name, after.permissions) == ("Juru Lapor", ("audit.read", "program.read", "program.report"))


def test_a_form_filled_in_while_somebody_else_saved_is_told_so_too() -> None:
    made()
    client = signed_in("administrator", scenes.regency())
    opened = client.get(f"{LIST}pelapor/ubah/")
    sent = {**fields("pelapor", permissions=["desk.enter"]), **token(opened)}
    Role.objects.filter(slug="pelapor").update(is_active=False)
    clash = client.post(f"{LIST}pelapor/ubah/", sent)
    assert (clash.status_code, bool(clash.context["meanwhile"]["state"])) == (409, True)
    assert clash.context["taken_silently"] == [str(izin.PROGRAM_REPORT.label)]
    client.post(f"{LIST}pelapor/ubah/", {**SAVE, **token(clash)})
    assert (now("pelapor").is_active, now("pelapor").permissions) == (False, ("desk.enter",))


def test_retire_restore_and_reset_show_first_and_then_do() -> None:
    place = scenes.regency()
    people.staff("moderator", place.works)
    Role.objects.filter(slug="moderator").update(permissions=["desk.enter", "audit.read"])
    client = signed_in("administrator", place)
    for act, gained, lost in (
        ("nonaktif", set(), {"desk.enter", "audit.read"}),
        ("aktif", {"desk.enter", "audit.read"}, set()),
        ("bawaan", set(SEEDS["moderator"].permissions) - {"desk.enter"}, {"audit.read"}),
    ):
        shown = client.get(f"{LIST}moderator/{act}/")
        assert (shown.context["effects"].gained, shown.context["effects"].lost) == (gained, lost)
        assert client.post(f"{LIST}moderator/{act}/", {**SAVE, **token(shown)}).status_code == 303
        assert client.get(f"{LIST}moderator/{act}/").status_code == 303
    assert deeds() == ["role.retired", "role.restored", "role.reset"]
    assert set(now("moderator").permissions) == set(SEEDS["moderator"].permissions)


def test_reset_of_what_somebody_changed_meanwhile_is_shown_anew() -> None:
    Role.objects.filter(slug="moderator").update(permissions=["desk.enter"])
    client = signed_in("administrator", scenes.regency())
    shown = client.get(f"{LIST}moderator/bawaan/")
    Role.objects.filter(slug="moderator").update(permissions=["audit.read"])
    clash = client.post(f"{LIST}moderator/bawaan/", {**SAVE, **token(shown)})
    assert (clash.status_code, clash.context["effects"].lost) == (409, {"audit.read"})


def test_preview_names_the_first_fifty_and_counts_all(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    place = scenes.regency()
    made()
    for _number in range(53):
        people.grant(people.citizen(), "pelapor", place.works)
    client = signed_in("administrator", place)
    shown = client.get(f"{LIST}pelapor/nonaktif/")
    assert (len(shown.context["table"]["rows"]), shown.context["more"]) == (50, 3)
    assert "53" in shown.context["reached"]
    assert f"{K}hak-akses/?peran=pelapor" in shown.content.decode()


def test_preview_tells_what_each_person_keeps_and_had_and_how_the_grant_stands() -> None:
    place = scenes.regency()
    made()
    ani, beni = people.citizen("Ani"), people.citizen("Beni")
    people.grant(ani, "pelapor", place.works, ends_at=datetime.now(UTC) + 9 * DAY)
    people.grant(ani, "program-manager", place.root)
    people.grant(beni, "pelapor", place.health)
    place.health.is_active = False
    place.health.save()
    client = signed_in("administrator", place)
    sent = fields("pelapor", permissions=["desk.enter", "program.edit"])
    rows = {row[0]: row for row in client.post(f"{LIST}pelapor/ubah/", sent).context["table"]["rows"]}
    assert rows["Ani"][3] == (
        f"tetap punya dari peran lain: {izin.PROGRAM_REPORT.label}; "
        f"sudah punya dari peran lain: {izin.PROGRAM_EDIT.label}"
    )
    assert "berakhir" in rows["Ani"][2]
    assert rows["Beni"][3] == "kehilangan 1 izin; mendapat 1 izin"
    assert "nonaktif" in rows["Beni"][2]
    renamed = client.post(f"{LIST}pelapor/ubah/", fields("pelapor", name="Juru Lapor"))
    assert {row[3] for row in renamed.context["table"]["rows"]} == {"hak tidak berubah"}
    assert [(row["before"], row["after"]) for row in renamed.context["changes"]] == [
        ("Pelapor", "Juru Lapor")
    ]


# --- deleting ----------------------------------------------------------------------------------------------


def test_delete_asks_why_and_of_a_used_role_says_who_and_offers_to_retire_it() -> None:
    place = scenes.regency()
    made()
    client = signed_in("administrator", place)
    assert refused(client.post(f"{LIST}pelapor/hapus/", {})) == (422, True)
    grant = people.grant(people.citizen("Ani"), "pelapor", place.works)
    page = client.get(f"{LIST}pelapor/hapus/")
    assert (page.context["counts"]["unended"], "Ani" in page.content.decode()) == (1, True)
    assert f"{LIST}pelapor/nonaktif/" in page.content.decode()
    assert client.post(f"{LIST}pelapor/hapus/", {"reason": WHY}).status_code == 409
    grant.delete()
    done = client.post(f"{LIST}pelapor/hapus/", {"reason": WHY})
    assert (done.status_code, done["Location"]) == (303, LIST)
    assert not Role.objects.filter(slug="pelapor").exists()
    seeded = client.get(f"{LIST}assessor/hapus/")
    assert seeded.context["is_seeded"]
