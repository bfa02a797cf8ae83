"""Looking up regions as a form does: step by step, and while typing."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rembuk.regions import selectors
from rembuk.regions.models import Kind, Level, Region


@pytest.fixture(autouse=True)
def _regions(db: None) -> None:
    Region.objects.all().delete()
    rows = [
        ("32", "Jawa Barat", Kind.PROVINCE),
        ("32.01", "Kabupaten Bogor", Kind.REGENCY),
        ("32.01.01", "Cibinong", Kind.DISTRICT),
        ("32.01.01.1001", "Pondok Rajeg", Kind.URBAN_VILLAGE),
        ("32.01.01.2002", "Sukamaju", Kind.VILLAGE),
        ("32.71", "Kota Bogor", Kind.CITY),
        ("36", "Banten", Kind.PROVINCE),
    ]
    names: dict[str, str] = {}
    for code, name, kind in rows:
        above = code.rpartition(".")[0]
        names[code] = f"{name}, {names[above]}" if above else name
        level = Level(code.count(".") + 1)
        Region.objects.create(
            code=code, name=name, full_name=names[code], level=level, kind=kind, parent_id=above or None
        )


def test_children_of_nothing_are_the_provinces() -> None:
    assert [region.name for region in selectors.children("")] == ["Banten", "Jawa Barat"]


def test_children_lie_directly_within() -> None:
    assert [region.code for region in selectors.children("32")] == ["32.01", "32.71"]


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("32.01", ["32.01", "32.01.01", "32.01.01.1001", "32.01.01.2002"]),
        ("32.01.01.2002", ["32.01.01.2002"]),
        ("36", ["36"]),
        ("32.0", []),
        ("3", []),
    ],
)
def test_what_lies_in_a_region_is_itself_and_all_whose_codes_go_on_from_it(
    code: str, found: list[str]
) -> None:
    rows = Region.objects.filter(selectors.at_or_below("code", code)).order_by("code")
    assert list(rows.values_list("code", flat=True)) == found


def test_path_leads_from_province_to_village_in_one_query() -> None:
    village = Region.objects.get(code="32.01.01.2002")
    with CaptureQueriesContext(connection) as queries:
        names = [region.name for region in selectors.path(village)]
    assert (names, len(queries)) == (["Jawa Barat", "Kabupaten Bogor", "Cibinong", "Sukamaju"], 1)


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("sukamaju", "32.01.01.2002"),
        ("sukamaju bogor", "32.01.01.2002"),
        ("SUKAMAJU, Cibinong", "32.01.01.2002"),
        ("bogor", "32.01"),
        ("kota bogor", "32.71"),
        ("sukamju bogor", "32.01.01.2002"),
    ],
)
def test_search_finds_what_was_meant_first(typed: str, first: str) -> None:
    assert selectors.search(typed)[0].code == first


@pytest.mark.parametrize("typed", ["", " ", "x", "%", "zzzzzz"])
def test_search_for_nothing_finds_nothing(typed: str) -> None:
    assert selectors.search(typed) == []


def test_search_limited_to_a_level_and_a_number() -> None:
    assert [region.code for region in selectors.search("bogor", limit=1, level=Level.VILLAGE)] == [
        "32.01.01.1001"
    ]


def test_full_names_of_many_come_in_one_query() -> None:
    with CaptureQueriesContext(connection) as queries:
        names = selectors.full_names(["32", "32.71", "99"])
    assert (names, len(queries)) == ({"32": "Jawa Barat", "32.71": "Kota Bogor, Jawa Barat"}, 1)


@pytest.mark.parametrize(
    ("codes", "found"),
    [
        (["32.01.01.1001", "32.01.01.2002"], "32.01.01"),
        (["32.01.01.2002"], "32.01.01.2002"),
        (["32.01.01.2002", "32.01"], "32.01"),
        (["32.01.01", "32.71"], None),
        ([], None),
    ],
)
def test_common_is_the_smallest_region_around_all(codes: list[str], found: str | None) -> None:
    region = selectors.common(codes)
    assert (region.code if region else None) == found
