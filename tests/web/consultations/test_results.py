"""The results pages: figures with their denominator, what is hidden stays hidden, links both ways, few queries."""

from collections.abc import Callable

import pytest
from django.test import Client

from rembuk.common.clock import now
from rembuk.consultations.choices import Moment, Verdict
from rembuk.consultations.models import Consultation, MatrixRow, Objection
from rembuk.consultations.states import SubmissionState
from tests import consultation_scenes as scenes
from tests import people
from tests.scenes import regency

pytestmark = pytest.mark.django_db


def _page(client: Client, found: Consultation, rest: str) -> str:
    answer = client.get(f"/uji-publik/{found.code}/{rest}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_results_show_stance_clause_and_questions_with_their_denominators(client) -> None:
    made = scenes.answering(regency())

    page = _page(client, made, "hasil/")

    assert "2 dari 2 masukan menyebutkan hal ini." in page
    assert "Pasal 2 ayat (1)" in page
    assert "Rata-rata 4,0, median 4,0." in page
    assert "Setuju 0 (0%), Setuju dengan catatan 2 (100%), Tidak setuju 0 (0%); dari 2" in page
    assert "style=" not in page.split("<main", 1)[1]


@pytest.mark.parametrize("split", ["jenis", "terdampak", "kabupaten", "kecamatan", "kanal"])
def test_results_split_by_plain_links(client, split: str) -> None:
    made = scenes.answering(regency())

    page = _page(client, made, f"hasil/?menurut={split}&butir=4")

    assert "2 dari 2 menyatakan sikap" in page
    assert f'href="/uji-publik/{made.code}/hasil/?menurut={split}" aria-current="page"' in page


def test_hidden_totals_are_told_to_the_public_and_shown_to_staff(client) -> None:
    place = regency()
    made = scenes.opened(place, totals_shown=Moment.AFTER_CLOSING)
    scenes.sent(made)
    client_of_staff = Client()
    client_of_staff.force_login(scenes.manager(place))

    public, staff = _page(client, made, "hasil/"), _page(client_of_staff, made, "hasil/")

    assert "Angka ditampilkan setelah ditutup" in public
    assert "chart" not in public.split("<main", 1)[1]
    assert "Publik belum melihat angka ini" in staff
    assert 'class="chart' in staff


def test_announced_consultation_says_that_figures_come_later(client) -> None:
    made = scenes.scheduled(regency())

    assert "Uji publik ini belum dibuka." in _page(client, made, "hasil/")


def test_drafts_have_no_outcome(client) -> None:
    made = scenes.draft(regency())

    for rest in ("hasil/", "matriks/", "laporan/", "data.csv", "data.json", "data.xlsx", "hasil/jawaban/5/"):
        assert client.get(f"/uji-publik/{made.code}/{rest}").status_code == 404


def test_texts_of_a_question_are_searched_and_leave_out_what_is_not_shown(client) -> None:
    made = scenes.opened(regency())
    version = scenes.with_text(made)
    scenes.with_questions(made)
    scenes.sent(made, content=scenes.full_content(version))
    scenes.sent(made, content=scenes.full_content(version), state=SubmissionState.NOT_SHOWN)

    found = _page(client, made, "hasil/jawaban/5/?q=bak+PASAR")
    none = _page(client, made, "hasil/jawaban/5/?q=jembatan")

    assert found.count("Tambah bak sampah") == 1
    assert "Tidak ada jawaban yang memuat semua kata ini" in none
    assert client.get(f"/uji-publik/{made.code}/hasil/jawaban/3/").status_code == 404


def test_matrix_shows_answers_and_says_what_is_not_answered(client) -> None:
    made = scenes.answering(regency())

    page = _page(client, made, "matriks/")

    assert page.count("Belum ditanggapi</span>") == 4
    assert page.count(scenes.REASON) == 4
    assert f'href="/uji-publik/{made.code}/masukan/1/"' in page
    assert f'href="/uji-publik/{made.code}/butir/4/"' in page


def test_matrix_links_to_the_changed_clause_in_its_version(client) -> None:
    made = scenes.answering(regency())
    row = MatrixRow.objects.filter(consultation=made, clause__isnull=False, state="published").get()
    row.changed_clause, row.changed_version = row.clause, made.versions.get()
    row.change = "Menjadi tiga kali seminggu."
    row.save()

    page = _page(client, made, "matriks/?butir=4&hasil=partly")

    assert f'<a href="/uji-publik/{made.code}/butir/4/">Pasal 2 ayat (1) dalam versi 1</a>' in page
    assert "Menjadi tiga kali seminggu." in page


def test_matrix_keeps_hidden_texts_and_names_and_unpublished_answers(client) -> None:
    made = scenes.closed(regency())
    scenes.sent(
        made, people.citizen("Nama Rahasia"), scenes.content(is_name_masked=True, reason="Isi terbaca.")
    )
    scenes.sent(
        made, people.citizen("Nama Kedua"), scenes.content(reason="Isi terlarang."), state="not_shown"
    )
    _first, (second,) = scenes.rows_for(made)
    MatrixRow.objects.filter(pk=second.pk).update(
        verdict="rejected", reason="Rancangan jawaban yang belum terbit."
    )

    page = _page(client, made, "matriks/")

    assert "Isi terbaca." in page
    for secret in ("Nama Rahasia", "Nama Kedua", "Isi terlarang.", "Rancangan jawaban"):
        assert secret not in page


def test_matrix_with_odd_filters_answers_without_rows(client) -> None:
    made = scenes.answering(regency())

    assert "Tidak ada yang cocok" in _page(client, made, "matriks/?butir=999999999999")
    assert _page(client, made, "matriks/?q=%27%25_")


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("rest", "queries"),
    [("hasil/", 9), ("hasil/?menurut=jenis", 11), ("hasil/jawaban/5/", 3), ("matriks/", 4), ("laporan/", 22)],
)
def test_pages_ask_as_often_for_three_as_for_one(
    client, django_assert_num_queries, rest: str, queries: int, count: int
) -> None:
    made = scenes.all_answered(regency(), count)
    client.get("/")

    with django_assert_num_queries(queries):
        _page(client, made, rest)


