"""Gives back the jobs of a worker that was killed: without this they would stay `doing` for ever.

Every task is idempotent by a key in the database, since a job given back may run a second time.
"""

import logging

from asgiref.sync import async_to_sync
from django.db import connection, transaction
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.manager import JobManager

from rembuk.common import clock

STALLED_AFTER_SECONDS = 30
_LOCK = 0x52454A4F
_log = logging.getLogger(__name__)


def recover_stalled_jobs() -> int:
    """Queue again every job whose worker gave no heartbeat for 30 seconds; return how many there were."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
            if not cursor.fetchone()[0]:
                return 0
        manager = JobManager(DjangoConnector())
        stalled = list(async_to_sync(manager.get_stalled_jobs)(seconds_since_heartbeat=STALLED_AFTER_SECONDS))
        for job in stalled:
            assert job.id is not None  # it was read from the table
            manager.retry_job_by_id(job.id, retry_at=clock.now())
            _log.warning("job_recovered", extra={"job": job.task_name, "job_id": job.id})
    return len(stalled)
