"""The public page with its layers: one minute, Kurva S, plan in time, milestones, money, indicators, revisions."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from rembuk.programs.actions import publish, report
from rembuk.programs.models import Evidence, Program
from tests import layer_scenes as layers
from tests import people, scenes
from tests import program_scenes as programs

pytestmark = pytest.mark.django_db


def page(client: Client, program: Program, prefix: str = "") -> str:
    """The public page as text, with the blanks of its words made single."""
    answer = client.get(f"{prefix}/program/{program.code}/")
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", answer.content.decode())


def words(text: str) -> str:
    """Without markup."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))


@pytest.fixture
def program() -> Program:
    """A programme with all layers, behind its plan."""
    return layers.running(scenes.regency())


def test_minute_answers_time_money_and_promise_each_with_its_section(
    client: Client, program: Program
) -> None:
    text = page(client, program)
    said = words(text)
    # On 24 November: 10 + 20 done; by the current plan 80 were due on the 20th, by the first one since October.
    assert "Kritis" in said
    assert "30% dari rencana 80% sampai hari ini" in said
    assert "50 poin di belakang rencana kini, 4 hari" in said
    assert "50 poin di belakang rencana awal, 24 hari" in said
    # 1,050,000,000.25 of 4,050,000,000.50.
    assert "25,92% dari pagu sudah terpakai" in said
    assert '<abbr title="Rp1.050.000.000,25">Rp1 miliar</abbr>' in text
    assert "rencana awal Rp3.750.000.000,50" in said
    assert "0 dari 2 indikator mencapai target" in said
    assert "2 dari 4 tonggak sudah selesai" in said
    assert "1 indikator belum ada angkanya" in said
    for section in ("kemajuan", "uang", "indikator", "tonggak", "perubahan", "fase"):
        assert f'id="{section}"' in text, section
    for target in re.findall(r'href="#([a-z0-9-]+)"', text):
        assert f'id="{target}"' in text, target


def test_phases_tell_the_progress_of_their_own_milestones(client: Client, program: Program) -> None:
    shown = client.get(f"/program/{program.code}/").context["phases"]
    # The bridge's foundation weighs 20 of the 70 of its phase; all of it was due by 20 November.
    assert [str(row["progress"]) for row in shown] == [
        "100% tonggak fase ini, rencana hingga hari ini 100%",
        "28,57% tonggak fase ini, rencana hingga hari ini 100%",
        "0% tonggak fase ini, rencana hingga hari ini 0%",
    ]


def test_kurva_s_has_both_plans_the_actual_and_every_figure_in_its_table(
    client: Client, program: Program
) -> None:
    text = page(client, program)
    for look in ("curve-first", "curve-plan", "curve-actual"):
        assert f'class="curve-line {look}"' in text
    assert "Per 24 November 2026 tercapai 30% dari rencana 80%" in text
    row = re.search(r'<th scope="row"><time datetime="2026-10-31">.*?</tr>', text)
    assert row
    assert re.findall(r"(\d+,\d\d)%", row[0]) == ["80,00", "30,00", "30,00"]


def test_milestones_tell_share_dates_office_overdue_and_evidence(client: Client, program: Program) -> None:
    said = words(page(client, program))
    assert "bobot 50%" in said
    assert "rencana awal: sampai 31 Okt 2026" in said
    assert "Terlambat 4 hari" in said
    assert "terlambat 15 hari dari rencana" in said
    assert "10 hari lebih awal daripada rencana" in said
    assert "Berita acara 2" in said


def test_excluded_and_removed_evidence_is_on_no_page(client: Client, program: Program) -> None:
    Evidence.objects.filter(title="Berita acara 1").update(access_class="excluded")
    Evidence.objects.filter(title="Berita acara 2").update(removed_at=programs.MORNING)
    assert "Berita acara 1" not in page(client, program).replace("Berita acara 12/2026", "")
    assert "Berita acara 2" not in page(client, program)


def test_address_of_excluded_and_removed_evidence_is_404_for_everybody(
    client: Client, program: Program
) -> None:
    excluded, removed = Evidence.objects.filter(milestone__program=program).order_by("id")
    Evidence.objects.filter(pk=excluded.pk).update(access_class="excluded")
    Evidence.objects.filter(pk=removed.pk).update(removed_at=programs.MORNING)
    for reader in (None, people.citizen(), program.created_by):
        if reader is not None:
            client.force_login(reader)
        for one in (excluded, removed):
            address = f"/program/{program.code}/bukti/{one.file.public_id}/"
            assert client.get(address).status_code == 404


