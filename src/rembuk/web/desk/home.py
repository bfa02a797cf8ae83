"""«Menunggu saya»: what waits for a staff member, by kind of work, the first rows of each, overdue first."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from rembuk.access import permissions as izin
from rembuk.access import rights
from rembuk.access.permissions import Permission
from rembuk.accounts.models import Person
from rembuk.common import clock
from rembuk.engagement import queue
from rembuk.engagement.models import Case
from rembuk.programs import selectors as programs
from rembuk.programs.models import Program
from rembuk.proposals import worklists
from rembuk.proposals.deadlines import days_left
from rembuk.proposals.models import Disposition, Proposal
from rembuk.web.desk import consulting, voicing
from rembuk.web.desk.piles import FIRST, Context, Pile, counted_from
from rembuk.web.moderation.context import queue_rows
from rembuk.web.moderation.places import with_content

_OBJECTIONS = (Case.Kind.OBJECTION,)
_SUBMISSIONS = (Case.Kind.SUBMISSION,)
_ANSWER_OBJECTIONS = (Case.Kind.ANSWER_OBJECTION,)
_APART = {*_OBJECTIONS, *_SUBMISSIONS, *_ANSWER_OBJECTIONS}
_OF_ROWS = (
    *("code", "title", "state", "published_at", "answer_due_at"),
    *("unit__name", "unit__short_name"),
)
_NEVER = datetime.max.replace(tzinfo=UTC)
_OTHERS = tuple(kind for kind in Case.Kind if kind not in _APART)


def home_context(by: Person) -> Context:
    """The page: only the piles her rights open."""
    moment = clock.now()
    found = [pile for maker in _PILES if (pile := maker(by, moment)) is not None]
    return {
        "page_title": _("My desk"),
        "piles": [pile for pile in found if pile.count],
        "stats": [pile.stat for pile in found],
        "programs": _programs(by),
    }


def _cases(by: Person, moment: datetime, title: str, kinds: tuple[Case.Kind, ...]) -> Pile:
    chosen = queue.QueueFilter(kinds=kinds)
    waiting = queue.queue(by, chosen).exclude(barred=by)
    first = list(waiting[:FIRST])
    count, late = counted_from(first, waiting, "due_at", moment, f"pile:{by.pk}:{kinds}")
    address = reverse("moderation:queue")
    return Pile(
        title=title,
        count=count,
        late=late,
        rows=queue_rows(with_content(first), moment, by) if first else [],
        url=address if len(kinds) > 1 else f"{address}?jenis={kinds[0]}",
    )


def _moderation(by: Person, moment: datetime) -> Pile | None:
    decides = (izin.PROPOSAL_MODERATE, izin.COMMENT_MODERATE, izin.PROPOSAL_RELEASE, izin.SUBMISSION_MODERATE)
    return _cases(by, moment, _("Moderation"), _OTHERS) if _may(by, *decides) else None


def _submissions(by: Person, moment: datetime) -> Pile | None:
    if not _may(by, izin.SUBMISSION_MODERATE):
        return None
    return _cases(by, moment, _("Submissions held for review"), _SUBMISSIONS)


def _answer_objections(by: Person, moment: datetime) -> Pile | None:
    if not _may(by, izin.CONSULTATION_ANSWER):
        return None
    return _cases(by, moment, _("Objections to answers in consultations"), _ANSWER_OBJECTIONS)


def _objections(by: Person, moment: datetime) -> Pile | None:
    if not _may(by, izin.PROPOSAL_ANSWER):
        return None
    return _cases(by, moment, _("Objections"), _OBJECTIONS)


def _to_refer(by: Person, moment: datetime) -> Pile | None:
    if not _may(by, izin.PROPOSAL_REFER):
        return None
    return _proposals(by, worklists.to_refer_parts(by), moment, _("To be handed to work units"), "teruskan")


def _to_assess(by: Person, moment: datetime) -> Pile | None:
    if not _may(by, izin.PROPOSAL_ASSESS):
        return None
    waiting = worklists.to_assess(by).order_by("due_at", "id")
    first = list(waiting.select_related("proposal", "unit")[:FIRST])
    count, late = counted_from(first, waiting, "due_at", moment, f"pile:{by.pk}:telaah")
    return Pile(
        title=_("To be assessed"),
        count=count,
        late=late,
        rows=[_disposition_row(row, moment) for row in first],
        url=f"{reverse('desk_proposals:list')}?kerja=telaah",
    )


def _to_answer(by: Person, moment: datetime) -> Pile | None:
    if not _may(by, izin.PROPOSAL_ANSWER):
        return None
    return _proposals(by, [worklists.to_answer(by)], moment, _("To be answered"), "jawab")


def _proposals(
    by: Person, parts: Sequence[QuerySet[Proposal]], moment: datetime, title: str, work: str
) -> Pile:
    first: list[Proposal] = []
    count = late = 0
    for number, part in enumerate(parts):
        waiting = part.order_by("answer_due_at", "id")
        found = list(waiting.select_related("unit").only(*_OF_ROWS)[:FIRST])
        more = counted_from(found, waiting, "answer_due_at", moment, f"pile:{by.pk}:{work}:{number}")
        first, count, late = [*first, *found], count + more[0], late + more[1]
    first.sort(key=lambda row: (row.answer_due_at or _NEVER, row.pk))
    return Pile(
        title=title,
        count=count,
        late=late,
        rows=[_proposal_row(row, row.unit.label if row.unit else "", moment) for row in first[:FIRST]],
        url=f"{reverse('desk_proposals:list')}?kerja={work}&urut=tenggat",
    )


def _disposition_row(row: Disposition, moment: datetime) -> Context:
    found = _proposal_row(row.proposal, row.unit.label, moment)
    return {**found, "at": row.given_at, "days_left": days_left(row.due_at, moment)}


def _proposal_row(proposal: Proposal, unit: str, moment: datetime) -> Context:
    return {
        "url": reverse("desk_proposals:detail", args=[proposal.code]),
        "title": proposal.title,
        "code": proposal.code,
        "at": proposal.published_at,
        "unit": unit,
        "days_left": days_left(proposal.answer_due_at, moment),
        "state_kind": "proposal",
        "state": proposal.state,
    }


def _programs(by: Person) -> list[Program]:
    """Draft and running programmes she may work on, the first few."""
    if not _may(by, izin.PROGRAM_EDIT):
        return []
    return list(programs.open_to_links(by)[:FIRST])


def _may(by: Person, *permissions: Permission) -> bool:
    return any(rights.can(by, permission) for permission in permissions)


_PILES: tuple[Callable[[Person, datetime], Pile | None], ...] = (
    _moderation,
    _objections,
    _to_refer,
    _to_assess,
    _to_answer,
    _submissions,
    _answer_objections,
    *consulting.PILES,
    voicing.contradicted,
)
