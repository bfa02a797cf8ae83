"""The list of people: what it can be narrowed to, and its orders. Who is in whose reach: ``selectors.managed_people``."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.db.models import Exists, OuterRef, Q, QuerySet, TextChoices, Value
from django.db.models.functions import Coalesce, Lower
from django.utils.translation import gettext_lazy as _

from rembuk.access.models import Grant
from rembuk.accounts.models import NEVER_HERE, Person
from rembuk.common.clock import last_instant, local_date
from rembuk.common.errors import Words
from rembuk.management import selectors
from rembuk.siteconfig.selectors import current
from rembuk.workunits.models import WorkUnit


class Group(TextChoices):
    """Who they are to the instansi."""

    STAFF = "petugas", _("Staff")
    EVERYBODY = "semua", _("Everybody")


class State(TextChoices):
    """How an account stands; one account may fit several."""

    IN_USE = "dipakai", _("In use")
    INVITED = "diundang", _("Invited, not here yet")
    SUSPENDED = "ditangguhkan", _("Suspended")
    NEVER = "belum-masuk", _("Never signed in")
    DESK = "loket", _("Opened by a desk, without email")
    DELETED = "dihapus", _("Deleted")


class Silence(TextChoices):
    """For how long somebody has not been here."""

    QUARTER = "90", _("More than 90 days ago")
    YEAR = "365", _("More than 365 days ago")
    NEVER = "belum", _("Never")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What the list is narrowed to; everything empty is every account that is not deleted."""

    words: str = ""
    group: Group = Group.EVERYBODY
    state: State | None = None
    unit: WorkUnit | None = None
    role: str = ""
    silence: Silence | None = None
    since: date | None = None
    until: date | None = None


_HERE_ON = Coalesce("last_active_on", Value(NEVER_HERE))

# Each ends in a unique field, and each has its index.
ORDERS: Final[Mapping[str, tuple[Words, tuple[str, ...]]]] = {
    "terbaru": (_("Newest account"), ("-joined_at", "-id")),
    "aktif": (_("Last here"), ("-here_on", "-id")),
    "nama": (_("Name"), ("plain_name", "id")),
}


def found(people: QuerySet[Person], wanted: Wanted, at: datetime | None = None) -> QuerySet[Person]:
    """Those of ``people`` that fit everything asked for."""
    people = selectors.named(people, wanted.words)
    if wanted.group == Group.STAFF:
        people = selectors.with_roles(people, at)
    if wanted.unit is not None or wanted.role:
        people = people.filter(Exists(_holding(wanted, at)))
    people = people.filter(_standing(wanted.state))
    return people.alias(here_on=_HERE_ON).filter(_active(wanted, local_date(at, current().tz)))


def ordered(people: QuerySet[Person]) -> QuerySet[Person]:
    """With what ``ORDERS`` sorts by: the plain name, and the last day here, where never is the longest ago."""
    return people.annotate(here_on=_HERE_ON, plain_name=Lower("name"))


def _holding(wanted: Wanted, at: datetime | None) -> QuerySet[Grant]:
    """Grants in force of the person, of a suspended one too, with the role and in the unit or below it."""
    held = Grant.objects.filter(person=OuterRef("pk"))
    held = held.filter(selectors.grants_by_time("berlaku", at))
    if wanted.unit is not None:
        held = held.filter(unit__path__startswith=wanted.unit.path)
    return held.filter(role__slug=wanted.role) if wanted.role else held


def _standing(state: State | None) -> Q:
    waiting = Q(invited_at__isnull=False, last_login=None)
    return {
        None: Q(deleted_at=None),
        State.IN_USE: Q(is_active=True, deleted_at=None) & ~waiting,
        State.INVITED: waiting & Q(is_active=True, deleted_at=None),
        State.SUSPENDED: Q(is_active=False, suspended_at__isnull=False, deleted_at=None),
        State.NEVER: Q(last_login=None, deleted_at=None),
        State.DESK: Q(sign_in_name__isnull=False, deleted_at=None),
        State.DELETED: Q(deleted_at__isnull=False),
    }[state]


def _active(wanted: Wanted, today: date) -> Q:
    condition = Q()
    if wanted.since is not None:
        condition &= Q(last_active_on__gte=wanted.since)
    if wanted.until is not None:
        # Said of both, so that the order of the last day begins in its index where these rows do.
        condition &= Q(last_active_on__lte=wanted.until, here_on__lte=wanted.until)
        if wanted.until < today:
            condition &= _joined_by(wanted.until)
    if wanted.silence == Silence.NEVER:
        condition &= Q(last_active_on=None)
    elif wanted.silence is not None:
        day = today - timedelta(days=int(wanted.silence))
        condition &= Q(last_active_on__lt=day, here_on__lt=day) & _joined_by(day)
    return condition


def _joined_by(day: date) -> Q:
    """True of everybody who was last here on that day at the latest: so the newest account of these is looked for from there
    on, not among the newest of all. A day is left over, since days may have been kept in another time zone.
    """
    return Q(joined_at__lt=last_instant(day + timedelta(days=1), current().tz))
