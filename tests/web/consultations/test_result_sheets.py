"""The spreadsheets of a consultation: their sheets and columns, who may take names, what is left out for everybody."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from rembuk.audit.models import AuditEntry
from rembuk.consultations.models import Clause, ClauseText, DraftVersion
from tests import consultation_scenes as scenes
from tests import people
from tests.result_files import read_book, read_export
from tests.scenes import regency, village_region

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 6, 3, 5, tzinfo=UTC)


def test_export_has_six_sheets_with_the_columns_officials_know() -> None:
    place = regency()
    made = scenes.answering(place, at=NOON)

    book = read_export(place, made)

    assert list(book) == ["Matriks", "Masukan", "Pertanyaan", "Naskah", "Rekap", "Proses"]
    head, first, *rest = book["Matriks"]
    assert head == [
        "No.",
        "Masukan",
        "Tanda terima",
        "Butir",
        "Isi masukan",
        "Sikap atas butir",
        "Peserta",
        "Jenis peserta",
        "Kanal",
        "Tanggapan resmi",
        "Alasan",
        "Perubahan",
        "Satuan kerja",
        "Tanggal",
        "Tanggapan atas keberatan",
        "Alasan atas keberatan",
        "Tanggal atas keberatan",
    ]
    name = made.submissions.get(number=1).shown_name
    assert first[:11] == [
        1.0,
        1.0,
        made.submissions.get(number=1).code,
        "Keseluruhan",
        "Jadwal perlu disesuaikan dengan pasar pagi.",
        "",
        name,
        "Perorangan",
        "Situs ini",
        "Diterima sebagian",
        scenes.REASON,
    ]
    assert rest[0][5] == "Tidak setuju"
    assert len(rest) == 7
    assert [row[:1] + row[2:] for row in book["Rekap"][1:4]] == [
        ["Masukan", 2.0, 2.0],
        ["Masukan", 1.0, 2.0],
        ["Masukan", 1.0, 2.0],
    ]


def test_public_workbook_has_neither_names_nor_receipts_nor_hidden_texts(client) -> None:
    made = scenes.closed(regency())
    scenes.sent(made, people.citizen("Nama Terang"))
    scenes.sent(
        made, people.citizen("Nama Kedua"), scenes.content(reason="Isi terlarang."), state="not_shown"
    )
    scenes.rows_for(made)

    book = read_book(client, f"/uji-publik/{made.code}/data.xlsx")

    for secret in ("Nama Terang", "Nama Kedua", "Isi terlarang.", f"{made.code}-00001"):
        assert secret not in str(book)
    assert [row[1] for row in book["Masukan"][1:]] != []


def test_export_hides_masked_names_from_those_who_may_export_too() -> None:
    place = regency()
    made = scenes.closed(place)
    scenes.sent(made, people.citizen("Nama Rahasia"), scenes.content(is_name_masked=True))
    scenes.rows_for(made)

    assert "Nama Rahasia" not in str(read_export(place, made))


def test_export_is_recorded_with_the_number_of_rows() -> None:
    place = regency()
    made = scenes.answering(place)

    read_export(place, made, "consultation-manager")

    entry = AuditEntry.objects.filter(verb="consultation.exported").latest("id")
    assert (entry.target_key, entry.after) == (made.code, {"form": "xlsx", "rows": 8})


@pytest.mark.parametrize(("role", "where", "status"), [("auditor", "health", 404), ("assessor", "root", 403)])
def test_export_is_refused_elsewhere_and_without_the_right(role: str, where: str, status: int) -> None:
    place = regency()
    made = scenes.answering(place)
    client = Client()
    client.force_login(people.staff(role, getattr(place, where)))
    before = AuditEntry.objects.filter(verb="consultation.exported").count()

    assert client.get(f"/kelola/uji-publik/{made.code}/ekspor.xlsx").status_code == status
    assert AuditEntry.objects.filter(verb="consultation.exported").count() == before


@pytest.mark.parametrize("page", ["", "matriks/"])
def test_auditor_finds_the_export_on_the_desk_and_an_assessor_does_not(page: str) -> None:
    place = regency()
    made = scenes.answering(place)
    texts = {}
    for role in ("auditor", "assessor"):
        client = Client()
        client.force_login(people.staff(role, place.root))
        answer = client.get(f"/kelola/uji-publik/{made.code}/{page}")
        texts[role] = f"/kelola/uji-publik/{made.code}/ekspor.xlsx" in answer.content.decode()

    assert texts == {"auditor": True, "assessor": False}


def test_masked_submission_has_neither_number_nor_day_in_the_public_sheet_and_both_in_the_export(
    client,
) -> None:
    place = regency()
    made = scenes.closed(place)
    hidden = scenes.content(is_name_masked=True)
    scenes.sent(made, people.citizen("Nama Rahasia"), hidden)
    scenes.sent(made, people.citizen("Nama Kedua"), hidden, state="not_shown")
    scenes.rows_for(made)

    public = read_book(client, f"/uji-publik/{made.code}/data.xlsx")["Masukan"][1:]
    export = read_export(place, made)["Masukan"][1:]

    assert [row[:2] for row in public] == [["", ""], ["", ""]]
    assert [row[0] for row in export] == [1.0, 2.0]
    assert all(row[3] for row in export)
    assert {row[2] for row in export} == {"Peserta (nama disamarkan)"}
    assert "Nama Rahasia" not in str(public)


def test_sheet_of_submissions_has_receipt_name_region_stance_reason_state_and_number_of_rows() -> None:
    place = regency()
    made = scenes.closed(place, at=NOON)
    version = scenes.with_text(made)
    scenes.with_questions(made)
    village = village_region()
    full = scenes.full_content(version, region=village.code)
    scenes.sent(made, people.citizen("Siti Aminah"), full, at=NOON - timedelta(days=3))
    scenes.sent(made, people.citizen("Nama Kedua"), at=NOON, state="not_shown")
    scenes.rows_for(made)

    head, first, second = read_export(place, made)["Masukan"]

    assert head == [
        "Masukan",
        "Tanda terima",
        "Peserta",
        "Tanggal",
        "Jenis peserta",
        "Terdampak langsung",
        "Wilayah",
        "Kanal",
        "Sikap keseluruhan",
        "Alasan",
        "Status",
        "Baris matriks",
    ]
    assert first == [
        1.0,
        f"{made.code}-00001",
        "Siti Aminah",
        (NOON - timedelta(days=3)).astimezone(made.tz).date(),
        "Perorangan",
        "Tidak",
        village.full_name,
        "Situs ini",
        "Setuju dengan catatan",
        "Jadwal perlu disesuaikan dengan pasar pagi.",
        "Sudah masuk",
        4.0,
    ]
    assert second[-2:] == ["Tidak ditampilkan", 1.0]


@pytest.mark.parametrize("is_public", [True, False])
def test_sheet_of_the_text_has_every_clause_and_what_the_last_version_made_of_it(
    client, is_public: bool
) -> None:
    place = regency()
    made = scenes.closed(place, at=NOON)
    scenes.with_text(made, at=NOON - timedelta(days=20))
    scenes.second_version(made, at=NOON)

    book = read_book(client, f"/uji-publik/{made.code}/data.xlsx") if is_public else read_export(place, made)
    head, *clauses = book["Naskah"]

    assert head == [
        "Nomor butir",
        "Butir",
        "Jenis",
        "Judul",
        "Teks",
        "Versi",
        "Versi terakhir",
        "Perubahan dalam versi terakhir",
        "Butir dalam versi terakhir",
        "Isi dalam versi terakhir",
    ]
    assert [row[:2] + row[5:9] for row in clauses] == [
        [1.0, "BAB I", 1.0, 2.0, "Tetap", "BAB I"],
        [2.0, "Pasal 1", 1.0, 2.0, "Tetap", "Pasal 1"],
        [3.0, "Pasal 2", 1.0, 2.0, "Tetap", "Pasal 2"],
        [4.0, "Pasal 2 ayat (1)", 1.0, 2.0, "Berubah", "Pasal 2 ayat (1)"],
        [5.0, "Pasal 2 ayat (2)", 1.0, 2.0, "Dihapus", ""],
    ]
    assert clauses[0][3] == "KETENTUAN UMUM"
    assert ("2 (dua)" in clauses[3][4], "3 (tiga)" in clauses[3][9]) == (True, True)
    assert [row[9] for row in clauses if row[7] != "Berubah"] == [""] * 4


def test_sheet_of_a_text_without_a_later_version_ends_with_it_and_one_of_no_text_is_empty(client) -> None:
    made = scenes.closed(regency(), at=NOON)
    assert len(read_book(client, f"/uji-publik/{made.code}/data.xlsx")["Naskah"]) == 1
    scenes.with_text(made, at=NOON)

    _head, *clauses = read_book(client, f"/uji-publik/{made.code}/data.xlsx")["Naskah"]

    assert [(row[0], row[2], row[5]) for row in clauses[:2]] == [(1.0, "Bab", 1.0), (2.0, "Pasal", 1.0)]
    assert {"".join(map(str, row[6:])) for row in clauses} == {""}


def test_clause_that_came_in_later_stands_in_the_sheet_with_the_last_version_alone(client) -> None:
    made = scenes.closed(regency(), at=NOON)
    scenes.with_text(made, scenes.TEXT[:2], at=NOON - timedelta(days=20))
    last = DraftVersion.objects.create(consultation=made, number=2, created_at=NOON)
    clause = Clause.objects.create(consultation=made, number=3)
    old = list(
        made.versions.get(number=1).texts.values("clause_id", "position", "kind", "full_label", "body")
    )
    ClauseText.objects.bulk_create(ClauseText(version=last, **text) for text in old)
    ClauseText.objects.create(
        version=last,
        clause=clause,
        position=2,
        kind="article",
        full_label="Pasal 2",
        body="=1+1",
        change="new",
    )
    DraftVersion.objects.filter(pk=last.pk).update(published_at=NOON)

    new = read_book(client, f"/uji-publik/{made.code}/data.xlsx")["Naskah"][3]

    assert new == [3.0, "", "Pasal", "", "", "", 2.0, "Baru", "Pasal 2", "=1+1"]
