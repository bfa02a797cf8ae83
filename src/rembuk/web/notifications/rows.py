"""Notices as the inbox shows them."""

from collections.abc import Iterable

from rembuk.notifications import kinds
from rembuk.notifications.models import Notice
from rembuk.notifications.texts import words_of
from rembuk.web.accounts.lists import localized


def kind_label(key: str) -> str:
    """What a kind is called; empty for the daily letter and for kinds that no longer exist."""
    try:
        return str(kinds.known(key).label)
    except kinds.UnknownKind:
        return ""


def notice_rows(notices: Iterable[Notice]) -> list[dict[str, object]]:
    """Words, address, time, and whether it is new to the reader."""
    rows = []
    for notice in notices:
        words = words_of(notice.event)
        rows.append(
            {
                "title": words.subject,
                "text": words.body,
                "url": words.url if words.url.startswith("/kelola/") else localized(words.url),
                "at": notice.event.created_at,
                "is_new": notice.read_at is None,
            }
        )
    return rows
