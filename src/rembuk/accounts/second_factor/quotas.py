"""How many wrong codes an account takes, wherever they come from.

A code is one of a million, three of them fit at a time, and whoever guesses knows the password already. With 40 tries a
day the chance to hit one is 0.012 % a day; NIST SP 800-63B, 5.2.2, asks for at most 100 failures in a row. Right codes
are given back.
"""

from datetime import datetime, timedelta

from rembuk.accounts.quotas import Quota

SECOND_FACTOR = Quota("second-factor", 6, timedelta(minutes=15))
SECOND_FACTOR_DAY = Quota("second-factor-day", 40, timedelta(days=1))
ALL = (SECOND_FACTOR, SECOND_FACTOR_DAY)


def give_back(person_id: int, *, at: datetime | None = None) -> None:
    """A try was right: it does not count."""
    for quota in ALL:
        quota.give_back(str(person_id), at=at)
