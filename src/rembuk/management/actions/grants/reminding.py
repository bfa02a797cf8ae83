"""The reminder two weeks before a grant ends, once."""

from datetime import datetime

from django.db import transaction

from rembuk.common.clock import instant
from rembuk.management.granting import notices
from rembuk.management.granting.selectors import REMIND_BEFORE, ending_within


def remind_of_ends(at: datetime | None = None) -> int:
    """Tell holders and those who can give a later end; returns how many notices are new.

    A grant given for two weeks or less needs no reminder. May run as often as one likes: each is named after the grant
    and its last day.
    """
    moment = instant(at)
    with transaction.atomic():
        soon = ending_within(REMIND_BEFORE, moment)
        long_enough = [
            grant for grant in soon if grant.ends_at and grant.ends_at - grant.starts_at > REMIND_BEFORE
        ]
        return notices.ending(long_enough, moment)
