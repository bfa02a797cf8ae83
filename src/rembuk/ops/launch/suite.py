"""`./rembuk test`: the whole suite on a private PostgreSQL, with the browser where there is one."""

import os
import shutil
import sys
from collections.abc import Sequence

from rembuk.runtime import env

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FEW_FILES = 3
_HAS_OWN = {
    "--numprocesses",
    "--dist",
    "--pdb",
    "--trace",
    "--capture",
    "--co",
    "--collect-only",
    "--version",
    "-V",
}
_HAS_OWN_SHORT = ("-n", "-s")  # also with what follows at once: -n4, -sv
_HELP = """usage: ./rembuk test [pytest arguments]

Runs the test suite on a private PostgreSQL under var/ (REMBUK_VAR moves it), a folder or more with one process
for each processor (`-n 0`: one for all). Arguments go to pytest:
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
    os.execv(sys.executable, [sys.executable, "-m", "pytest", *processes(arguments), *arguments])  # noqa: S606


def processes(arguments: Sequence[str]) -> list[str]:
    """What pytest is told about processes: one for each processor, or nothing.

    A few files are sooner done by one process; a debugger needs the terminal; who says how many is asked nothing.
    """
    has_own = any(word.partition("=")[0] in _HAS_OWN or word[:2] in _HAS_OWN_SHORT for word in arguments)
    files = [word for word in arguments if word.partition("::")[0].endswith(".py")]
    is_short = 0 < len(files) <= FEW_FILES and not any(map(os.path.isdir, arguments))
    if has_own or is_short:
        return []
    return ["-n", "logical", "--dist", "loadgroup"]
