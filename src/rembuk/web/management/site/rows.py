"""What the pages of settings show: their ways on, versions of page texts, rows of the lists."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from rembuk.access import permissions as izin
from rembuk.access import rights
from rembuk.access.permissions import Permission
from rembuk.accounts.models import Person
from rembuk.siteconfig import selectors
from rembuk.siteconfig.actions import LANGUAGES
from rembuk.siteconfig.models import Page, PageText

type Row = dict[str, Any]
LANGUAGE_NAMES = {"id": "Bahasa Indonesia", "en": "English"}


def ways(by: Person) -> list[Row]:
    """The parts of the settings that this person may change."""
    return [
        {"url": reverse(f"desk_management:{route}"), "icon": icon, "label": label, "text": text}
        for route, icon, permission, label, text in _parts()
        if rights.can_everywhere(by, permission)
    ]


def _parts() -> tuple[tuple[str, str, Permission, str, str], ...]:
    """Each part of the settings: route, icon, permission, name, what is there."""
    return (
        (
            "settings_edit",
            "gear",
            izin.SETTING_CHANGE,
            _("Site"),
            _("Name, logo, contact, deadlines, moderation"),
        ),
        (
            "pages",
            "document",
            izin.PAGE_EDIT,
            _("Pages"),
            _("About, privacy, guidelines, help, with their versions"),
        ),
        (
            "holidays",
            "calendar",
            izin.HOLIDAY_MANAGE,
            _("Holidays"),
            _("Days on which deadlines stand still"),
        ),
        ("reasons", "list", izin.CATEGORY_MANAGE, _("Reasons"), _("Codes for decisions, in both languages")),
        (
            "phases",
            "flag",
            izin.CATEGORY_MANAGE,
            _("Phases"),
            _("Kinds of phases of work programmes, and templates of them"),
        ),
        (
            "templates",
            "copy",
            izin.CATEGORY_MANAGE,
            _("Text templates"),
            _("Texts that staff may start from"),
        ),
    )


def page_rows() -> list[Row]:
    """The four pages in both languages with their newest versions, in one query."""
    newest: dict[tuple[str, str], PageText] = {}
    for text in PageText.objects.defer("body", "html").order_by("version"):
        newest[text.slug, text.language] = text
    return [
        {
            "label": Page(slug).label,
            "language": LANGUAGE_NAMES[language],
            "url": reverse("desk_management:page_edit", args=[slug, language]),
            "text": newest.get((slug, language)),
        }
        for slug in Page.values
        for language in LANGUAGES
    ]


def versions(slug: str, language: str) -> list[Row]:
    """All versions, newest first, each readable on the public page."""
    with override(language):
        here = reverse(f"pages:{slug}")
    return [
        {
            "number": text.version,
            "title": text.title,
            "at": text.published_at,
            "url": f"{here}?versi={text.version}",
        }
        for text in selectors.versions(slug, language).defer("body", "html")
    ]
