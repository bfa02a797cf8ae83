"""How often one account may vote, comment, follow and report: generous for people, tight for programs."""

from datetime import timedelta

from rembuk.accounts import limits
from rembuk.accounts.models import Person

_MINUTE, _HOUR, _DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
_PACES = {
    "vote": ((60, _MINUTE), (2000, _DAY)),
    "comment": ((5, _MINUTE), (100, _DAY)),
    "follow": ((60, _MINUTE), (1000, _DAY)),
    "rating": ((20, _HOUR), (100, _DAY)),
    "witness": ((20, _HOUR), (100, _DAY)),
    "report": ((10, _HOUR), (30, _DAY)),
}


def keep(act: str, by: Person) -> None:
    """Count one act of a person.

    Raises:
        TooMany: when the pace of this act is exceeded.
    """
    for allowed, window in _PACES[act]:
        limits.hit(f"{act}:{by.pk}:{int(window.total_seconds())}", allowed=allowed, window=window)
