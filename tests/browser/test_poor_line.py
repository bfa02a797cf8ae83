"""A slow line and a broken one: pages can be read and used before scripts come, and nothing typed is lost."""

import re
import uuid
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.reader import Reader

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("poor_line")]
type Seat = Callable[..., Reader]
MEMBER = "warga@lembayung.example"
PROPOSAL = "/usulan/USL-2026-000052/"
NOTE = "[data-unsent]"
# The old networks of a valley: a second there and back, 50 KB a second.
SLOW = {"offline": False, "latency": 800, "downloadThroughput": 50_000, "uploadThroughput": 20_000}


def slowly(page: Page) -> None:
    """Give this window a slow line."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", SLOW)


def scripts_never_come(page: Page) -> None:
    """Leave every script waiting for as long as the page lasts."""
    page.route(re.compile(r"\.js$"), lambda route: None)


@pytest.mark.parametrize("address", ["/usulan/", PROPOSAL])
def test_page_is_read_on_a_slow_line_while_its_scripts_have_not_come(address: str, seat: Seat) -> None:
    page = seat().page
    slowly(page)
    scripts_never_come(page)
    page.goto(address, wait_until="commit")
    expect(page.locator("h1")).to_be_visible()
    link = page.locator("main a[href*='/usulan/']").first
    target = link.get_attribute("href")
    link.click(no_wait_after=True)
    page.wait_for_url(f"**{target}", wait_until="commit")


def test_vote_counts_while_its_scripts_have_not_come(seat: Seat) -> None:
    page = seat(MEMBER).page
    slowly(page)
    scripts_never_come(page)
    page.goto(PROPOSAL, wait_until="commit")
    button = page.locator("#suara-dukung")
    before = button.get_attribute("aria-pressed")
    button.click(no_wait_after=True)
    expect(button).to_have_attribute("aria-pressed", "false" if before == "true" else "true", timeout=30_000)


def test_vote_without_a_network_says_so_and_is_sent_by_the_button_of_the_note(seat: Seat) -> None:
    page = seat(MEMBER).page
    page.goto(PROPOSAL, wait_until="networkidle")
    button = page.locator("#suara-dukung")
    before = button.get_attribute("aria-pressed")
    page.context.set_offline(True)
    button.click()
    expect(page.locator(NOTE)).to_contain_text("belum terkirim")
    page.context.set_offline(False)
    expect(page.locator(NOTE)).to_be_hidden()
    button.click()
    expect(button).to_have_attribute("aria-pressed", "false" if before == "true" else "true")


def test_comment_by_htmx_on_a_line_that_breaks_stays_in_its_field_and_can_be_sent_again(seat: Seat) -> None:
    who = seat(MEMBER)
    page = who.page
    page.goto(PROPOSAL, wait_until="networkidle")
    field = page.locator("main form[hx-post] textarea").first
    text = f"Ayunannya mohon dibuat juga untuk anak berkursi roda, {uuid.uuid4().hex[:8]}."
    field.fill(text)
    page.route("**/diskusi/**", lambda route: route.abort("connectionreset"))
    page.locator("main form:has(textarea) button.btn").first.click()
    expect(page.locator(NOTE)).to_contain_text("belum terkirim")
    expect(field).to_have_value(text)
    page.unroute_all()
    page.locator(NOTE).get_by_role("button", name="Coba kirim lagi").click()
    expect(page.locator("#komentar")).to_contain_text(text)
    assert page.locator("#komentar li", has_text=text).count() == 1


def test_long_text_on_a_line_that_breaks_unnoticed_is_held_back_and_arrives_later(seat: Seat) -> None:
    who = seat()
    page = who.page
    page.goto("/usulan/baru/", wait_until="networkidle")
    who.fill(
        title="Jembatan kecil di Parakan Wetan", body="Papan jembatan lapuk dan anak-anak lewat setiap hari."
    )
    page.route("**/*", lambda route: route.abort("internetdisconnected"))
    page.locator("main form button.btn:not(.btn-line, .btn-quiet)").last.click()
    expect(page.locator(NOTE)).to_contain_text("belum terkirim")
    expect(page.locator("main [name=body]")).to_have_value(
        "Papan jembatan lapuk dan anak-anak lewat setiap hari."
    )
    page.unroute_all()
    page.locator(NOTE).get_by_role("button", name="Coba kirim lagi").click()
    expect(page.locator("main .errors-top")).to_be_visible()
    assert page.locator("main [name=body]").input_value().startswith("Papan jembatan lapuk")
