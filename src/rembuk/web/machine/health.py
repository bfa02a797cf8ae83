"""Does the database answer, does a worker live, how long are the queues: read with short statements."""

from dataclasses import dataclass

from django.db import connection
from django.db.utils import Error

from rembuk.engagement.verbs import RECOUNTED

WORKER_SILENCE_SECONDS = 60

_WORKER = "SELECT extract(epoch FROM clock_timestamp() - max(last_heartbeat)) FROM procrastinate_workers"
_JOBS = "SELECT status::text, count(*) FROM procrastinate_jobs WHERE status <> 'succeeded' GROUP BY status"
_OLDEST = """
    SELECT coalesce(extract(epoch FROM clock_timestamp() - min(coalesce(job.scheduled_at, deferred.at))), 0)
    FROM procrastinate_jobs job
    JOIN procrastinate_events deferred ON deferred.job_id = job.id AND deferred.type = 'deferred'
    WHERE job.status = 'todo' AND coalesce(job.scheduled_at, '-infinity') <= clock_timestamp()
"""
_DELTA = """
    SELECT coalesce(max(extract(epoch FROM clock_timestamp() - first.at)), 0)
    FROM (SELECT at FROM engagement_votedelta ORDER BY id LIMIT 1) AS first
"""
_RECOUNT = """
    SELECT extract(epoch FROM clock_timestamp() - at), (after ->> 'differences')::int
    FROM audit_entry WHERE verb = %s ORDER BY at DESC LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class Recount:
    """The latest recount of votes: how long ago, and how many counts it had to put right."""

    seconds: float
    differences: int


@dataclass(frozen=True, slots=True)
class Health:
    """What a probe learns. `worker_seconds` is the age of the latest heartbeat, None without any worker; `recount` is
    None before the first one.
    """

    has_database: bool
    worker_seconds: float | None = None
    jobs: tuple[tuple[str, int], ...] = ()
    oldest_job_seconds: float = 0.0
    oldest_delta_seconds: float = 0.0
    recount: Recount | None = None

    @property
    def has_worker(self) -> bool:
        """Whether a worker gave a sign within the last minute."""
        return self.worker_seconds is not None and self.worker_seconds < WORKER_SILENCE_SECONDS

    @property
    def is_ready(self) -> bool:
        """Whether the site can serve people and work off what they start."""
        return self.has_database and self.has_worker


def look() -> Health:
    """Ask the database; a failure of any kind means it is not there."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(_WORKER)
            (seconds,) = cursor.fetchone()
            cursor.execute(_JOBS)
            jobs = tuple(cursor.fetchall())
            cursor.execute(_OLDEST)
            (oldest,) = cursor.fetchone()
            cursor.execute(_DELTA)
            (delta,) = cursor.fetchone()
            cursor.execute(_RECOUNT, [RECOUNTED.key])
            counted = cursor.fetchone()
    except Error:
        return Health(has_database=False)
    worker = None if seconds is None else float(seconds)
    recount = Recount(max(0.0, float(counted[0])), counted[1]) if counted else None
    return Health(True, worker, jobs, max(0.0, float(oldest)), max(0.0, float(delta)), recount)
