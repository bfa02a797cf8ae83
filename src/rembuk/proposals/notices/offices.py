"""What offices are told: what was handed to them, came back or was taken off, and one letter each working
morning.

Who belongs to an office is asked of ``access.holders``. Citizens: ``authors``. Mail is the morning
letter's; the single notices stand in the inbox unless somebody wants them by mail too.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from rembuk.access import permissions as izin
from rembuk.access.holders import holder_ids
from rembuk.accounts.models import Person
from rembuk.engagement.models import Case
from rembuk.engagement.rules import DECIDES
from rembuk.notifications import outbox
from rembuk.notifications.kinds import DUTY, Kind, register
from rembuk.notifications.models import Event, Frequency
from rembuk.proposals.models import Disposition, Proposal
from rembuk.siteconfig.selectors import current
from rembuk.workunits.models import WorkUnit

HANDED = Kind(
    key="disposition.received",
    label=_("A proposal was handed to your work unit"),
    subject=_("%(code)s for %(unit)s: %(title)s"),
    body=_("“%(title)s” was handed to %(unit)s. The answer is due by %(due)s."),
    category=DUTY,
    default=Frequency.NEVER,
)
TAKEN_BACK = Kind(
    key="disposition.taken_back",
    label=_("A proposal was taken off your work unit's desk"),
    subject=_("%(code)s is no longer with %(unit)s"),
    body=_("“%(title)s” was handed to other work units. %(unit)s need not assess it any more."),
    category=DUTY,
    default=Frequency.NEVER,
)
NOT_OURS = Kind(
    key="disposition.not_ours",
    label=_("A work unit says that a proposal is not its task"),
    subject=_("%(code)s is not the task of %(unit)s"),
    body=_("%(unit)s finds that “%(title)s” lies outside its authority. Hand it to the right work unit."),
    category=DUTY,
    default=Frequency.NEVER,
)
SECOND_DECISION = Kind(
    key="case.second_decision",
    label=_("An appeal or objection waits for a second person"),
    subject=_("%(code)s waits for a second decision: %(title)s"),
    body=_(
        "The author disagrees with the first decision on “%(title)s”. Somebody else has to decide by %(due)s."
    ),
    category=DUTY,
    default=Frequency.NEVER,
)
MORNING = Kind(
    key="staff.morning",
    label=_("What waits for you, each working morning"),
    subject=_("Waiting for you: %(waiting)s, overdue: %(overdue)s"),
    body=_("This waits for you this morning:\n\n%(lines)s"),
    category=DUTY,
)
register(HANDED, TAKEN_BACK, NOT_OURS, SECOND_DECISION, MORNING)


@dataclass(frozen=True, slots=True)
class Load:
    """How much of one kind of work waits for somebody, and how much of it is past its deadline."""

    what: str
    waiting: int
    overdue: int


def desk_of(proposal: Proposal) -> str:
    """The path of a proposal's staff page."""
    return f"/kelola/usulan/{proposal.code}/"


def proposal_handed(proposal: Proposal, dispositions: Iterable[Disposition], at: datetime) -> None:
    """Those who assess in each unit hear of it; in the unit in charge those who answer too."""
    for row in dispositions:
        people = set(holder_ids(izin.PROPOSAL_ASSESS, row.unit, at))
        if row.is_responsible:
            people |= set(holder_ids(izin.PROPOSAL_ANSWER, row.unit, at))
        _tell(proposal, HANDED, people, at, unit=row.unit, due=current().written_day(row.due_at))


def proposal_taken_back(proposal: Proposal, units: Sequence[WorkUnit], at: datetime) -> None:
    """Those who would have assessed it hear that they need not."""
    for unit in units:
        _tell(proposal, TAKEN_BACK, set(holder_ids(izin.PROPOSAL_ASSESS, unit, at)), at, unit=unit)


def proposal_not_ours(proposal: Proposal, disposition: Disposition, at: datetime) -> None:
    """Whoever handed it over hears that it belongs elsewhere; else those who may refer there."""
    referrer = disposition.given_by
    people = {referrer.pk} if referrer and referrer.is_active else set()
    people = people or set(holder_ids(izin.PROPOSAL_REFER, disposition.unit, at))
    _tell(proposal, NOT_OURS, people, at, unit=disposition.unit)


def second_decision_waiting(proposal: Proposal, case: Case, at: datetime) -> None:
    """Those who may decide on an appeal or objection hear that it waits; whoever decided first does not."""
    barred = set(case.barred.values_list("pk", flat=True))
    people = set(holder_ids(DECIDES[case.kind], case.unit, at)) - barred
    _tell(proposal, SECOND_DECISION, people, at, due=current().written_day(case.due_at))


def morning_letter(person: Person, loads: Sequence[Load], day: date, at: datetime) -> bool:
    """One letter with what waits for one staff member; none, and False, when nothing does."""
    waiting = sum(load.waiting for load in loads)
    if waiting == 0:
        return False
    with override(person.language):
        lines = "\n".join(_line(load) for load in loads if load.waiting)
    told = outbox.enqueue(
        f"{MORNING.key}:{day.isoformat()}:{person.pk}",
        kind=MORNING.key,
        recipients=[person.pk],
        params={"waiting": waiting, "overdue": sum(load.overdue for load in loads), "lines": lines},
        url="/kelola/",
        at=at,
    )
    return told > 0


def is_morning_told(day: date) -> bool:
    """Whether the letters of a day have been written."""
    return Event.objects.filter(key__startswith=f"{MORNING.key}:{day.isoformat()}:").exists()


def _line(load: Load) -> str:
    if load.overdue:
        return gettext("%(what)s: %(waiting)s, of which overdue %(overdue)s") % {
            "what": gettext(load.what),
            "waiting": load.waiting,
            "overdue": load.overdue,
        }
    return gettext("%(what)s: %(waiting)s") % {"what": gettext(load.what), "waiting": load.waiting}


def _tell(
    proposal: Proposal,
    kind: Kind,
    people: set[int],
    at: datetime,
    unit: WorkUnit | None = None,
    due: str = "",
) -> None:
    about = unit.code if unit else ""
    outbox.enqueue(
        f"{kind.key}:{proposal.code}:{about}:{at.isoformat()}",
        kind=kind.key,
        recipients=people,
        params={
            "code": proposal.code or "",
            "title": proposal.title,
            "unit": unit.name if unit else "",
            "due": due,
        },
        url=desk_of(proposal),
        at=at,
    )
