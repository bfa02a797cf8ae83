"""Piles of the desk about consultations: drafts to announce, rows of the matrix to answer and to approve."""

from collections.abc import Callable
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rembuk.access import permissions as izin
from rembuk.access import rights
from rembuk.accounts.models import Person
from rembuk.common.counting import counted_beyond
from rembuk.consultations import figures
from rembuk.consultations.matrix import work
from rembuk.consultations.selectors import reach as consultations
from rembuk.web.desk.piles import FIRST, Pile


def _to_announce(by: Person, moment: datetime) -> Pile | None:
    """Drafts of consultations that a colleague handed over for a second pair of eyes."""
    if not rights.can(by, izin.CONSULTATION_PUBLISH):
        return None
    drafts = consultations.handed_over_to(by).select_related("unit").order_by("ready_at", "id")
    first = list(drafts[:FIRST])
    count = counted_beyond(first, drafts, f"handed-over:{by.pk}", are_all=len(first) < FIRST)
    rows = [
        {
            "url": reverse("desk_consultations:detail", args=[row.code]),
            "title": row.title,
            "code": row.code,
            "at": row.ready_at,
            "unit": row.unit.label,
            "state_kind": "consultation",
            "state": row.state,
        }
        for row in first
    ]
    url = f"{reverse('desk_consultations:list')}?tahap=draft"
    return Pile(title=_("Consultations to announce"), count=count, late=0, rows=rows, url=url)


def _rows_to_answer(by: Person, moment: datetime) -> Pile | None:
    """Rows of matrices that lie with her, one line for each consultation."""
    may = rights.can(by, izin.CONSULTATION_ANSWER)
    return _matrices(by, moment, _("Submissions to answer"), "saya") if may else None


def _rows_to_approve(by: Person, moment: datetime) -> Pile | None:
    """Answers she may approve as a second person."""
    may = rights.can(by, izin.CONSULTATION_APPROVE)
    return _matrices(by, moment, _("Answers to approve"), "setujui") if may else None


def _matrices(by: Person, moment: datetime, title: str, task: str) -> Pile:
    found = work.waiting_by_consultation(by, task)
    rows = [
        {
            "url": f"{reverse('desk_consultations:matrix', args=[row.code])}?tugas={task}",
            "title": row.title,
            "code": row.code,
            "at": row.closes_at,
            "unit": row.unit.label,
            "days_left": figures.days_left(row, moment),
            "flags": [{"label": ngettext("%(n)d row", "%(n)d rows", count) % {"n": count}, "tone": "info"}],
        }
        for row, count in found[:FIRST]
    ]
    late = sum(count for row, count in found if row.answer_due_at and row.answer_due_at < moment)
    total = sum(count for _row, count in found)
    return Pile(title=title, count=total, late=late, rows=rows, url=reverse("desk_consultations:list"))


PILES: tuple[Callable[[Person, datetime], Pile | None], ...] = (
    _to_announce,
    _rows_to_answer,
    _rows_to_approve,
)
