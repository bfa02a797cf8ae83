"""The staff list of proposals: scope, filters, sorting, pages, and what is done with a selection."""

import re
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from rembuk.proposals.models import Proposal
from rembuk.web.proposals.desk import lists
from tests import handling_scenes as handling
from tests import people, scenes
from tests.web.moderation.test_queue import signed_in

pytestmark = pytest.mark.django_db
LIST = "/kelola/usulan/"


def titles(client: Client, query: str = "") -> list[str]:
    """Titles on the page, in order."""
    return [row["title"] for row in client.get(f"{LIST}{query}").context["rows"]]


def test_list_holds_what_lies_with_came_from_or_went_through_the_own_units() -> None:
    place = scenes.regency()
    scenes.submitted(place, title="Menunggu di dinas lain")
    handling.referred(place, None, place.health)
    assert titles(signed_in("moderator", place, "health")) == ["Perbaikan jalan desa menuju balai desa"]
    assert len(titles(signed_in("moderator", place))) == 2


def test_list_never_holds_drafts() -> None:
    place = scenes.regency()
    scenes.draft(place)
    assert titles(signed_in("administrator", place)) == []


def test_each_filter_offers_everything_once() -> None:
    page = signed_in("administrator", scenes.regency()).get(LIST).content.decode()
    selects = re.findall(r"<select name=\"(\w+)\".*?</select>", page, re.DOTALL)
    assert {"satuan", "kategori", "status"} <= set(selects)
    assert page.count('<option value=""') == len(selects)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?status=submitted", ["Lampu jalan pasar"]),
        ("?status=published", ["Jembatan gantung baru"]),
        ("?q=lampu pasar", ["Lampu jalan pasar"]),
        ("?q=zzz", []),
        ("?sumber=council", []),
        ("?kerja=teruskan", ["Jembatan gantung baru"]),
        ("?kerja=lewat", ["Jembatan gantung baru"]),
        ("?urut=terlama", ["Jembatan gantung baru", "Lampu jalan pasar"]),
        ("?urut=terbaru", ["Lampu jalan pasar", "Jembatan gantung baru"]),
        ("?tahun=1999", []),
    ],
)
def test_list_filter_and_sorting(query: str, found: list[str]) -> None:
    place = scenes.regency()
    scenes.published(place, at=datetime.now(UTC) - timedelta(days=200), title="Jembatan gantung baru")
    scenes.submitted(place, title="Lampu jalan pasar")
    assert titles(signed_in("moderator", place), query) == found


@pytest.mark.parametrize("chosen", ["tenggat=lewat", "kerja=lewat"])
def test_overdue_ones_come_the_longest_overdue_first(chosen: str) -> None:
    place, moment = scenes.regency(), datetime.now(UTC)
    for title, days in (("Baru saja lewat", -1), ("Sudah lama lewat", -9), ("Belum tiba waktunya", 3)):
        proposal = scenes.published(place, title=title)
        Proposal.objects.filter(pk=proposal.pk).update(answer_due_at=moment + timedelta(days=days))
    client, late = signed_in("moderator", place), ["Sudah lama lewat", "Baru saja lewat"]
    assert titles(client, f"?{chosen}") == titles(client, f"?{chosen}&urut=terbaru") == late
    assert titles(client, f"?{chosen}&urut=terlama") == late[::-1]
    sorts = client.get(f"{LIST}?{chosen}").context["sorts"]
    assert [(one["label"], one["current"]) for one in sorts] == [
        ("Terlama lewat batas", True),
        ("Terlama", False),
    ]


def test_list_finds_a_code_however_it_is_typed() -> None:
    place = scenes.regency()
    scenes.submitted(place, title="Jembatan gantung baru")
    found = scenes.submitted(place, title="Lampu jalan pasar")
    typed = str(found.code).lower().replace("-", " ")
    assert titles(signed_in("moderator", place), f"?q={typed}") == ["Lampu jalan pasar"]


