"""A mistyped year: refused with words wherever a day is entered; and no plan makes the public page long, or fail."""

from datetime import date, datetime
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from rembuk.common.errors import Invalid
from rembuk.programs.actions import create
from rembuk.programs.actions.importing.layers import rehearse_layers
from rembuk.programs.actions.indicators.define import Target, add_indicator
from rembuk.programs.actions.milestones import course
from rembuk.programs.actions.money.budget import Budget, plan_money
from rembuk.programs.actions.money.spend import enter_realisation
from rembuk.programs.actions.phases import start_phase
from rembuk.programs.actions.revise import revise_plan
from rembuk.programs.models import Milestone, Program
from rembuk.programs.plan import days
from tests import money_scenes as money
from tests import program_scenes as programs
from tests import scenes, sheet_scenes, voice_scenes
from tests.program_scenes import MORNING, REASON
from tests.programs.milestones import scenes as stones

pytestmark = pytest.mark.django_db
WORDS = "Periksa tahunnya: tanggal yang dapat diisi ialah 1 Januari 2000 sampai dengan 31 Desember 2056."
LONG_AGO, FAR = date(1, 1, 1), date(9999, 12, 31)
NEW = {
    "title": "Perbaikan jalan desa Sukamaju",
    "summary": "Lima ruas jalan desa diperkeras agar dapat dilewati sepanjang tahun.",
    "year": "2027",
    "step": "save",
}
STONE = {"title": "Kontrak", "phase": "2", "weight": "1", "reason": REASON}
INDICATOR = {"name": "Jalan", "measure": "km", "level": "output", "direction": "up", "reason": REASON}
PERIOD = {"key_1": "", "period_1": "2027", "target_1": "5", "step": "save"}
PLAN = {"start_1": "2026-11-01", "end_1": "2026-12-31", "start_3": "2027-09-01", "end_3": "2027-12-31"}


@pytest.fixture
def program(client: Client) -> Program:
    """A public programme with a milestone and money, its manager signed in."""
    place = scenes.regency()
    by = programs.manager(place)
    client.force_login(by)
    found = stones.planned(place, by).program
    return money.planned(found, by)


def desk(route: str, program: Program, *more: object) -> str:
    return reverse(f"desk_programs:{route}", args=[program.code, *more])


@pytest.mark.parametrize(
    ("route", "field", "sent"),
    [
        ("new", "start_2", {**NEW, "start_2": "0001-01-01", "end_2": "2027-08-31"}),
        ("new", "end_2", {**NEW, "start_2": "2027-01-01", "end_2": "9999-12-31"}),
        ("revise", "end_2", {**PLAN, "start_2": "2027-01-01", "end_2": "9999-12-31", "reason": REASON}),
        ("milestone_new", "ends_on", {**STONE, "starts_on": "2027-01-01", "ends_on": "9999-12-31"}),
        ("milestone_new", "starts_on", {**STONE, "starts_on": "0001-01-01", "ends_on": "2027-12-31"}),
        ("indicator_new", "ends_on_1", {**INDICATOR, **PERIOD, "ends_on_1": "9999-12-31"}),
        (
            "spend",
            "spent_on",
            {"fund": "apbd", "amount": "1", "document_number": "X", "spent_on": "0001-01-01"},
        ),
        ("phase_step", "on", {"on": "0001-01-01"}),
        ("milestone_step", "on", {"on": "0001-01-01"}),
        ("milestone_reach", "began_on", {"began_on": "0001-01-01", "on": "2026-11-20"}),
    ],
)
def test_form_tells_a_mistyped_year_at_its_field(
    route: str, field: str, sent: dict[str, str], client: Client, program: Program
) -> None:
    stone = program.milestones.get()
    more = {
        "phase_step": [1, "start"],
        "milestone_step": [stone.public_id, "begin"],
        "milestone_reach": [stone.public_id],
    }.get(route, [])
    address = reverse("desk_programs:new") if route == "new" else desk(route, program, *more)
    before = Program.objects.count(), Milestone.objects.values().get()
    answer = client.post(address, {"unit": program.unit.code, **sent})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'href="#id_{field}"' in page
    assert WORDS in page
    assert f'value="{sent[field]}"' in page
    assert (Program.objects.count(), Milestone.objects.values().get()) == before


