"""Accounts of other people: inviting staff, suspending and reinstating, ending sessions, seeing personal data."""

from collections.abc import Sequence
from datetime import datetime

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils.translation import gettext as _

from rembuk.access import permissions as izin
from rembuk.access import rights
from rembuk.access.holders import is_instansi, lock_administrators
from rembuk.access.rights import actor_of
from rembuk.accounts.actions import presence
from rembuk.accounts.letters import posting, texts
from rembuk.accounts.models import Person
from rembuk.audit import actions as audit
from rembuk.audit.verbs import Verb
from rembuk.common.clock import instant
from rembuk.common.errors import Denied, WrongState, require
from rembuk.common.text import clean_line, clean_text
from rembuk.management import rules, verbs
from rembuk.management.actions.grants import give_or_request
from rembuk.management.actions.rows import unique, wrong
from rembuk.management.facts import GrantFacts, Newcomer


def invite_person(
    newcomer: Newcomer, facts: GrantFacts, *, by: Person, at: datetime | None = None, bulk: str = ""
) -> Person:
    """Make an account without a password, give its first role, and send a letter with a link to choose one.

    A role that makes an administrator is asked for and waits for a second person; the letter goes out all the same.

    Raises:
        Denied: without the rights to manage people and to give this role there.
        Invalid: for an address that has an account, or a role or dates that don't fit.
    """
    if not rights.can(by, izin.PERSON_MANAGE, facts.unit):
        raise Denied(_("Your rights do not cover this work unit."))
    require(rules.may_give_grant(by, None, facts.role, facts.unit))
    email = newcomer.email.strip().lower()
    with transaction.atomic():
        if is_instansi(facts.unit):
            lock_administrators()
        taken = _("This address already has an account. Give that person the role under Access rights.")
        if EmailAddress.objects.filter(email=email, verified=True).exists():
            raise wrong("email", taken)
        with unique("email", taken):
            person = Person.objects.create_user(
                email,
                None,
                name=clean_line(newcomer.name),
                language=newcomer.language,
                invited_at=instant(at),
            )
        EmailAddress.objects.create(user=person, email=email, primary=True, verified=False)
        _note(verbs.PERSON_INVITED, person, by, at, unit_path=facts.unit.path, bulk=bulk)
        give_or_request(person, facts, by=by, at=at)
        posting.post(texts.INVITATION, person)
    return person


def invite_again(person: Person, *, by: Person, at: datetime | None = None, bulk: str = "") -> None:
    """Send the invitation once more to somebody who has not chosen a password yet.

    Raises:
        NotVisible, Denied: outside of one's reach. WrongState: when the account is in use, suspended or deleted.
    """
    require(rules.may_see_person(by, person))
    with transaction.atomic():
        person = _lock(person)
        if person.invited_at is None or person.has_usable_password() or not person.is_active:
            raise WrongState(_("This account is not waiting for an invitation."))
        person.invited_at = instant(at)
        person.save(update_fields=["invited_at"])
        _note(verbs.PERSON_INVITED, person, by, at, bulk=bulk)
        posting.post(texts.INVITATION, person)


def suspend_person(
    person: Person,
    *,
    by: Person,
    reason: str,
    until: datetime | None = None,
    at: datetime | None = None,
    bulk: str = "",
) -> int:
    """Close an account, for good or until an instant, and end all its sessions at once; returns how many.

    The person gets a letter, and reads the reason when she tries to sign in. Grants stay and give nothing meanwhile.

    Raises:
        Denied: for oneself, the last administrator, or somebody with roles outside. Invalid: for an end that is over.
        WrongState: when the account is suspended or deleted already.
    """
    moment = instant(at)
    with transaction.atomic():
        lock_administrators()
        person = _lock(person)
        require(rules.may_suspend(by, person, at))
        if not person.is_active:
            raise WrongState(_("This account is suspended or deleted already."))
        if until is not None and until <= moment:
            raise wrong("until", _("The end of the suspension has to lie in the future."))
        if not clean_text(reason):
            raise wrong("reason", _("Give the reason: the person reads it when signing in."))
        person.is_active, person.suspended_at, person.suspended_until = False, moment, until
        person.suspension_reason = clean_text(reason)
        _save_suspension(person)
        ended = presence.end_sessions(person, by=actor_of(by), at=at)
        after: dict[str, object] = {"until": until, "sessions": ended}
        _note(verbs.PERSON_SUSPENDED, person, by, at, reason=reason, after=after, bulk=bulk)
        posting.post(texts.SUSPENDED, person)
    return ended


def reinstate_person(
    person: Person, *, by: Person, reason: str, at: datetime | None = None, bulk: str = ""
) -> None:
    """Open a suspended account again.

    Raises:
        Denied: as ``suspend_person``. WrongState: when it is not suspended.
    """
    with transaction.atomic():
        person = _lock(person)
        require(rules.may_suspend(by, person, at))
        if person.is_active or person.suspended_at is None or person.deleted_at is not None:
            raise WrongState(_("This account is not suspended."))
        person.is_active, person.suspended_at, person.suspended_until = True, None, None
        person.suspension_reason = ""
        _save_suspension(person)
        _note(verbs.PERSON_REINSTATED, person, by, at, reason=reason, bulk=bulk)
        posting.post(texts.REINSTATED, person)


def end_person_sessions(person: Person, *, by: Person, reason: str, at: datetime | None = None) -> int:
    """Sign a person out everywhere; returns how many sessions ended.

    Raises:
        Denied: for oneself, or an account for which one does not answer.
    """
    if by.pk == person.pk:
        raise Denied(_("End your own sessions on your own page."))
    with transaction.atomic():
        person = _lock(person)
        require(rules.may_answer_for(by, person, at))
        return presence.end_sessions(person, by=actor_of(by), reason=clean_text(reason), at=at)


def see_person(
    person: Person,
    *,
    by: Person,
    fields: Sequence[str] = ("name", "email", "open_sessions"),
    at: datetime | None = None,
) -> None:
    """Record that a member of staff saw the personal data of an account (one's own is no event).

    ``fields`` names what was shown.

    Raises:
        Denied: outside of one's reach.
    """
    require(rules.may_see_person(by, person))
    if by.pk != person.pk:
        with transaction.atomic():
            _note(verbs.PERSON_SEEN, person, by, at, after={"fields": list(fields)})


def _lock(person: Person) -> Person:
    return Person.objects.select_for_update(no_key=True).get(pk=person.pk)


def _save_suspension(person: Person) -> None:
    person.save(update_fields=["is_active", "suspended_at", "suspended_until", "suspension_reason"])


def _note(  # noqa: PLR0913
    verb: Verb,
    person: Person,
    by: Person,
    at: datetime | None,
    *,
    reason: str = "",
    after: dict[str, object] | None = None,
    unit_path: str = "",
    bulk: str = "",
) -> None:
    target = audit.Target("person", str(person.pk), unit_path=unit_path)
    audit.record(
        verb, by=actor_of(by), target=target, after=after, reason=clean_text(reason), at=at, bulk=bulk
    )
