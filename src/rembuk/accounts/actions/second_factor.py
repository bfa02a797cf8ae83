"""Turning the second factor on and off, proving it at a sign-in, and making recovery codes anew."""

from datetime import datetime
from typing import Literal

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from rembuk.accounts import verbs
from rembuk.accounts.actions.presence import end_sessions
from rembuk.accounts.letters import posting, texts
from rembuk.accounts.models import Person, RecoveryCode
from rembuk.accounts.second_factor import recovery, totp, vault
from rembuk.accounts.second_factor.selectors import codes_left
from rembuk.audit import actions as audit
from rembuk.audit.actors import Actor
from rembuk.audit.verbs import Verb
from rembuk.common.clock import instant
from rembuk.common.errors import Invalid, WrongState
from rembuk.logbook import events

type Way = Literal["app", "recovery"]
NOT_OF_THIS_APP = _("This code does not fit. Wait for the next one and check the clock of your phone.")


def turn_on(
    person: Person, secret: str, code: str, *, by: Actor, keep_session: str = "", at: datetime | None = None
) -> list[str]:
    """Make an app the person's second factor (instead of an earlier one); returns the recovery codes, shown once.

    All other sessions end, the earlier recovery codes with them, and the person gets a letter.

    Raises:
        Invalid: when the code is not of this secret: the app was not set up rightly.
    """
    moment = instant(at)
    step = totp.matching_step(secret, code, at=moment)
    if step is None:
        raise Invalid(NOT_OF_THIS_APP, fields={"code": [NOT_OF_THIS_APP]})
    codes = recovery.new_codes()
    hashes = recovery.hashes_of(codes)
    with transaction.atomic():
        Person.objects.select_for_update(no_key=True).get(pk=person.pk)
        Authenticator.objects.filter(user=person).delete()
        Authenticator.objects.create(
            user=person,
            type=Authenticator.Type.TOTP,
            data={"secret": vault.seal(secret), "step": step},
            created_at=moment,
        )
        _replace_codes(person, hashes, moment)
        end_sessions(person, by=by, keep=keep_session, at=at)
        _note(verbs.SECOND_FACTOR_ON, person, by, at)
        posting.post(texts.SECOND_FACTOR_ON, person)
    return codes


def prove(person: Person, typed: str, *, by: Actor, at: datetime | None = None) -> Way | None:
    """Whether a code shows that it is the person, and by which way; it is used up by that.

    The row of the app is locked, so that of two who send the same code at once, in whichever process, one is let in.
    Slow hashes are made before.

    Raises:
        Busy: when others hash already.
    """
    moment, code = instant(at), recovery.plain(typed)
    found = _find_recovery(person, code)
    with transaction.atomic():
        rows = Authenticator.objects.select_for_update(no_key=True).filter(user=person)
        row = rows.filter(type=Authenticator.Type.TOTP).first()
        if row is None:
            return None
        if _use_app(row, code, moment):
            return "app"
        if found is not None and _use_recovery(person, found, by=by, moment=moment):
            return "recovery"
    events.security("second_factor.failed", person_id=person.pk)
    return None


def _use_app(row: Authenticator, code: str, moment: datetime) -> bool:
    secret = vault.unseal(row.data["secret"])
    step = totp.matching_step(secret, code, at=moment, after=row.data["step"])
    if step is None:
        return False
    row.data["step"], row.last_used_at = step, moment
    row.save(update_fields=["data", "last_used_at"])
    return True


def _find_recovery(person: Person, code: str) -> RecoveryCode | None:
    if not recovery.looks_like_one(code):
        return None
    return recovery.find(code, RecoveryCode.objects.filter(person=person, used_at=None))


def _use_recovery(person: Person, found: RecoveryCode, *, by: Actor, moment: datetime) -> bool:
    """Use a code up, unless somebody did, or made new ones, since it was looked for."""
    if not RecoveryCode.objects.filter(pk=found.pk, used_at=None).update(used_at=moment):
        return False
    _note(verbs.RECOVERY_CODE_USED, person, by, moment, after={"left": codes_left(person)})
    posting.post(texts.RECOVERY_CODE_USED, person)
    return True


def renew_codes(person: Person, *, by: Actor, at: datetime | None = None) -> list[str]:
    """Make ten new recovery codes; the earlier ones no longer work. Returns them, to be shown once.

    Raises:
        WrongState: without a second factor.
    """
    codes = recovery.new_codes()
    hashes = recovery.hashes_of(codes)
    with transaction.atomic():
        _lock(person)
        _replace_codes(person, hashes, instant(at))
        _note(verbs.RECOVERY_CODES_MADE, person, by, at)
        posting.post(texts.RECOVERY_CODES_MADE, person)
    return codes


def turn_off(person: Person, *, by: Actor, keep_session: str = "", at: datetime | None = None) -> None:
    """Sign in with the password alone again; all other sessions end.

    Raises:
        WrongState: without a second factor.
    """
    with transaction.atomic():
        _lock(person)
        _remove(person)
        end_sessions(person, by=by, keep=keep_session, at=at)
        _note(verbs.SECOND_FACTOR_OFF, person, by, at)
        posting.post(texts.SECOND_FACTOR_OFF, person)


def reset(person: Person, *, by: Actor, reason: str, at: datetime | None = None) -> int:
    """Take a lost second factor away, by somebody else who may; ends every session and returns how many.

    Raises:
        WrongState: without a second factor.
    """
    with transaction.atomic():
        _lock(person)
        _remove(person)
        ended = end_sessions(person, by=by, reason=reason, at=at)
        _note(verbs.SECOND_FACTOR_RESET, person, by, at, after={"sessions": ended}, reason=reason)
        posting.post(texts.SECOND_FACTOR_RESET, person)
    return ended


def forget(person: Person) -> None:
    """Remove what is kept of a person's second factor, as a part of deleting the account."""
    _remove(person)


def _lock(person: Person) -> None:
    rows = Authenticator.objects.select_for_update(no_key=True).filter(user=person)
    if not rows.filter(type=Authenticator.Type.TOTP).first():
        raise WrongState(_("This account has no second factor."))


def _remove(person: Person) -> None:
    Authenticator.objects.filter(user=person).delete()
    RecoveryCode.objects.filter(person=person).delete()


def _replace_codes(person: Person, hashes: list[str], moment: datetime) -> None:
    RecoveryCode.objects.filter(person=person).delete()
    RecoveryCode.objects.bulk_create(
        RecoveryCode(person=person, code_hash=code_hash, made_at=moment) for code_hash in hashes
    )


def _note(
    verb: Verb,
    person: Person,
    by: Actor,
    at: datetime | None,
    *,
    after: dict[str, object] | None = None,
    reason: str = "",
) -> None:
    target = audit.Target("person", str(person.pk))
    audit.record(verb, by=by, target=target, after=after, reason=reason, at=at)
    events.security(verb.key.removeprefix("person."), person_id=person.pk)
