"""The first texts of the information pages, shipped as Markdown in ``texts/``. The instansi edits them later."""

from datetime import datetime
from pathlib import Path

from rembuk.audit.actors import SYSTEM, Actor

from . import selectors
from .actions import LANGUAGES, change_settings, publish_page
from .models import Page, Setting

TEXTS = Path(__file__).parent / "texts"


def seed_pages(*, by: Actor = SYSTEM, at: datetime | None = None) -> int:
    """Publish the shipped text of every page and language that has none; returns how many were published."""
    published = 0
    for slug in Page.values:
        for language in LANGUAGES:
            if not selectors.versions(slug, language).exists():
                title, body = shipped(slug, language)
                publish_page(slug, language, title=title, body=body, by=by, at=at)
                published += 1
    return published


def require_second_factor(*, by: Actor = SYSTEM, at: datetime | None = None) -> bool:
    """Ask a second factor of staff, unless somebody has decided about it before; returns whether that was new.

    Staff of a site that is brought up to date have the days of grace from this moment on.
    """
    if Setting.objects.filter(key="staff_two_factor").exists():
        return False
    change_settings({"staff_two_factor": "required"}, by=by, reason="./rembuk migrate", at=at)
    return True


def shipped(slug: str, language: str) -> tuple[str, str]:
    """Title and body of a shipped text: its first line is the title."""
    first, _, body = (TEXTS / language / f"{slug}.md").read_text(encoding="utf-8").partition("\n")
    return first.removeprefix("# ").strip(), body.strip()
