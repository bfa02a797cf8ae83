"""Writes the translation catalogue in the form Django reads, so that no tool of the system is needed to run.

Collecting and checking texts is `tools/messages.py`.
"""

import os
from pathlib import Path

from rembuk.runtime import env

CATALOGUES = env.ROOT / "src" / "rembuk" / "locale"


class CannotCompile(RuntimeError):
    """The folder of the code cannot be written; the message says who has to run a command first."""


def compile_if_older() -> None:
    """Write each `.mo` that is missing or older than its `.po`; raise CannotCompile where it must not."""
    for source in sorted(CATALOGUES.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            try:
                _compile(source, target)
            except PermissionError as error:
                raise CannotCompile(
                    f"{target} cannot be written: run ./rembuk --help once as the owner of the code"
                ) from error


def _compile(source: Path, target: Path) -> None:
    import polib  # not needed, and not loaded, on most starts

    half = target.with_suffix(f".mo.{os.getpid()}")
    polib.pofile(str(source)).save_as_mofile(str(half))
    half.rename(target)
