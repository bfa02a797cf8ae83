"""The stories run in Debian's Chromium against a served demo: own processes, own database, real mail files."""

import os
import shutil
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Playwright, sync_playwright
from psycopg.conninfo import make_conninfo

from rembuk.ops.demo.cast import PASSWORD
from rembuk.runtime import localdb
from rembuk.runtime.places import DATABASE, describe
from tests import demo_site
from tests.browser.reader import Reader
from tests.commands import support

PHONE = {"width": 360, "height": 760}
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


@pytest.fixture(scope="session")
def _playwright() -> Iterator[Playwright]:
    # Playwright keeps a loop running in this thread, for which Django refuses the database to the tests that follow.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        yield playwright
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="session")
def chromium(_playwright: Playwright) -> Iterator[Browser]:
    """The browser of the machine, or a loud skip that names the package."""
    if CHROMIUM is None:
        message = "Chromium is missing: apt install chromium (Debian) to run the browser stories"
        if os.environ.get("REMBUK_REQUIRE_BROWSER"):
            pytest.fail(message)
        pytest.skip(message)
    browser = _playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def _var() -> Iterator[Path]:
    with support.folder() as place:
        var = demo_site.copy_to(place / "var")
        localdb.ensure_running(var, durable=False)
        yield var
        localdb.leave(var)


@pytest.fixture(scope="session")
def site(_var: Path) -> Iterator[str]:
    """The address of a demo served for the stories."""
    with support.Running(_var, "--port", "0") as demo:
        yield demo.url()


@pytest.fixture
def site_database(_var: Path) -> str:
    """The superuser's address of the database behind ``site``."""
    return make_conninfo(describe(_var).bootstrap_url, dbname=DATABASE)


@pytest.fixture(params=[True, False], ids=["with script", "without script"])
def script(request: pytest.FixtureRequest) -> bool:
    """Whether the reader's browser runs script."""
    return bool(request.param)


@pytest.fixture
def seat(chromium: Browser, site: str) -> Iterator[Callable[..., Reader]]:
    """Opens a browser window of its own, with script or without, for a person of the demo (or a visitor), and signs in."""
    contexts = []

    def opened(email: str = "", password: str = PASSWORD, *, script: bool = True) -> Reader:
        context = chromium.new_context(
            viewport=PHONE, locale="id-ID", java_script_enabled=script, base_url=site, accept_downloads=True
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        page: Page = context.new_page()
        who = Reader(page, site, has_script=script)
        if email:
            who.sign_in(email, password)
        return who

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def reader(seat: Callable[..., Reader], script: bool) -> Callable[..., Reader]:
    """As ``seat``, once with script and once without."""
    return partial(seat, script=script)
