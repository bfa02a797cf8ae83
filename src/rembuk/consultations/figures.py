"""Heard, considered, explained (PRODUCT.md), and the answer deadline of consultations: read, never changed.

What people said, counted: ``totals``.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import connection

from rembuk.consultations.models import Consultation
from rembuk.consultations.schedule import is_over
from rembuk.consultations.states import State
from rembuk.workdays.clock import remaining

# A submission is considered once every row has a verdict proposed or further, explained once all are published.
# Whoever can't be told (``selectors.reachable_authors``) is counted apart, offline submissions and others.
_FIGURES = """
    WITH said AS (
        SELECT s.consultation_id, s.state, s.channel <> 'web' AS is_offline, s.is_name_masked, s.is_rechecking,
               a.id IS NOT NULL AND a.deleted_at IS NULL AND coalesce(a.email, a.sign_in_name, '') <> ''
                   AND u.person_id IS NULL AS is_reachable,
               coalesce(r.made, 0) AS made, coalesce(r.published, 0) AS published,
               s.state IN ('sent', 'held', 'not_shown') AS is_counted,
               coalesce(r.made = r.decided, false) AS is_considered,
               coalesce(r.made = r.published, false) AS is_answered
        FROM consultations_submission s
        LEFT JOIN accounts_person a ON a.id = s.author_id
        LEFT JOIN notifications_unreachable u ON u.person_id = s.author_id
        LEFT JOIN (
            SELECT submission_id, count(*) AS made, count(*) FILTER (WHERE state <> 'open') AS decided,
                   count(*) FILTER (WHERE state = 'published') AS published
            FROM consultations_matrixrow WHERE consultation_id = ANY(%(keys)s) GROUP BY submission_id
        ) r ON r.submission_id = s.id
        WHERE s.consultation_id = ANY(%(keys)s) AND s.state <> 'draft'
    )
    SELECT consultation_id,
           count(*) FILTER (WHERE is_counted),
           count(*) FILTER (WHERE is_counted AND is_considered),
           count(*) FILTER (WHERE is_counted AND is_answered AND is_reachable),
           count(*) FILTER (WHERE is_counted AND is_answered AND NOT is_reachable AND NOT is_offline),
           count(*) FILTER (WHERE is_counted AND is_answered AND NOT is_reachable AND is_offline),
           count(*) FILTER (WHERE is_counted AND is_answered),
           count(*) FILTER (WHERE is_counted AND is_offline),
           count(*) FILTER (WHERE is_counted AND is_name_masked),
           count(*) FILTER (WHERE state = 'not_shown'),
           count(*) FILTER (WHERE state = 'held'),
           count(*) FILTER (WHERE state = 'held' OR is_counted AND is_rechecking),
           count(*) FILTER (WHERE state = 'withdrawn'),
           coalesce(sum(made) FILTER (WHERE is_counted), 0)::int,
           coalesce(sum(published) FILTER (WHERE is_counted), 0)::int
    FROM said GROUP BY consultation_id
"""


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts of submissions; ``heard`` is N, offline, held and not shown ones among it, withdrawn ones not.

    ``explained`` were told every answer; ``unreachable`` and ``offline_answered`` have every answer published, but
    nobody could be told; ``answered`` is all three. ``unread`` wait for a moderator, held or changed since they were
    shown. ``days_left`` are working days: negative when late, 0 today, ``None`` without a running deadline.
    """

    heard: int = 0
    considered: int = 0
    explained: int = 0
    unreachable: int = 0
    offline_answered: int = 0
    answered: int = 0
    offline: int = 0
    masked: int = 0
    not_shown: int = 0
    held: int = 0
    unread: int = 0
    withdrawn: int = 0
    rows: int = 0
    rows_published: int = 0
    due_at: datetime | None = None
    days_left: int | None = None

    @property
    def is_overdue(self) -> bool:
        """Whether the answer deadline has passed while it is not concluded."""
        return self.days_left is not None and self.days_left < 0

    @property
    def considered_percent(self) -> int:
        """Share of the heard that were considered, 0 to 100, rounded down so that 100 means all."""
        return share(self.considered, self.heard)

    @property
    def explained_percent(self) -> int:
        """Share of the heard that were explained, 0 to 100, rounded down so that 100 means all."""
        return share(self.explained, self.heard)


def figures_of(consultation: Consultation, at: datetime) -> Figures:
    """The figures of one consultation at an instant, in one statement."""
    return figures_of_many([consultation], at)[consultation.pk]


def figures_of_many(consultations: Collection[Consultation], at: datetime) -> dict[int, Figures]:
    """The figures of each by its id, in one statement for all."""
    with connection.cursor() as cursor:
        cursor.execute(_FIGURES, {"keys": [one.pk for one in consultations]})
        counts = {row[0]: Figures(*row[1:]) for row in cursor.fetchall()}
    return {
        one.pk: replace(counts.get(one.pk, Figures()), due_at=one.answer_due_at, days_left=days_left(one, at))
        for one in consultations
    }


def days_left(consultation: Consultation, at: datetime) -> int | None:
    """Working days left to answer, as ``clock_tag`` shows them; ``None`` before closing and once it is concluded."""
    due = consultation.answer_due_at
    if due is None or consultation.state == State.CONCLUDED or not is_over(consultation, at):
        return None
    rest = remaining(due, at, consultation.tz)
    return -max(1, rest.days) if rest.overdue else rest.days


def share(part: int, whole: int) -> int:
    """A share in percent, rounded down: 100 means all, and of nothing it is 0."""
    return part * 100 // whole if whole else 0
