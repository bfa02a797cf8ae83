"""Every page that links lead to, on a phone of 360 px: it answers, fits, passes axe, and prints no error."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Error

from tests.browser.crawl import pages
from tests.browser.reader import Reader

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("script", [True], ids=["with script"]),
]
DOMAIN = "lembayung.example"


@pytest.mark.parametrize(
    ("email", "starts", "leave", "fewest"),
    [
        ("", ("/", "/akun/masuk/"), "", 60),
        (f"warga@{DOMAIN}", ("/akun/",), "/en/", 40),
        (f"administrator@{DOMAIN}", ("/kelola/",), "/en/|/(?!kelola/)", 40),
    ],
    ids=["visitor", "member", "administrator"],
)
def test_every_page_that_links_lead_to_is_fit_to_be_shown(
    email: str, starts: tuple[str, ...], leave: str, fewest: int, reader: Callable[..., Reader]
) -> None:
    who, faults, visited = reader(email), [], 0
    for address in pages(who, starts, leave):
        visited += 1
        try:
            who.open(address)
        except (AssertionError, Error) as fault:
            faults.append(f"{address}: {fault}")
            who.errors.clear()
    assert faults == [], "\n".join(faults)
    assert visited >= fewest
