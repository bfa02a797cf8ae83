"""What came in and what was answered in a stretch of time, for a unit and all below it; ``path=None`` is everything.

Spans are half open: ``since`` is in, ``until`` is out. The three figures of a stretch: ``figures.three_figures``.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from rembuk.proposals.models import Proposal
from rembuk.proposals.selectors import overdue

_RECEIVED = """
    SELECT p.source, p.channel, p.state, count(*) FROM proposals_proposal p
    LEFT JOIN workunits_workunit u ON u.id = p.unit_id
    WHERE p.submitted_at >= %(since)s AND p.submitted_at < %(until)s
      AND (%(path)s::text IS NULL OR starts_with(u.path, %(path)s))
    GROUP BY 1, 2, 3
"""
_DECISIONS = """
    SELECT d.step, count(*) FROM proposals_decision d
    JOIN proposals_proposal p ON p.id = d.proposal_id LEFT JOIN workunits_workunit u ON u.id = p.unit_id
    WHERE d.at >= %(since)s AND d.at < %(until)s
      AND d.step IN ('publish', 'return', 'reject', 'mark_duplicate', 'hide', 'appeal')
      AND (%(path)s::text IS NULL OR starts_with(u.path, %(path)s))
    GROUP BY 1
"""
_ANSWERS = """
    WITH given AS (
        SELECT a.kind, a.at > p.answer_due_at AS is_late, a.at - p.submitted_at AS took
        FROM proposals_officialanswer a
        JOIN proposals_proposal p ON p.id = a.proposal_id LEFT JOIN workunits_workunit u ON u.id = p.unit_id
        WHERE a.at >= %(since)s AND a.at < %(until)s
          AND (%(path)s::text IS NULL OR starts_with(u.path, %(path)s))
    )
    SELECT kind, count(*), count(*) FILTER (WHERE is_late),
           (SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM took)) FROM given)
    FROM given GROUP BY kind
"""


@dataclass(frozen=True, slots=True)
class Received:
    """Proposals sent in a stretch, by (source, channel; ``""`` is this site) and by the state they have now."""

    by_way: dict[tuple[str, str], int]
    by_state: dict[str, int]

    @property
    def n(self) -> int:
        """All of them."""
        return sum(self.by_way.values())


@dataclass(frozen=True, slots=True)
class Answers:
    """Official answers given in a stretch: by kind, how many after their deadline, and the median days from sending."""

    by_kind: dict[str, int]
    late: int
    days: int | None

    @property
    def n(self) -> int:
        """All of them."""
        return sum(self.by_kind.values())


def received(path: str | None, since: datetime, until: datetime) -> Received:
    """What was sent, in one statement."""
    by_way: dict[tuple[str, str], int] = {}
    by_state: dict[str, int] = {}
    for source, channel, state, count in _rows(_RECEIVED, path, since, until):
        by_way[source, channel] = by_way.get((source, channel), 0) + count
        by_state[state] = by_state.get(state, 0) + count
    return Received(by_way, by_state)


def decisions(path: str | None, since: datetime, until: datetime) -> dict[str, int]:
    """What moderators decided, and the appeals against it, by step; in one statement."""
    return dict(_rows(_DECISIONS, path, since, until))


def answers(path: str | None, since: datetime, until: datetime) -> Answers:
    """What was answered, in one statement."""
    rows = list(_rows(_ANSWERS, path, since, until))
    return Answers(
        by_kind={kind: count for kind, count, _late, _took in rows},
        late=sum(late for _kind, _count, late, _took in rows),
        days=round(float(rows[0][3]) / 86_400) if rows else None,
    )


def overdue_now(path: str | None, moment: datetime) -> int:
    """Proposals past the deadline of their answer at an instant and without one."""
    rows = Proposal.objects.filter(overdue(moment))
    return (rows if path is None else rows.filter(unit__path__startswith=path)).count()


def _rows(sql: str, path: str | None, since: datetime, until: datetime) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, {"path": path, "since": since, "until": until})
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found
