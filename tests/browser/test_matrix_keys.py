"""The matrix by keyboard alone: move, select, open, on to the next row and back to the list."""

from collections.abc import Callable

import pytest

from tests.browser.reader import Reader

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("matrix_keys")]
OFFICE = "ujipublik@lembayung.example"
MATRIX = "/kelola/uji-publik/UJP-2026-0002/matriks/"
type Open = Callable[..., Reader]


def here(who: Reader) -> list[str]:
    """The receipts of the lines marked as the present one."""
    return who.page.locator("[data-matrix-row][aria-current] .code .sr").all_inner_texts()


def test_keys_move_select_open_and_lead_from_row_to_row(seat: Open) -> None:
    who = seat(OFFICE)
    who.open(MATRIX)
    codes = who.page.locator("[data-matrix-row] .code .sr").all_inner_texts()
    who.page.keyboard.press("j")
    who.page.keyboard.press("ArrowDown")
    assert here(who) == [codes[1]]
    who.page.keyboard.press("k")
    who.page.keyboard.press("x")
    assert here(who) == [codes[0]]
    assert who.page.locator("[name=selected]:checked").count() == 1
    who.page.keyboard.press("Enter")
    who.page.wait_for_url("**/matriks/*-*/**")
    assert codes[0] in who.page.locator("h1").inner_text()
    who.page.keyboard.press("j")
    who.page.wait_for_function("code => document.querySelector('h1').innerText.includes(code)", arg=codes[1])
    who.page.keyboard.press("u")
    who.page.wait_for_url(f"**{MATRIX}")


def test_keys_typed_into_a_field_stay_letters(seat: Open) -> None:
    who = seat(OFFICE)
    who.open(MATRIX)
    who.unfold("Saring")
    field = who.page.locator("[name=q]")
    field.focus()
    who.page.keyboard.type("jkx")
    assert field.input_value() == "jkx"
    assert here(who) == []
