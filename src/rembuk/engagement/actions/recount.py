"""The nightly recount: what is shown must equal the votes, row by row. A difference is an alarm and is put right.

Each recount leaves an entry with the number of differences: ``/metrics`` tells it, and how long ago that was.
"""

from dataclasses import dataclass
from datetime import datetime

import structlog
from django.db import connection, transaction

from rembuk.audit import actions as audit
from rembuk.audit.actors import SYSTEM
from rembuk.common.clock import instant
from rembuk.engagement import notices, verbs
from rembuk.engagement.actions.talk import subject_target, touch
from rembuk.engagement.models import Ballot

_log = structlog.stdlib.get_logger(__name__)

# One statement, so votes that are given meanwhile are seen whole (vote and delta) or not at all.
_DRIFT = """
    SELECT coalesce(counted.ballot_id, shown.ballot_id), coalesce(counted.choice, shown.choice),
           coalesce(counted.votes, 0), coalesce(shown.votes, 0)
    FROM (
        SELECT ballot_id, value AS choice, count(*)::int AS votes FROM engagement_vote WHERE value <> 0 GROUP BY 1, 2
    ) AS counted FULL JOIN (
        SELECT ballot_id, choice, sum(count)::int AS votes FROM (
            SELECT ballot_id, choice, count FROM engagement_tally
            UNION ALL SELECT ballot_id, choice, change FROM engagement_votedelta
        ) AS parts GROUP BY 1, 2
    ) AS shown USING (ballot_id, choice)
    WHERE coalesce(counted.votes, 0) <> coalesce(shown.votes, 0)
    ORDER BY 1, 2
"""
_CORRECT = """
    INSERT INTO engagement_tally AS tally (ballot_id, choice, count) VALUES (%s, %s, %s)
    ON CONFLICT (ballot_id, choice) DO UPDATE SET count = tally.count + excluded.count
"""


@dataclass(frozen=True, slots=True)
class Drift:
    """A choice of a ballot whose shown count differs from its votes."""

    ballot_id: int
    choice: int
    counted: int
    shown: int


def find_drift() -> list[Drift]:
    """Where tally and unfolded deltas differ from the votes; nothing is changed."""
    with connection.cursor() as cursor:
        cursor.execute(_DRIFT)
        return [Drift(*row) for row in cursor.fetchall()]


def recount(*, at: datetime | None = None) -> list[Drift]:
    """Compare every tally with its votes; what differs is logged as an error, put right and written to the trail, and
    those who read the system log of the whole instansi are told.
    """
    with transaction.atomic():
        found = find_drift()
        for drift in found:
            _log.error(
                "tally.drift",
                ballot=drift.ballot_id,
                choice=drift.choice,
                counted=drift.counted,
                shown=drift.shown,
            )
            _correct(drift, at)
        audit.record(
            verbs.RECOUNTED,
            by=SYSTEM,
            target=audit.Target("tally", "all"),
            after={"differences": len(found)},
            at=at,
        )
        if found:
            notices.tallies_drifted(len(found), at=instant(at))
    return found


def _correct(drift: Drift, at: datetime | None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_CORRECT, [drift.ballot_id, drift.choice, drift.counted - drift.shown])
    ballot = Ballot.objects.select_related("subject__unit").get(pk=drift.ballot_id)
    touch(ballot.subject)
    audit.record(
        verbs.TALLY_CORRECTED,
        by=SYSTEM,
        target=subject_target(ballot.subject),
        before={"choice": drift.choice, "votes": drift.shown},
        after={"choice": drift.choice, "votes": drift.counted},
        at=at,
    )
