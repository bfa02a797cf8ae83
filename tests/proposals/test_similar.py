"""Titles alike: what holds a part of what is typed, then what is alike as a whole, and nothing else."""

import pytest

from rembuk.proposals.selectors import similar
from tests import people, scenes

pytestmark = pytest.mark.django_db

TITLES = (
    "Perbaikan jembatan gantung di Dusun Sukamaju",
    "Jembatan gantung lapuk",
    "Jembatan gantung Dusun Cimanggu",
    "Pengadaan timbangan posyandu",
    "Lampu jalan padam di Kampung Tugu",
)


@pytest.fixture
def place() -> scenes.Regency:
    made = scenes.regency()
    for title in TITLES:
        scenes.published(made, people.citizen(), title=title)
    return made


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("jembatan gantung", set(TITLES[:3])),
        ("JEMBATAN GANTUNG LAPUK", {TITLES[1]}),
        # No title holds so much of it, but the whole of one is alike.
        ("timbangan untuk balita di posyandu", {TITLES[3]}),
        ("pelatihan perangkat desa", set()),
        ("jalan", set()),
    ],
)
def test_titles_alike_are_found(place: scenes.Regency, typed: str, found: set[str]) -> None:
    titles = {row.title for row in similar(typed)}
    assert titles == found if not found else found <= titles
    assert not titles & {TITLES[4]}


def test_the_nearest_comes_first_each_once_and_no_more_than_asked(place: scenes.Regency) -> None:
    rows = similar("jembatan gantung lapuk", most=2)
    assert rows[0].title == TITLES[1]
    assert len({row.pk for row in rows}) == len(rows) <= 2


def test_what_nobody_may_read_and_the_own_one_are_left_out(place: scenes.Regency) -> None:
    scenes.submitted(place, title="Jembatan gantung roboh")
    own = scenes.published(place, title="Jembatan gantung miring")
    titles = {row.title for row in similar("jembatan gantung", apart_from=own.pk)}
    assert not titles & {"Jembatan gantung roboh", "Jembatan gantung miring"}
    assert titles
