"""Accountability reports on the desk: chosen, drafted, written, in conflict, discarded, published; who may not."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from rembuk.reports.actions.account import edit_account
from rembuk.reports.models import AccountabilityReport
from tests import layer_scenes, people, report_scenes, scenes
from tests.program_scenes import MORNING

pytestmark = pytest.mark.django_db
LIST = "/kelola/laporan/"


@pytest.fixture
def place() -> scenes.Regency:
    return scenes.regency()


def typed(report: AccountabilityReport, **words: str) -> dict[str, Any]:
    return {**report.words, "seen": report.changed_at.isoformat(), **words}


def chosen(place: scenes.Regency, **fields: str) -> dict[str, str]:
    return {"unit": place.works.code, "year": "2026", "quarter": "4", **fields}


def shown(client: Client, url: str) -> dict[str, str]:
    """What the question before publishing sends."""
    page = client.get(f"{url}terbitkan/").content.decode()
    return dict(re.findall(r'<input type="hidden" name="(seen)" value="([^"]+)">', page))


def drafted(client: Client, place: scenes.Regency) -> tuple[AccountabilityReport, str]:
    client.force_login(report_scenes.head(place))
    answer = client.post(f"{LIST}baru/", chosen(place))
    assert answer.status_code == 303
    report = AccountabilityReport.objects.get()
    assert answer["Location"] == f"{LIST}{report.code}/"
    return report, answer["Location"]


def test_head_of_a_unit_drafts_writes_and_publishes(client: Client, place: scenes.Regency) -> None:
    layer_scenes.running(place)
    client.force_login(report_scenes.head(place))
    assert "belum memiliki laporan pertanggungjawaban" in client.get(LIST).content.decode()
    form = client.get(f"{LIST}baru/").content.decode()
    assert f'value="{place.roads.code}"' in form
    assert f'value="{place.health.code}"' not in form
    report, url = drafted(client, place)
    assert "Triwulan IV 2026" in client.get(url).content.decode()
    answer = client.post(url, typed(report, next="Menambah petugas.", step="publish"))
    assert answer["Location"] == f"{url}terbitkan/"
    assert "Periode ini belum berakhir" in client.get(f"{url}terbitkan/").content.decode()
    done = client.post(f"{url}terbitkan/", shown(client, url))
    assert done["Location"] == f"/transparansi/laporan/{report.code}/"
    assert "Menambah petugas." in client.get(done["Location"]).content.decode()
    assert client.get(url)["Location"] == done["Location"]
    assert done["Location"] in client.get(LIST).content.decode()
    assert client.post(f"{url}terbitkan/", shown(client, url)).status_code == 409
    assert client.post(f"{url}buang/").status_code == 409


def test_whole_year_of_a_unit_that_is_over_is_published_without_a_warning(
    client: Client, place: scenes.Regency
) -> None:
    client.force_login(report_scenes.head(place))
    client.post(f"{LIST}baru/", chosen(place, year="2025", quarter=""))
    report = AccountabilityReport.objects.get(year=2025, quarter=None)
    page = client.get(f"{LIST}{report.code}/terbitkan/").content.decode()
    assert "belum berakhir" not in page


def test_choice_that_can_not_be_is_refused_and_kept(client: Client, place: scenes.Regency) -> None:
    client.force_login(report_scenes.head(place))
    for wrong in ({"unit": place.health.code}, {"year": "1998"}, {"quarter": "5"}):
        answer = client.post(f"{LIST}baru/", chosen(place, **wrong))
        assert answer.status_code == 422, wrong
    drafted(client, place)
    again = client.post(f"{LIST}baru/", chosen(place))
    assert again.status_code == 409
    assert "sudah memiliki laporan untuk periode ini" in again.content.decode()
    assert AccountabilityReport.objects.count() == 1


def test_quarter_to_come_is_refused_by_name(client: Client, place: scenes.Regency) -> None:
    import time_machine

    with time_machine.travel(MORNING.replace(month=2), tick=True):
        client.force_login(report_scenes.head(place))
        answer = client.post(f"{LIST}baru/", chosen(place))
    assert answer.status_code == 422
    assert "Pilih periode yang sudah dimulai." in answer.content.decode()


def test_saving_refreshing_and_conflicts_lose_nothing(client: Client, place: scenes.Regency) -> None:
    report, url = drafted(client, place)
    assert client.post(url, typed(report, summary="Ringkas.")).status_code == 303
    report.refresh_from_db()
    scenes.published(place)
    assert client.post(url, typed(report, step="refresh")).status_code == 303
    report.refresh_from_db()
    assert report.words["summary"] == "Ringkas."
    assert report.data["proposals"]["n"] == 1
    edit_account(
        report,
        {**report.words, "next": "Tulisan rekan."},
        seen=report.changed_at,
        by=report_scenes.head(place),
        at=MORNING + timedelta(hours=2),
    )
    answer = client.post(url, typed(report, next="Tulisan saya."))
    assert answer.status_code == 409
    assert "Tulisan saya." in answer.content.decode()
    assert "Tulisan rekan." in answer.content.decode()
    report.refresh_from_db()
    assert client.post(url, typed(report, summary="")).status_code == 303
    assert client.post(f"{url}terbitkan/", shown(client, url)).status_code == 422


def test_report_that_a_colleague_rewrote_meanwhile_is_not_published_unread(
    client: Client, place: scenes.Regency
) -> None:
    report, url = drafted(client, place)
    asked = shown(client, url)
    edit_account(
        report,
        {**report.words, "summary": "Tulisan rekan."},
        seen=report.changed_at,
        by=report_scenes.head(place),
        at=MORNING + timedelta(hours=2),
    )
    for sent in (asked, {}, {"seen": "kapan-kapan"}):
        answer = client.post(f"{url}terbitkan/", sent)
        assert answer.status_code == 409
        page = answer.content.decode()
        assert "Laporan ini diubah orang lain setelah Anda membukanya." in page
        assert f'href="{url}"' in page
        report.refresh_from_db()
        assert not report.is_public
    assert "Tulisan rekan." in client.get(url).content.decode()
    assert client.post(f"{url}terbitkan/", shown(client, url)).status_code == 303
    report.refresh_from_db()
    assert report.is_public


def test_draft_is_discarded_after_a_question(client: Client, place: scenes.Regency) -> None:
    _report, url = drafted(client, place)
    assert "Buang draf ini?" in client.get(f"{url}buang/").content.decode()
    assert client.post(f"{url}buang/")["Location"] == LIST
    assert not AccountabilityReport.objects.exists()


def test_rights_count_in_the_unit(client: Client, place: scenes.Regency) -> None:
    _report, url = drafted(client, place)
    pages = [url, f"{url}terbitkan/", f"{url}buang/"]
    for role, unit, status in (
        ("program-manager", place.works, 403),
        ("auditor", place.root, 403),
        ("unit-admin", place.health, 404),
        ("unit-admin", place.roads, 404),
    ):
        client.force_login(people.staff(role, unit))
        assert [client.get(page).status_code for page in pages] == [status] * 3
        assert [client.post(page).status_code for page in pages] == [status] * 3
    client.force_login(people.staff("unit-admin", place.roads))
    assert url not in client.get(LIST).content.decode()
    client.force_login(people.staff("unit-admin", place.root))
    assert client.get(url).status_code == 200


def test_pages_take_the_same_queries_always(
    client: Client, place: scenes.Regency, django_assert_num_queries: Any
) -> None:
    _report, url = drafted(client, place)
    client.get(LIST)
    for page, queries in ((LIST, 4), (url, 4), (f"{LIST}baru/", 4)):
        with django_assert_num_queries(queries, info=page):
            client.get(page)
