"""Exports: chosen columns in chosen order, no formulas, no addresses, own units only, an entry in the trail."""

import csv
import io

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from rembuk.audit.models import AuditEntry
from tests import export_scenes as exports
from tests import handling_scenes as handling
from tests import people, scenes
from tests.web.moderation.test_queue import signed_in

pytestmark = pytest.mark.django_db
EXPORT = "/kelola/usulan/ekspor/"


def exported(client: Client, form: str, *columns: str, query: str = "") -> list[list[object]]:
    """The rows of a file with these columns."""
    fields = {f"kolom_{place}": name for place, name in enumerate(columns, start=1)}
    answer = client.post(f"{EXPORT}{query}", {**fields, "bentuk": form})
    body = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    if form == "csv":
        return [list(row) for row in csv.reader(io.StringIO(body.decode("utf-8-sig")))]
    book = CalamineWorkbook.from_filelike(io.BytesIO(body))
    return [list(row) for row in book.get_sheet_by_index(0).to_python()]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_export_holds_the_chosen_columns_in_their_order(form: str) -> None:
    place = scenes.regency()
    found = scenes.published(place, title="Lampu jalan desa")
    rows = exported(signed_in("moderator", place), form, "judul", "kode", "status")
    assert rows == [["judul", "kode", "status"], ["Lampu jalan desa", found.code, "Diterbitkan"]]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_export_disarms_formulas(form: str, start: str) -> None:
    place = scenes.regency()
    scenes.published(place, title=f"{start}HYPERLINK(1;2) jalan")
    (_head, row) = exported(signed_in("moderator", place), form, "judul")
    expected = f"'{start}HYPERLINK(1;2) jalan" if form == "csv" else f"{start}HYPERLINK(1;2) jalan"
    assert row == [expected]


def test_export_in_xlsx_writes_texts_never_formulas() -> None:
    place = scenes.regency()
    scenes.published(place, title="=1+1 jalan desa kami")
    client = signed_in("moderator", place)
    answer = client.post(EXPORT, {"kolom_1": "judul", "bentuk": "xlsx"})
    body = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    import zipfile

    sheet = zipfile.ZipFile(io.BytesIO(body)).read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in sheet


def test_export_keeps_masked_names_and_addresses_in_the_house() -> None:
    place = scenes.regency()
    author = people.citizen("Tuti Rahayu", email="tuti@contoh.id")
    scenes.published(place, author, is_name_masked=True)
    rows = exported(signed_in("unit-admin", place), "csv", "pengusul", "uraian", "judul")
    assert "Tuti" not in str(rows)
    assert "tuti@contoh.id" not in str(rows)


def test_export_takes_filters_and_own_units_only() -> None:
    place = scenes.regency()
    handling.referred(place)
    scenes.submitted(place)
    assert len(exported(signed_in("moderator", place), "csv", "kode", query="?status=submitted")) == 2
    assert len(exported(signed_in("moderator", place, "health"), "csv", "kode")) == 1


@pytest.mark.parametrize("query", ["?satuan=TIDAK-ADA", "?status=apa", "?q=jalan&kategori=x-y", "?tahun=abc"])
def test_export_with_a_filter_that_cannot_be_read_leads_to_the_list(query: str) -> None:
    place = scenes.regency()
    scenes.published(place)
    client = signed_in("moderator", place)
    for answer in (
        client.get(f"{EXPORT}{query}"),
        client.post(f"{EXPORT}{query}", {"kolom_1": "kode", "bentuk": "csv"}),
    ):
        assert (answer.status_code, answer["Location"]) == (303, f"/kelola/usulan/{query}")
    assert not AuditEntry.objects.filter(verb="proposal.exported").exists()


def test_export_counts_what_it_holds_where_both_rights_are_held() -> None:
    place = scenes.regency()
    here, elsewhere = scenes.published(place), scenes.published(place, category=place.other_category)
    client = exports.reads_and_takes(place.root, place.works, "proposal")
    assert "1 usulan" in client.get(EXPORT).content.decode()
    assert exported(client, "csv", "kode") == [["kode"], [here.code]]
    assert exported(exports.reads_and_takes(place.root, place.health, "proposal"), "csv", "kode") == [
        ["kode"],
        [elsewhere.code],
    ]
    answer = exports.reads_and_takes(place.works, place.health, "proposal").post(
        EXPORT, {"kolom_1": "kode", "bentuk": "csv"}
    )
    assert answer.status_code == 403


def test_export_is_recorded_with_filters_and_columns() -> None:
    place = scenes.regency()
    scenes.submitted(place)
    exported(signed_in("moderator", place), "csv", "kode", "judul", query="?status=submitted")
    entry = AuditEntry.objects.get(verb="proposal.exported")
    assert entry.after == {
        "filters": {"status": "submitted"},
        "columns": ["kode", "judul"],
        "form": "csv",
        "count": 1,
    }


@pytest.mark.parametrize("columns", [[], ["kode", "kode"], ["kata_sandi"]])
def test_export_without_proper_columns_is_shown_again(columns: list[str]) -> None:
    place = scenes.regency()
    fields = {f"kolom_{place}": name for place, name in enumerate(columns, start=1)}
    answer = signed_in("moderator", place).post(EXPORT, {**fields, "bentuk": "csv"})
    assert (answer.status_code, AuditEntry.objects.filter(verb="proposal.exported").count()) == (422, 0)


def test_export_without_the_right_is_refused() -> None:
    place = scenes.regency()
    assert signed_in("assessor", place).get(EXPORT).status_code == 403
