"""What people can be told. Domain apps register kinds; a person chooses by kind how she is mailed."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .models import Frequency

type Text = str | Promise

OWN = "own"
FOLLOWED = "followed"
DUTY = "duty"
ACCOUNT = "account"
CATEGORIES: dict[str, Text] = {
    OWN: _("About what you wrote yourself"),
    FOLLOWED: _("About what you follow or support"),
    DUTY: _("About your work in the office"),
    ACCOUNT: _("About your account"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of notice.

    ``subject`` and ``body`` are sentences with named placeholders (``%(title)s``) filled from the event's
    params when the notice is shown or mailed, in the language of the reader. ``default`` applies until the
    person chooses; a kind that is not ``is_optional`` can't be switched off.
    """

    key: str
    label: Text
    subject: Text
    body: Text
    category: str = OWN
    default: Frequency = Frequency.INSTANTLY
    is_optional: bool = True


class UnknownKind(LookupError):
    """A kind that no app has registered: a mistake in the code."""


_registered: dict[str, Kind] = {}


def register(*kinds: Kind) -> None:
    """Add kinds to the list.

    Raises:
        ValueError: when a key is taken by a different kind, or the category is unknown.
    """
    for kind in kinds:
        if kind.category not in CATEGORIES:
            raise ValueError(f"unknown category: {kind.category}")
        if _registered.setdefault(kind.key, kind) is not kind:
            raise ValueError(f"kind registered twice: {kind.key}")


def known(key: str) -> Kind:
    """The kind with this key.

    Raises:
        UnknownKind: when there is none.
    """
    try:
        return _registered[key]
    except KeyError:
        raise UnknownKind(key) from None


def optional() -> list[Kind]:
    """The kinds a person may choose about, by category, then key."""
    order = list(CATEGORIES)
    return sorted(
        (kind for kind in _registered.values() if kind.is_optional),
        key=lambda kind: (order.index(kind.category), kind.key),
    )
