"""`./rembuk test`: the whole suite on a private PostgreSQL, with the browser where there is one."""

import os
import shutil
import sys
from collections.abc import Sequence

from rembuk.runtime import env

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
_HELP = """usage: ./rembuk test [pytest arguments]

Runs the test suite on a private PostgreSQL under var/ (REMBUK_VAR moves it). Arguments go to pytest:
  ./rembuk test tests/proposals -x
  ./rembuk test -m "not browser and not commands"
The browser tests need Chromium (Debian: apt install chromium); with REMBUK_REQUIRE_BROWSER=1 its absence
fails the suite."""


def run(arguments: Sequence[str]) -> None:
    """Become pytest, in the folder of the project."""
    if list(arguments) in (["-h"], ["--help"]):
        print(_HELP)
        return
    if not any(map(shutil.which, BROWSERS)):
        print(
            "Chromium is not installed: browser tests are skipped. Debian: apt install chromium",
            file=sys.stderr,
        )
    os.environ["REMBUK_ENV"] = "test"
    os.chdir(env.ROOT)
    os.execv(sys.executable, [sys.executable, "-m", "pytest", *arguments])  # noqa: S606
