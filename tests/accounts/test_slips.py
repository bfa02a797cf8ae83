"""Sign-in names and codes: made so that they can be told and typed, and read however they are typed."""

import re

import pytest

from rembuk.accounts import slips


@pytest.mark.parametrize(
    ("full_name", "word"),
    [
        ("Sari Wulandari", "sari"),
        ("Hj. Siti Aminah", "siti"),
        ("Drs. H. Joko", "joko"),
        ("I Made Wirawan", "made"),
        ("Nurul 'Aini", "nurul"),
        ("Zoë Pattiwael", "zoe"),
        ("Kusumaningrumwati", "kusumaningru"),
        ("Ø", "warga"),
        ("山田", "warga"),
    ],
)
def test_name_is_a_word_one_knows_and_five_digits(full_name: str, word: str) -> None:
    assert re.fullmatch(word + "-[2-9]{5}", slips.new_name(full_name))


def test_names_of_namesakes_differ_by_chance() -> None:
    assert len({slips.new_name("Sari") for _ in range(50)}) > 45


@pytest.mark.parametrize("typed", ["sari-47294", " SARI 47294 ", "sari47294", "Sari - 47 294", "sari.47294"])
def test_name_is_read_however_it_is_typed(typed: str) -> None:
    assert slips.read_identifier(typed) == "sari-47294"


@pytest.mark.parametrize("typed", ["Sari", "47294", "s-4-a", ""])
def test_what_is_no_name_stays_as_it_is(typed: str) -> None:
    assert slips.read_identifier(typed) == typed.lower()


def test_address_is_read_in_lower_case() -> None:
    assert slips.read_identifier(" Sari.47294@Contoh.ID ") == "sari.47294@contoh.id"


def test_code_has_no_signs_that_look_alike_and_differs_each_time() -> None:
    codes = {slips.new_code() for _ in range(200)}
    assert len(codes) == 200
    assert all(re.fullmatch("[A-HJKMNPR-Y2-9]{10}", code) for code in codes)


def test_code_is_read_however_it_is_typed() -> None:
    code = slips.new_code()
    shown = slips.shown_code(code)
    assert re.fullmatch(r"\w{5}-\w{5}", shown)
    assert {slips.read_code(typed) for typed in (code, shown, f" {shown.lower()} ", " ".join(code))} == {code}
