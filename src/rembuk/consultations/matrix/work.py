"""Who waits for whom in matrices that are being filled: rows to answer, to approve, to publish.

These are the queryset twins of ``rules``: ``may_answer``, ``may_approve``, ``may_publish_row``.
"""

from collections.abc import Callable
from datetime import datetime

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_noop

from rembuk.access import permissions as izin
from rembuk.access import rights
from rembuk.accounts.models import Person
from rembuk.consultations.models import Consultation, MatrixRow
from rembuk.consultations.states import ANSWERING, RowState
from rembuk.proposals.notices.offices import Load

RETURNED = Q(state=RowState.PROPOSED, returned_at__isnull=False)
STANDING = Q(state=RowState.PROPOSED, returned_at=None)


def mine(person: Person) -> Q:
    """Rows that lie with a person and wait for her answer, and her answers that were returned."""
    return Q(assigned_to=person) & (Q(state=RowState.OPEN) | RETURNED) | RETURNED & Q(proposed_by=person)


def with_nobody(person: Person) -> Q:
    """Rows that nobody in particular answers."""
    return Q(assigned_to=None, state=RowState.OPEN)


def to_approve(person: Person) -> Q:
    """Proposed answers that this person may approve as the second one."""
    where = rights.within("consultation__unit", rights.paths(person, izin.CONSULTATION_APPROVE))
    own = Q(proposed_by=person) | Q(submission__author=person)
    return STANDING & Q(consultation__needs_second_person=True) & where & ~own


def to_publish(person: Person) -> Q:
    """Answers that this person may publish now."""
    where = rights.within("consultation__unit", rights.paths(person, izin.CONSULTATION_PUBLISH))
    ready = Q(state=RowState.APPROVED) | STANDING & Q(consultation__needs_second_person=False)
    return ready & where & ~Q(submission__author=person)


TASKS: dict[str, Callable[[Person], Q]] = {
    "saya": mine,
    "kosong": with_nobody,
    "setujui": to_approve,
    "terbitkan": to_publish,
}


def waiting(person: Person, task: str) -> QuerySet[MatrixRow]:
    """Rows of all matrices being filled that wait for a person in this way, without order."""
    rows = MatrixRow.objects.filter(consultation__state__in=ANSWERING)
    return rows.filter(TASKS[task](person)).select_related("consultation__unit", "submission")


def waiting_by_consultation(person: Person, task: str) -> list[tuple[Consultation, int]]:
    """Consultations in which rows wait for a person in this way, how many, those due first; two queries."""
    found = waiting(person, task).order_by().select_related(None).values_list("consultation")
    counts = dict(found.annotate(number=Count("pk")))
    rows = Consultation.objects.filter(pk__in=counts).select_related("unit")
    return [(row, counts[row.pk]) for row in rows.order_by("answer_due_at", "pk")]


def loads_of(person: Person, at: datetime) -> list[Load]:
    """What the morning letter says of matrices: how much waits for her, and how much of it is past its deadline."""
    asked = [("saya", gettext_noop("Rows of consultations to answer"))]
    if rights.can(person, izin.CONSULTATION_APPROVE):
        asked.append(("setujui", gettext_noop("Answers of consultations to approve")))
    return [Load(what, *_counts(waiting(person, task), at)) for task, what in asked]


def _counts(rows: QuerySet[MatrixRow], at: datetime) -> tuple[int, int]:
    late = Count("pk", filter=Q(consultation__answer_due_at__lt=at))
    found = rows.order_by().aggregate(all=Count("pk"), late=late)
    return found["all"], found["late"]
