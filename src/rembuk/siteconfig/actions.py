"""Changing settings and publishing page texts."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from rembuk.audit import actions as audit
from rembuk.audit.actors import Actor
from rembuk.common.clock import instant
from rembuk.common.errors import Invalid
from rembuk.common.text import clean_line, clean_text, render_staff

from . import selectors
from .checking import changed
from .keys import SiteSettings, from_stored
from .models import Page, PageText, Setting
from .verbs import PAGE_PUBLISHED, SETTINGS_CHANGED

LANGUAGES = ("id", "en")


def change_settings(
    changes: Mapping[str, Any], *, by: Actor, reason: str = "", at: datetime | None = None
) -> SiteSettings:
    """Save the settings that differ, with one audit entry; writes nothing when none does.

    Raises:
        Invalid: with a message by setting; nothing is saved then.
    """
    with transaction.atomic():
        _one_at_a_time("siteconfig.settings")
        old = from_stored(dict(Setting.objects.values_list("key", "value")))
        new = changed(old, changes)
        moment = instant(at)
        new |= _remembered(new, moment)
        for key, value in new.items():
            Setting.objects.update_or_create(key=key, defaults={"value": value, "changed_at": moment})
        if new:
            audit.record(
                SETTINGS_CHANGED,
                by=by,
                target=audit.Target("settings", "site"),
                before={key: getattr(old, key) for key in new},
                after=new,
                reason=reason,
                at=at,
            )
        transaction.on_commit(selectors.forget)
    selectors.forget()
    return from_stored({**{key: getattr(old, key) for key in SiteSettings.__dataclass_fields__}, **new})


def _remembered(new: Mapping[str, Any], moment: datetime) -> dict[str, Any]:
    """What is kept of the instant of a change: the days of grace count from it."""
    if new.get("staff_two_factor") == "required":
        return {"staff_two_factor_since": moment.isoformat()}
    return {}


def publish_page(  # noqa: PLR0913
    slug: str,
    language: str,
    *,
    title: str,
    body: str,
    by: Actor,
    reason: str = "",
    at: datetime | None = None,
) -> PageText:
    """Publish a new version of an information page; the earlier ones stay readable.

    Raises:
        Invalid: for an unknown page or language, an empty title or text, or one that changes nothing.
    """
    title, body = clean_line(title), clean_text(body)
    _check_page(slug, language, title, body)
    with transaction.atomic():
        _one_at_a_time(f"siteconfig.page.{slug}.{language}")
        newest = selectors.versions(slug, language).first()
        if newest and (newest.title, newest.body) == (title, body):
            raise Invalid(_("Nothing was changed, so there is no new version."))
        number = newest.version + 1 if newest else 1
        page = PageText.objects.create(
            slug=slug,
            language=language,
            version=number,
            title=title,
            body=body,
            html=render_staff(body),
            published_at=instant(at),
            person_id=by.person_id,
        )
        audit.record(
            PAGE_PUBLISHED,
            by=by,
            target=audit.Target("page", f"{slug}/{language}"),
            before={"version": number - 1, "title": newest.title} if newest else None,
            after={"version": number, "title": title},
            reason=reason,
            at=at,
        )
    return page


def _check_page(slug: str, language: str, title: str, body: str) -> None:
    if slug not in Page.values or language not in LANGUAGES:
        raise Invalid(_("There is no such page."))
    problems = {}
    if not title or len(title) > 150:
        problems["title"] = [_("Give a title of at most 150 characters.")]
    if not body:
        problems["body"] = [_("The text can't be empty.")]
    if problems:
        raise Invalid(_("The page can't be published like this."), fields=problems)


def _one_at_a_time(name: str) -> None:
    """Until the transaction ends, a second call with the same name waits."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])
