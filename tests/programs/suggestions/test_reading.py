"""What a text asks for and where: themes, and places in a plain spelling."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rembuk.programs.suggestions.places import NOWHERE, Place, place_in, place_of
from rembuk.programs.suggestions.themes import Reading, _cues, read_themes, theme_of, themes
from rembuk.programs.suggestions.words import placed_words

AROUND = ["Sukamaju", "Ciawi"]


@pytest.mark.parametrize(
    ("text", "theme"),
    [
        ("Jln depan rumah bolong2, mohon diaspal", "road"),
        ("Lampu pju dpn mushola mati sdh 2 bln", "street_light"),
        ("Poek pisan jalan ka lembur, teu aya lampu hiji oge", "street_light"),
        ("kretege wis meh ambruk, wesine keropos", "bridge"),
        ("tandas kotor dan tersumbat, septic tank penuh", "toilet"),
        ("Perbaikan jalan desa menuju balai desa", "road"),
        ("Lampu di depan sekolah mati", "street_light"),
        ("Tebing dekat SD longsor sekali lagi", "landslide"),
        ("Kami ingin desa yang lebih maju", ""),
        ("", ""),
    ],
)
def test_theme_of_reads_how_people_write_in_several_languages(text: str, theme: str) -> None:
    assert theme_of(text).theme == theme


def test_theme_of_names_the_words_that_speak_for_it_the_loudest_first() -> None:
    assert theme_of("lampu jalan mati, gelap malam hari").cues[:1] == ("lampu jalan",)


def test_a_text_that_asks_for_two_things_as_loudly_has_no_theme() -> None:
    known = read_themes({"one": {"strong": "sapu", "weak": ""}, "two": {"strong": "ember", "weak": ""}})
    assert theme_of("sapu dan ember", known) == Reading()
    assert theme_of("sapu sapu", known) == Reading("one", ("sapu",))


def test_a_word_that_looks_like_a_form_of_another_is_no_form_of_it() -> None:
    assert theme_of("sekali lagi sekali lagi").theme == ""


def found_in(text: str) -> set[str]:
    """The entries of the lexicon that a text is found to hold."""
    return {cue for cue, *_ in _cues(placed_words(text), themes())}


def test_every_entry_of_the_lexicon_is_found_as_it_stands_there() -> None:
    """A word that stop words or short forms swallow would never be found."""
    known = themes()
    words = [word for word in known.words if word not in found_in(word)]
    phrases = [entry for entry in known.phrases if entry not in found_in(entry.replace("_", " "))]
    assert (words, phrases) == ([], [])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kp. Kawung Luwuk RT 03/02", "kampung kawungluwuk rt.3 rw.2"),
        ("Kp.Manngunsari RT 01", "Mangunsari Rt. 001"),
        ("SDN 2 Cihaur", "SD Cihaur 2"),
        ("Dusun I, II dan III", "dusun 1,2,3"),
        ("RW 05-07", "Rw. 05, 06 dan 07"),
        ("Kp. Tugu Desa Sukamaju Kec. Ciawi", "Tugu"),
        ("RT/RW 19/06", "Rt. 19 Rw. 006"),
        ("Desa Sukamaju", "Semua desa"),
    ],
)
def test_one_place_in_two_spellings(one: str, other: str) -> None:
    assert place_of(one, AROUND) == place_of(other, AROUND) != NOWHERE


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kp. Tugu RT 01/02", "Kp. Tugu RT 02/02"),
        ("SDN 1 Cihaur", "SDN 2 Cihaur"),
        ("RW 05-07", "RW 05"),
        ("Kp. Tugu", "Desa Sukamaju"),
        ("Masjid Jami Kp. Tugu", "Kp. Tugu"),
    ],
)
def test_two_places_stay_two(one: str, other: str) -> None:
    assert place_of(one, AROUND) != place_of(other, AROUND)


def test_nothing_written_is_no_place() -> None:
    assert place_of("", AROUND) == place_of(" - ; .", AROUND) == NOWHERE
    assert NOWHERE.is_empty
    assert not Place(numbers=("rt1",)).is_empty


def test_place_in_reads_what_a_text_says_by_the_way() -> None:
    assert place_in("Tolong Jl. Mawar RT 3/2 diaspal, parah sekali", AROUND) == place_of(
        "Mawar RT 3/2", AROUND
    )
    assert place_in("jalan rusak parah", AROUND) == NOWHERE
    assert place_in("JALAN MAWAR RUSAK PARAH", AROUND) == NOWHERE
    assert place_in("", AROUND) == NOWHERE


@given(st.text(max_size=200))
def test_reading_never_fails_and_reads_the_same_twice(text: str) -> None:
    assert place_of(text, AROUND) == place_of(text, AROUND)
    assert theme_of(text) == theme_of(text)
    assert place_in(text) == place_in(text)
