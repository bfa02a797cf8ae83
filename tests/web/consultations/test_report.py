"""The printable report: the text whole, submissions, answers in words, the matrix, the result; nothing that is not public."""

import re

import pytest
from django.test import Client

from rembuk.consultations.choices import Moment
from rembuk.consultations.content import AnswerContent
from rembuk.consultations.models import Consultation
from tests import consultation_scenes as scenes
from tests import people
from tests.scenes import regency

pytestmark = pytest.mark.django_db


def _page(client: Client, found: Consultation, rest: str) -> str:
    answer = client.get(f"/uji-publik/{found.code}/{rest}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_report_holds_process_figures_matrix_and_result(client) -> None:
    made = scenes.concluded(regency())

    page = _page(client, made, "laporan/")

    for words in (
        "Undang-Undang Nomor 12 Tahun 2011",
        "Tiga pasal berubah karena masukan warga.",
        scenes.REASON,
    ):
        assert words in page
    assert made.unit.name in page


def test_report_of_many_rows_shows_the_first_and_says_where_the_rest_is(client, monkeypatch) -> None:
    monkeypatch.setattr("rembuk.web.consultations.results.report.MOST_ROWS", 2)
    made = scenes.answering(regency())

    page = _page(client, made, "laporan/")

    assert "6 baris lainnya ada di lembar kerja (XLSX)" in page
    assert f"/uji-publik/{made.code}/data.xlsx" in page


def test_report_holds_the_text_whole_and_what_the_last_version_changed(client) -> None:
    made = scenes.closed(regency())
    opened = made.opens_at
    scenes.with_text(made, at=opened - scenes.DAY)
    scenes.second_version(made)

    section = _section(_page(client, made, "laporan/"), "4. Naskah dan dokumen")

    assert "Naskah yang diujipublikkan: versi 1" in section
    for _kind, _depth, label, _full, heading, body in scenes.TEXT:
        assert label in section
        assert heading in section
        assert body in section
    assert "Perubahan sampai versi terakhir: versi 2" in section
    assert "2 butir berbeda. 3 butir tetap sama." in section
    changes = section.split("Perubahan sampai versi terakhir", 1)[1]
    assert ">3</ins>" in re.sub(r"<span[^>]*>[^<]*</span>", "", changes)
    assert "Pasal 1<" not in changes
    assert f"/uji-publik/{made.code}/versi/1/2/" in changes


def test_report_without_a_later_version_says_so(client) -> None:
    made = scenes.answering(regency())

    section = _section(_page(client, made, "laporan/"), "4. Naskah dan dokumen")

    assert "Belum ada versi sesudahnya yang diterbitkan." in section


def test_report_lists_submissions_and_keeps_names_and_texts_that_are_not_public(client) -> None:
    made = scenes.closed(regency())
    version = scenes.with_text(made)
    scenes.with_questions(made)
    scenes.sent(made, people.citizen("Nama Terang"), scenes.full_content(version))
    masked = scenes.content(is_name_masked=True, reason="Isi terbaca.", participant_kind="business")
    scenes.sent(made, people.citizen("Nama Rahasia"), masked)
    scenes.sent(made, people.citizen("Nama Ketiga"), scenes.content(reason="Terlarang."), state="not_shown")
    scenes.sent(made, people.citizen("Nama Keempat"), scenes.content(reason="Ditahan."), state="held")
    scenes.sent(
        made, people.citizen("Nama Kelima"), scenes.content(reason="Urung dikirim."), state="withdrawn"
    )
    scenes.sent(made, people.citizen("Nama Keenam"), scenes.content(reason="Dicek."), is_rechecking=True)

    page = _page(client, made, "laporan/")
    section = _section(page, "8. Masukan")

    assert [f"{made.code}-{n:05d}" in section for n in range(1, 7)] == [True, True, True, True, False, True]
    assert "Nama Terang · Perorangan" in section
    assert "Peserta (nama disamarkan) · Badan usaha" in section
    assert section.count("Setuju dengan catatan") == 2
    assert "Masukan atas 1 butir, jawaban atas 5 pertanyaan" in section
    assert "Isi terbaca." in section
    assert section.count("Tidak ditampilkan:") == 1
    assert section.count("Moderator sedang") == 2
    for secret in (
        "Rahasia",
        "Ketiga",
        "Keempat",
        "Kelima",
        "Keenam",
        "Terlarang",
        "Ditahan",
        "Urung",
        "Dicek",
    ):
        assert secret not in page


def test_report_gives_answers_in_words_of_those_whose_text_is_shown(client) -> None:
    made = scenes.closed(regency())
    scenes.with_questions(made)
    other = AnswerContent(choices=(0,), text="Subuh sebelum pasar buka.")
    answers = {1: other, 5: AnswerContent(text="Tambah bak sampah.")}
    scenes.sent(made, people.citizen("Nama Terang"), scenes.content(answers=answers))
    hidden = scenes.content(answers={5: AnswerContent(text="Isi terlarang.")})
    scenes.sent(made, content=hidden, state="not_shown")

    section = _section(_page(client, made, "laporan/"), "9. Jawaban atas pertanyaan")

    assert re.findall(r"<h3[^>]*>(\d)\.", section) == ["1", "4", "5"]
    assert section.count("Nama Terang · Perorangan") == 2
    assert "Subuh sebelum pasar buka." in section
    assert "Tambah bak sampah." in section
    assert "Isi terlarang." not in section


def test_report_of_many_submissions_and_answers_shows_the_first_and_leads_to_the_whole(
    client, monkeypatch
) -> None:
    monkeypatch.setattr("rembuk.web.consultations.results.report_said.MOST_SUBMISSIONS", 2)
    monkeypatch.setattr("rembuk.web.consultations.results.report_said.MOST_TEXTS", 1)
    made = scenes.all_answered(regency(), 3)

    page = _page(client, made, "laporan/")
    said, worded = _section(page, "8. Masukan"), _section(page, "9. Jawaban atas pertanyaan")

    assert "Di sini tercantum 2 masukan pertama dari 3." in said
    assert f'href="/uji-publik/{made.code}/masukan/"' in said
    assert f"{made.code}-00003" not in said
    assert worded.count("Di sini tercantum 1 jawaban pertama dari 3.") == 2
    assert worded.count("Tambah bak sampah") == 1
    assert f'href="/uji-publik/{made.code}/hasil/jawaban/5/"' in worded


def test_report_keeps_submissions_and_figures_until_closing_where_they_are_hidden(client) -> None:
    hidden = {"submissions_shown": Moment.AFTER_CLOSING, "totals_shown": Moment.AFTER_CLOSING}
    made = scenes.opened(regency(), **hidden)
    version = scenes.with_text(made)
    scenes.with_questions(made)
    scenes.sent(made, people.citizen("Nama Terang"), scenes.full_content(version))

    page = _page(client, made, "laporan/")

    assert page.count("Masukan ditampilkan setelah ditutup.") == 2
    for secret in ("Nama Terang", f"{made.code}-00001", "Tambah bak sampah", "Jadwal perlu"):
        assert secret not in page
    assert "Dua kali seminggu kurang" not in page


def test_report_without_text_questions_and_submissions_says_so(client) -> None:
    page = _page(client, scenes.closed(regency()), "laporan/")

    assert "Tidak ada pertanyaan yang dijawab dengan kata-kata." in page
    assert "Belum ada masukan." in _section(page, "8. Masukan")
    assert "Tidak ada naskah berbutir" in _section(page, "4. Naskah dan dokumen")


def _section(page: str, heading: str) -> str:
    """A section of the report, from its heading to the next one's."""
    return page.split(f"<h2>{heading}", 1)[1].split("<h2", 1)[0]
