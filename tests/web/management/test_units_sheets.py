"""The tree as a file and back: exported and audited, checked before it is written, all or none."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from python_calamine import CalamineWorkbook

from rembuk.audit.models import AuditEntry
from rembuk.management.units.records import COLUMNS
from rembuk.workunits.models import WorkUnit
from tests import scenes
from tests.web.management.pages import K, refused, signed_in

pytestmark = pytest.mark.django_db
LIST = f"{K}satuan-kerja/"
START, CHECK = f"{LIST}impor/", f"{LIST}impor/periksa/"
WHY = {"reason": "Perda susunan perangkat daerah"}


def send(client: Client, content: bytes | str, name: str = "unit.csv") -> object:
    """Upload a file."""
    data = content.encode() if isinstance(content, str) else content
    return client.post(START, {"sheet": SimpleUploadedFile(name, data)})


def body(answer: object) -> bytes:
    """What a download holds."""
    streaming = getattr(answer, "streaming", False)
    return b"".join(answer.streaming_content) if streaming else answer.content  # type: ignore[attr-defined]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_export_brought_in_again_has_nothing_to_write(form: str) -> None:
    place = scenes.regency()
    WorkUnit.objects.filter(pk=place.works.pk).update(
        phone="+62 293", address="'=1+1", head_name="=A", region=scenes.village_region()
    )
    client = signed_in("administrator", place)
    answer = client.get(f"{LIST}ekspor/{form}/")
    content = body(answer)
    assert f"satuan-kerja.{form}" in answer["Content-Disposition"]
    entry = AuditEntry.objects.get(verb="unit.exported")
    assert entry.after == {"count": 6, "form": form}
    assert send(client, content, f"unit.{form}").status_code == 303  # type: ignore[attr-defined]
    shown = client.get(CHECK)
    assert (shown.context["count"], shown.context["problems"]) == (0, None)
    assert shown.context["stats"][-1]["value"] == 6


def test_the_csv_gives_spreadsheets_no_formula_and_names_all_columns() -> None:
    place = scenes.regency()
    WorkUnit.objects.filter(pk=place.works.pk).update(name="=HYPERLINK(1)")
    text = body(signed_in("administrator", place).get(f"{LIST}ekspor/csv/")).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert tuple(rows[0]) == COLUMNS
    assert not any(cell[:1] in "=+-@" for row in rows for cell in row if cell)


def test_the_workbook_holds_texts_only() -> None:
    place = scenes.regency()
    content = body(signed_in("administrator", place).get(f"{LIST}ekspor/xlsx/"))
    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    assert tuple(rows[0]) == COLUMNS
    assert all(isinstance(cell, str) for row in rows for cell in row)


def test_the_export_holds_the_units_in_reach_only() -> None:
    place = scenes.regency()
    text = body(signed_in("administrator", place, "works").get(f"{LIST}ekspor/csv/")).decode()
    assert place.roads.code in text
    assert place.village.code not in text
    assert signed_in("administrator", place).get(f"{LIST}ekspor/pdf/").status_code == 404


def test_a_sheet_is_shown_then_written_with_its_reason_once() -> None:
    place = scenes.regency()
    client = signed_in("administrator", place)
    send(client, f"code,name,kind,parent_code\n9.1,Seksi,division,9\n9,Dinas,agency,{place.root.code}\n")
    shown = client.get(CHECK)
    assert (shown.status_code, shown.context["count"]) == (200, 2)
    assert not WorkUnit.objects.filter(code="9").exists()
    mark = {"mark": shown.context["mark"]}
    assert refused(client.post(CHECK, {**mark, "reason": ""})) == (422, True)
    assert client.post(CHECK, {**mark, **WHY}).status_code == 303
    assert WorkUnit.objects.get(code="9.1").parent == WorkUnit.objects.get(code="9")
    assert AuditEntry.objects.get(verb="unit.imported").reason == WHY["reason"]
    assert client.post(CHECK, {**mark, **WHY}).status_code == 409


def test_what_changed_meanwhile_is_shown_again_instead_of_written() -> None:
    place = scenes.regency()
    client = signed_in("administrator", place)
    send(client, f"code,name\n{place.works.code},Dinas PUPR\n")
    mark = client.get(CHECK).context["mark"]
    WorkUnit.objects.filter(pk=place.works.pk).update(name="Dinas Bina Marga")
    answer = client.post(CHECK, {"mark": mark, **WHY})
    assert (answer.status_code, answer.context["form"]["reason"].value()) == (409, WHY["reason"])
    assert client.post(CHECK, {"mark": answer.context["mark"], **WHY}).status_code == 303
    assert WorkUnit.objects.get(pk=place.works.pk).name == "Dinas PUPR"


def test_rows_with_a_fault_are_told_and_nothing_can_be_written() -> None:
    place = scenes.regency()
    client = signed_in("administrator", place, "works")
    send(client, f"code,name,kind,parent_code\n9,Dinas,agency,{place.health.code}\n8,Seksi,kantor,TIADA\n")
    shown = client.get(CHECK)
    assert [row[0] for row in shown.context["problems"]["rows"]] == ["Baris 2", "Baris 3"]
    assert shown.context["count"] == 0
    assert client.post(CHECK, {"mark": shown.context["mark"], **WHY}).status_code == 200
    assert WorkUnit.objects.count() == 6


@pytest.mark.parametrize("content", ["", "nama\nDinas\n", b"PK\x03\x04 broken", b"\xff\xfe\x00"])
def test_a_file_that_cant_be_read_is_refused_at_its_field(content: bytes | str) -> None:
    client = signed_in("administrator", scenes.regency())
    answer = send(client, content)
    assert refused(answer) == (422, True)


def test_a_file_that_is_too_large_is_refused_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rembuk.web.management.units.desk_sheets.MAX_BYTES", 10)
    client = signed_in("administrator", scenes.regency())
    assert refused(send(client, "code,name\nA,B\n")) == (422, True)


def test_without_a_sheet_there_is_nothing_to_check_and_without_the_right_no_page() -> None:
    place = scenes.regency()
    assert signed_in("administrator", place).get(CHECK).status_code == 409
    other = signed_in("unit-admin", place)
    assert [other.get(path).status_code for path in (START, CHECK, f"{LIST}ekspor/csv/")] == [403] * 3
    assert other.post(f"{LIST}sekaligus/").status_code == 403


def test_a_new_sheet_takes_the_place_of_the_one_that_waits() -> None:
    place = scenes.regency()
    client = signed_in("administrator", place)
    send(client, "code,name\nA,B\n")
    send(client, f"code,name\n{place.works.code},Dinas PUPR\n")
    assert client.get(CHECK).context["written"]["rows"][0][0] == place.works.code