def test_milestones_on_the_page_of_a_revision_keep_to_the_years(client: Client, program: Program) -> None:
    sent = {**PLAN, "start_2": "2027-01-01", "end_2": "2027-08-31", "reason": REASON}
    stone = program.milestones.get()
    typed = {f"m_start_{stone.public_id}": "2027-01-01", f"m_end_{stone.public_id}": "9999-12-31"}
    answer = client.post(desk("revise", program), {**sent, **typed})
    assert answer.status_code == 422
    assert f'href="#id_m_end_{stone.public_id}"' in answer.content.decode()
    assert not Milestone.objects.filter(planned_end_on=FAR).exists()


def test_last_day_of_a_round_keeps_to_the_years(client: Client) -> None:
    place = scenes.regency()
    by = programs.manager(place)
    client.force_login(by)
    program = voice_scenes.evaluated(place, by)
    answer = client.post(desk("open_round", program), {"closes_on": "9999-12-31"})
    assert answer.status_code == 422
    assert WORDS in answer.content.decode()


def test_actions_refuse_a_mistyped_year_by_themselves(program: Program) -> None:
    by = program.created_by
    assert by is not None
    stone = program.milestones.get()
    phase = programs.phase(program, 1)
    acts = {
        "end_2": lambda: create._checked((date(2027, 1, 1), FAR), 2),
        "start_2": lambda: revise_plan(program, {2: (LONG_AGO, date(2027, 8, 31))}, reason=REASON, by=by),
        "cash_9999-12": lambda: plan_money(program, Budget(cash={FAR: money.PAGU}), reason=REASON, by=by),
        "spent_on": lambda: enter_realisation(program, money.spent(spent_on=LONG_AGO), by=by, at=MORNING),
        "on": lambda: start_phase(phase, by=by, on=LONG_AGO, at=MORNING),
        "ends_on_1": lambda: add_indicator(
            program, money.words(), [Target("2027", FAR, money.PAGU)], reason=REASON, by=by
        ),
        "began_on": lambda: course.reach_milestone(
            stone, evidence=[stones.proof()], by=by, began_on=LONG_AGO, on=MORNING.date(), at=MORNING
        ),
    }
    for field, act in acts.items():
        with pytest.raises(Invalid) as refusal:
            act()
        assert list(refusal.value.fields) == [field]


def test_sheets_refuse_a_mistyped_year_in_its_cell(program: Program, tmp_path: Path) -> None:
    book = sheet_scenes.read(
        tmp_path,
        {
            "Tonggak": [["2", "Kontrak", "1", "01/02/2027", "31/12/9999", "", ""]],
            "Rencana kas": [["2099-11", "1"], ["01/01/0001", "1"]],
            "Realisasi": [["20/11/1026", "SP2D-1", "apbd", "1", ""]],
            "Indikator": [["Jalan", "Keluaran", "km", "naik", "", "", "2027", "0001-12-31", "5", "", ""]],
        },
    )
    assert program.created_by is not None
    outcome = rehearse_layers(program, book, by=program.created_by, at=MORNING)
    assert [(one.sheet, one.row, one.column, one.words) for one in outcome.problems] == [
        ("Tonggak", 2, "selesai", WORDS),
        ("Rencana kas", 2, "bulan", WORDS),
        ("Rencana kas", 3, "bulan", WORDS),
        ("Realisasi", 2, "tanggal", WORDS),
        ("Indikator", 2, "berakhir", WORDS),
    ]


def test_public_page_of_a_plan_of_decades_is_short(client: Client, program: Program) -> None:
    Milestone.objects.update(planned_start_on=date(2000, 1, 1), planned_end_on=date(2056, 12, 31))
    by = program.created_by
    assert by is not None
    plan_money(program, Budget(cash={date(2056, 12, 1): 0 * money.PAGU}), reason=REASON, by=by)
    answer = client.get(reverse("programs:detail", args=[program.code]))
    assert answer.status_code == 200
    table = answer.content.decode().split('id="kurva-kemajuan', 1)[1].split("</table>", 1)[0]
    assert 50 < table.count("<tr") < 66


def test_range_moves_on_with_the_years(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(days, "local_date", lambda: datetime(2031, 5, 1).date())
    assert days.last() == date(2061, 12, 31)
    assert [bool(days.day_fault(day)) for day in (None, date(1999, 12, 31), days.FIRST, days.last())] == [
        False,
        True,
        False,
        False,
    ]
    assert days.day_fault(date(2062, 1, 1))
