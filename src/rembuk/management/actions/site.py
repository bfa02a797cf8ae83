"""What belongs to the whole site, changed by staff: settings with the logo, page texts, holidays.

The writing itself is done by ``siteconfig`` and ``workdays``; here stands who may, and what belongs together.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from rembuk.access import permissions as izin
from rembuk.access.rights import actor_of
from rembuk.accounts.models import Person
from rembuk.common.errors import Invalid, WrongState, require
from rembuk.common.text import clean_line
from rembuk.files.actions import keep, store_upload
from rembuk.files.models import FileKind
from rembuk.management import rules
from rembuk.management.actions.rows import wrong
from rembuk.management.facts import PageWords
from rembuk.siteconfig.actions import change_settings, publish_page
from rembuk.siteconfig.keys import SiteSettings
from rembuk.siteconfig.models import PageText
from rembuk.workdays import actions as workdays
from rembuk.workdays.actions import HolidayFacts
from rembuk.workdays.models import Holiday

LOGO = "logo"


def change_site(
    changes: Mapping[str, Any],
    *,
    by: Person,
    reason: str,
    logo: "File[bytes] | None" = None,
    at: datetime | None = None,
) -> SiteSettings:
    """Save settings that differ, with a new logo if one is given; before and after stand in the trail.

    Raises:
        Denied: without the right in the whole instansi. Invalid: with a message by setting; nothing is saved then.
    """
    require(rules.may_manage_site(by, izin.SETTING_CHANGE))
    _needs(reason)
    with transaction.atomic():
        given = dict(changes)
        if logo is not None:
            given["logo"] = _store_logo(logo, by, at)
        return change_settings(given, by=actor_of(by), reason=clean_line(reason), at=at)


def publish_text(
    slug: str, language: str, words: PageWords, *, by: Person, reason: str, at: datetime | None = None
) -> PageText:
    """Publish a new version of one of the site's own pages.

    Raises:
        Denied: without the right in the whole instansi. Invalid: for an empty or unchanged text.
        WrongState: when somebody published another version in the meantime.
    """
    require(rules.may_manage_site(by, izin.PAGE_EDIT))
    _needs(reason)
    with transaction.atomic():
        page = publish_page(
            slug,
            language,
            title=words.title,
            body=words.body,
            by=actor_of(by),
            reason=clean_line(reason),
            at=at,
        )
        if page.version != words.upon + 1:
            raise WrongState(
                _("Somebody else published a new version of this page in the meantime. Read it first.")
            )
    return page


def add_holiday(facts: HolidayFacts, *, by: Person, at: datetime | None = None) -> Holiday:
    """Enter a holiday.

    Raises:
        Denied: without the right in the whole instansi. Invalid: for a day entered already.
    """
    require(rules.may_manage_site(by, izin.HOLIDAY_MANAGE))
    return workdays.add_holiday(facts, by=actor_of(by), at=at)


def change_holiday(
    holiday: Holiday, facts: HolidayFacts, *, by: Person, at: datetime | None = None
) -> Holiday:
    """Replace what is said of a holiday.

    Raises:
        Denied: without the right in the whole instansi. Invalid: for a day entered already.
    """
    require(rules.may_manage_site(by, izin.HOLIDAY_MANAGE))
    return workdays.change_holiday(holiday, facts, by=actor_of(by), at=at)


def remove_holiday(holiday: Holiday, *, by: Person, reason: str, at: datetime | None = None) -> None:
    """Make a holiday an ordinary day again.

    Raises:
        Denied: without the right in the whole instansi.
    """
    require(rules.may_manage_site(by, izin.HOLIDAY_MANAGE))
    workdays.remove_holiday(holiday, by=actor_of(by), reason=clean_line(reason), at=at)


def _store_logo(logo: "File[bytes]", by: Person, at: datetime | None) -> str:
    try:
        stored = store_upload(logo, by=actor_of(by), purpose=LOGO, at=at)
    except Invalid as fault:
        raise wrong("logo_file", fault.message) from None
    if stored.kind != FileKind.PICTURE:
        raise wrong("logo_file", _("The logo has to be a picture: JPEG, PNG or WebP."))
    keep(stored)
    return str(stored.public_id)


def _needs(reason: str) -> None:
    if not clean_line(reason):
        raise wrong("reason", _("Say why, so that an auditor understands it later."))
