"""Statistics by work unit: the busiest on the first page, all of them in tree order behind it, whatever the address says."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from rembuk.proposals.models import Proposal
from rembuk.workunits import tree
from rembuk.workunits.models import WorkUnit
from tests import consultation_scenes as consultations
from tests import kept, people, scenes
from tests import program_scenes as programs
from tests.scenes import Regency

pytestmark = pytest.mark.django_db

STATISTICS, UNITS = "/statistik/", "/statistik/satuan-kerja/"
# Table of the statistics page: its place in the context, its address, what its heading says of the busiest.
TABLES = {
    "usulan": ("proposal_units", UNITS, "20 satuan kerja dengan usulan terbanyak"),
    "program": ("program_units", f"{UNITS}?tabel=program", "20 satuan kerja dengan program kerja terbanyak"),
    "uji-publik": (
        "consultation_units",
        f"{UNITS}?tabel=uji-publik",
        "20 satuan kerja dengan masukan uji publik terbanyak",
    ),
}
_ROW = re.compile(r'<th scope="row"><a href="[^"]*?(?:/satuan-kerja/|satuan=)([\w-]+)/?">([^<]*)</a></th>')


def codes(html: str) -> list[str]:
    """The codes of the units in a table, in its order."""
    return [code for code, _name in _ROW.findall(html)]


def cells(html: str, code: str) -> list[str]:
    """The numbers of a unit in a table."""
    (row,) = [row for row in html.split("<tr>") if codes(row) == [code]]
    return re.findall(r'<div class="cell">(?:<a [^>]*>)?([^<]*)', row)


def agencies(place: Regency, count: int) -> list[WorkUnit]:
    """So many more agencies of the regency, in tree order."""
    return [
        tree.plant(
            code=f"{place.root.code}-{n:02}",
            name=f"Dinas {n:02}",
            kind=WorkUnit.Kind.AGENCY,
            parent=place.root,
        )
        for n in range(1, count + 1)
    ]


def propose(place: Regency, *units: WorkUnit) -> None:
    """A published proposal with each of these units."""
    author = people.citizen()
    for unit in units:
        sent = scenes.published(place, author)
        Proposal.objects.filter(pk=sent.pk).update(unit=unit)


def plan(place: Regency, *units: WorkUnit) -> None:
    """A published programme of each of these units."""
    by = people.staff("unit-admin", place.root)
    for unit in units:
        programs.published(place, unit=unit, by=by)


def consult(place: Regency, *units: WorkUnit) -> None:
    """A consultation with one submission of each of these units."""
    for unit in units:
        consultations.sent(consultations.opened(place, unit=unit))


FILL: dict[str, Callable[..., None]] = {"usulan": propose, "program": plan, "uji-publik": consult}


@pytest.mark.parametrize("name", TABLES)
def test_statistics_show_the_twenty_busiest_units_and_lead_to_all(client: Client, name: str) -> None:
    place = scenes.regency()
    units = agencies(place, 22)
    FILL[name](place, *units, units[7], units[21], units[21])
    shown, address, caption = TABLES[name]

    html = client.get(STATISTICS).context[shown]

    # Equals stand in tree order.
    order = [place.root, units[21], units[7], *units[:7], *units[8:18]]
    assert codes(html) == [unit.code for unit in order]
    assert caption in html
    assert f'<a class="more-link" href="{address}">Semua satuan kerja (23)' in html
    page = client.get(address)
    assert codes(page.content.decode()) == [unit.code for unit in (place.root, *units)]
    assert caption not in page.content.decode()


@pytest.mark.parametrize("name", TABLES)
def test_few_units_are_shown_whole_in_tree_order_without_a_way_on(client: Client, name: str) -> None:
    place = scenes.regency()
    units = agencies(place, 19)
    FILL[name](place, *units, units[18])
    shown, address, caption = TABLES[name]

    html = client.get(STATISTICS).context[shown]

    assert codes(html) == [unit.code for unit in (place.root, *units)]
    assert UNITS not in html
    assert caption not in html
    assert codes(client.get(address).content.decode()) == codes(html)


def test_numbers_are_those_of_the_page_of_each_unit(client: Client) -> None:
    place = scenes.regency()
    propose(place, place.works, place.roads, place.roads, place.village)
    plan(place, place.works, place.roads)
    consult(place, place.roads, place.health)
    tables = {name: client.get(address).content.decode() for name, (_, address, _) in TABLES.items()}
    for unit in (place.root, place.works, place.roads):
        own = client.get(f"/satuan-kerja/{unit.code}/").context
        figures, counts = own["figures"], own["counts"]
        assert cells(tables["usulan"], unit.code)[:3] == [
            str(n) for n in (figures.heard, figures.considered, figures.explained)
        ]
        assert cells(tables["usulan"], unit.code)[3] == str(own["overdue"])
        assert cells(tables["program"], unit.code)[0] == str(counts.programs)
        assert cells(tables["uji-publik"], unit.code)[0] == str(counts.consultations)
    assert cells(tables["uji-publik"], place.root.code)[:2] == ["2", "2"]


def test_tabs_lead_to_each_table_and_mark_the_one_shown(client: Client) -> None:
    for name, (_shown, address, _caption) in TABLES.items():
        page = client.get(address)
        tabs = page.context["tabs"]
        assert [str(tab["label"]) for tab in tabs] == ["Usulan", "Program Kerja", "Uji publik"]
        assert [tab["url"] for tab in tabs] == [one[1] for one in TABLES.values()]
        assert [tab["url"] for tab in tabs if tab["current"]] == [TABLES[name][1]]
        assert f'<a href="{address}" aria-current="page">' in page.content.decode()


def test_unknown_table_is_the_first(client: Client) -> None:
    page = client.get(UNITS, {"tabel": "anggaran"})
    assert page.status_code == 200
    assert [tab["current"] for tab in page.context["tabs"]] == [True, False, False]


def test_units_stand_on_pages_of_fifty_each_once(client: Client) -> None:
    place = scenes.regency()
    units = agencies(place, 102)
    propose(place, *reversed(units))

    found, url, pages = [], UNITS, 0
    while url:
        page = client.get(url)
        found += codes(page.content.decode())
        url, pages = page.context["next_url"], pages + 1
        assert page.context["first_url"] == ("" if pages == 1 else UNITS)

    assert (pages, found) == (3, [unit.code for unit in (place.root, *units)])


def test_made_up_token_gives_the_first_page(client: Client) -> None:
    place = scenes.regency()
    propose(place, *agencies(place, 60))
    first = client.get(UNITS)
    assert first.context["next_url"] == f"{UNITS}?after=50"
    for token in ("x", "-50", "50abc", "49", "100", "999950", "٥٠", "²", " 50", "5" * 60, "0"):
        page = client.get(UNITS, {"after": token})
        assert page.status_code == 200, token
        assert page.context["units"] == first.context["units"], token
        assert page.context["next_url"] == first.context["next_url"], token
        assert page.context["first_url"] == UNITS, token


def test_outdated_token_gives_the_first_page(client: Client) -> None:
    place = scenes.regency()
    units = agencies(place, 55)
    plan(place, *units)
    address = TABLES["program"][1]
    second = f"{address}&after=50"
    assert codes(client.get(second).content.decode()) == [unit.code for unit in units[49:]]
    programs.Program.objects.filter(unit__in=units[40:]).update(state="draft")
    kept.forget()
    assert codes(client.get(second).content.decode()) == codes(client.get(address).content.decode())


@pytest.mark.parametrize("name", TABLES)
def test_nothing_to_count_says_so_and_leads_back(client: Client, name: str) -> None:
    page = client.get(TABLES[name][1]).content.decode()
    assert "Belum ada yang dapat dihitung" in page
    assert f'<a class="btn" href="{STATISTICS}">Statistik</a>' in page
    assert "<table" not in page


def test_page_says_where_it_belongs_in_both_languages(client: Client) -> None:
    place = scenes.regency()
    propose(place, *agencies(place, 21))
    page = client.get(UNITS).content.decode()
    assert f'<li><a href="{STATISTICS}">Statistik</a></li>' in page
    assert "<h1>Statistik menurut satuan kerja</h1>" in page
    assert 'name="robots"' not in page
    english = client.get(f"/en{STATISTICS}").context["proposal_units"]
    assert f'href="/en{UNITS}">All work units (22)' in english
    assert "The 20 work units with the most proposals" in english
    page = client.get(f"/en{UNITS}").content.decode()
    assert "<h1>Statistics by work unit</h1>" in page
    assert "Angka" not in page


def test_members_see_the_same(client: Client) -> None:
    place = scenes.regency()
    propose(place, *agencies(place, 3))
    table = client.get(UNITS).context["units"]
    client.force_login(people.citizen())
    assert client.get(UNITS).context["units"] == table


@pytest.mark.parametrize("count", [1, 60])
@pytest.mark.parametrize(
    ("address", "first", "again"),
    [
        (STATISTICS, 6, 0),
        (UNITS, 1, 0),
        (f"{UNITS}?tabel=program", 1, 0),
        (f"{UNITS}?tabel=uji-publik", 1, 0),
    ],
)
def test_number_of_queries_does_not_grow_with_the_units(
    client: Client,
    count: int,
    address: str,
    first: int,
    again: int,
    django_assert_num_queries: Callable[[int], object],
) -> None:
    place = scenes.regency()
    units = agencies(place, count)
    for fill in FILL.values():
        fill(place, *units)
    client.get(address)
    kept.forget_here()
    with django_assert_num_queries(first):  # type: ignore[attr-defined]
        client.get(address)
    with django_assert_num_queries(again):  # type: ignore[attr-defined]
        client.get(address)


def test_second_page_is_made_of_the_rows_of_the_first(
    client: Client, django_assert_num_queries: Callable[[int], object]
) -> None:
    place = scenes.regency()
    propose(place, *agencies(place, 60))
    client.get(UNITS)
    with django_assert_num_queries(0):  # type: ignore[attr-defined]
        page = client.get(UNITS, {"after": "50"})
    assert len(codes(page.content.decode())) == 11
