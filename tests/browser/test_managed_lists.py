"""Managed lists in a browser: a row is dragged with the mouse, moved by keyboard with its buttons, and without script."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator

from tests.browser.reader import Reader

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("managed_lists")]
ADMIN = "administrator@lembayung.example"
REASONS, CATEGORIES = "/kelola/pengaturan/alasan/", "/kelola/kategori/"
type Open = Callable[..., Reader]


def order(who: Reader) -> list[str]:
    """The keys of the rows as they stand."""
    return who.page.locator("[data-sort-key]").evaluate_all("rows => rows.map((row) => row.dataset.sortKey)")


def parents(who: Reader) -> dict[str, str]:
    """Below which row each row hangs."""
    pairs = who.page.locator("[data-sort-key]").evaluate_all(
        "rows => rows.map((row) => [row.dataset.sortKey, row.dataset.sortParent])"
    )
    return dict(pairs)


def row(who: Reader, key: str) -> Locator:
    return who.page.locator(f'[data-sort-key="{key}"]')


def drag(who: Reader, key: str, onto: str, part: float) -> None:
    """Drag a row by its handle to a part of the height of another one, and let go."""
    grip = row(who, key).locator("[data-sort-grip]")
    row(who, onto).evaluate("row => row.scrollIntoView({block: 'center', behavior: 'instant'})")
    start = grip.bounding_box()
    goal = row(who, onto).bounding_box()
    assert start is not None
    assert goal is not None
    mouse = who.page.mouse
    mouse.move(start["x"] + start["width"] / 2, start["y"] + start["height"] / 2)
    mouse.down()
    mouse.move(goal["x"] + 80, goal["y"] + goal["height"] * part, steps=6)
    with who.page.expect_navigation():
        mouse.up()
    who.look()


def test_a_row_is_dragged_behind_another_and_back(seat: Open) -> None:
    who = seat(ADMIN)
    who.page.set_viewport_size({"width": 1280, "height": 900})
    who.open(REASONS)
    first, second, third, *rest = order(who)
    drag(who, first, second, 0.9)
    assert order(who) == [second, first, third, *rest]
    drag(who, first, second, 0.1)
    assert order(who) == [first, second, third, *rest]


def test_a_category_is_dragged_below_another_and_out_again_on_a_narrow_screen(seat: Open) -> None:
    who = seat(ADMIN)
    who.page.set_viewport_size({"width": 360, "height": 6000})
    who.open(CATEGORIES)
    begun, keys = parents(who), order(who)
    tops = [key for key in keys if begun[key] == ""]
    leaves = [key for key in tops if key not in begun.values()]
    leaf = leaves[-1] if leaves else next(key for key in reversed(keys) if key not in begun.values())
    goal = next(key for key in keys[keys.index(leaf) - 1 :: -1] if begun[key] == "" and key != begun[leaf])
    drag(who, leaf, goal, 0.5)
    assert parents(who)[leaf] == goal
    assert {**parents(who), leaf: begun[leaf]} == begun
    drag(who, leaf, goal, 0.1)
    assert parents(who)[leaf] == ""


def test_escape_lets_a_dragged_row_go_where_it_was(seat: Open) -> None:
    who = seat(ADMIN)
    who.open(REASONS)
    before = order(who)
    row(who, before[0]).locator("[data-sort-grip]").hover()
    who.page.mouse.down()
    row(who, before[1]).hover()
    assert who.page.locator(".sort-after, .sort-before").count() == 1
    who.page.keyboard.press("Escape")
    who.page.mouse.up()
    assert who.page.locator(".sort-dragged, .sort-after, .sort-before").count() == 0
    who.open(REASONS)
    assert order(who) == before


def test_an_order_that_a_colleague_changed_meanwhile_is_not_overwritten(seat: Open) -> None:
    who, other = seat(ADMIN), seat(ADMIN)
    for one in (who, other):
        one.page.set_viewport_size({"width": 1280, "height": 1400})
    who.open(REASONS)
    first, second, third, *_rest = order(who)
    other.open(REASONS)
    drag(other, third, first, 0.1)
    who.page.on("console", lambda _message: who.errors.clear())
    grip = row(who, first).locator("[data-sort-grip]")
    grip.hover()
    who.page.mouse.down()
    row(who, second).hover(position={"x": 80, "y": 60}, force=True)
    with who.page.expect_navigation():
        who.page.mouse.up()
    assert "Sementara itu daftar ini diubah orang lain" in who.page.inner_text("main")
    other.open(REASONS)
    assert order(other)[:3] == [third, first, second]
    drag(other, third, second, 0.9)
    assert order(other)[:3] == [first, second, third]


def test_buttons_move_by_keyboard_with_and_without_script(reader: Open) -> None:
    who = reader(ADMIN)
    who.open(REASONS)
    first, second, *rest = order(who)
    down = row(who, first).locator("button[value=turun]")
    down.focus()
    with who.page.expect_navigation():
        who.page.keyboard.press("Enter")
    assert order(who) == [second, first, *rest]
    up = row(who, first).locator("button[value=naik]")
    up.focus()
    with who.page.expect_navigation():
        who.page.keyboard.press("Enter")
    assert order(who) == [first, second, *rest]
    who.look()


def test_without_script_several_are_chosen_and_asked_for(seat: Open) -> None:
    who = seat(ADMIN, script=False)
    who.open(CATEGORIES)
    for key in order(who)[:2]:
        row(who, key).locator("input[name=selected]").check()
    who.press("Atur tenggat")
    assert "2 baris dipilih" in who.page.inner_text("main")
    who.follow("Kembali")
    assert who.page.url.endswith(CATEGORIES)
    assert who.page.locator("[data-sort-grip]:visible").count() == 0
