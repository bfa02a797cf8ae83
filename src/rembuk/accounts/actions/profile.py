"""Changing one's own name, language, consents and email address."""

from collections.abc import Collection
from datetime import datetime

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from rembuk.accounts import selectors, verbs
from rembuk.accounts.letters import posting, texts
from rembuk.accounts.models import Consent, Person
from rembuk.audit import actions as audit
from rembuk.audit.actors import Actor
from rembuk.common.clock import instant
from rembuk.common.errors import Invalid
from rembuk.notifications.actions import reach_again


def change_profile(
    person: Person, *, name: str, language: str, by: Actor, at: datetime | None = None
) -> bool:
    """Save another name or language for mails; returns whether anything changed. The trail keeps no names."""
    with transaction.atomic():
        mine = Person.objects.select_for_update().get(pk=person.pk)
        changed = [
            field for field, new in (("name", name), ("language", language)) if getattr(mine, field) != new
        ]
        if not changed:
            return False
        before = {"language": mine.language}
        mine.name, mine.language = name, language
        mine.save(update_fields=["name", "language"])
        audit.record(
            verbs.PROFILE_CHANGED,
            by=by,
            target=_target(person),
            before=before,
            after={"language": language, "changed": changed},
            at=at,
        )
    return True


def change_consents(
    person: Person, wanted: Collection[str], *, by: Actor, at: datetime | None = None
) -> frozenset[str]:
    """Give and withdraw optional consents so that exactly ``wanted`` are in force; returns what changed.

    Each giving and withdrawing keeps its time and the version of the words (UU 27/2022 arts. 8, 9, 20-24).
    """
    moment = instant(at)
    with transaction.atomic():
        Person.objects.select_for_update().get(pk=person.pk)
        now = set(selectors.given_consents(person))
        given, withdrawn = set(wanted) - now, now - set(wanted)
        person.consents.filter(purpose__in=withdrawn, withdrawn_at=None).update(withdrawn_at=moment)
        for purpose in sorted(given):
            Consent.objects.create(
                person=person, purpose=purpose, text_version=Consent.WORDS, given_at=moment
            )
        if given or withdrawn:
            audit.record(
                verbs.CONSENTS_CHANGED,
                by=by,
                target=_target(person),
                before={"consents": sorted(now)},
                after={"consents": sorted(wanted)},
                at=at,
            )
    return frozenset(given | withdrawn)


def ask_for_address(person: Person, email: str) -> None:
    """Write to the new address; it holds once it is confirmed. An address that is taken is not told from a free one."""
    email = email.strip().lower()
    holder = selectors.holder_of(email)
    with transaction.atomic():
        if holder is None:
            posting.post(texts.NEW_ADDRESS, person, to=email)
        elif holder.pk != person.pk and selectors.is_confirmed(holder):
            posting.post(texts.KNOWN, holder)


def change_address(person: Person, email: str, *, by: Actor, at: datetime | None = None) -> None:
    """Make a confirmed address the person's own; the old one is told.

    Raises:
        Invalid: when somebody else has it by now.
    """
    taken = Invalid(_("This email address belongs to another account by now."))
    with transaction.atomic():
        mine = Person.objects.select_for_update().get(pk=person.pk)
        if selectors.holder_of(email) is not None:
            raise taken
        posting.post(texts.ADDRESS_CHANGED, mine, to=mine.email or "")
        mine.email = email
        try:
            with transaction.atomic():
                mine.save(update_fields=["email"])
                EmailAddress.objects.filter(user=mine).delete()
                EmailAddress.objects.create(user=mine, email=email, primary=True, verified=True)
        except IntegrityError:
            raise taken from None
        reach_again(mine.pk)
        audit.record(verbs.ADDRESS_CHANGED, by=by, target=_target(person), at=at)


def _target(person: Person) -> audit.Target:
    return audit.Target("person", str(person.pk))
