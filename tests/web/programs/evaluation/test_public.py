"""The published evaluation: on the programme's page, as a page of its own, as a spreadsheet; drafts stay inside."""

import io
import re
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from rembuk.programs.actions.money.spend import Spent, enter_realisation
from rembuk.programs.models import Program
from rembuk.web.reports import parts
from tests import (
    consultation_scenes,
    layer_scenes,
    people,
    program_scenes,
    report_scenes,
    scenes,
    voice_scenes,
)
from tests.program_scenes import MORNING

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> scenes.Regency:
    return scenes.regency()


@pytest.fixture
def program(place: scenes.Regency) -> Program:
    """A programme with all layers, voices too, and its published evaluation."""
    manager = program_scenes.manager(place)
    made = layer_scenes.running(place, manager)
    for value in ("yes", "no"):
        voice_scenes.said(voice_scenes.milestone(made, title=f"Ruas {value}"), value)
    asked = consultation_scenes.answering(place)
    consultation_scenes.tie(asked, made)
    report_scenes.evaluated(made, manager, at=MORNING)
    return made


def sheets(body: bytes) -> dict[str, list[list[Any]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(body))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_programme_page_lists_published_ones_alone(
    client: Client, place: scenes.Regency, program: Program
) -> None:
    report_scenes.evaluation(program, program_scenes.manager(place), at=MORNING + timedelta(minutes=1))
    page = client.get(f"/program/{program.code}/").content.decode()
    assert f'href="/program/{program.code}/evaluasi/1/"' in page
    assert "evaluasi/2/" not in page
    other = program_scenes.published(place)
    assert 'id="evaluasi"' not in client.get(f"/program/{other.code}/").content.decode()


def test_page_shows_words_and_exact_figures(client: Client, program: Program) -> None:
    page = client.get(f"/program/{program.code}/evaluasi/1/").content.decode()
    assert "Rp4.050.000.000,50" in page
    assert "25,92%" in page
    assert "belum dilaporkan" in page  # Semester II
    assert "18,5" in page
    assert layer_scenes.REASON in page
    assert "Uji beban dan serah terima" in page
    assert "UJP-" in page
    assert re.search(r"Data diambil pada <time[^>]*>24 November 2026", page)


def test_page_in_english_keeps_the_words_and_translates_the_figures(client: Client, program: Program) -> None:
    page = client.get(f"/en/program/{program.code}/evaluasi/1/").content.decode()
    assert "Targets and actuals by period" in page
    assert "Rp4,050,000,000.50" in page
    assert "program kerja" in page  # the document itself is in the official language


def test_page_stays_as_published_when_the_programme_moves_on(
    client: Client, place: scenes.Regency, program: Program
) -> None:
    before = client.get(f"/program/{program.code}/evaluasi/1/").content
    spent = Spent(
        fund="apbd",
        amount=Decimal(5_000_000),
        spent_on=date(2026, 11, 20),
        document_number="SP2D/777/2026",
        description="Termin",
    )
    enter_realisation(program, spent, by=program_scenes.manager(place), at=MORNING)
    assert client.get(f"/program/{program.code}/evaluasi/1/").content == before


def test_page_without_layers_has_no_empty_parts(client: Client, place: scenes.Regency) -> None:
    manager = program_scenes.manager(place)
    bare = program_scenes.published(place, by=manager)
    report_scenes.evaluated(bare, manager, at=MORNING)
    page = client.get(f"/program/{bare.code}/evaluasi/1/").content.decode()
    assert 'id="summary"' in page
    assert 'id="time"' in page
    for part in ("money", "results", "lessons", "advice"):
        assert f'id="{part}"' not in page
    assert "Rp" not in page


def test_ratings_stand_with_their_elements(client: Client, place: scenes.Regency) -> None:
    manager = program_scenes.manager(place)
    found = voice_scenes.opened(place, manager, is_public_service=True)
    voice_scenes.rated(found, 4, 3)
    report_scenes.evaluated(found.program, manager, at=MORNING)
    page = client.get(f"/program/{found.program.code}/evaluasi/1/").content.decode()
    assert "87,5" in page
    assert "Perilaku pelaksana" in page


def test_workbook_has_the_figures_as_numbers_and_texts_as_texts(client: Client, program: Program) -> None:
    answer = client.get(f"/program/{program.code}/evaluasi/1/data.xlsx")
    assert answer["Content-Disposition"] == f'attachment; filename="{program.code}-evaluasi-1.xlsx"'
    found = sheets(answer.getvalue())
    assert list(found)[:2] == ["Isi laporan", "Angka"]
    money = found["Anggaran"]
    assert money[1][2] == 3800000000.0
    assert money[2][2] == 250000000.5
    facts = {(row[0], row[1]): row[2] for row in found["Angka"][1:]}
    assert facts["Anggaran", "Terpakai"] == 1050000000.25
    assert len(found["Tonggak"]) == 1 + 6
    assert found["Tonggak"][0][1:3] == ["Fase", "Bobot"]
    assert found["Tonggak"][1][:2] == ["Pembebasan lahan kedua tepi sungai", "Perencanaan"]
    assert found["Tonggak"][2][7] == 15  # planned until 15 July, done on 30 July
    assert found["Indikator"][1][6] == 18.5
    assert found["Indikator"][2][6] == ""  # not reported: the page says it in words


def test_formula_in_words_stays_text(client: Client, place: scenes.Regency) -> None:
    from rembuk.reports.actions.evaluate import edit_evaluation, publish_evaluation

    manager = program_scenes.manager(place)
    bare = program_scenes.published(place, by=manager)
    report = report_scenes.evaluation(bare, manager, at=MORNING)
    written = {"summary": "=SUM(A1)", "lessons": "Nilai **68** & _baik_\n\n- satu\n- dua"}
    edited = edit_evaluation(report, written, seen=report.changed_at, by=manager, at=MORNING)
    publish_evaluation(edited, by=manager, at=MORNING)
    found = sheets(client.get(f"/program/{bare.code}/evaluasi/1/data.xlsx").getvalue())
    assert found["Isi laporan"][1][1] == "=SUM(A1)"
    lessons = next(row[1] for row in found["Isi laporan"] if "68" in str(row[1]))
    assert lessons.split() == ["Nilai", "68", "&", "baik", "•", "satu", "•", "dua"]


def test_draft_is_seen_by_staff_of_the_unit_alone(client: Client, place: scenes.Regency) -> None:
    manager = program_scenes.manager(place)
    bare = program_scenes.published(place, by=manager)
    report_scenes.evaluation(bare, manager, at=MORNING)
    pages = [f"/program/{bare.code}/evaluasi/1/", f"/program/{bare.code}/evaluasi/1/data.xlsx"]
    for person in (None, people.citizen(), people.staff("program-manager", place.health)):
        other = Client()
        if person:
            other.force_login(person)
        assert [other.get(page).status_code for page in pages] == [404, 404]
    client.force_login(people.staff("auditor", place.root))
    page = client.get(pages[0])
    assert "Pratinjau draf" in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    assert client.get(pages[1]).getvalue()
    assert client.get(f"/program/{bare.code}/evaluasi/9/").status_code == 404
    assert client.get("/program/PRG-2026-9999/evaluasi/1/").status_code == 404


def test_files_are_counted_by_network(
    client: Client, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    from rembuk.accounts.quotas import Quota

    monkeypatch.setattr(parts, "FILES", Quota("report.files", 1, timedelta(hours=1)))
    url = f"/program/{program.code}/evaluasi/1/data.xlsx"
    assert client.get(url).getvalue()
    assert client.get(url).status_code == 429


def test_page_reads_one_row(client: Client, program: Program, django_assert_num_queries: Any) -> None:
    url = f"/program/{program.code}/evaluasi/1/"
    client.get(url)
    with django_assert_num_queries(1):
        client.get(url)
