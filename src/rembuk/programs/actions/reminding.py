"""Reminding offices by the calendar: a week before a planned day, the day after, then weekly; and of silence.

Called by the worker once a day; may run twice without harm, and catches up after it stood still.
"""

from datetime import date, datetime, timedelta

from django.db import transaction

from rembuk.common.clock import instant
from rembuk.programs.actions.steps import today
from rembuk.programs.models import Milestone, Phase, Program
from rembuk.programs.notices import reminders
from rembuk.programs.portfolio.silence import last_news, silent
from rembuk.programs.states import MilestoneState, PhaseState, State
from rembuk.siteconfig.selectors import current

BEFORE = timedelta(days=7)
EVERY = 7
# The day after the planned end is the first; so many more follow, a week apart.
WEEKLY = 4
_LONGEST = timedelta(days=1 + EVERY * (WEEKLY + 1))


def remind_offices(*, at: datetime | None = None) -> int:
    """Write all reminders of the day; returns how many people are newly told of something."""
    moment = instant(at)
    return sum([_milestones(moment), _phases(moment), _silence(moment)])


def reminder_number(ends_on: date, day: date) -> int | None:
    """Which reminder is due: 0 in the week before, 1 from the day after, then one a week up to five; else ``None``."""
    late = (day - ends_on).days
    if late <= 0:
        return 0 if -late <= BEFORE.days else None
    number = 1 + (late - 1) // EVERY
    return number if number <= 1 + WEEKLY else None


def _milestones(moment: datetime) -> int:
    day: date = today(moment)
    rows = Milestone.objects.filter(
        state__in=[MilestoneState.PLANNED, MilestoneState.ONGOING],
        planned_end_on__range=(day - _LONGEST, day + BEFORE),
        program__state=State.PUBLISHED,
    )
    told = 0
    for row in rows.select_related("program__unit", "office").order_by("pk").iterator(chunk_size=500):
        number = reminder_number(row.planned_end_on, day)
        if number is not None:
            with transaction.atomic():
                told += reminders.milestone(row, number, moment)
    return told


def _phases(moment: datetime) -> int:
    day: date = today(moment)
    rows = Phase.objects.filter(
        planned_end_on__range=(day - _LONGEST, day + BEFORE), program__state=State.PUBLISHED
    ).exclude(state=PhaseState.DONE)
    told = 0
    for row in rows.select_related("program__unit").order_by("pk").iterator(chunk_size=500):
        assert row.planned_end_on is not None
        number = reminder_number(row.planned_end_on, day)
        if number is not None:
            with transaction.atomic():
                told += reminders.phase(row, number, moment)
    return told


def _silence(moment: datetime) -> int:
    rows = list(Program.objects.filter(silent(moment)).select_related("unit").order_by("pk"))
    news = last_news([row.pk for row in rows])
    told = 0
    for row in rows:
        since = news.get(row.pk) or row.published_at
        assert since is not None
        with transaction.atomic():
            told += reminders.silence(row, since.astimezone(current().tz).date(), moment)
    return told