def test_list_pages_hold_each_proposal_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "PAGE", 2)
    place = scenes.regency()
    for number in range(3):
        scenes.submitted(place, title=f"Usulan nomor {number} di desa")
    client = signed_in("moderator", place)
    first = client.get(LIST)
    second = client.get(first.context["next_url"])
    shown = [row["title"] for answer in (first, second) for row in answer.context["rows"]]
    assert shown == [f"Usulan nomor {number} di desa" for number in (2, 1, 0)]


@pytest.mark.parametrize("rows", [1, 3])
def test_list_asks_the_database_as_often_for_one_as_for_three(
    rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    place = scenes.regency()
    for _row in range(rows):
        scenes.submitted(place)
    client = signed_in("moderator", place)
    client.get(LIST)
    with django_assert_num_queries(5):
        client.get(LIST)


def test_selection_leads_to_a_new_programme_with_its_proposals() -> None:
    place = scenes.regency()
    codes = [str(scenes.published(place).code) for _number in range(2)]
    answer = signed_in("unit-admin", place).post(f"{LIST}pilihan/", {"step": "program", "selected": codes})
    assert answer.status_code == 303
    assert parse_qs(urlsplit(answer["Location"]).query) == {"usulan": codes}


def test_selection_to_publish_asks_first() -> None:
    place = scenes.regency()
    waiting = scenes.submitted(place)
    answer = signed_in("moderator", place).post(
        f"{LIST}pilihan/", {"step": "publish", "selected": str(waiting.code)}
    )
    assert (answer.status_code, "1 usulan dipilih" in answer.content.decode()) == (200, True)


def test_publishing_all_found_takes_what_the_filters_found_and_waits() -> None:
    place = scenes.regency()
    scenes.submitted(place, title="Jembatan gantung baru")
    scenes.submitted(place, title="Lampu jalan pasar")
    scenes.published(place, title="Lampu jalan sekolah")
    client = signed_in("moderator", place)
    answer = client.post(f"{LIST}pilihan/?q=lampu", {"step": "publish", "semua": "1"})
    assert [row.title for row in answer.context["proposals"]] == ["Lampu jalan pasar"]


def test_all_found_makes_a_programme_of_what_a_programme_can_take_up() -> None:
    place = scenes.regency()
    scenes.submitted(place, title="Lampu jalan pasar")
    open_ones = [str(scenes.published(place, title=f"Lampu jalan {word}").code) for word in ("a", "b")]
    client = signed_in("unit-admin", place)
    answer = client.post(f"{LIST}pilihan/?q=lampu&urut=terlama", {"step": "program", "semua": "1"})
    assert parse_qs(urlsplit(answer["Location"]).query) == {"usulan": open_ones}


def test_all_found_of_a_filter_that_makes_no_sense_takes_nothing() -> None:
    place = scenes.regency()
    waiting = scenes.submitted(place)
    answer = signed_in("moderator", place).post(
        f"{LIST}pilihan/?status=tidak-ada", {"step": "publish", "semua": "1"}, follow=True
    )
    assert "proposals" not in answer.context
    assert Proposal.objects.get(pk=waiting.pk).state == "submitted"


def test_list_counts_what_was_found_and_offers_all_of_it() -> None:
    place = scenes.regency()
    for word in ("pasar", "sekolah"):
        scenes.submitted(place, title=f"Lampu jalan {word}")
    scenes.submitted(place, title="Jembatan gantung baru")
    answer = signed_in("moderator", place).get(LIST, {"q": "lampu"})
    assert answer.context["found"] == 2
    assert 'name="semua"' in answer.content.decode()


def test_bulk_publish_of_the_list_goes_through_the_question() -> None:
    place = scenes.regency()
    waiting = [scenes.submitted(place) for _number in range(3)]
    codes = [str(row.code) for row in waiting]
    client = signed_in("moderator", place)
    client.post("/kelola/moderasi/sekaligus/", {"step": "publish", "selected": codes, "confirm": "1"})
    assert set(Proposal.objects.values_list("state", flat=True)) == {"published"}


def test_list_without_the_right_is_refused() -> None:
    client = Client()
    client.force_login(people.citizen())
    assert client.get(LIST).status_code == 403
