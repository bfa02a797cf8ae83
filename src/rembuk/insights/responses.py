"""How quickly a unit and all below it answers: the median from sending to the first official answer, and the share in time."""

from dataclasses import dataclass
from typing import Any

from django.core.cache import caches
from django.db import connection

from rembuk.consultations.figures import share
from rembuk.consultations.selectors import listing as consultations
from rembuk.programs import selectors as programs
from rembuk.proposals.states import LISTED
from rembuk.workunits.models import WorkUnit

KEEP_SECONDS = 60

# Due: the deadline has passed, or the answer is out. In time: the first answer was out before its deadline.
_RESPONSES = """
    SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM p.explained_at - p.submitted_at))
               FILTER (WHERE p.explained_at IS NOT NULL),
           count(p.explained_at),
           count(*) FILTER (WHERE p.answer_due_at IS NOT NULL
               AND (p.explained_at IS NOT NULL OR p.answer_due_at < clock_timestamp()
                   AND p.state IN ('published', 'reviewing'))),
           count(*) FILTER (WHERE p.explained_at <= p.answer_due_at),
           count(*) FILTER (WHERE p.state IN ('published', 'reviewing') AND p.answer_due_at < clock_timestamp()),
           count(*) FILTER (WHERE p.state = ANY(%(listed)s))
    FROM proposals_proposal p
    JOIN workunits_workunit u ON u.id = p.unit_id
    WHERE p.submitted_at IS NOT NULL AND u.path LIKE %(path)s
"""


@dataclass(frozen=True, slots=True)
class Responses:
    """Answers of a unit and all below; ``due`` counts those whose answer is out or overdue, ``in_time`` is part of it."""

    days: int | None
    answered: int
    due: int
    in_time: int
    overdue: int
    proposals: int
    programs: int
    consultations: int

    @property
    def in_time_percent(self) -> int:
        """Share of the due that were answered in time, 0 to 100, rounded down."""
        return share(self.in_time, self.due)


def responses(unit: WorkUnit) -> Responses:
    """The figures now, in three statements; counts are those of the public lists under the filter of this unit."""
    params: dict[str, Any] = {"path": f"{unit.path}%", "listed": sorted(LISTED)}
    with connection.cursor() as cursor:
        cursor.execute(_RESPONSES, params)
        seconds, answered, due, in_time, overdue, listed = cursor.fetchone()
    return Responses(
        days=None if seconds is None else round(float(seconds) / 86_400),
        answered=answered,
        due=due,
        in_time=in_time,
        overdue=overdue,
        proposals=listed,
        programs=programs.listed().filter(unit__path__startswith=unit.path).count(),
        consultations=consultations.listed().filter(unit__path__startswith=unit.path).count(),
    )


def kept_responses(unit: WorkUnit) -> Responses:
    """The same, at most a minute old: for pages that everybody opens."""
    key = f"responses:{unit.pk}"
    kept: Responses | None = caches["memory"].get(key)
    if kept is None:
        kept = responses(unit)
        caches["memory"].set(key, kept, KEEP_SECONDS)
    return kept
