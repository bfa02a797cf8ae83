"""Files of a consultation: whole values of a small set, hostile texts, what is left out, who may take names, the trail."""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from hashlib import md5

import pytest

from rembuk.accounts.quotas import Quota
from rembuk.common.clock import now
from rembuk.consultations.choices import Moment, Verdict
from rembuk.consultations.content import RemarkContent
from rembuk.consultations.models import Consultation, MatrixRow, Objection
from rembuk.consultations.states import SubmissionState
from rembuk.web.consultations.results import public_files
from rembuk.web.consultations.results.files.open_data import COLUMNS
from tests import consultation_scenes as scenes
from tests import export_scenes as exports
from tests import people
from tests.result_files import read_book, read_data, read_export
from tests.scenes import regency

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


def _filled(line: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in line.items() if value}


def test_data_has_a_line_for_each_part_with_its_answer(client) -> None:
    made = scenes.answering(regency(), at=NOON)

    lines = read_data(client, made)

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

    lines = read_data(client, made)

    text = str(lines)
    for secret in ("Nama", "Usaha Terang", "Usaha Rahasia", "Isi terlarang."):
        assert secret not in text
    day = made.submissions.get(number=1).sent_at.astimezone(made.tz).date().isoformat()
    assert [(line["masukan"], line["diterima"], line["terdampak"], line["bagian"]) for line in lines] == [
        ("", "", "", "overall"),
        ("1", day, "0", "overall"),
        ("3", day, "", "not_shown"),
    ]
    assert lines[2]["keterangan"].startswith("Tidak ditampilkan")
    assert lines[2]["tanggapan"] == "rejected"


@pytest.mark.parametrize("hidden", ["submissions_shown", "totals_shown"])
def test_data_is_empty_until_closing_where_something_is_hidden(client, hidden: str) -> None:
    made = scenes.opened(regency(), **{hidden: Moment.AFTER_CLOSING})
    scenes.sent(made)

    assert read_data(client, made) == []
    about = client.get(f"/uji-publik/{made.code}/data.json").json()
    assert (about["is_available"], about["available_from"][:10]) == (False, made.closes_at.isoformat()[:10])
    book = read_book(client, f"/uji-publik/{made.code}/data.xlsx")
    assert list(book) == ["Matriks"]


def test_dictionary_names_producer_licence_and_every_column(client) -> None:
    made = scenes.answering(regency())
    answer = client.get(f"/uji-publik/{made.code}/data.csv")

    about = client.get(f"/uji-publik/{made.code}/data.json").json()

    assert (about["producer"], about["licence"]) == (made.unit.name, "CC-BY-4.0")
    assert [column["name"] for column in about["columns"]] == list(COLUMNS)
    assert f'</uji-publik/{made.code}/data.json>; rel="describedby"' in answer["Link"]


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

    data = read_data(client, made)
    line = next(one for one in data if one["masukan"] == "1")
    public = read_book(client, f"/uji-publik/{made.code}/data.xlsx")["Matriks"]
    export = read_export(place, made)["Matriks"][1]

    assert (line["tanggapan"], line["tanggapan_keberatan"]) == ("partly", code)
    assert (line["alasan_keberatan"], line["dijawab_keberatan_pada"]) == ("Pasar sudah pindah.", "2026-06-03")
    assert [one["tanggapan_keberatan"] for one in data].count("") == len(data) - 1
    assert export[-3:-1] == [word, "Pasar sudah pindah."]
    assert [word, "Pasar sudah pindah."] in [given[-3:-1] for given in public]
    assert "Rahasia" not in str((data, public))


def test_data_gives_the_stance_on_the_clause_of_a_point_cut_out(client) -> None:
    made = scenes.answering(regency(), at=NOON)
    MatrixRow.objects.exclude(remark=None).update(source="cut")

    cut = [line for line in read_data(client, made) if line["bagian"] == "cut"]

    assert {(line["butir"], line["sikap_butir"]) for line in cut} == {("Pasal 2 ayat (1)", "disagree")}


def test_hostile_texts_stay_texts_in_both_files(client) -> None:
    place = regency()
    made = scenes.closed(place)
    for text in HOSTILE:
        scenes.sent(made, content=scenes.content(reason=text, participant_name=text[:100]))
    scenes.rows_for(made)

    said = [row[4] for row in read_export(place, made)["Matriks"][1:]]
    lines = [line["isi"] for line in read_data(client, made)]

    clean = [text.replace("\x0b", "").replace("\x1f", "") for text in HOSTILE]
    assert said == [text if len(text) < 32_000 else f"{'x' * 32_000} […]" for text in clean]
    assert lines[:5] == [f"'{text}" for text in HOSTILE[:5]]
    assert lines[5:7] == ["😀 emoji", "ab"]


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

    with django_assert_num_queries(10):
        read_data(client, made)
    with django_assert_num_queries(22):
        read_book(client, f"/uji-publik/{made.code}/data.xlsx")


