"""A small world of two kinds, three readers and a mailbox in memory."""

from collections.abc import Callable, Collection
from datetime import datetime
from typing import Any

import pytest
from django.db import transaction
from django.utils.translation import gettext_noop

from rembuk.common.clock import WIB
from rembuk.notifications import addressbook, kinds, outbox
from rembuk.notifications.addressbook import Contact, Sender
from rembuk.notifications.kinds import Kind
from rembuk.notifications.models import Frequency

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=WIB)
OWN = Kind(
    key="trial.answered",
    label="Answered",
    subject=gettext_noop("Answer to %(title)s"),
    body="The office has answered «%(title)s».",
)
FOLLOWED = Kind(
    key="trial.moved",
    label="Moved",
    subject="%(title)s has moved",
    body="It is now %(state)s.",
    category=kinds.FOLLOWED,
    default=Frequency.DAILY,
)
ACCOUNT = Kind(
    key="trial.suspended",
    label="Suspended",
    subject="Suspended",
    body="…",
    category=kinds.ACCOUNT,
    is_optional=False,
)
SARI, BUDI, MADE = 101, 102, 103
PEOPLE = {
    SARI: Contact(SARI, "Sari", "sari@contoh.id"),
    BUDI: Contact(BUDI, "Budi", "budi@contoh.id", "en"),
    MADE: Contact(MADE, "Made"),
}

type Tell = Callable[..., int]


def _contacts(person_ids: Collection[int]) -> dict[int, Contact]:
    return {person_id: PEOPLE[person_id] for person_id in person_ids if person_id in PEOPLE}


@pytest.fixture(autouse=True)
def _world(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    monkeypatch.setattr(kinds, "_registered", {kind.key: kind for kind in (OWN, FOLLOWED, ACCOUNT)})
    monkeypatch.setattr(addressbook._Registry, "resolver", staticmethod(_contacts))
    monkeypatch.setattr(addressbook._Registry, "sender", staticmethod(lambda: Sender("Rembuk", 500)))
    settings.MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
    settings.BASE_URL = "https://rembuk.contoh.id"


@pytest.fixture
def tell(db: None) -> Tell:
    """Tell people of an event, as a domain does."""

    def call(key: str = "e1", kind: Kind = OWN, to: Collection[int] = (SARI,), **fields: Any) -> int:
        params = fields.pop("params", {"title": "Jembatan", "state": "adopted"})
        with transaction.atomic():
            return outbox.enqueue(
                key,
                kind=kind.key,
                recipients=to,
                params=params,
                url="/usulan/USL-2026-000001/",
                at=fields.get("at", NOON),
            )

    return call
