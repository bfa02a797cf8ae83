"""Who may open accounts for people without email, and print them a new code. The twin is ``desk.selectors.accounts``."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from rembuk.access import permissions as izin
from rembuk.access import rights
from rembuk.accounts.models import Person
from rembuk.common.errors import ALLOWED, Denied, Verdict
from rembuk.management.models import DeskAccount
from rembuk.management.selectors import unended
from rembuk.workunits.models import WorkUnit

_OUTSIDE = _("Your rights do not cover this work unit.")


def may_open_account(by: Person, unit: WorkUnit) -> Verdict:
    """Open an account in a unit that is in use: whoever holds the permission there or above."""
    if not rights.can(by, izin.ACCOUNT_OPEN, unit):
        return Denied(_OUTSIDE)
    if not unit.is_active:
        return Denied(_("This work unit is retired. Open the account in another one."))
    return ALLOWED


def may_see_account(by: Person, account: DeskAccount) -> Verdict:
    """See an account: the officers of the unit in which it was opened, and of those above."""
    return ALLOWED if rights.can(by, izin.ACCOUNT_OPEN, account.unit) else Denied(_OUTSIDE)


def may_make_code(by: Person, account: DeskAccount, at: datetime | None = None) -> Verdict:
    """Print a new code: who sees the account; never for oneself, for staff, or for somebody with an email address.

    A code lets whoever holds it in. So it must give no officer the rights of another one, and who can choose a
    new password by mail doesn't depend on a desk.
    """
    verdict, person = may_see_account(by, account), account.person
    if not verdict.ok:
        return verdict
    if person.pk == by.pk:
        return Denied(_("Nobody makes a code for their own account. A colleague has to do it."))
    if person.email:
        return Denied(
            _("This account has an email address by now. A new password is chosen through a letter to it.")
        )
    if not person.is_active:
        return Denied(_("This account is suspended."))
    if person.grants.filter(unended(at)).exclude(role__permissions=[]).exists():
        return Denied(
            _("This person works here and holds a role. Staff need an email address to get a new password.")
        )
    return ALLOWED
