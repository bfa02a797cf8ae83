"""Registering, and confirming the address. Whether an address is known shows in the owner's mailbox only."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from rembuk.accounts import selectors, verbs
from rembuk.accounts.letters import posting, texts
from rembuk.accounts.models import Consent, Person
from rembuk.audit import actions as audit
from rembuk.audit import sendings
from rembuk.audit.actors import Actor
from rembuk.common.clock import instant
from rembuk.common.errors import Invalid
from rembuk.logbook import events
from rembuk.notifications.actions import reach_again

MOST_DRAFTS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """What somebody who registers has given, already checked for form. Nobody under age comes this far.

    ``drafts`` are the public ids of drafts that this browser began; they wait for the first sign-in, in whichever
    browser that is.
    """

    name: str
    email: str
    password: str
    language: str
    privacy_version: int
    consents: frozenset[str] = frozenset()
    way_back: str = ""
    drafts: tuple[str, ...] = ()


def register(application: Application, *, address: str = "", at: datetime | None = None) -> Person | None:
    """Open an account that waits for its address to be confirmed, or write to the owner of a known address.

    Returns ``None`` for a known address; the caller answers the same in both cases. ``address`` is the network
    address. The password is hashed either way, so that both take the same time.
    """
    moment = instant(at)
    hashed = make_password(application.password)
    holder = selectors.holder_of(application.email)
    if holder is None:
        try:
            with transaction.atomic():
                return _open(application, hashed, address, moment)
        except IntegrityError:
            holder = selectors.holder_of(application.email)
    if holder is not None:
        with transaction.atomic():
            sendings.claim()
            _write_to_holder(holder, application)
    return None


def _open(application: Application, hashed: str, address: str, moment: datetime) -> Person:
    person = Person.objects.create(
        email=application.email,
        name=application.name,
        language=application.language,
        password=hashed,
        adult_confirmed_at=moment,
        privacy_version=application.privacy_version,
        privacy_acknowledged_at=moment,
        begun_drafts=_uuids(application.drafts),
    )
    EmailAddress.objects.create(user=person, email=application.email, primary=True, verified=False)
    for purpose in sorted(application.consents):
        Consent.objects.create(person=person, purpose=purpose, text_version=Consent.WORDS, given_at=moment)
    audit.record(
        verbs.REGISTERED,
        by=Actor(person_id=person.pk, address=address),
        target=audit.Target("person", str(person.pk)),
        after={"privacy_version": person.privacy_version, "consents": sorted(application.consents)},
        at=moment,
    )
    posting.post(texts.CONFIRM, person, way_back=application.way_back)
    return person


def _write_to_holder(holder: Person, application: Application) -> None:
    events.security("registration.known_address", account_id=str(holder.public_id))
    if selectors.is_confirmed(holder):
        posting.post(texts.KNOWN, holder)
    elif holder.has_usable_password():
        _add_drafts(holder, application.drafts)
        posting.post(texts.WAITING, holder, way_back=application.way_back)
    else:
        posting.post(texts.INVITATION, holder)


def _add_drafts(holder: Person, drafts: tuple[str, ...]) -> None:
    mine = Person.objects.select_for_update().get(pk=holder.pk)
    mine.begun_drafts = list(dict.fromkeys([*mine.begun_drafts, *_uuids(drafts)]))[:MOST_DRAFTS]
    mine.save(update_fields=["begun_drafts"])


def _uuids(texts: tuple[str, ...]) -> list[UUID]:
    return [UUID(text) for text in texts[:MOST_DRAFTS]]


def hand_over_drafts(person: Person) -> list[str]:
    """The ids of the drafts that waited for the person's first sign-in; they wait no longer."""
    if not person.begun_drafts:
        return []
    waiting = [str(public_id) for public_id in person.begun_drafts]
    person.begun_drafts = []
    person.save(update_fields=["begun_drafts"])
    return waiting


def confirm_address(confirmed: EmailAddress, *, by: Actor, at: datetime | None = None) -> Person:
    """Confirm the address of an account; a second call changes nothing.

    Raises:
        Invalid: when somebody else has confirmed the same address in the meantime.
    """
    with transaction.atomic():
        person = Person.objects.select_for_update().get(pk=confirmed.user_id)
        mine = EmailAddress.objects.select_for_update().get(pk=confirmed.pk)
        if mine.verified:
            return person
        if EmailAddress.objects.filter(email=mine.email, verified=True).exists():
            raise Invalid(_("This email address belongs to another account by now."))
        mine.verified = True
        mine.save(update_fields=["verified"])
        reach_again(person.pk)
        audit.record(verbs.CONFIRMED, by=by, target=audit.Target("person", str(person.pk)), at=at)
    return person
