"""One way to write a page that is made of the code, or to tell whether it is out of date."""

import argparse
import os
from collections.abc import Callable
from pathlib import Path


def write_or_check(page: Path, made: Callable[[], str], description: str | None) -> int:
    """Write what ``made`` gives, once Django is up, or with ``--check`` compare; returns the exit code."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--check", action="store_true", help="exit 1 when the page is out of date")
    arguments = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rembuk.config.settings")
    import django

    django.setup()
    text = made()
    if arguments.check:
        return int(not page.exists() or text != page.read_text(encoding="utf-8"))
    page.write_text(text, encoding="utf-8")
    return 0
