"""The public list: filters, words, sorting, pages, the same bytes for every visitor, a fixed number of queries."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from rembuk.common.clock import now
from rembuk.engagement.models import Figures
from rembuk.proposals.models import Proposal
from rembuk.taxonomy import tree
from rembuk.web.proposals import lists
from tests import people, scenes

pytestmark = pytest.mark.django_db
LIST = "/usulan/"
AT = datetime(2026, 5, 4, 3, tzinfo=UTC)


def titles(client: Client, query: str = "") -> list[str]:
    """The titles of the cards on a page of the list."""
    response = client.get(f"{LIST}{query}")
    assert response.status_code == 200
    return [card["title"] for card in response.context["cards"]]


def test_list_without_proposals_invites_to_write(client: Client) -> None:
    response = client.get(LIST)
    assert b"/usulan/baru/" in response.content
    assert response.context["cards"] == []


def test_list_shows_published_only(client: Client) -> None:
    place = scenes.regency()
    scenes.published(place, title="Lampu jalan di Dusun Krajan")
    scenes.submitted(place, title="Masih menunggu moderasi ini")
    assert titles(client) == ["Lampu jalan di Dusun Krajan"]


def test_list_category_takes_in_its_children(client: Client) -> None:
    place = scenes.regency()
    child = tree.plant(slug="trotoar", name="Trotoar", name_en="Pavements", parent=place.category)
    scenes.published(place, title="Trotoar ramah kursi roda", category=child)
    scenes.published(place, title="Obat di puskesmas pembantu", category=place.other_category)
    assert titles(client, f"?kategori={place.category.slug}") == ["Trotoar ramah kursi roda"]


def test_list_unit_takes_in_all_below(client: Client) -> None:
    place = scenes.regency()
    proposal = scenes.published(place, title="Drainase jalan kabupaten")
    Proposal.objects.filter(pk=proposal.pk).update(unit=place.roads)
    assert titles(client, f"?satuan={place.works.code}") == ["Drainase jalan kabupaten"]
    assert titles(client, f"?satuan={place.health.code}") == []


def test_pages_of_a_unit_hold_each_of_its_proposals_once_the_newest_first(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = scenes.regency()
    monkeypatch.setattr(lists, "PAGE", 2)
    for number in range(5):
        scenes.published(place, title=f"Drainase nomor {number}")
    Proposal.objects.update(unit=place.roads, published_at=AT)
    Proposal.objects.filter(title="Drainase nomor 4").update(unit=place.health)
    found, url = [], f"{LIST}?satuan={place.works.code}"
    while url:
        context = client.get(url).context
        found.append([card["title"] for card in context["cards"]])
        url = context["next_url"]
    assert found == [["Drainase nomor 3", "Drainase nomor 2"], ["Drainase nomor 1", "Drainase nomor 0"]]


def test_overdue_ones_come_the_longest_overdue_first(client: Client) -> None:
    place, moment = scenes.regency(), now()
    for title, days in (("Sudah lama lewat", -9), ("Baru saja lewat", -1), ("Belum tiba waktunya", 3)):
        proposal = scenes.published(place, title=title)
        Proposal.objects.filter(pk=proposal.pk).update(answer_due_at=moment + timedelta(days=days))
    late = ["Sudah lama lewat", "Baru saja lewat"]
    assert titles(client, "?tenggat=lewat") == late
    assert titles(client, "?tenggat=lewat&urut=terbaru") == late
    assert set(titles(client, "?tenggat=lewat&urut=dukungan")) == set(late)
    sorts = client.get(f"{LIST}?tenggat=lewat").context["sorts"]
    assert next((one["label"], one["current"]) for one in sorts) == ("Terlama lewat batas", True)
    assert titles(client, "?urut=tenggat") == titles(client)


def test_list_finds_words_and_filters_state_source_year(client: Client) -> None:
    place = scenes.regency()
    scenes.published(place, title="Memperbaiki jalan ke sekolah", planning_year=2027)
    assert titles(client, "?q=perbaikan+jalan") == ["Memperbaiki jalan ke sekolah"]
    assert titles(client, "?status=published&sumber=citizen&tahun=2027") == ["Memperbaiki jalan ke sekolah"]
    assert titles(client, "?status=declined") == []


def test_list_sorts_by_support_and_discussion(client: Client) -> None:
    place = scenes.regency()
    quiet = scenes.published(place, title="Usulan tanpa dukungan sama sekali")
    loud = scenes.published(place, title="Usulan yang banyak didukung warga", at=AT - timedelta(days=9))
    Figures.objects.filter(subject=loud.subject).update(support=9, comments=1)
    Figures.objects.filter(subject=quiet.subject).update(comments=4)
    assert titles(client, "?urut=dukungan")[0] == loud.title
    assert titles(client, "?urut=komentar")[0] == quiet.title


@pytest.mark.parametrize("sort", ["terbaru", "dukungan", "komentar"])
def test_list_pages_show_everything_once(client: Client, monkeypatch: pytest.MonkeyPatch, sort: str) -> None:
    monkeypatch.setattr(lists, "PAGE", 2)
    place = scenes.regency()
    author = people.citizen()
    wanted = {scenes.published(place, author, title=f"Usulan nomor urut {n}").title for n in range(5)}
    url, seen = f"{LIST}?urut={sort}", []
    while url:
        response = client.get(url)
        seen += [card["title"] for card in response.context["cards"]]
        url = response.context["next_url"]
    assert sorted(seen) == sorted(wanted)


@pytest.mark.parametrize("query", ["?after=palsu", "?urut=apa", "?kategori=tidak-ada", "?tahun=satu"])
def test_list_with_a_bad_address_still_answers(client: Client, query: str) -> None:
    assert client.get(f"{LIST}{query}").status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_for_any_number_of_rows(
    client: Client, django_assert_num_queries: Any, count: int
) -> None:
    place = scenes.regency()
    for n in range(count):
        scenes.published(place, title=f"Usulan nomor urut {n}")
    with django_assert_num_queries(5):
        client.get(LIST)


def test_list_is_the_same_for_every_visitor(client: Client) -> None:
    place = scenes.regency()
    scenes.published(place)
    first, second = client.get(LIST), Client(headers={"Accept-Language": "en", "User-Agent": "x"}).get(LIST)
    assert first.content == second.content
    assert not first.cookies
    assert b"csrf" not in first.content
    assert first["Cache-Control"] == "public, max-age=0, must-revalidate, s-maxage=30"
    assert "Cookie" not in first.get("Vary", "")
    assert client.get(LIST, headers={"If-None-Match": first["ETag"]}).status_code == 304


def test_list_in_english_stands_under_its_own_path(client: Client) -> None:
    assert b"All categories" in client.get("/en/usulan/").content
    assert b"Semua kategori" in client.get(LIST).content


def test_feed_names_the_published(client: Client) -> None:
    place = scenes.regency()
    proposal = scenes.published(place, title="Jembatan <gantung> & jalan setapak")
    body = client.get("/usulan/feed.atom").content.decode()
    assert "Jembatan &lt;gantung&gt; &amp; jalan setapak" in body
    assert f"/usulan/{proposal.code}/" in body