@pytest.mark.parametrize("page", ["hasil", "laporan", "matriks"])
@pytest.mark.parametrize(("scene", "status"), [(scenes.scheduled, 404), (scenes.opened, 200)])
def test_outcome_of_a_cancelled_one_is_there_only_when_it_had_opened(
    client: Client, scene: Callable[..., Consultation], status: int, page: str
) -> None:
    made = scene(regency(), state="cancelled", ended_at=now())

    assert client.get(f"/uji-publik/{made.code}/{page}/").status_code == status


@pytest.mark.parametrize(
    ("outcome", "words"),
    [
        ("new_answer", "Tanggapan baru setelah keberatan"),
        ("confirmed", "Tanggapan dikuatkan setelah keberatan"),
    ],
)
@pytest.mark.parametrize("page", ["matriks/", "laporan/"])
def test_decision_on_an_objection_is_headed_by_what_it_was(
    client, page: str, outcome: str, words: str
) -> None:
    made = scenes.answering(regency())
    row = made.rows.select_related("submission").get(submission__number=1, number=1)
    verdict = Verdict.ACCEPTED if outcome == "new_answer" else ""
    Objection.objects.create(
        submission=row.submission,
        row=row,
        text="Rahasia pengirim.",
        at=now(),
        outcome=outcome,
        verdict=verdict,
        explanation="Pasar sudah pindah sejak tahun lalu.",
        decided_at=now(),
        office=made.unit,
    )

    shown = _page(client, made, page)

    assert shown.count("setelah keberatan</b>") == shown.count(words) == 1
    assert "Pasar sudah pindah sejak tahun lalu." in shown
    assert "Rahasia pengirim." not in shown


def test_objection_that_nobody_decided_yet_stays_out(client) -> None:
    made = scenes.answering(regency())
    row = made.rows.select_related("submission").get(submission__number=1, number=1)
    Objection.objects.create(submission=row.submission, row=row, text="Rahasia pengirim.", at=now())

    page = _page(client, made, "matriks/")

    assert "setelah keberatan" not in page
    assert "Rahasia" not in page
