"""Satuan kerja: the tree stays usable with hundreds of units; forms, moves, retiring, and what lies outside."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from rembuk.access.models import Grant
from rembuk.audit.models import AuditEntry
from rembuk.proposals.models import Proposal
from rembuk.workunits import tree
from rembuk.workunits.models import WorkUnit
from tests import people, program_scenes, scenes
from tests.web.management.pages import K, refused, signed_in

pytestmark = pytest.mark.django_db
LIST = f"{K}satuan-kerja/"
SENT = {
    "code": "1.03.09",
    "name": "Bidang Cipta Karya",
    "short_name": "",
    "kind": "division",
    "region": "",
    "email": "ck@contoh.id",
    "phone": "",
    "address": "",
}
WHY = {"reason": "Perda susunan perangkat daerah"}


def test_new_unit_hangs_below_the_one_it_was_made_from() -> None:
    place = scenes.regency()
    region = scenes.village_region()
    sent = {**SENT, "region": f"{region.full_name} ({region.code})"}
    answer = signed_in("administrator", place).post(f"{LIST}{place.works.code}/baru/", sent)
    made = WorkUnit.objects.get(code="1.03.09")
    assert (answer.status_code, answer["Location"]) == (303, f"{LIST}1.03.09/")
    assert (made.parent, made.region, made.email) == (place.works, region, "ck@contoh.id")


@pytest.mark.parametrize(
    ("field", "value"),
    [("code", "a/b"), ("kind", "instansi"), ("region", "Tidak Ada"), ("email", "bukan"), ("name", "")],
)
def test_bad_input_is_shown_again_with_what_was_typed(field: str, value: str) -> None:
    place = scenes.regency()
    answer = signed_in("administrator", place).post(f"{LIST}{place.works.code}/baru/", {**SENT, field: value})
    assert refused(answer) == (422, True)
    assert list(answer.context["form"].errors) == [field]


def test_a_code_that_is_taken_is_refused_at_its_field() -> None:
    place = scenes.regency()
    client = signed_in("administrator", place)
    answer = client.post(f"{LIST}{place.works.code}/baru/", {**SENT, "code": place.health.code})
    assert (refused(answer), list(answer.context["form"].errors)) == ((422, True), ["code"])


def test_edit_keeps_place_and_state_whatever_is_sent() -> None:
    place = scenes.regency()
    sent = {**SENT, "code": place.roads.code, "parent": place.health.code, "is_active": "", "path": "1."}
    answer = signed_in("administrator", place).post(f"{LIST}{place.roads.code}/ubah/", sent)
    unit = WorkUnit.objects.get(pk=place.roads.pk)
    assert (answer.status_code, unit.name) == (303, "Bidang Cipta Karya")
    assert (unit.parent, unit.is_active, unit.path) == (place.works, True, place.roads.path)


def test_move_takes_the_subtree_and_needs_a_reason() -> None:
    place = scenes.regency()
    client, here = signed_in("administrator", place), f"{LIST}{place.subdistrict.code}/pindah/"
    assert refused(client.post(here, {"parent": place.health.code, "reason": ""})) == (422, True)
    assert refused(client.post(here, {"parent": place.village.code, **WHY})) == (422, True)
    assert client.post(here, {"parent": place.root.code, **WHY}).status_code == 409
    asked = {"parent": place.health.code, **WHY}
    assert client.post(here, asked).status_code == 200
    assert WorkUnit.objects.get(pk=place.subdistrict.pk).parent == place.root
    assert client.post(here, {**asked, "seen": place.health.code}).status_code == 303
    assert WorkUnit.objects.get(pk=place.village.pk).path.startswith(place.health.path)


def test_retire_and_restore_ask_why_and_write_it_down() -> None:
    place = scenes.regency()
    client, here = signed_in("administrator", place), f"{LIST}{place.roads.code}/"
    assert refused(client.post(f"{here}nonaktif/", {})) == (422, True)
    assert client.post(f"{here}nonaktif/", WHY).status_code == 303
    assert client.post(f"{here}nonaktif/", WHY).status_code == 409
    assert client.get(f"/satuan-kerja/{place.roads.code}/").status_code == 404
    assert client.post(f"{here}aktif/", WHY).status_code == 303
    verbs = AuditEntry.objects.filter(verb__startswith="unit.", reason=WHY["reason"]).order_by("id")
    assert [row.verb for row in verbs] == ["unit.retired", "unit.restored"]


def test_units_of_others_are_not_found() -> None:
    place = scenes.regency()
    client = signed_in("administrator", place, "works")
    assert client.get(f"{LIST}{place.roads.code}/").status_code == 200
    for path in ("", "ubah/", "pindah/", "nonaktif/", "baru/"):
        assert client.post(f"{LIST}{place.health.code}/{path}", {**SENT, **WHY}).status_code in {404, 405}
    assert client.get(f"{LIST}{place.health.code}/").status_code == 404
    assert [row["code"] for row in client.get(LIST).context["rows"]] == [place.works.code, place.roads.code]


def test_without_the_right_the_pages_are_denied() -> None:
    assert signed_in("unit-admin", scenes.regency()).get(LIST).status_code == 403


def test_search_finds_by_name_code_and_kind_and_retired_ones_on_request() -> None:
    place = scenes.regency()
    client = signed_in("administrator", place)
    WorkUnit.objects.filter(pk=place.health.pk).update(is_active=False)
    for query, found in (
        ("q=bina marga", [place.roads.code]),
        (f"q={place.village.code.lower()}", [place.village.code]),
        ("jenis=agency", [place.works.code]),
        ("jenis=agency&nonaktif=on", [place.works.code, place.health.code]),
        ("nonaktif=saja", [place.health.code]),
        ("q=tidak-ada", []),
    ):
        rows = client.get(f"{LIST}?{query}").context["rows"]
        assert [row["code"] for row in rows] == found, query


def test_the_tree_shows_one_level_and_how_much_hangs_below_each() -> None:
    place = scenes.regency()
    fields = {"name": "Desa", "kind": "village"}
    tree.plant_many([({**fields, "code": f"D{number}"}, place.subdistrict.code) for number in range(500)])
    answer = signed_in("administrator", place).get(LIST)
    shown = [(row["code"], row["depth"], row["note"]) for row in answer.context["rows"]]
    assert shown == [
        (place.root.code, 0, "Instansi · 505 satuan kerja di bawahnya"),
        (place.works.code, 2, "Perangkat daerah · 1 satuan kerja di bawahnya"),
        (place.health.code, 2, "Perangkat daerah"),
        (place.subdistrict.code, 2, "Kecamatan · 501 satuan kerja di bawahnya"),
    ]
    assert len(answer.content) < 40_000


def test_whoever_manages_two_branches_begins_with_them_and_goes_up_no_further() -> None:
    place = scenes.regency()
    deep = tree.plant(code="SEKSI", name="Seksi", kind="division", parent=place.roads)
    person = people.staff("administrator", place.works)
    for unit in (place.roads, place.subdistrict):
        people.grant(person, "administrator", unit)
    client = Client()
    client.force_login(person)
    rows = client.get(LIST).context["rows"]
    assert [(row["code"], row["depth"]) for row in rows] == [
        (place.works.code, 0),
        (place.roads.code, 2),
        (place.subdistrict.code, 0),
        (place.village.code, 2),
    ]
    crumbs = client.get(f"{LIST}{deep.code}/").context["crumbs"]
    assert [crumb["label"] for crumb in crumbs] == [
        "Satuan Kerja",
        place.works.name,
        place.roads.name,
        "Seksi",
    ]


@pytest.mark.parametrize("below", ["root", "works"])
def test_a_level_goes_on_by_pages_of_fifteen_retired_ones_only_below_their_unit(below: str) -> None:
    place = scenes.regency()
    parent = getattr(place, below)
    fields = {"name": "UPT", "kind": "upt"}
    tree.plant_many([({**fields, "code": f"UPT{n}"}, parent.code) for n in range(40)])
    tree.plant(code="TUTUP", parent=parent, is_active=False, **fields)
    client, seen = signed_in("administrator", place), list[list[str]]()
    url = LIST if below == "root" else f"{LIST}{place.works.code}/"
    while url:
        context = client.get(url).context
        seen.append([row["code"] for row in context["rows"]])
        url = context["next_url"]
    codes = [code for codes in seen for code in codes]
    assert [len(codes) for codes in seen] == ([15, 15, 14] if below == "root" else [15, 15, 12])
    assert len(codes) == len(set(codes))
    assert ("TUTUP" in codes) == (below == "works")


@pytest.mark.parametrize("more", [5, 500])
def test_tree_and_list_ask_as_often_for_five_hundred_units_as_for_five(
    more: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    place = scenes.regency()
    fields = {"name": "N", "kind": "division"}
    tree.plant_many([({**fields, "code": f"N{number}"}, place.works.code) for number in range(more)])
    client = signed_in("administrator", place)
    client.get(LIST)
    with django_assert_num_queries(4):
        client.get(LIST)
    with django_assert_num_queries(4):
        client.get(f"{LIST}?tampil=daftar")
    with django_assert_num_queries(4):
        client.get(f"{LIST}?q=n&jenis=division&kurang=kontak&nonaktif=on")


@pytest.mark.parametrize("more", [1, 3, 100])
def test_a_unit_asks_as_often_for_a_hundred_below_as_for_one(
    more: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    place = scenes.regency()
    fields = {"name": "N", "kind": "division"}
    tree.plant_many([({**fields, "code": f"N{number}"}, place.works.code) for number in range(more)])
    client = signed_in("administrator", place)
    client.get(LIST)
    with django_assert_num_queries(6):
        client.get(f"{LIST}{place.works.code}/")


def test_the_instansi_itself_has_a_page_with_nothing_above_it() -> None:
    place = scenes.regency()
    answer = signed_in("administrator", place).get(f"{LIST}{place.root.code}/")
    assert answer.status_code == 200
    assert place.root.name in answer.content.decode()


def test_a_unit_counts_each_person_once_and_what_lies_below() -> None:
    place = scenes.regency()
    person = people.staff("moderator", place.works)
    people.grant(person, "assessor", place.works)
    proposal, draft = scenes.published(place), scenes.draft(place)
    Proposal.objects.filter(pk__in=[proposal.pk, draft.pk]).update(unit=place.roads)
    program_scenes.published(place)
    tree.plant(code="TUTUP", name="Lama", kind="upt", parent=place.works, is_active=False)
    stats = signed_in("administrator", place).get(f"{LIST}{place.works.code}/").context["stats"]
    holders = Grant.objects.filter(unit=place.works).values("person").distinct().count()
    assert [row["value"] for row in stats] == [1, holders, 1, 1]


def test_the_list_goes_on_by_pages_and_every_unit_stands_in_it_once() -> None:
    place = scenes.regency()
    fields = {"name": "Desa", "kind": "village"}
    tree.plant_many([({**fields, "code": f"D{number}"}, place.subdistrict.code) for number in range(110)])
    client, url, seen = signed_in("administrator", place), f"{LIST}?tampil=daftar", list[str]()
    while url:
        context = client.get(url).context
        seen += [row["code"] for row in context["rows"]]
        url = context["next_url"]
    assert len(seen) == len(set(seen)) == WorkUnit.objects.count()


def test_search_by_region_and_by_what_is_missing() -> None:
    place = scenes.regency()
    region = scenes.village_region()
    WorkUnit.objects.filter(pk=place.village.pk).update(region=region, head_name="Sutrisno")
    WorkUnit.objects.filter(pk=place.health.pk).update(email="dk@contoh.id")
    client = signed_in("administrator", place)
    for query, found in (
        ("wilayah=32.01", {place.village.code}),
        ("wilayah=32.02", None),
        ("kurang=pimpinan&jenis=village", set()),
        ("kurang=kontak&jenis=agency", {place.works.code}),
        ("nonaktif=saja&tampil=daftar", set()),
    ):
        rows = client.get(f"{LIST}?{query}").context["rows"]
        assert found is None or {row["code"] for row in rows} == found, query


def test_head_is_edited_and_public_and_reserved_words_are_no_codes() -> None:
    place = scenes.regency()
    client, here = signed_in("administrator", place), f"{LIST}{place.roads.code}/ubah/"
    sent = {**SENT, "code": place.roads.code, "head_title": "Kepala Bidang", "head_name": "Sutrisno"}
    assert client.post(here, sent).status_code == 303
    assert "Sutrisno" in client.get(f"{LIST}{place.roads.code}/").content.decode()
    assert refused(client.post(here, {**sent, "code": "Impor"})) == (422, True)


def test_an_earlier_code_leads_to_the_unit_for_those_who_manage_it() -> None:
    place = scenes.regency()
    client, old = signed_in("administrator", place), place.roads.code
    assert client.post(f"{LIST}{old}/ubah/", {**SENT, "code": "1.03.77"}).status_code == 303
    answer = client.get(f"{LIST}{old}/")
    assert (answer.status_code, answer["Location"]) == (301, f"{LIST}1.03.77/")
    assert signed_in("administrator", place, "health").get(f"{LIST}{old}/").status_code == 404
    assert old in client.get(f"{LIST}1.03.77/").content.decode()
