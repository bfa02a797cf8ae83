"""Days no programme has: held by the database in a fixed range, for good; forms and actions hold a nearer one."""

from datetime import date

from django.db.models import Q

EARLIEST, LATEST = date(2000, 1, 1), date(2199, 12, 31)


def plausible(*names: str) -> Q:
    """All these columns lie in the range, or are empty."""
    found = Q()
    for name in names:
        found &= Q(**{f"{name}__range": (EARLIEST, LATEST)})
    return found
