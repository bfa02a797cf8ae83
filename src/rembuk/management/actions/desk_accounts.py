"""Opening accounts for people without email at a desk, and giving them a new code there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from rembuk.access.rights import actor_of
from rembuk.accounts import slips
from rembuk.accounts.actions import presence
from rembuk.accounts.actions.codes import issue_code, withdraw_code
from rembuk.accounts.models import Person
from rembuk.audit import actions as audit
from rembuk.audit.verbs import Verb
from rembuk.common.clock import instant
from rembuk.common.errors import require
from rembuk.common.text import clean_line, clean_text
from rembuk.management.actions.rows import wrong
from rembuk.management.desk import notices, rules, selectors, verbs
from rembuk.management.models import DeskAccount
from rembuk.management.verbs import PERSON_SEEN
from rembuk.workunits.models import WorkUnit

_TRIES = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """Who stands at the desk, having shown an identity document and signed on paper: of age, and the privacy notice.

    ``is_namesake`` says that somebody of the same name who has an account in this unit is another person.
    """

    name: str
    unit: WorkUnit
    privacy_version: int
    language: str = Person.Language.INDONESIAN
    is_namesake: bool = False


def open_account(visitor: Visitor, *, by: Person, at: datetime | None = None) -> tuple[DeskAccount, str]:
    """Open an account without email; returns it with the one-time code, which is kept nowhere.

    Raises:
        Denied: outside of one's units. Invalid: when there is an account of this name in the unit.
    """
    moment, name = instant(at), clean_line(visitor.name)
    with transaction.atomic():
        unit = WorkUnit.objects.select_for_update(no_key=True).get(pk=visitor.unit.pk)
        require(rules.may_open_account(by, unit))
        if not visitor.is_namesake and selectors.namesakes(name, unit).exists():
            sentence = _("Somebody of this name has an account here. Tick the box if this is another person.")
            raise wrong("is_namesake", sentence)
        person = _make_person(visitor, name, moment)
        account = DeskAccount.objects.create(person=person, unit=unit, opened_by=by, opened_at=moment)
        code = issue_code(person, made_by=by, at=moment)
        after = {"privacy_version": visitor.privacy_version, "unit": unit.code, "identity_seen": True}
        _note(verbs.ACCOUNT_OPENED, account, by, at, after=after)
        notices.opened(account, by=by, at=moment)
    return account, code


def make_new_code(account: DeskAccount, *, by: Person, reason: str, at: datetime | None = None) -> str:
    """A new code for somebody who lost password or code; the old ones stop and all sessions end. The person hears of it.

    Raises:
        Denied: outside of one's units, for oneself, for staff, for a suspended account or one with an email address.
        Invalid: without a reason.
    """
    moment = instant(at)
    with transaction.atomic():
        person = Person.objects.select_for_update().get(pk=account.person_id)
        account = DeskAccount.objects.select_related("unit").get(pk=account.pk)
        account.person = person
        require(rules.may_make_code(by, account, moment))
        if not clean_text(reason):
            raise wrong("reason", _("Give the reason."))
        code = issue_code(person, made_by=by, at=moment)
        ended = presence.end_sessions(person, by=actor_of(by), at=at)
        after = {"sessions": ended, "unit": account.unit.code, "identity_seen": True}
        _note(verbs.CODE_MADE, account, by, at, after=after, reason=clean_text(reason))
        notices.code_made(account, by=by, at=moment)
    return code


@transaction.atomic
def withdraw_codes(
    accounts: Sequence[DeskAccount], *, by: Person, reason: str, at: datetime | None = None
) -> int:
    """Printed codes that nobody used stop at once, all in one act under one mark; returns how many there were.

    For slips that were lost or never fetched. The accounts stay, and each can get a new code.

    Raises:
        Denied: outside of one's units. Invalid: without a reason.
    """
    if not clean_text(reason):
        raise wrong("reason", _("Give the reason."))
    mark, count = str(uuid4()), 0
    for account in sorted(accounts, key=lambda one: one.person_id):
        require(rules.may_see_account(by, account))
        person = Person.objects.select_for_update().get(pk=account.person_id)
        if withdraw_code(person, at=at):
            count += 1
            told = {"after": {"unit": account.unit.code}, "reason": clean_text(reason), "bulk": mark}
            _note(verbs.CODE_WITHDRAWN, account, by, at, **told)
    return count


def see_account(account: DeskAccount, *, by: Person, at: datetime | None = None) -> None:
    """Record that an officer saw the personal data of an account (one's own is no event).

    Raises:
        Denied: outside of one's units.
    """
    require(rules.may_see_account(by, account))
    if by.pk != account.person_id:
        with transaction.atomic():
            _note(PERSON_SEEN, account, by, at, after={"fields": ["name", "sign_in_name"]})


def _make_person(visitor: Visitor, name: str, moment: datetime) -> Person:
    """A person with a sign-in name that nobody has."""
    for _turn in range(_TRIES):
        try:
            with transaction.atomic():
                return Person.objects.create(
                    email=None,
                    sign_in_name=slips.new_name(name),
                    name=name,
                    language=visitor.language,
                    adult_confirmed_at=moment,
                    privacy_version=visitor.privacy_version,
                    privacy_acknowledged_at=moment,
                )
        except IntegrityError:
            continue
    raise wrong("name", _("No free sign-in name was found. Please try again."))


def _note(verb: Verb, account: DeskAccount, by: Person, at: datetime | None, **told: Any) -> None:
    target = audit.Target("person", str(account.person_id), unit_path=account.unit.path)
    audit.record(verb, by=actor_of(by), target=target, at=at, **told)
