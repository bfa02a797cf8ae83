"""Programmes with milestones that are past their planned day; for the offices that have to act."""

from collections.abc import Collection
from datetime import date

from django.db.models import Count, OuterRef, Q

from rembuk.common.postgresql.asking import exists_row_by_row
from rembuk.programs.models import Milestone
from rembuk.programs.states import OPEN, MilestoneState


def with_overdue_milestones(today: date) -> Q:
    """Running and postponed programmes with a milestone planned to be done before today, neither done nor dropped."""
    due = Milestone.objects.filter(_overdue(today), program=OuterRef("pk"))
    # Asked of one programme after the other: as EXISTS it is joined last, after the unit of each that isn't shown.
    return Q(exists_row_by_row(due, "program"), state__in=OPEN)


def overdue_milestones(program_ids: Collection[int], today: date) -> dict[int, int]:
    """How many milestones of each running or postponed programme are overdue, in one query; those without are absent."""
    rows = Milestone.objects.filter(
        _overdue(today), program__in=program_ids, program__state__in=OPEN
    ).order_by()
    return dict(rows.values_list("program_id").annotate(n=Count("pk")))


def _overdue(today: date) -> Q:
    return Q(state__in=[MilestoneState.PLANNED, MilestoneState.ONGOING], planned_end_on__lt=today)
