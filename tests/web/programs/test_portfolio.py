"""The list of all programmes: filters, figures that lead to what they count, cards, the list of the desk."""

from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from django.test import Client
from django.utils.html import escape

from rembuk.insights.programs import PROGRAMS
from rembuk.programs import kinds
from rembuk.programs.actions import phases, publish
from rembuk.programs.models import Program, ProgramPlace
from rembuk.siteconfig import selectors as site
from rembuk.web.programs.portfolio import tables, unit_table
from tests import kept, people, scenes
from tests import layer_scenes as layers
from tests import program_scenes as programs

pytestmark = pytest.mark.django_db

LIST, DESK = "/program/", "/kelola/program/"


def codes(client: Client, query: dict[str, str] | str = "", path: str = LIST) -> set[str]:
    """The codes on all pages of a list."""
    answer = client.get(path, query) if isinstance(query, dict) else client.get(f"{path}{query}")
    assert answer.status_code == 200
    rows = answer.context["cards" if path == LIST else "rows"]
    return {row["code"] for row in rows}


@pytest.fixture
def portfolio() -> dict[str, Program]:
    """Programmes in all conditions and states."""
    place = scenes.regency()
    by = programs.manager(place)
    on_time = programs.published(place, by=by, title="Tepat waktu menurut tanggal fase")
    phases.start_phase(programs.phase(on_time, 1), by=by, at=programs.MORNING)
    postponed = publish.postpone_program(programs.published(place, by=by), reason=layers.REASON, by=by)
    cancelled = publish.cancel_program(programs.published(place, by=by), reason=layers.REASON, by=by)
    return {
        "critical": layers.running(place, by),
        "on_time": on_time,
        "postponed": postponed,
        "cancelled": cancelled,
        "completed": programs.completed(place, by=by),
        "draft": programs.draft(place, by=by),
    }


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"kondisi": "on_time"}, {"on_time"}),
        ({"kondisi": "late"}, {"postponed"}),
        ({"kondisi": "critical"}, {"critical"}),
        ({"kabar": "tanpa"}, {"critical"}),
        ({"status": "postponed"}, {"postponed"}),
        ({"status": "cancelled"}, {"cancelled"}),
        ({"fase": "execution"}, {"critical"}),
        ({"tahun": "2026", "kondisi": "critical"}, {"critical"}),
        ({"tahun": "2027", "kondisi": "critical"}, set()),
    ],
)
def test_list_is_narrowed_by_condition_state_and_silence(
    client: Client, portfolio: dict[str, Program], query: dict[str, str], found: set[str]
) -> None:
    assert codes(client, query) == {portfolio[name].code for name in found}


def test_list_is_narrowed_by_region_with_all_below_and_by_every_place(client: Client) -> None:
    place = scenes.regency()
    by = programs.manager(place)
    village = scenes.village_region()
    district = village.parent
    assert district
    assert district.parent
    type(place.root).objects.filter(pk=place.root.pk).update(region=district.parent)
    below, placed, elsewhere = (programs.published(place, by=by, region=one) for one in (village, None, None))
    ProgramPlace.objects.create(program=placed, position=9, region=district)
    assert codes(client, {"wilayah": district.code}) == {below.code, placed.code}
    assert elsewhere.code in codes(client)


def test_deeper_unit_than_the_list_offers_can_be_asked_for(client: Client) -> None:
    place = scenes.regency()
    program = programs.published(place, unit=place.roads, by=people.staff("unit-admin", place.root))
    programs.published(place)
    assert codes(client, {"satuan": place.roads.code}) == {program.code}
    assert codes(client, {"satuan": "TIDAK-ADA"}) == set()


def test_every_figure_leads_to_a_list_of_as_many(client: Client, portfolio: dict[str, Program]) -> None:
    shown = client.get(LIST).context["portfolio"]
    assert shown["whole"].programs == 5
    for stat in shown["stats"]:
        assert len(codes(client, stat["url"].removeprefix(LIST))) == stat["value"], stat
    labels = {stat["label"]: stat["value"] for stat in shown["stats"]}
    assert labels["kritis"] == labels["tepat waktu"] == labels["terlambat"] == 1
    assert shown["whole"].absorption == Decimal("25.92")
    assert codes(client, {"uang": "ada"}) == {portfolio["critical"].code}
    assert len(codes(client, {"uang": "tanpa"})) == 4


def test_every_cell_of_the_statistics_leads_to_a_list_of_as_many(
    client: Client, portfolio: dict[str, Program]
) -> None:
    page = client.get("/statistik/").content.decode()
    units = unit_table(PROGRAMS.get().rows["unit"], "")
    shown = [units, *tables(PROGRAMS.get())]
    assert len(shown) == 4, "unit, category, phase, year; the programmes have no region"
    for table in shown:
        for row in table["rows"]:
            assert escape(row[0]["url"]) in page
            assert len(codes(client, row[0]["url"].removeprefix(LIST))) == int(row[1]["value"])
            for cell in row[1:8]:
                if isinstance(cell, dict):
                    assert f'<a href="{escape(cell["url"])}">{cell["value"]}</a>' in page
                    assert len(codes(client, cell["url"].removeprefix(LIST))) == int(cell["value"])


