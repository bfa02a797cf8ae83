"""Files of a consultation: whole values of a small set, hostile texts, what is left out, who may take names, the trail."""

import csv
import io
from datetime import UTC, datetime, timedelta
from hashlib import md5
from typing import Any

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from rembuk.accounts.quotas import Quota
from rembuk.audit.models import AuditEntry
from rembuk.consultations.choices import Moment, Verdict
from rembuk.consultations.content import RemarkContent
from rembuk.consultations.models import Consultation, MatrixRow, Objection
from rembuk.consultations.states import SubmissionState
from rembuk.web.consultations.results import public_files
from rembuk.web.consultations.results.open_data import COLUMNS
from tests import consultation_scenes as scenes
from tests import people
from tests.scenes import Regency, regency

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 6, 3, 5, tzinfo=UTC)
HOSTILE = [
    "=cmd|' /C calc'!A0",
    "+1",
    "-1",
    "@SUM(A1)",
    "\ttab",
    "😀 emoji",
    "a\x0bb\x1f",
    "x" * 40_000,
    "<b>&\"'",
]


def _data(client: Client, made: Consultation) -> list[dict[str, str]]:
    answer = client.get(f"/uji-publik/{made.code}/data.csv")
    text = b"".join(answer.streaming_content).decode()
    lines = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    return sorted(lines, key=lambda line: line["masukan"])


def _book(client: Client, address: str) -> dict[str, list[list[Any]]]:
    answer = client.get(address)
    assert answer.status_code == 200
    book = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(answer.streaming_content)))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def _filled(line: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in line.items() if value}


def _export(place: Regency, made: Consultation, role: str = "auditor") -> dict[str, list[list[Any]]]:
    client = Client()
    client.force_login(people.staff(role, place.root))
    return _book(client, f"/kelola/uji-publik/{made.code}/ekspor.xlsx")


def test_data_has_a_line_for_each_part_with_its_answer(client) -> None:
    made = scenes.answering(regency(), at=NOON)

    lines = _data(client, made)

    assert list(lines[0]) == list(COLUMNS)
    head = {
        "uji_publik": made.code,
        "masukan": "1",
        "diterima": "2026-05-31",
        "kanal": "web",
        "jenis_peserta": "person",
        "terdampak": "0",
    }
    answer = {
        "tanggapan": "partly",
        "alasan": scenes.REASON,
        "dijawab_oleh": made.unit.name,
        "dijawab_pada": "2026-06-03",
    }
    words = {"bagian": "overall", "sikap": "with_notes", "isi": "Jadwal perlu disesuaikan dengan pasar pagi."}
    assert _filled(lines[0]) == {**head, **words, **answer}
    assert _filled(lines[1]) == {
        **head,
        "bagian": "remark",
        "butir_nomor": "4",
        "butir": "Pasal 2 ayat (1)",
        "sikap": "disagree",
        "sikap_butir": "disagree",
        "isi": "Dua kali seminggu kurang untuk pasar.",
        "usulan_rumusan": "Pengangkutan sampah rumah tangga dilakukan paling sedikit 3 (tiga) kali seminggu.",
        **answer,
    }
    assert [line["bagian"] for line in lines] == ["overall", "remark", *["answer"] * 5] * 2
    assert [line["pilihan"] for line in lines[2:4]] == ["Dua kali seminggu", "Dua kali seminggu; Setiap hari"]
    assert (lines[4]["skala"], lines[7]["tanggapan"]) == ("4", "")


def test_data_leaves_out_names_hidden_texts_and_what_leads_to_a_masked_person(client) -> None:
    made = scenes.closed(regency())
    scenes.sent(made, people.citizen("Nama Terang"), scenes.content(participant_name="Usaha Terang"))
    masked = scenes.content(is_name_masked=True, is_affected=True, participant_name="Usaha Rahasia")
    scenes.sent(made, people.citizen("Nama Rahasia"), masked)
    scenes.sent(
        made, people.citizen("Nama Ketiga"), scenes.content(reason="Isi terlarang."), state="not_shown"
    )
    rows = [row for part in scenes.rows_for(made) for row in part]
    scenes.answered(rows[2], Verdict.REJECTED)

    lines = _data(client, made)

    text = str(lines)
    for secret in ("Nama", "Usaha Terang", "Usaha Rahasia", "Isi terlarang."):
        assert secret not in text
    assert [(line["masukan"], line["terdampak"], line["bagian"]) for line in lines] == [
        ("", "", "overall"),
        ("1", "0", "overall"),
        ("3", "", "not_shown"),
    ]
    assert lines[2]["keterangan"].startswith("Tidak ditampilkan")
    assert lines[2]["tanggapan"] == "rejected"


