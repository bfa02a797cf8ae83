"""Which people: look-ups that other strata need."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef
from django.utils.crypto import salted_hmac

from rembuk.accounts.models import Consent, Person
from rembuk.common import clock
from rembuk.notifications.addressbook import Contact, Sender
from rembuk.siteconfig.selectors import current


def contacts(person_ids: Collection[int]) -> dict[int, Contact]:
    """Name, address and language of people who can still be written to, by id, in one query."""
    rows = Person.objects.filter(pk__in=person_ids, is_active=True, deleted_at=None).values_list(
        "pk", "name", "email", "language"
    )
    return {
        pk: Contact(person_id=pk, name=name, email=email or "", language=lang)
        for pk, name, email, lang in rows
    }


def sender() -> Sender:
    """Who writes the mails: the instansi's name, contact and limit of mails per hour."""
    site = current()
    return Sender(
        site_name=site.site_name, mails_per_hour=site.mails_per_hour, contact_email=site.contact_email
    )


def holder_of(email: str) -> Person | None:
    """The person with this address, confirmed or not."""
    return Person.objects.filter(email=email.strip().lower(), deleted_at=None).first()


def is_confirmed(person: Person) -> bool:
    """Whether it is known who this is: the own address is confirmed, or without one a desk has seen the person."""
    if not person.email:
        return bool(person.sign_in_name)
    return bool(EmailAddress.objects.filter(user=person, email=person.email or "", verified=True).exists())


def given_consents(person: Person) -> dict[str, Consent]:
    """The consents now in force, by purpose."""
    return {consent.purpose: consent for consent in person.consents.filter(withdrawn_at=None)}


@dataclass(frozen=True, slots=True)
class OpenSession:
    """A browser in which the person is signed in. ``handle`` names it on pages without giving the key away."""

    key: str
    handle: str
    device: str
    address: str
    began_at: datetime
    seen_at: datetime


def open_sessions(person: Person) -> list[OpenSession]:
    """The person's sessions that still live, last seen first, in one query."""
    alive = Session.objects.filter(session_key=OuterRef("session_key"), expire_date__gt=clock.now())
    rows = UserSession.objects.filter(Exists(alive), user=person).order_by("-last_seen_at", "-pk")
    return [
        OpenSession(
            key=row.session_key,
            handle=_handle(row.session_key),
            device=row.user_agent,
            address=row.ip,
            began_at=row.created_at,
            seen_at=row.last_seen_at,
        )
        for row in rows
    ]


def _handle(session_key: str) -> str:
    return salted_hmac("rembuk.accounts.session", session_key, algorithm="sha256").hexdigest()[:20]
