"""One-time codes of people without email: issued by a desk (``management.actions.desk_accounts``), used once."""

from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from rembuk.accounts import slips
from rembuk.accounts.actions.passwords import set_password
from rembuk.accounts.models import OneTimeCode, Person
from rembuk.audit.actors import Actor
from rembuk.common import transactions
from rembuk.common.clock import instant
from rembuk.common.errors import WrongState


def issue_code(person: Person, *, made_by: Person, at: datetime | None = None) -> str:
    """A new code, to be shown once; the former one and the password stop at once. In the caller's transaction.

    Raises:
        TransactionManagementError: outside of a transaction.
    """
    transactions.require_open("one-time codes")
    moment, code = instant(at), slips.new_code()
    person.set_unusable_password()
    person.save(update_fields=["password"])
    person.one_time_codes.filter(used_at=None).delete()
    OneTimeCode.objects.create(
        person=person,
        code_hash=make_password(code),
        made_by=made_by,
        made_at=moment,
        expires_at=moment + slips.CODE_LASTS,
    )
    return code


def withdraw_code(person: Person, *, at: datetime | None = None) -> bool:
    """A code that was never used stops at once; whether there was one. In the caller's transaction.

    Raises:
        TransactionManagementError: outside of a transaction.
    """
    transactions.require_open("one-time codes")
    gone, _rows = person.one_time_codes.filter(used_at=None, expires_at__gt=instant(at)).delete()
    return gone > 0


def choose_first_password(
    code: OneTimeCode, password: str, *, by: Actor, at: datetime | None = None
) -> Person:
    """Set the password of somebody who came with a code, which is used up by it.

    Raises:
        WrongState: when the code was used or replaced meanwhile, or has ended.
    """
    moment = instant(at)
    with transaction.atomic():
        # The person first, as everybody who issues a code does it.
        person = Person.objects.select_for_update().get(pk=code.person_id)
        mine = OneTimeCode.objects.select_for_update().filter(pk=code.pk, used_at=None, expires_at__gt=moment)
        if not mine.update(used_at=moment):
            raise WrongState(_("This code was used already, or it has ended. Ask the desk for a new one."))
        return set_password(person, password, by=by, how="code", at=at)
