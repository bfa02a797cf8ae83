"""Reading settings and page texts."""

from time import monotonic

from django.db.models import QuerySet

from rembuk.common import reading

from .keys import SiteSettings, from_stored
from .models import Page, PageText, Setting

KEEP_SECONDS = 2.0


class _Kept:
    at: float = float("-inf")
    settings: SiteSettings = SiteSettings()


def current() -> SiteSettings:
    """All settings; at most ``KEEP_SECONDS`` old in other processes, at once in the one that changed them."""
    if monotonic() - _Kept.at >= KEEP_SECONDS:
        with reading.outside():
            _Kept.settings = from_stored(dict(Setting.objects.values_list("key", "value")))
        _Kept.at = monotonic()
    return _Kept.settings


def forget() -> None:
    """Drop what this process keeps; called after a change and between tests."""
    _Kept.at = float("-inf")


def page(slug: str, language: str) -> PageText | None:
    """The newest version of a page in a language, else in Indonesian, else ``None``."""
    versions = PageText.objects.filter(slug=slug).order_by("-version")
    return versions.filter(language=language).first() or versions.filter(language="id").first()


def versions(slug: str, language: str) -> QuerySet[PageText]:
    """All versions of a page in a language, newest first."""
    return PageText.objects.filter(slug=slug, language=language).order_by("-version")


def version(slug: str, language: str, number: int) -> PageText | None:
    """One version of a page."""
    return PageText.objects.filter(slug=slug, language=language, version=number).first()


def privacy_version() -> int:
    """The version of the privacy notice now in force: that of the Indonesian text, 0 before there is one."""
    newest = versions(Page.PRIVACY, "id").values_list("version", flat=True).first()
    return newest or 0
