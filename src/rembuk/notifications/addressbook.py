"""How to reach a person, asked of whoever knows. ``accounts`` registers itself here when it starts."""

from collections.abc import Callable, Collection
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Contact:
    """A person's name, language and address; an empty address means she can't be reached by mail."""

    person_id: int
    name: str
    email: str = ""
    language: str = "id"


@dataclass(frozen=True, slots=True)
class Sender:
    """Who writes the mails, and how many per hour."""

    site_name: str
    mails_per_hour: int
    contact_email: str = ""


type Resolver = Callable[[Collection[int]], dict[int, Contact]]
type SenderSource = Callable[[], Sender]


class NotRegistered(RuntimeError):
    """Nobody has registered: a mistake in the start-up of the program."""


class _Registry:
    resolver: Resolver | None = None
    sender: SenderSource | None = None


def set_resolver(func: Resolver) -> None:
    """Register who knows the contacts; persons it leaves out are not written to."""
    _Registry.resolver = func


def set_sender(func: SenderSource) -> None:
    """Register who knows the site's name and its limit of mails per hour."""
    _Registry.sender = func


def contacts(person_ids: Collection[int]) -> dict[int, Contact]:
    """The contacts of these persons, by id; one query however many.

    Raises:
        NotRegistered: when nobody can tell.
    """
    if _Registry.resolver is None:
        raise NotRegistered("notifications.addressbook.set_resolver was not called")
    return _Registry.resolver(person_ids) if person_ids else {}


def sender() -> Sender:
    """Who writes the mails.

    Raises:
        NotRegistered: when nobody can tell.
    """
    if _Registry.sender is None:
        raise NotRegistered("notifications.addressbook.set_sender was not called")
    return _Registry.sender()
