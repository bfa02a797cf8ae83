"""Titles alike: what holds a part of what is typed, then what is alike as a whole, and nothing else."""

from copy import copy
from uuid import uuid4

import pytest

from rembuk.keeping.values import forget_held
from rembuk.proposals.models import Proposal
from rembuk.proposals.states import State
from rembuk.proposals.titles.alike import similar
from rembuk.proposals.titles.words import COUNTED, MOST_SEARCHES, TitleWords, mended, searches
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
        "trotoar": 95,
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


def test_the_same_wish_is_found_behind_many_that_share_a_word_which_was_not_counted_yet(
    place: scenes.Regency,
) -> None:
    forget_held()
    assert "krematorium" not in COUNTED.get().holding
    crowd = scenes.published(place, title="Warga dukung krematorium")
    Proposal.objects.bulk_create(copies(crowd, range(60)))
    scenes.published(place, title="Tolak krematorium dekat jembatan gantung Tugu")
    assert (
        found("Tolak krematorium dekat jembatan gantung Tugu")[0]
        == "Tolak krematorium dekat jembatan gantung Tugu"
    )


def test_of_long_titles_the_same_is_nearest(place: scenes.Regency) -> None:
    long = "Pembangunan dan perbaikan saluran irigasi tersier untuk sawah warga di blok utara yang kering di Dusun {}"
    names = ["Kaliwungu", "Mekarsari", "Tegalrejo", "Sumberejo", "Kalisari", "Wonosari", "Purwosari"]
    for name in names:
        scenes.published(place, title=long.format(name))
    forget_held()
    assert found(long.format("Kaliwungu"))[0] == long.format("Kaliwungu")


def test_a_new_name_is_not_taken_for_one_that_is_spelled_nearly_so(place: scenes.Regency) -> None:
    scenes.published(place, title="Perbaikan jalan Sukajatiwangi")
    forget_held()
    assert "sukajatiwangi" in COUNTED.get().holding
    scenes.published(place, title="Perbaikan jalan Sukajadiwangi")
    assert found("Perbaikan jalan Sukajadiwangi")[:2] == [
        "Perbaikan jalan Sukajadiwangi",
        "Perbaikan jalan Sukajatiwangi",
    ]


@pytest.mark.parametrize(
    "typed", ["posyandunya bocor", "Posyandu bocor!", "tolong covid-19", "x" * 3000, "a\x00b posyandu bocor"]
)
def test_words_are_found_as_they_are_indexed(place: scenes.Regency, typed: str) -> None:
    scenes.published(place, title="Posyandu bocor")
    scenes.published(place, title="Penanganan covid-19")
    forget_held()
    wanted = {"p": "Posyandu bocor", "t": "Penanganan covid-19", "a": "Posyandu bocor"}.get(typed[0].lower())
    assert (wanted in found(typed)) == (wanted is not None)


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
    hidden = scenes.published(place, title="Jembatan gantung sukarmanto")
    Proposal.objects.filter(pk=hidden.pk).update(state=State.HIDDEN)
    own = scenes.published(place, title="Jembatan gantung miring")
    titles = {row.title for row in similar("jembatan gantung", apart_from=own.pk)}
    assert not titles & {"Jembatan gantung roboh", "Jembatan gantung sukarmanto", "Jembatan gantung miring"}
    assert titles
    # Nor do its words tell anything by what is found for others.
    assert "sukarmanto" not in COUNTED.get().holding


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("tugu rusak", ["('tugu') & ('rusak')", "('tugu') | ('rusak')"]),
        # The rarest leads to as many as are compared.
        ("gantung rusak", ["('gantung') & ('rusak')", "('gantung')"]),
        # A word that was not counted: with the others, without it, by itself.
        ("tugu krematorium", ["('tugu') & ('krematorium')", "('tugu')", "('krematorium')"]),
        # Two of three rare ones, then any.
        (
            "tugu gantung pasar rusak",
            [
                "('tugu') & ('gantung') & ('pasar') & ('rusak')",
                "('tugu') & ('gantung') & ('pasar')",
                "('tugu') & ('gantung') | ('tugu') & ('pasar') | ('gantung') & ('pasar')",
                "('tugu') | ('gantung') | ('pasar')",
            ],
        ),
        # The others without the rare ones, where these are several.
        (
            "tugu gantung rusak trotoar",
            [
                "('tugu') & ('gantung') & ('rusak') & ('trotoar')",
                "('tugu') & ('gantung')",
                "('rusak') & ('trotoar')",
                "('tugu') | ('gantung')",
            ],
        ),
        # By the stem; as it stands, too, where more titles and places hold it so.
        ("perbaiki", ["('baik')"]),
        ("jembatan", ["('jembatan' | 'jembat')"]),
        ("wahana 12", ["('wahana')"]),
        ("2027 12", []),
    ],
)
def test_searches_begin_with_what_tells_most(db: None, title: str, expected: list[str]) -> None:
    assert searches(title, mended(title, COMMON), COMMON) == expected


def test_searches_are_few_however_many_words_are_typed(db: None) -> None:
    told = searches(
        " ".join(f"kata{number}" for number in range(2000)) + " gantung pasar tugu jembatan", "", COMMON
    )
    assert 0 < len(told) <= MOST_SEARCHES


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Jembtan, GANTNG!", "jembatan gantung"),
        # Too short, of another first letter, another word, or like none.
        ("tgu ambatan pagar krematorium", ""),
        # Stop words and short forms are no slips.
        ("untuk jln desa", ""),
        # So many at most, since each is compared with all words.
        ("jembtan jembtan jembtan", "jembatan jembatan jembtan"),
    ],
)
def test_slips_are_written_as_titles_hold_them(title: str, expected: str) -> None:
    assert mended(title, COMMON) == expected
