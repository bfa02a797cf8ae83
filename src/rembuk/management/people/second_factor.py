"""Who may take a lost second factor away from somebody else."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from rembuk.access import permissions as izin
from rembuk.access import rights
from rembuk.accounts.models import Person
from rembuk.common.errors import ALLOWED, Denied, Verdict
from rembuk.management.rules import is_last_administrator, may_suspend


def may_reset_second_factor(by: Person, person: Person, at: datetime | None = None) -> Verdict:
    """As suspending, never one's own; the last administrator can be helped too, since nothing is taken from the site."""
    if by.pk == person.pk:
        return Denied(_("Nobody takes their own second factor away. A colleague has to do it."))
    verdict = may_suspend(by, person, at)
    if not verdict.ok and is_last_administrator(person, at) and rights.can_everywhere(by, izin.PERSON_MANAGE):
        return ALLOWED
    return verdict
