"""Choosing a password: by somebody signed in, or by the link in a letter."""

from datetime import datetime

from allauth.account.models import EmailAddress
from django.db import transaction

from rembuk.accounts import verbs
from rembuk.accounts.actions.presence import end_sessions
from rembuk.accounts.letters import posting, texts
from rembuk.accounts.models import Person
from rembuk.audit import actions as audit
from rembuk.audit.actors import Actor
from rembuk.common.clock import instant
from rembuk.notifications.actions import reach_again


def change_password(
    person: Person, password: str, *, by: Actor, keep_session: str = "", at: datetime | None = None
) -> None:
    """Set a new password, end all other sessions, and tell the person by mail."""
    with transaction.atomic():
        mine = set_password(person, password, by=by, how="change", at=at)
        end_sessions(mine, by=by, keep=keep_session, at=at)
        posting.post(texts.PASSWORD_CHANGED, mine)
    person.password = mine.password


def choose_password_by_link(
    person: Person,
    password: str,
    *,
    by: Actor,
    privacy_version: int | None = None,
    at: datetime | None = None,
) -> None:
    """Set the password of somebody who came by the link in a letter, which also proves the address.

    Ends every session, whoever holds it. ``privacy_version`` is given by people who were invited and see the
    privacy notice for the first time; it also says that they are 18 or older.
    """
    with transaction.atomic():
        had_one = person.has_usable_password()
        mine = set_password(person, password, by=by, how="link", at=at)
        _confirm(mine)
        if privacy_version is not None:
            _acknowledge(mine, privacy_version, by=by, at=at)
        end_sessions(mine, by=by, at=at)
        if had_one:
            posting.post(texts.PASSWORD_CHANGED, mine)


def set_password(person: Person, password: str, *, by: Actor, how: str, at: datetime | None) -> Person:
    """Set a password, with an entry that says how it came about: ``change``, ``link`` or ``code``.

    In the caller's transaction.
    """
    mine = Person.objects.select_for_update().get(pk=person.pk)
    mine.set_password(password)
    mine.save(update_fields=["password"])
    audit.record(verbs.PASSWORD_SET, by=by, target=_target(person), after={"how": how}, at=at)
    return mine


def _confirm(person: Person) -> None:
    email = person.email or ""
    EmailAddress.objects.filter(email=email).exclude(user=person).delete()
    EmailAddress.objects.update_or_create(
        user=person, email=email, defaults={"verified": True, "primary": True}
    )
    reach_again(person.pk)


def _acknowledge(person: Person, version: int, *, by: Actor, at: datetime | None) -> None:
    moment = instant(at)
    person.privacy_version, person.privacy_acknowledged_at = version, moment
    person.adult_confirmed_at = person.adult_confirmed_at or moment
    person.save(update_fields=["privacy_version", "privacy_acknowledged_at", "adult_confirmed_at"])
    after = {"privacy_version": version}
    audit.record(verbs.PRIVACY_ACKNOWLEDGED, by=by, target=_target(person), after=after, at=at)


def _target(person: Person) -> audit.Target:
    return audit.Target("person", str(person.pk))
