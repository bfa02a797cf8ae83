"""What the worker does for proposals by the calendar: deferred ones come back, and staff get their morning
letter.

Called by ``tasks``; each may run twice without harm.
"""

from collections.abc import Callable, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_noop

from rembuk.access import holders
from rembuk.accounts.models import Person
from rembuk.common.clock import instant
from rembuk.common.errors import WrongState
from rembuk.engagement.queue import waiting_counts
from rembuk.proposals import worklists
from rembuk.proposals.actions.answer import resume_proposal
from rembuk.proposals.models import Proposal
from rembuk.proposals.notices import offices
from rembuk.proposals.notices.offices import Load
from rembuk.proposals.states import State
from rembuk.siteconfig.selectors import current
from rembuk.workdays.clock import is_working_day

# The letter lies there when offices open, and is not written any more in the afternoon.
MORNING_HOURS = range(7, 12)

type Loads = Callable[[Person, datetime], Sequence[Load]]

# What else waits for staff: domains above this one add theirs when they are made ready.
_further: list[Loads] = []


def tell_also(loads: Loads) -> None:
    """Let the morning letter tell of more kinds of work; adding the same twice adds it once."""
    if loads not in _further:
        _further.append(loads)


def resume_due(*, at: datetime | None = None) -> int:
    """Take up deferred proposals whose day has come; returns how many."""
    today = instant(at).astimezone(current().tz).date()
    due = Proposal.objects.filter(state=State.DEFERRED, return_on__lte=today).order_by("pk")
    resumed = 0
    for proposal in due:
        try:
            resume_proposal(proposal, at=at)
        except WrongState:  # somebody took it up a moment ago
            continue
        resumed += 1
    return resumed


def write_morning_letters(*, at: datetime | None = None) -> int:
    """On a working morning, tell each staff member once what waits and what is overdue; returns how many letters."""
    moment = instant(at)
    local = moment.astimezone(current().tz)
    today = local.date()
    if local.hour not in MORNING_HOURS or not is_working_day(today) or offices.is_morning_told(today):
        return 0
    written = 0
    for person in holders.staff(moment):
        with transaction.atomic():
            written += offices.morning_letter(person, loads_of(person, moment), today, moment)
    return written


def loads_of(person: Person, moment: datetime) -> list[Load]:
    """How much of each kind of work waits for a person, and how much of it is overdue."""
    cases = waiting_counts(person, moment)
    assess, answer = worklists.to_assess(person), worklists.to_answer(person)
    refer = worklists.to_refer(person)
    return [
        Load(gettext_noop("Moderation"), cases.total, cases.overdue),
        Load(gettext_noop("Proposals to hand to work units"), refer.count(), _late(refer, moment)),
        Load(gettext_noop("Assessments (telaah)"), assess.count(), assess.filter(due_at__lt=moment).count()),
        Load(gettext_noop("Official answers"), answer.count(), _late(answer, moment)),
        *[load for further in _further for load in further(person, moment)],
    ]


def _late(found: QuerySet[Proposal], moment: datetime) -> int:
    return found.filter(answer_due_at__lt=moment).count()
