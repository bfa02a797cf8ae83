"""Titles alike: what holds a part of what is typed, then what is alike as a whole, and nothing else."""

from copy import copy
from uuid import uuid4

import pytest

from rembuk.keeping.values import forget_held
from rembuk.proposals.models import Proposal
from rembuk.proposals.titles.alike import similar
from rembuk.proposals.titles.words import COUNTED, TitleWords, mended, searches
from tests import people, scenes

TITLES = (
    "Perbaikan jembatan gantung di Dusun Sukamaju",
    "Jembatan gantung lapuk",
    "Jembatan gantung Dusun Cimanggu",
    "Pengadaan timbangan posyandu",
    "Lampu jalan padam di Kampung Tugu",
)
# A thousand titles: of a word, how many hold it.
COMMON = TitleWords(
    1000,
    {
        "baik": 400,
        "jalan": 300,
        "desa": 250,
        "rusak": 90,
        "pasar": 40,
        "jembatan": 30,
        "gantung": 20,
        "tugu": 2,
    },
)


@pytest.fixture
def place(db: None) -> scenes.Regency:
    made = scenes.regency()
    for title in TITLES:
        scenes.published(made, people.citizen(), title=title)
    return made


def found(typed: str) -> list[str]:
    """The titles that resemble this one, the nearest first."""
    return [row.title for row in similar(typed)]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("jembatan gantung", set(TITLES[:3])),
        ("JEMBATAN GANTUNG LAPUK", {TITLES[1]}),
        # No title holds so much of it, but the whole of one is alike.
        ("timbangan untuk balita di posyandu", {TITLES[3]}),
        # Slips of the finger, short forms, and words that no title has.
        ("jembtan gantung lapuk", {TITLES[1]}),
        ("timbangn", {TITLES[3]}),
        ("jembtan gantng roboh", set(TITLES[:3])),
        ("lampu jln padam", {TITLES[4]}),
        ("jembatan gantung putus total", {TITLES[1]}),
        ("pelatihan perangkat desa", set()),
        ("jalan", set()),
        ("2027 2028 2029", set()),
        ("'''' \\\\ && || !:*", set()),
        ("jum'at \\ bersih & sehat", set()),
    ],
)
def test_titles_alike_are_found(place: scenes.Regency, typed: str, expected: set[str]) -> None:
    titles = set(found(typed))
    assert titles == expected if not expected else expected <= titles
    assert titles & {TITLES[4]} == expected & {TITLES[4]}


def test_the_nearest_comes_first_and_each_once(place: scenes.Regency) -> None:
    rows = similar("jembatan gantung lapuk")
    assert rows[0].title == TITLES[1]
    assert len({row.pk for row in rows}) == len(rows) == 3


def test_the_same_wish_is_found_among_very_many_that_share_some_of_its_words(place: scenes.Regency) -> None:
    other = scenes.published(place, title="Perbaikan saluran air di Dusun Tegalrejo")
    same = scenes.published(place, title="Perbaikan saluran air di Dusun Kaliwungu")
    # Last in the table, behind more than are compared.
    Proposal.objects.bulk_create(copies(other, range(200)) + copies(same, range(200, 201)))
    Proposal.objects.filter(pk=same.pk).update(search=None)
    forget_held()
    titles = found("Perbaikan saluran air Kaliwungu")
    assert titles[0] == "Perbaikan saluran air di Dusun Kaliwungu"
    assert len(titles) == 5


def copies(proposal: Proposal, numbers: range) -> list[Proposal]:
    """The same wish once more for each number."""
    proposal.refresh_from_db()
    rows = [copy(proposal) for _number in numbers]
    for row, number in zip(rows, numbers, strict=True):
        row.pk, row.subject, row.public_id, row.code = None, None, uuid4(), f"USL-2026-9{number:05}"
        row._state.adding = True
    return rows


def test_a_wish_of_this_minute_is_found_by_a_word_that_was_not_counted_yet(place: scenes.Regency) -> None:
    forget_held()
    assert "krematorium" not in COUNTED.get().holding
    scenes.published(place, title="Tolak krematorium")
    assert "krematorium" not in COUNTED.get().holding
    assert found("tolak krematorium jembatan") == ["Tolak krematorium"]


def test_words_are_those_of_titles_and_places_alone(place: scenes.Regency) -> None:
    scenes.published(place, title="Halte angkutan", body=f"{scenes.BODY} Kotoran burung mengganggu.")
    scenes.submitted(place, title="Rumah singgah")
    forget_held()
    counted = COUNTED.get()
    assert (counted.titles, counted.holding["jembatan"], counted.holding["halte"]) == (6, 3, 1)
    assert not {"burung", "singgah"} & set(counted.holding)


def test_what_nobody_may_read_and_the_own_one_are_left_out(place: scenes.Regency) -> None:
    scenes.submitted(place, title="Jembatan gantung roboh")
    own = scenes.published(place, title="Jembatan gantung miring")
    titles = {row.title for row in similar("jembatan gantung", apart_from=own.pk)}
    assert not titles & {"Jembatan gantung roboh", "Jembatan gantung miring"}
    assert titles


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        # All that tells something, then the rare ones, then a part of these; the commonest are not asked for.
        (
            "jembatan gantung rusak pasar jalan",
            [
                "'gantung' & 'jembatan' & 'pasar' & 'rusak'",
                "'gantung' & 'jembatan' & 'pasar'",
                "'gantung' & 'jembatan' | 'gantung' & 'pasar' | 'jembatan' & 'pasar'",
            ],
        ),
        ("gantung tugu", ["'tugu' & 'gantung'", "'tugu' | 'gantung'"]),
        ("gantung rusak", ["'gantung' & 'rusak'", "'gantung'", "'gantung' | 'rusak'"]),
        # Common words only: the two rarest.
        ("perbaiki jalan desa", ["'perbaiki' | 'desa' & 'jalan'", "'desa' | 'jalan'"]),
        # New beside known, and a slip beside what it was meant to be.
        ("tugu miring", ["'miring' | 'tugu'"]),
        ("jembtan tugu", ["'jembtan' | 'tugu' & 'jembatan'", "'tugu' | 'jembatan'"]),
        ("wahana 12", ["'wahana'"]),
        ("doa jum'at", ["'doa' | 'jum''at'"]),
        ("2027 12", []),
    ],
)
def test_searches_begin_with_what_tells_most(title: str, expected: list[str]) -> None:
    assert searches(title, mended(title, COMMON), COMMON) == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Jembtan, GANTNG!", "jembatan gantung"),
        # Too short, of another first letter, another word, or like none: as it was typed.
        ("tgu ambatan pagar krematorium", "tgu ambatan pagar krematorium"),
        # Stop words and short forms are no slips.
        ("untuk jln desa", "untuk jalan desa"),
        # So many at most, since each is compared with all words.
        ("jembtan jembtan jembtan jembtan", "jembatan jembatan jembatan jembtan"),
    ],
)
def test_slips_are_written_as_titles_hold_them(title: str, expected: str) -> None:
    assert mended(title, COMMON) == expected
