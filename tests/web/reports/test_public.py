"""Accountability reports for everybody: the list with its filters, the page, the spreadsheet, the ways to them."""

import io
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from rembuk.reports.models import AccountabilityReport
from rembuk.reports.periods import Period
from tests import layer_scenes, people, program_scenes, report_scenes, scenes
from tests.program_scenes import MORNING
from tests.report_scenes import FOURTH, THIRD, YEAR

pytestmark = pytest.mark.django_db
LIST = "/transparansi/laporan/"


@pytest.fixture
def place() -> scenes.Regency:
    return scenes.regency()


def published(place: scenes.Regency, period: Period = FOURTH) -> AccountabilityReport:
    return report_scenes.accounted(place.works, report_scenes.head(place), period, at=MORNING)


def test_list_says_when_there_is_none_and_where_figures_are(client: Client, place: scenes.Regency) -> None:
    report_scenes.account(place.works, report_scenes.head(place))
    page = client.get(LIST).content.decode()
    assert "Belum ada laporan yang diterbitkan" in page
    assert 'href="/statistik/"' in page


def test_list_has_the_newest_period_first_and_filters(client: Client, place: scenes.Regency) -> None:
    for period in (THIRD, YEAR, FOURTH, Period(2025, 4)):
        published(place, period)
    report_scenes.accounted(place.health, people.staff("unit-admin", place.health), THIRD, at=MORNING)

    def codes(query: str = "") -> list[str]:
        return [row["code"] for row in client.get(f"{LIST}{query}").context["rows"]]

    own = [f"LPJ-{period.code}-{place.works.code}" for period in (YEAR, FOURTH, THIRD, Period(2025, 4))]
    other = f"LPJ-2026-TW3-{place.health.code}"
    assert codes() == [*own[:2], *sorted([own[2], other]), own[3]]
    assert codes(f"?satuan={place.works.code}") == own
    assert codes("?tahun=2025") == [own[3]]
    assert codes(f"?satuan={place.health.code}&tahun=2025") == []
    assert codes("?satuan=tidak-ada") == []
    assert "Hapus satu saringan" in client.get(f"{LIST}?tahun=1999").content.decode()


def test_list_goes_on_page_by_page(
    client: Client, place: scenes.Regency, monkeypatch: pytest.MonkeyPatch
) -> None:
    from rembuk.web.reports import public

    monkeypatch.setattr(public, "PAGE", 2)
    for period in (YEAR, FOURTH, THIRD):
        published(place, period)
    first = client.get(LIST)
    second = client.get(first.context["next_url"])
    assert [row["code"].split("-")[1:3] for row in second.context["rows"]] == [["2026", "TW3"]]


def test_page_shows_figures_words_and_programmes_behind_first(client: Client, place: scenes.Regency) -> None:
    manager = program_scenes.manager(place)
    road = program_scenes.published(place, by=manager, at=MORNING - timedelta(days=1))
    bridge = layer_scenes.running(place, manager)
    scenes.published(place)
    report = published(place)
    page = client.get(f"{LIST}{report.code}/").content.decode()
    assert "Laporan pertanggungjawaban, Triwulan IV 2026" in page
    assert "Dinas Pekerjaan Umum" in page
    assert "Rp4.050.000.000,50" in page
    assert page.index(bridge.code) < page.index(f"({road.code})")
    assert "Kritis" in page
    assert "Didengar" in page
    assert "Melalui situs ini" in page
    assert "Hari terlambat menurut fase" in page
    assert "menurut tonggaknya atau, bila tanpa tonggak, menurut tanggal fasenya" in page
    english = client.get(f"/en{LIST}{report.code}/").content.decode()
    assert "How these figures are counted" in english


def test_page_of_a_unit_without_anything_is_whole(client: Client, place: scenes.Regency) -> None:
    report = report_scenes.accounted(
        place.health, people.staff("unit-admin", place.health), THIRD, at=MORNING
    )
    page = client.get(f"{LIST}{report.code}/").content.decode()
    assert 'id="programs"' in page
    assert 'id="money"' not in page


def test_workbook_has_every_programme(
    client: Client, place: scenes.Regency, monkeypatch: pytest.MonkeyPatch
) -> None:
    from rembuk.web.sheets import tables

    monkeypatch.setattr(tables, "MOST_ROWS", 1)
    layer_scenes.running(place)
    program_scenes.published(place, at=MORNING - timedelta(days=1))
    report = published(place)
    page = client.get(f"{LIST}{report.code}/").content.decode()
    assert "1 baris lagi ada di lembar kerja." in page
    answer = client.get(f"{LIST}{report.code}/data.xlsx")
    assert answer["Content-Disposition"] == f'attachment; filename="{report.code}.xlsx"'
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.getvalue()))
    rows = book.get_sheet_by_name("Program kerja").to_python()
    assert len(rows) == 3
    assert rows[1][7:] == [4050000000.5, 1050000000.25]
    assert "Isi laporan" in book.sheet_names


def test_draft_is_seen_by_those_who_write_it_alone(client: Client, place: scenes.Regency) -> None:
    report = report_scenes.account(place.works, report_scenes.head(place), at=MORNING)
    pages = [f"{LIST}{report.code}/", f"{LIST}{report.code}/data.xlsx"]
    strangers = [
        None,
        people.citizen(),
        people.staff("unit-admin", place.health),
        people.staff("auditor", place.root),
    ]
    for person in strangers:
        other = Client()
        if person:
            other.force_login(person)
        assert [other.get(page).status_code for page in pages] == [404, 404]
    client.force_login(report_scenes.head(place))
    assert "Pratinjau draf" in client.get(pages[0]).content.decode()
    assert client.get(pages[1]).getvalue()
    assert client.get(f"{LIST}LPJ-2026-TW1-xx/").status_code == 404


def test_transparency_and_unit_lead_to_them(client: Client, place: scenes.Regency) -> None:
    assert f'href="{LIST}"' in client.get("/transparansi/").content.decode()
    unit = f"/satuan-kerja/{place.works.code}/"
    assert LIST not in client.get(unit).content.decode()
    report = published(place)
    page = client.get(unit).content.decode()
    assert f'href="{LIST}{report.code}/"' in page
    assert f'href="{LIST}?satuan={place.works.code}"' in page


def test_pages_take_the_same_queries_always(
    client: Client, place: scenes.Regency, django_assert_num_queries: Any
) -> None:
    layer_scenes.running(place)
    report = published(place)
    client.get(LIST)
    for url, queries in ((LIST, 3), (f"{LIST}{report.code}/", 1)):
        with django_assert_num_queries(queries):
            client.get(url)
    for period in (YEAR, THIRD):
        published(place, period)
    with django_assert_num_queries(3):
        client.get(LIST)
