"""A person with a phone: opens pages, fills forms, and looks whether a page is fit to be shown."""

import re
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page

_AXE = Axe()
_SAME_MANNER = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
}

# Cells of tables whose words or links reach beyond them; the heads of a stacked table are there for ears only.
_CUT = """() => [...document.querySelectorAll("main td, main tbody th")]
  .filter(cell => cell.clientWidth > 0 && cell.scrollWidth > cell.clientWidth + 1)
  .slice(0, 3).map(cell => cell.outerHTML.slice(0, 160))"""

_TWICE = """() => [...document.querySelectorAll("select")]
  .filter(select => new Set([...select.options].map(option => option.value)).size < select.options.length)
  .slice(0, 3).map(select => select.outerHTML.slice(0, 160))"""


class Reader:
    """One browser window. ``look`` is called on each page of a story: accessible, nothing beside the screen or cut off in a
    table, no choice twice, no errors.
    """

    def __init__(self, page: Page, site: str, *, has_script: bool) -> None:
        self.page, self.site, self.has_script = page, site, has_script
        self.errors: list[str] = []
        page.on(
            "console", lambda message: self.errors.append(message.text) if message.type == "error" else None
        )
        page.on("pageerror", lambda error: self.errors.append(str(error)))

    def open(self, path: str, expect: int = 200) -> None:
        """Go to a page of the site and look at it."""
        answer = self.page.goto(path if path.startswith("http") else self.site + path)
        assert answer is not None
        assert answer.status == expect, f"{path}: {answer.status}"
        if expect < 400:
            self.look()

    def look(self) -> None:
        """The page has one h1, fits the phone, passes axe (with script) and printed no error."""
        settle(self.page)
        assert self.page.locator("h1").count() == 1, f"{self.page.url}: not one h1"
        if not self.has_script:
            return
        wide = self.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert wide <= 1, f"{self.page.url} is {wide} px too wide"
        cut = self.page.evaluate(_CUT)
        assert not cut, f"{self.page.url} holds cells narrower than what stands in them: {cut}"
        twice = self.page.evaluate(_TWICE)
        assert not twice, f"{self.page.url} offers the same choice twice: {twice}"
        found = _AXE.run(self.page, options=_SAME_MANNER).response["violations"]
        assert not found, f"{self.page.url}: {[_short(violation) for violation in found]}"
        assert self.errors == [], f"{self.page.url}: {self.errors}"

    def sign_in(self, email: str, password: str) -> None:
        """Through the sign-in page, as everybody does."""
        self.open("/akun/masuk/")
        self.page.fill("input[name=email]", email)
        self.page.fill("input[name=password]", password)
        self.press("Masuk")
        assert "/akun/masuk" not in self.page.url, self.text

    def fill(self, **values: str) -> None:
        """Type into fields by their names."""
        for name, value in values.items():
            self.page.fill(f"main [name={name}]", value)

    def choose(self, name: str, label: str | re.Pattern[str]) -> None:
        """Choose an option of a select by (a part of) its words."""
        option = self.page.locator(f"main select[name={name}] option", has_text=label).first
        self.page.select_option(f"main select[name={name}]", value=option.get_attribute("value"))

    def button(self, words: str) -> Locator:
        """A visible button or link of the main part by its words."""
        return self.page.locator("main").get_by_role("button", name=words, exact=True).first

    def press(self, words: str) -> None:
        """Press a button and look at the page that comes."""
        self.button(words).click()
        self.arrive()

    def follow(self, words: str) -> None:
        """Follow a link of the main part and look at the page that comes."""
        self.page.locator("main").get_by_role("link", name=words).first.click()
        self.arrive()

    def go_on(self) -> None:
        """Press the one clear next step of a page with a form."""
        self.page.locator("main form button.btn:not(.btn-line, .btn-quiet)").last.click()
        self.arrive()

    def arrive(self) -> None:
        """Wait for the page or the fragment that an act brings, and look at it."""
        settle(self.page)
        self.page.wait_for_load_state("networkidle" if self.has_script else "load")
        self.look()

    def unfold(self, words: str) -> None:
        """Open a part by its summary, where it is folded."""
        summary = self.page.locator("main summary", has_text=words).first
        if summary.locator("xpath=..").get_attribute("open") is None:
            summary.click()

    @property
    def text(self) -> str:
        """What the main part says."""
        return self.page.locator("main").inner_text()


def settle(page: Page) -> None:
    """Wait for a form that was sent: one with text asks first whether the site can be reached, and goes then."""
    page.locator("form[aria-busy=true]").first.wait_for(state="detached")
    page.wait_for_load_state()


def _short(violation: dict[str, Any]) -> str:
    nodes = [node["html"][:120] for node in violation["nodes"][:3]]
    return f"{violation['id']}: {violation['help']} {nodes}"