def test_money_shows_sources_every_payment_and_what_was_struck_out(client: Client, program: Program) -> None:
    text = page(client, program)
    said = words(text)
    assert "Rp4.050.000.000,50" in said
    assert "Rp3.000.000.000,25" in said
    assert "Dana Desa" in said
    for number in ("SP2D/001/2026", "SP2D/002/2026"):
        assert number in said
    assert "<del>SP2D/003/2026" in text
    assert "Salah ketik jumlah" in said


def test_indicators_show_missing_as_missing_and_cut_no_figure(client: Client, program: Program) -> None:
    said = words(page(client, program))
    assert "Semester I: 18,5 m dari 20 m, capaian 92,50%." in said
    assert "belum dilaporkan" in said
    assert "Nilai awal: 55 menit" in said
    assert "Belum dilaporkan" in said


def test_revisions_name_what_they_changed_with_old_new_and_reason(client: Client, program: Program) -> None:
    text = page(client, program)
    assert "Rangka, kabel, dan lantai jembatan, hari terakhir" in text
    assert "<del>31 Oktober 2026</del>" in text
    assert "<ins>20 November 2026</ins>" in text
    assert "<del>Rp3.500.000.000,00</del>" in text
    assert "<ins>Rp3.800.000.000,00</ins>" in text
    assert layers.REASON in text


def test_page_without_layers_has_none_of_their_sections(client: Client) -> None:
    place = scenes.regency()
    by = programs.manager(place)
    program = programs.published(place, by=by)
    report.post_update(programs.phase(program, 1), title="Kabar pertama", body="Mulai.", by=by)
    text = page(client, program)
    for absent in ("kemajuan", "uang", "tonggak", "indikator", "perubahan"):
        assert f'id="{absent}"' not in text, absent
    assert "Tepat waktu" in text
    assert 'class="gantt-rows"' in text
    assert "Kabar pertama" in text


def test_running_program_without_news_for_thirty_days_says_so_in_public(
    client: Client, program: Program
) -> None:
    assert "Tidak ada kabar selama 75 hari" in page(client, program)
    assert program.created_by is not None
    report.post_update(programs.phase(program, 2), title="Kabar", body="Isi", by=program.created_by)
    assert "Tidak ada kabar selama" not in page(client, program)


@pytest.mark.parametrize(("days", "silent"), [(29, False), (30, True)])
def test_silence_begins_thirty_days_after_the_publication(client: Client, days: int, silent: bool) -> None:
    program = programs.published(scenes.regency())
    with time_machine.travel(programs.MORNING + timedelta(days=days), tick=False):
        assert ("Tidak ada kabar selama 30 hari" in page(client, program)) == silent


def test_program_that_does_not_run_is_not_called_silent(client: Client) -> None:
    place = scenes.regency()
    by = programs.manager(place)
    program = publish.postpone_program(programs.published(place, by=by), reason=layers.REASON, by=by)
    with time_machine.travel(programs.MORNING + timedelta(days=90), tick=False):
        assert "Tidak ada kabar selama" not in page(client, program)


def test_cancelled_program_tells_no_condition_but_keeps_its_figures(client: Client, program: Program) -> None:
    assert program.created_by is not None
    publish.cancel_program(program, reason=layers.REASON, by=program.created_by)
    text = page(client, program)
    assert "Apakah tepat waktu?" not in text
    assert "Kritis" not in words(text).split("Cara menghitungnya")[0]
    assert 'id="uang"' in text


def test_page_in_english_writes_figures_the_english_way(client: Client, program: Program) -> None:
    said = words(page(client, program, "/en"))
    assert "Rp4,050,000,000.50" in said
    assert "50 points behind the current plan, 4 days" in said
    assert "Critical" in said


def test_page_with_all_layers_takes_a_fixed_number_of_queries(
    client: Client, program: Program, django_assert_num_queries: object
) -> None:
    page(client, program)
    with django_assert_num_queries(11):  # type: ignore[operator]
        page(client, program)


def test_no_inline_style_or_script_on_the_page(client: Client, program: Program) -> None:
    text = page(client, program)
    assert "style=" not in text
    assert "<script>" not in text
