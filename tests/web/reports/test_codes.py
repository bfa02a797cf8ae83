"""Unit codes may hold dots; reports and pages of such units open like any other."""

import pytest
from django.test import Client

from rembuk.reports.models import AccountabilityReport
from rembuk.workunits.models import WorkUnit
from tests import report_scenes, scenes

pytestmark = pytest.mark.django_db
DESK, PUBLIC = "/kelola/laporan/", "/transparansi/laporan/"


@pytest.fixture
def place() -> scenes.Regency:
    made = scenes.regency()
    WorkUnit.objects.filter(pk=made.works.pk).update(code="dinas.pu")
    made.works.refresh_from_db()
    return made


def test_report_of_a_unit_with_a_dot_is_written_and_published(client: Client, place: scenes.Regency) -> None:
    client.force_login(report_scenes.head(place))
    chosen = {"unit": "dinas.pu", "year": "2026", "quarter": "3"}
    url = client.post(f"{DESK}baru/", chosen)["Location"]
    assert url == f"{DESK}LPJ-2026-TW3-dinas.pu/"
    for page in (DESK, url, f"{url}terbitkan/", f"{url}buang/"):
        assert client.get(page).status_code == 200, page
    seen = AccountabilityReport.objects.get().changed_at.isoformat()
    done = client.post(f"{url}terbitkan/", {"seen": seen})["Location"]
    assert done == f"{PUBLIC}LPJ-2026-TW3-dinas.pu/"
    for page in (PUBLIC, done):
        assert client.get(page).status_code == 200, page
    book = client.get(f"{done}data.xlsx")
    assert b"".join(book.streaming_content if book.streaming else [book.content])[:2] == b"PK"
    book.close()


def test_draft_of_a_unit_with_a_dot_is_discarded(client: Client, place: scenes.Regency) -> None:
    by = report_scenes.head(place)
    report = report_scenes.account(place.works, by)
    client.force_login(by)
    assert client.post(f"{DESK}{report.code}/buang/")["Location"] == DESK
    assert client.get(f"{DESK}{report.code}/").status_code == 404


def test_unit_with_a_dot_has_its_public_page(client: Client, place: scenes.Regency) -> None:
    assert 'href="/satuan-kerja/dinas.pu/"' in client.get("/satuan-kerja/").content.decode()
    assert client.get("/satuan-kerja/dinas.pu/").status_code == 200
