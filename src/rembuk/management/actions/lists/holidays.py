"""A whole year of holidays: taken over from the national calendar, or removed together."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from rembuk.access import permissions as izin
from rembuk.access.rights import actor_of
from rembuk.accounts.models import Person
from rembuk.common.clock import instant
from rembuk.common.errors import require
from rembuk.common.text import clean_line
from rembuk.management import rules
from rembuk.management.actions.rows import wrong
from rembuk.workdays import actions as workdays
from rembuk.workdays.models import Holiday

FIRST_YEAR, LAST_YEAR = 2000, 2050


def import_year(year: int, *, by: Person, at: datetime | None = None) -> int:
    """Enter the national holidays and collective leave of a year that are not entered yet; returns how many were new.

    Days that are entered stay as they are, so a second time adds nothing.

    Raises:
        Denied: without the right in the whole instansi. Invalid: for a year nobody knows the holidays of.
    """
    require(rules.may_manage_site(by, izin.HOLIDAY_MANAGE))
    if not FIRST_YEAR <= year <= LAST_YEAR:
        sentence = _("Choose a year from %(first)s to %(last)s.") % {"first": FIRST_YEAR, "last": LAST_YEAR}
        raise wrong("year", sentence)
    return workdays.seed_holidays(by=actor_of(by), at=at, years=[year])


def remove_many(holidays: Sequence[Holiday], *, reason: str, by: Person, at: datetime | None = None) -> int:
    """Make several holidays ordinary days again; returns how many. Deadlines reckoned before stay as they are.

    Raises:
        Denied: without the right in the whole instansi. Invalid: without a reason.
    """
    require(rules.may_manage_site(by, izin.HOLIDAY_MANAGE))
    why = clean_line(reason)
    if not why:
        raise wrong("reason", _("Say why, so that an auditor understands it later."))
    return workdays.remove_holidays(holidays, by=actor_of(by), reason=why, at=instant(at))
