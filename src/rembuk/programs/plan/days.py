"""Which days a plan and its course may name: a mistyped year is refused wherever a day is entered.

The database holds a wider, fixed range (``models.days``); this one moves on with the years.
"""

from collections.abc import Mapping
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from rembuk.common.clock import local_date
from rembuk.common.errors import Invalid

FIRST = date(2000, 1, 1)
YEARS_AHEAD = 30


def last() -> date:
    """The last day that may be entered today."""
    return date(local_date().year + YEARS_AHEAD, 12, 31)


def day_fault(day: date | None) -> str:
    """What is wrong with a day, in words; empty for one that can be, or none."""
    if day is None or FIRST <= day <= last():
        return ""
    words = {"first": date_format(FIRST, "DATE_FORMAT"), "last": date_format(last(), "DATE_FORMAT")}
    return _("Check the year: days from %(first)s to %(last)s can be entered.") % words


def refuse_far(days: Mapping[str, date | None]) -> None:
    """Refuse days that can't be meant; each is told at its field.

    Raises:
        Invalid: for a day out of range.
    """
    wrong = {name: [fault] for name, day in days.items() if (fault := day_fault(day))}
    if wrong:
        raise Invalid(next(iter(wrong.values()))[0], fields=wrong)
