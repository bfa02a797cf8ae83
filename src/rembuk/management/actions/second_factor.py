"""Taking a lost second factor away, by somebody who manages the person."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from rembuk.access.rights import actor_of
from rembuk.accounts.actions import second_factor
from rembuk.accounts.models import Person
from rembuk.common.errors import require
from rembuk.common.text import clean_text
from rembuk.management.actions.rows import wrong
from rembuk.management.people.second_factor import may_reset_second_factor


def reset_second_factor(person: Person, *, by: Person, reason: str, at: datetime | None = None) -> int:
    """Let somebody who lost app and recovery codes sign in with the password alone; ends all sessions, returns how many.

    Where a second factor is required, the person has to set one up before the desk opens again.

    Raises:
        Denied: see ``may_reset_second_factor``. Invalid: without a reason. WrongState: where there is none.
    """
    with transaction.atomic():
        require(may_reset_second_factor(by, person, at))
        why = clean_text(reason)
        if not why:
            raise wrong("reason", _("Give the reason: how you made sure that it is the person herself."))
        return second_factor.reset(person, by=actor_of(by), reason=why, at=at)
