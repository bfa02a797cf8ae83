"""The signed link at the foot of a mail that ends such mails with one click (RFC 8058)."""

from dataclasses import dataclass

from django.core import signing

from rembuk.common.errors import NotVisible

_SALT = "rembuk.notifications.unsubscribe"
EVERYTHING_DAILY = "*"
"""Stands for all kinds that come in the daily letter."""


@dataclass(frozen=True, slots=True)
class Unsubscription:
    """Who wants to end mails of which kind."""

    person_id: int
    kind: str


def token(person_id: int, kind: str) -> str:
    """A token for a person and a kind. It doesn't expire: a letter may be found years later."""
    return signing.dumps([person_id, kind], salt=_SALT)


def path(person_id: int, kind: str) -> str:
    """The path of the page that takes the token."""
    return f"/notifikasi/berhenti/{token(person_id, kind)}/"


def read(text: str) -> Unsubscription:
    """What a token says.

    Raises:
        NotVisible: when it isn't one of ours.
    """
    try:
        person_id, kind = signing.loads(text, salt=_SALT)
    except (signing.BadSignature, ValueError):
        raise NotVisible from None
    return Unsubscription(person_id=person_id, kind=kind)