@pytest.mark.parametrize("file", ["data.csv", "data.xlsx"])
def test_no_file_keeps_what_it_has_read(client, file: str) -> None:
    place = regency()
    few, many = exports.objected(place, 2), exports.objected(place, 6)

    def taken(made: Consultation) -> Counter[str]:
        address = f"/uji-publik/{made.code}/{file}"
        return exports.kept_after(lambda: list(client.get(address).streaming_content))

    taken(few)
    assert taken(many) == taken(few)


def test_states_of_submissions_that_do_not_count_stay_out(client) -> None:
    made = scenes.closed(regency())
    scenes.sent(made, state=SubmissionState.WITHDRAWN)
    scenes.sent(made, content=scenes.content(remarks={}), state=SubmissionState.SENT)

    assert [line["masukan"] for line in read_data(client, made)] == ["2"]


def test_remark_without_words_has_a_line_and_no_answer(client) -> None:
    made = scenes.closed(regency())
    scenes.with_text(made)
    scenes.sent(
        made, content=scenes.content(reason="", remarks={5: RemarkContent(version=1, stance="agree")})
    )
    scenes.rows_for(made)

    assert [(line["bagian"], line["sikap"]) for line in read_data(client, made)] == [
        ("overall", "with_notes"),
        ("remark", "agree"),
    ]


def test_large_files_have_a_limit_for_each_network(client, monkeypatch) -> None:
    monkeypatch.setattr(public_files, "FILES", Quota("consultation.files", 1, timedelta(hours=1)))
    made = scenes.answering(regency())
    read_data(client, made)

    assert client.get(f"/uji-publik/{made.code}/data.xlsx").status_code == 429
    assert client.get(f"/uji-publik/{made.code}/data.json").status_code == 200


def test_public_files_keep_no_order_of_receipt_and_the_export_does(client) -> None:
    place = regency()
    made = scenes.closed(place)
    said = [scenes.sent(made, content=scenes.content(reason=f"Masukan ke-{n}.")) for n in range(1, 7)]
    scenes.rows_for(made)
    drawn = sorted(said, key=lambda row: md5(f"{row.public_id}{made.code}".encode()).hexdigest())

    text = b"".join(client.get(f"/uji-publik/{made.code}/data.csv").streaming_content).decode()
    book = read_book(client, f"/uji-publik/{made.code}/data.xlsx")
    export = read_export(place, made)

    places = [text.index(row.reason) for row in drawn]
    assert places == sorted(places)
    assert [int(row[0]) for row in book["Masukan"][1:]] == [row.number for row in drawn]
    assert [int(row[1]) for row in book["Matriks"][1:]] == [row.number for row in drawn]
    assert [int(row[0]) for row in export["Masukan"][1:]] == [1, 2, 3, 4, 5, 6]


def test_data_gives_a_quoted_passage_in_a_column_of_its_own(client) -> None:
    made = scenes.closed(regency(), at=NOON)
    scenes.with_text(made, at=NOON - timedelta(days=20))
    remark = RemarkContent(version=1, comment="Terlalu mahal. Bagaimana dengan lansia?", quote="Rp15.000,00")
    scenes.sent(made, content=scenes.content(reason="", stance="", remarks={5: remark}))
    ((row,),) = scenes.rows_for(made)
    MatrixRow.objects.filter(pk=row.pk).update(text="Bagaimana dengan lansia?")
    MatrixRow.objects.create(
        consultation=made,
        submission=row.submission,
        number=2,
        source="cut",
        remark=row.remark,
        clause=row.clause,
        text="Kutipan: “Rp15.000,00”\n\nTerlalu mahal.",
        unit=made.unit,
        created_at=NOON,
    )

    said = [(line["bagian"], line["kutipan"], line["isi"]) for line in read_data(client, made)]

    assert said == [
        ("remark", "Rp15.000,00", "Terlalu mahal. Bagaimana dengan lansia?"),
        ("cut", "Rp15.000,00", "Terlalu mahal."),
    ]


@pytest.mark.parametrize("file", ["data.csv", "data.json", "data.xlsx"])
@pytest.mark.parametrize(("scene", "status"), [(scenes.scheduled, 404), (scenes.opened, 200)])
def test_files_of_a_cancelled_one_are_there_only_when_it_had_opened(
    client, scene: Callable[..., Consultation], status: int, file: str
) -> None:
    made = scene(regency(), state="cancelled", ended_at=now())

    answer = client.get(f"/uji-publik/{made.code}/{file}")

    assert answer.status_code == status
    answer.close()
