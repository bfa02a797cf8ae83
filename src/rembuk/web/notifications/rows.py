"""Notices as the inbox shows them."""

from collections.abc import Iterable

from rembuk.access.rights import is_staff
from rembuk.accounts.models import Person
from rembuk.notifications import kinds, selectors
from rembuk.notifications.models import Notice
from rembuk.notifications.selectors import Choice
from rembuk.notifications.texts import words_of
from rembuk.web.accounts.lists import localized


def choices_of(person: Person) -> list[Choice]:
    """What the person may choose about; notices of office work only where she has any."""
    found = selectors.choices(person.pk)
    return found if is_staff(person) else [choice for choice in found if choice.kind.category != kinds.DUTY]


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