@pytest.mark.parametrize("hidden", ["submissions_shown", "totals_shown"])
def test_data_is_empty_until_closing_where_something_is_hidden(client, hidden: str) -> None:
    made = scenes.opened(regency(), **{hidden: Moment.AFTER_CLOSING})
    scenes.sent(made)

    assert _data(client, made) == []
    about = client.get(f"/uji-publik/{made.code}/data.json").json()
    assert (about["is_available"], about["available_from"][:10]) == (False, made.closes_at.isoformat()[:10])
    book = _book(client, f"/uji-publik/{made.code}/data.xlsx")
    assert list(book) == ["Matriks"]


def test_dictionary_names_producer_licence_and_every_column(client) -> None:
    made = scenes.answering(regency())
    answer = client.get(f"/uji-publik/{made.code}/data.csv")

    about = client.get(f"/uji-publik/{made.code}/data.json").json()

    assert (about["producer"], about["licence"]) == (made.unit.name, "CC-BY-4.0")
    assert [column["name"] for column in about["columns"]] == list(COLUMNS)
    assert f'</uji-publik/{made.code}/data.json>; rel="describedby"' in answer["Link"]


def test_export_has_five_sheets_with_the_columns_officials_know() -> None:
    place = regency()
    made = scenes.answering(place, at=NOON)

    book = _export(place, made)

    assert list(book) == ["Matriks", "Masukan", "Pertanyaan", "Rekap", "Proses"]
    head, first, *rest = book["Matriks"]
    assert head == [
        "No.",
        "Masukan",
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
    assert first[:10] == [
        1.0,
        1.0,
        "Keseluruhan",
        "Jadwal perlu disesuaikan dengan pasar pagi.",
        "",
        name,
        "Perorangan",
        "Situs ini",
        "Diterima sebagian",
        scenes.REASON,
    ]
    assert rest[0][4] == "Tidak setuju"
    assert len(rest) == 7
    assert [row[:1] + row[2:] for row in book["Rekap"][1:4]] == [
        ["Masukan", 2.0, 2.0],
        ["Masukan", 1.0, 2.0],
        ["Masukan", 1.0, 2.0],
    ]


@pytest.mark.parametrize(
    ("verdict", "word", "code"),
    [("accepted", "Diterima", "accepted"), ("", "Tanggapan dikuatkan", "confirmed")],
)
def test_files_give_the_decision_on_an_objection_beside_the_first_answer(
    client, verdict: str, word: str, code: str
) -> None:
    place = regency()
    made = scenes.answering(place, at=NOON)
    row = made.rows.select_related("submission").get(submission__number=1, number=1)
    said = Objection(submission=row.submission, row=row, text="Rahasia pengirim.", at=NOON, decided_at=NOON)
    said.outcome, said.verdict = ("new_answer" if verdict else "confirmed"), verdict
    said.explanation = "Pasar sudah pindah."
    said.save()

    data = _data(client, made)
    line = next(one for one in data if one["masukan"] == "1")
    public = _book(client, f"/uji-publik/{made.code}/data.xlsx")["Matriks"]
    export = _export(place, made)["Matriks"][1]

    assert (line["tanggapan"], line["tanggapan_keberatan"]) == ("partly", code)
    assert (line["alasan_keberatan"], line["dijawab_keberatan_pada"]) == ("Pasar sudah pindah.", "2026-06-03")
    assert [one["tanggapan_keberatan"] for one in data].count("") == len(data) - 1
    assert export[-3:-1] == [word, "Pasar sudah pindah."]
    assert [word, "Pasar sudah pindah."] in [given[-3:-1] for given in public]
    assert "Rahasia" not in str((data, public))


def test_data_gives_the_stance_on_the_clause_of_a_point_cut_out(client) -> None:
    made = scenes.answering(regency(), at=NOON)
    MatrixRow.objects.exclude(remark=None).update(source="cut")

    cut = [line for line in _data(client, made) if line["bagian"] == "cut"]

    assert {(line["butir"], line["sikap_butir"]) for line in cut} == {("Pasal 2 ayat (1)", "disagree")}


def test_hostile_texts_stay_texts_in_both_files(client) -> None:
    place = regency()
    made = scenes.closed(place)
    for text in HOSTILE:
        scenes.sent(made, content=scenes.content(reason=text, participant_name=text[:100]))
    scenes.rows_for(made)

    said = [row[3] for row in _export(place, made)["Matriks"][1:]]
    lines = [line["isi"] for line in _data(client, made)]

    clean = [text.replace("\x0b", "").replace("\x1f", "") for text in HOSTILE]
    assert said == [text if len(text) < 32_000 else f"{'x' * 32_000} […]" for text in clean]
    assert lines[:5] == [f"'{text}" for text in HOSTILE[:5]]
    assert lines[5:7] == ["😀 emoji", "ab"]


def test_export_hides_masked_names_from_those_who_may_export_too() -> None:
    place = regency()
    made = scenes.closed(place)
    scenes.sent(made, people.citizen("Nama Rahasia"), scenes.content(is_name_masked=True))
    scenes.rows_for(made)

    assert "Nama Rahasia" not in str(_export(place, made))


def test_export_is_recorded_with_the_number_of_rows() -> None:
    place = regency()
    made = scenes.answering(place)

    _export(place, made, "consultation-manager")

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


def test_public_workbook_has_neither_names_nor_receipts_nor_hidden_texts(client) -> None:
    made = scenes.closed(regency())
    scenes.sent(made, people.citizen("Nama Terang"))
    scenes.sent(
        made, people.citizen("Nama Kedua"), scenes.content(reason="Isi terlarang."), state="not_shown"
    )
    scenes.rows_for(made)

    book = _book(client, f"/uji-publik/{made.code}/data.xlsx")

    for secret in ("Nama Terang", "Nama Kedua", "Isi terlarang.", f"{made.code}-00001"):
        assert secret not in str(book)
    assert [row[1] for row in book["Masukan"][1:]] != []


@pytest.mark.parametrize("count", [1, 3])
def test_files_ask_as_often_for_three_as_for_one(client, django_assert_num_queries, count: int) -> None:
    made = scenes.closed(regency())
    version = scenes.with_text(made)
    scenes.with_questions(made)
    for _turn in range(count):
        scenes.sent(made, content=scenes.full_content(version))
    scenes.rows_for(made)
    MatrixRow.objects.exclude(pk=None).update(verdict="")
    client.get("/")

    with django_assert_num_queries(8):
        _data(client, made)
    with django_assert_num_queries(15):
        _book(client, f"/uji-publik/{made.code}/data.xlsx")


def test_states_of_submissions_that_do_not_count_stay_out(client) -> None:
    made = scenes.closed(regency())
    scenes.sent(made, state=SubmissionState.WITHDRAWN)
    scenes.sent(made, content=scenes.content(remarks={}), state=SubmissionState.SENT)

    assert [line["masukan"] for line in _data(client, made)] == ["2"]


def test_remark_without_words_has_a_line_and_no_answer(client) -> None:
    made = scenes.closed(regency())
    scenes.with_text(made)
    scenes.sent(
        made, content=scenes.content(reason="", remarks={5: RemarkContent(version=1, stance="agree")})
    )
    scenes.rows_for(made)

    assert [(line["bagian"], line["sikap"]) for line in _data(client, made)] == [
        ("overall", "with_notes"),
        ("remark", "agree"),
    ]


def test_large_files_have_a_limit_for_each_network(client, monkeypatch) -> None:
    monkeypatch.setattr(public_files, "FILES", Quota("consultation.files", 1, timedelta(hours=1)))
    made = scenes.answering(regency())
    _data(client, made)

    assert client.get(f"/uji-publik/{made.code}/data.xlsx").status_code == 429
    assert client.get(f"/uji-publik/{made.code}/data.json").status_code == 200


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


def test_public_files_keep_no_order_of_receipt_and_the_export_does(client) -> None:
    place = regency()
    made = scenes.closed(place)
    said = [scenes.sent(made, content=scenes.content(reason=f"Masukan ke-{n}.")) for n in range(1, 7)]
    scenes.rows_for(made)
    drawn = sorted(said, key=lambda row: md5(f"{row.public_id}{made.code}".encode()).hexdigest())

    text = b"".join(client.get(f"/uji-publik/{made.code}/data.csv").streaming_content).decode()
    book = _book(client, f"/uji-publik/{made.code}/data.xlsx")
    export = _export(place, made)

    places = [text.index(row.reason) for row in drawn]
    assert places == sorted(places)
    assert [int(row[0]) for row in book["Masukan"][1:]] == [row.number for row in drawn]
    assert [int(row[1]) for row in book["Matriks"][1:]] == [row.number for row in drawn]
    assert [int(row[0]) for row in export["Masukan"][1:]] == [1, 2, 3, 4, 5, 6]
