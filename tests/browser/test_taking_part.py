"""Taking part in the open consultation of the demo: on a phone, without script, by keyboard, with a network that fails."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.reader import Reader, settle

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("taking_part")]
type Opened = Callable[..., Reader]


def begin(reader: Opened) -> tuple[Reader, Page, str]:
    """A visitor on the first page of the open consultation, and the address of its pages."""
    who = reader()
    page = who.page
    page.goto("/uji-publik/")
    codes = dict.fromkeys(re.findall(r"/uji-publik/(UJP-\d{4}-\d{4})/", page.content()))
    for code in codes:
        page.goto(f"/uji-publik/{code}/ikut/")
        if page.locator("form[data-draft]").count():
            return who, page, f"/uji-publik/{code}/ikut/"
    raise AssertionError("the demo has no open consultation")


def go_on(page: Page) -> None:
    page.locator("form[data-draft] button.btn:not(.btn-line):not(.btn-quiet)").click()
    settle(page)


def test_visitor_writes_from_clause_to_review(reader: Opened) -> None:
    who, page, base = begin(reader)
    who.look()
    page.get_by_label("Setuju dengan catatan").check()
    page.locator("[name=reason]").fill("Jadwalnya perlu dibicarakan dengan pengurus RT.")
    go_on(page)
    who.look()
    page.locator(".taking-clauses li:not(.is-heading) a").nth(2).click()
    who.look()
    address = page.url
    wording = page.locator("[name=suggestion]")
    wording.fill(wording.input_value() + " Pelaksanaannya bertahap.")
    page.locator("[name=comment]").fill("Beri waktu enam bulan.")
    go_on(page)
    assert page.url != address
    page.goto(f"{base}pertanyaan/1/")
    who.look()
    page.goto(f"{base}tinjau/")
    who.look()
    expect(page.locator(".taking-remark .diff > p:last-child ins")).to_contain_text(
        "Pelaksanaannya bertahap."
    )
    expect(page.locator("main")).to_contain_text("Beri waktu enam bulan.")
    expect(page.get_by_role("link", name="Daftar")).to_have_count(
        0 if page.locator(".errors-top").count() else 1
    )


@pytest.mark.parametrize("script", [True], indirect=True, ids=["with script"])
def test_passage_is_quoted_and_wording_compared_by_keyboard_alone(reader: Opened) -> None:
    who, page, base = begin(reader)
    page.goto(f"{base}butir/3/")
    page.locator(".taking-words").focus()
    for _turn in range(3):
        page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Enter")
    words = page.locator(".taking-passage p").first.inner_text()
    quote = page.locator("[name=quote]").input_value()
    assert len(quote.split()) >= 2
    assert words.startswith(quote)
    page.locator("[name=suggestion]").focus()
    page.keyboard.press("Control+End")
    page.keyboard.type(" Bertahap.")
    expect(page.locator("#beda ins")).to_contain_text("Bertahap.")
    who.look()
    page.locator("[name=comment]").focus()
    page.keyboard.type("Mohon dijelaskan.")
    page.locator("button.btn[value=next]").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**tersimpan=butir-3")


@pytest.mark.parametrize("script", [True], indirect=True, ids=["with script"])
def test_what_is_typed_survives_leaving_and_a_lost_network(reader: Opened) -> None:
    who, page, base = begin(reader)
    page.goto(f"{base}butir/3/")
    before = page.locator("[name=suggestion]").input_value()
    page.locator("[name=suggestion]").fill(f"{before} Bertahap.")
    page.locator("[name=comment]").fill("Belum tersimpan.")
    page.wait_for_timeout(700)
    page.goto(f"{base}butir/")
    page.goto(f"{base}butir/3/")
    expect(page.locator("[name=comment]")).to_have_value("Belum tersimpan.")
    expect(page.locator("[name=suggestion]")).to_have_value(f"{before} Bertahap.")
    expect(page.locator("[data-draft-note]")).to_be_visible()
    page.context.set_offline(True)
    go_on(page)
    expect(page.locator("[data-unsent]")).to_be_visible()
    who.look()
    page.context.set_offline(False)
    go_on(page)
    page.wait_for_url("**tersimpan=butir-3")
    page.goto(f"{base}butir/3/")
    expect(page.locator("[data-draft-note]")).to_be_hidden()
    expect(page.locator("[name=comment]")).to_have_value("Belum tersimpan.")
