"""Public pages of units: figures, how quickly they answer, what lies with them and below; old addresses lead on."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from rembuk.common import clock
from rembuk.insights.responses import Responses, responses
from rembuk.management.actions import units as actions
from rembuk.management.facts import Succession
from rembuk.proposals.models import Proposal
from rembuk.workunits import tree
from rembuk.workunits.models import FormerCode, WorkUnit
from tests import consultation_scenes as consultations
from tests import handling_scenes, people, program_scenes, scenes

pytestmark = pytest.mark.django_db
PAST = datetime(2026, 1, 5, tzinfo=UTC)
WHY = "Perda susunan perangkat daerah"


def test_unit_page_shows_overdue_and_what_lies_below(client: Client) -> None:
    place = scenes.regency()
    proposal = scenes.published(place, title="Talud sungai yang longsor")
    Proposal.objects.filter(pk=proposal.pk).update(unit=place.roads, answer_due_at=PAST)
    response = client.get(f"/satuan-kerja/{place.works.code}/")
    assert response.context["overdue"] == 1
    assert response.context["figures"].heard == 1
    text = response.content.decode()
    assert "Talud sungai yang longsor" in text
    way = f"/usulan/?satuan={place.works.code}&amp;tenggat=lewat"
    assert f'href="{way}"' in text


def test_the_way_to_what_is_overdue_lists_just_that_for_deep_units_too(client: Client) -> None:
    place = scenes.regency()
    late, other = scenes.published(place), scenes.published(place)
    Proposal.objects.filter(pk=late.pk).update(unit=place.roads, answer_due_at=PAST)
    Proposal.objects.filter(pk=other.pk).update(unit=place.roads)
    page = client.get(f"/satuan-kerja/{place.roads.code}/").context
    cards = client.get(page["lists"]["overdue"]).context["cards"]
    assert [card["code"] for card in cards] == [late.code]
    cards = client.get(page["lists"]["proposals"]).context["cards"]
    assert {card["code"] for card in cards} == {late.code, other.code}
    assert page["counts"].proposals == 2


def test_the_ways_to_all_count_what_their_lists_show(client: Client) -> None:
    place = scenes.regency()
    for _number in range(2):
        program_scenes.published(place)
        consultations.opened(place, unit=place.roads)
    page = client.get(f"/satuan-kerja/{place.works.code}/").context
    for name, count in (("programs", 2), ("consultations", 2)):
        assert getattr(page["counts"], name) == count
        listed = client.get(page["lists"][name])
        assert len(listed.context["cards"]) == count
    deep = client.get(f"/satuan-kerja/{place.roads.code}/").context
    assert len(client.get(deep["lists"]["consultations"]).context["cards"]) == 2


def test_a_head_is_named_and_nobody_else_of_the_staff(client: Client) -> None:
    place = scenes.regency()
    people.staff("unit-admin", place.works, "Wahyu Prasetyo")
    handling_scenes.assessed(place)
    WorkUnit.objects.filter(pk=place.works.pk).update(
        head_title="Kepala Dinas", head_name="Sutrisno", phone="(0293) 555-01", region=scenes.village_region()
    )
    text = client.get(f"/satuan-kerja/{place.works.code}/").content.decode()
    for words in ("Kepala Dinas", "Sutrisno", 'href="tel:029355501"', "Sukamaju"):
        assert words in text
    assert "Wahyu Prasetyo" not in text
    assert "Budi Santoso" not in text
    WorkUnit.objects.filter(pk=place.health.pk).update(head_title="Kepala Dinas")
    assert "belum" in client.get(f"/satuan-kerja/{place.health.code}/").content.decode()


def test_responses_count_median_share_in_time_and_overdue() -> None:
    place, now = scenes.regency(), clock.now()
    rows = [scenes.published(place) for _number in range(5)]
    times: list[dict[str, Any]] = [
        {
            "submitted_at": now - timedelta(days=10),
            "explained_at": now - timedelta(days=8),
            "answer_due_at": now,
        },
        {
            "submitted_at": now - timedelta(days=10),
            "explained_at": now - timedelta(days=4),
            "answer_due_at": now,
        },
        {
            "submitted_at": now - timedelta(days=20),
            "explained_at": now,
            "answer_due_at": now - timedelta(days=5),
        },
        {"answer_due_at": now - timedelta(days=1)},
        {"answer_due_at": now + timedelta(days=9)},
    ]
    for row, fields in zip(rows, times, strict=True):
        if "explained_at" in fields:
            fields["state"] = "declined"
        Proposal.objects.filter(pk=row.pk).update(unit=place.roads, **fields)
    found = responses(place.works)
    assert (found.answered, found.overdue, found.proposals) == (3, 1, 5)
    assert (found.days, found.due, found.in_time, found.in_time_percent) == (6, 4, 2, 50)
    assert responses(place.health) == Responses(None, 0, 0, 0, 0, 0, 0, 0)


def test_unknown_or_retired_unit_is_not_found(client: Client) -> None:
    place = scenes.regency()
    place.health.is_active = False
    place.health.save()
    assert client.get(f"/satuan-kerja/{place.health.code}/").status_code == 404
    assert client.get("/satuan-kerja/TIDAK-ADA/").status_code == 404


def test_old_codes_and_retired_units_lead_on_in_both_languages(client: Client) -> None:
    place = scenes.regency()
    FormerCode.objects.create(code="LAMA.1", unit=place.works, since=PAST)
    into = Succession(successor=place.health, takes_children=True)
    actions.retire_unit(place.works, into, by=people.staff("administrator", place.root), reason=WHY)
    for code in ("LAMA.1", place.works.code):
        for before in ("", "/en"):
            answer = client.get(f"{before}/satuan-kerja/{code}/")
            assert (answer.status_code, answer["Location"]) == (
                301,
                f"{before}/satuan-kerja/{place.health.code}/",
            )


def test_what_moved_tells_so_on_its_own_page(client: Client) -> None:
    place = scenes.regency()
    proposal, program = handling_scenes.referred(place), program_scenes.published(place)
    asked = consultations.opened(place)
    into = Succession(successor=place.health, takes_children=True)
    actions.retire_unit(place.works, into, by=people.staff("administrator", place.root), reason=WHY)
    for url in (f"/usulan/{proposal.code}/", f"/program/{program.code}/", f"/uji-publik/{asked.code}/"):
        text = client.get(url).content.decode()
        assert f"Dinas Pekerjaan Umum → Dinas Kesehatan. {WHY}" in text, url


@pytest.mark.parametrize("count", [1, 3])
def test_unit_pages_cost_the_same_for_any_number_of_rows(
    client: Client, django_assert_num_queries: Any, count: int
) -> None:
    place = scenes.regency()
    for n in range(count):
        scenes.published(place, title=f"Usulan nomor urut {n}")
        consultations.opened(place)
        program_scenes.published(place)
    client.get("/satuan-kerja/")
    with django_assert_num_queries(1):
        client.get("/satuan-kerja/")
    with django_assert_num_queries(13):
        client.get(f"/satuan-kerja/{place.root.code}/")


def test_unit_page_lists_consultations_of_the_unit_and_below(client: Client) -> None:
    place = scenes.regency()
    made = consultations.opened(place, unit=place.roads)
    for unit, found in ((place.works, [made.code]), (place.health, [])):
        cards = client.get(f"/satuan-kerja/{unit.code}/").context["consultations"]
        assert [card["code"] for card in cards] == found


def test_the_tree_begins_with_the_instansi_and_those_below_it_with_what_came_in(client: Client) -> None:
    place = scenes.regency()
    proposal = scenes.published(place)
    Proposal.objects.filter(pk=proposal.pk).update(unit=place.roads, answer_due_at=PAST)
    answer = client.get("/satuan-kerja/")
    shown = [(row["label"], row["depth"], row["count"], row["more_url"]) for row in answer.context["rows"]]
    assert shown == [
        ("Kabupaten Contoh", 0, "1 usulan", ""),
        ("Dinas Pekerjaan Umum", 2, "1 usulan", f"/satuan-kerja/?di={place.works.code}"),
        ("Dinas Kesehatan", 2, "0 usulan", ""),
        ("Kecamatan Sukamaju", 2, "0 usulan", f"/satuan-kerja/?di={place.subdistrict.code}"),
    ]
    text = answer.content.decode()
    assert "1 satuan kerja di bawahnya" in text
    assert text.count('class="tag tag-bad"') == 2


def test_what_came_in_stays_with_a_unit_whose_code_and_name_changed_after_it_was_counted(
    client: Client,
) -> None:
    place = scenes.regency()
    scenes.published(place)
    before = {row["label"]: row["count"] for row in client.get("/satuan-kerja/").context["rows"]}
    WorkUnit.objects.filter(pk=place.works.pk).update(
        code="DPUPR", name="Dinas Pekerjaan Umum dan Penataan Ruang"
    )
    after = {row["label"]: row["count"] for row in client.get("/satuan-kerja/").context["rows"]}
    assert before["Dinas Pekerjaan Umum"] == after["Dinas Pekerjaan Umum dan Penataan Ruang"] == "1 usulan"


def test_each_branch_has_its_rows_and_the_way_up(client: Client) -> None:
    place = scenes.regency()
    lane = tree.plant(code="SEKSI", name="Seksi Drainase", kind=WorkUnit.Kind.DIVISION, parent=place.roads)
    answer = client.get("/satuan-kerja/", {"di": place.roads.code})
    assert [row["label"] for row in answer.context["rows"]] == [lane.name]
    assert answer.context["crumbs"] == [
        {"label": "Satuan Kerja", "url": "/satuan-kerja/"},
        {"label": "Kabupaten Contoh", "url": f"/satuan-kerja/?di={place.root.code}"},
        {"label": "DPU", "url": f"/satuan-kerja/?di={place.works.code}"},
        {"label": "Bidang Bina Marga"},
    ]
    assert f'href="/satuan-kerja/{place.roads.code}/"' in answer.content.decode()
    page = client.get(f"/satuan-kerja/{lane.code}/")
    assert [crumb["label"] for crumb in page.context["crumbs"][1:]] == [
        "Kabupaten Contoh",
        "DPU",
        "Bidang Bina Marga",
        "Seksi Drainase",
    ]
    assert 'class="empty"' in client.get("/satuan-kerja/", {"di": lane.code}).content.decode()
    deep = tree.plant(code="TIM", name="Tim Pintu Air", kind=WorkUnit.Kind.DIVISION, parent=lane)
    crumbs = client.get("/satuan-kerja/", {"di": deep.code}).context["crumbs"]
    assert [crumb["label"] for crumb in crumbs[3:]] == ["Bidang Bina Marga", lane.name, deep.name]


def test_a_branch_of_an_old_code_leads_on_and_of_none_is_not_found(client: Client) -> None:
    place = scenes.regency()
    FormerCode.objects.create(code="LAMA.2", unit=place.works, since=PAST)
    answer = client.get("/satuan-kerja/", {"di": "LAMA.2"})
    assert (answer.status_code, answer["Location"]) == (301, f"/satuan-kerja/?di={place.works.code}")
    WorkUnit.objects.filter(pk=place.health.pk).update(is_active=False)
    for code in (place.health.code, "TIDAK-ADA"):
        assert client.get("/satuan-kerja/", {"di": code}).status_code == 404


@pytest.mark.parametrize("query", ["", "di={root}", "di={works}", "q=nomor"])
def test_levels_and_hits_go_on_by_pages_of_ten_and_each_unit_stands_there_once(
    client: Client, query: str
) -> None:
    place = scenes.regency()
    parent = place.works if "works" in query else place.root
    fields = {"name": "UPT nomor", "kind": "upt"}
    tree.plant_many([({**fields, "code": f"UPT{n}"}, parent.code) for n in range(45)])
    retired = tree.plant(code="TUTUP", name="UPT nomor 0", kind="upt", parent=parent, is_active=False)
    url = "/satuan-kerja/?" + query.format(root=place.root.code, works=place.works.code)
    seen, sizes = list[str](), list[int]()
    while url:
        context = client.get(url).context
        seen += [row["url"] for row in context["rows"]]
        sizes.append(len(context["rows"]))
        url = context["next_url"]
    more = {"": 4, "di={root}": 3, "di={works}": 1, "q=nomor": 0}[query]
    assert sizes == [10, 10, 10, 10, 5 + more]
    assert len(set(seen)) == 45 + more
    assert f"/satuan-kerja/{retired.code}/" not in seen


def test_a_unit_with_many_below_names_the_first_and_leads_to_all(client: Client) -> None:
    place = scenes.regency()
    fields, way = {"name": "UPT", "kind": "upt"}, f"/satuan-kerja/?di={place.works.code}"
    tree.plant_many([({**fields, "code": f"UPT{n}"}, place.works.code) for n in range(11)])
    page = client.get(f"/satuan-kerja/{place.works.code}/")
    assert (len(page.context["children"]), page.context["branch_url"]) == (12, "")
    tree.plant(code="UPT11", parent=place.works, **fields)
    page = client.get(f"/satuan-kerja/{place.works.code}/")
    assert (len(page.context["children"]), page.context["branch_url"]) == (12, way)
    assert f'href="{way}"' in page.content.decode()


@pytest.mark.parametrize("more", [1, 3, 60])
def test_tree_pages_ask_as_often_for_many_units_as_for_one(
    client: Client, django_assert_num_queries: Any, more: int
) -> None:
    place = scenes.regency()
    fields = {"name": "UPT", "kind": "upt"}
    tree.plant_many([({**fields, "code": f"UPT{n}"}, place.roads.code) for n in range(more)])
    client.get("/satuan-kerja/")
    with django_assert_num_queries(1):
        client.get("/satuan-kerja/")
    with django_assert_num_queries(2):
        client.get("/satuan-kerja/", {"di": place.roads.code})
    with django_assert_num_queries(1):
        client.get("/satuan-kerja/", {"q": "desa"})
    client.force_login(people.staff("administrator", place.root))
    client.get("/satuan-kerja/TIDAK-ADA/")
    with django_assert_num_queries(5):
        client.get("/satuan-kerja/", {"di": place.works.code})


def test_a_search_finds_by_name_short_name_and_code(client: Client) -> None:
    place = scenes.regency()
    for words, found in (
        ("pekerjaan dinas", ["Dinas Pekerjaan Umum"]),
        ("dpu", ["Dinas Pekerjaan Umum"]),
        (place.village.code.lower(), ["Desa Mekarsari"]),
        ("tidak-ada", []),
    ):
        answer = client.get("/satuan-kerja/", {"q": words})
        assert [row["label"] for row in answer.context["rows"]] == found, words
    assert 'href="/satuan-kerja/"' in answer.content.decode()
