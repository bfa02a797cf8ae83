"""Who may take a lost second factor away from somebody else."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from rembuk.accounts.models import Person
from rembuk.common.errors import Denied, Verdict
from rembuk.management.rules import may_answer_for


def may_reset_second_factor(by: Person, person: Person, at: datetime | None = None) -> Verdict:
    """Who answers for the account, never one's own; the last administrator is helped too: nothing is taken from the site."""
    if by.pk == person.pk:
        return Denied(_("Nobody takes their own second factor away. A colleague has to do it."))
    return may_answer_for(by, person, at)
