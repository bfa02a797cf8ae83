"""`./rembuk mutants`: hands over to tools/mutants of the checkout, where the list of faults lies."""

import os
import sys
from collections.abc import Sequence

from rembuk.runtime import env


def run(arguments: Sequence[str]) -> None:
    """Become the tool, in the folder of the project."""
    os.chdir(env.ROOT)
    os.execv(sys.executable, [sys.executable, "-m", "tools.mutants", *arguments])  # noqa: S606