def test_cards_tell_progress_condition_absorption_and_why_one_rests(
    client: Client, portfolio: dict[str, Program]
) -> None:
    cards = {card["code"]: card for card in client.get(LIST).context["cards"]}
    critical = cards[portfolio["critical"].code]
    assert (critical["condition"], critical["progress"]["actual"], critical["progress"]["planned"]) == (
        "critical",
        "30%",
        "80%",
    )
    assert critical["money"]["absorption"] == "25,92%"
    assert cards[portfolio["on_time"].code]["condition"] == "on_time"
    assert "progress" not in cards[portfolio["on_time"].code]
    for name in ("postponed", "cancelled"):
        assert cards[portfolio[name].code]["reason"] == layers.REASON
    assert portfolio["draft"].code not in cards


def test_resumed_program_no_longer_tells_why_it_rested(client: Client) -> None:
    place = scenes.regency()
    by = programs.manager(place)
    program = publish.postpone_program(programs.published(place, by=by), reason=layers.REASON, by=by)
    publish.resume_program(program, reason=layers.REASON, by=by)
    (card,) = client.get(LIST).context["cards"]
    assert card["reason"] == ""


@pytest.mark.parametrize(("sort", "first"), [("judul", "Air"), ("terbaru", "Zebra"), ("berubah", "Zebra")])
def test_list_is_sorted(client: Client, sort: str, first: str) -> None:
    place = scenes.regency()
    for hour, title in enumerate(("Air", "Zebra")):
        programs.published(place, title=title, at=programs.MORNING + timedelta(hours=hour))
    assert client.get(LIST, {"urut": sort}).context["cards"][0]["title"] == first


def test_sorting_is_kept_when_filters_are_sent(client: Client) -> None:
    programs.published(scenes.regency())
    text = client.get(LIST, {"urut": "judul"}).content.decode()
    assert '<input type="hidden" name="urut" value="judul">' in text


@pytest.mark.parametrize("rows", [1, 4])
@pytest.mark.parametrize(
    ("query", "queries"),
    [({}, 10), ({"kondisi": "late"}, 10), ({"kabar": "tanpa"}, 9)],
)
def test_portfolio_takes_the_same_number_of_queries(
    client: Client, rows: int, query: dict[str, str], queries: int, django_assert_num_queries: object
) -> None:
    place = scenes.regency()
    by = programs.manager(place)
    district = scenes.village_region().parent
    assert district
    type(place.root).objects.filter(pk=place.root.pk).update(region=district.parent)
    for _ in range(rows):
        layers.running(place, by)
        publish.postpone_program(programs.published(place, by=by), reason=layers.REASON, by=by)
    with time_machine.travel(programs.MORNING, tick=False):
        client.get(LIST, query)
        kept.forget_here()
        kinds.forget()
        site.forget()
        with django_assert_num_queries(queries):  # type: ignore[operator]
            client.get(LIST, query)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"kabar": "tanpa"}, {"critical"}),
        ({"tonggak": "lewat"}, {"critical"}),
        ({"kondisi": "late"}, {"postponed"}),
        ({"status": "draft"}, {"draft"}),
    ],
)
def test_desk_finds_what_waits_for_the_office(
    client: Client, portfolio: dict[str, Program], query: dict[str, str], found: set[str]
) -> None:
    by = portfolio["draft"].created_by
    assert by
    client.force_login(by)
    assert codes(client, query, DESK) == {portfolio[name].code for name in found}


def test_desk_rows_tell_condition_silence_and_overdue_milestones(
    client: Client, portfolio: dict[str, Program]
) -> None:
    by = portfolio["draft"].created_by
    assert by
    client.force_login(by)
    rows = {row["code"]: row for row in client.get(DESK).context["rows"]}
    flags = [flag["label"] for flag in rows[portfolio["critical"].code]["flags"]]
    assert flags == [
        "Pelaksanaan",
        "Kritis: 30% dari 80%",
        "Tidak ada kabar selama 75 hari",
        "1 tonggak lewat waktu",
    ]
    assert [flag["label"] for flag in rows[portfolio["on_time"].code]["flags"]] == ["Perencanaan"]


def test_desk_list_shows_programs_of_her_units_alone(client: Client, portfolio: dict[str, Program]) -> None:
    place = scenes.regency()
    client.force_login(programs.manager(place))
    assert codes(client, {"kondisi": "critical"}, DESK) == set()
    assert codes(client, {"kabar": "tanpa"}, DESK) == set()
