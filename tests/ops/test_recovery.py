"""Jobs of a killed worker are queued again; those of a living one are left alone."""

import pytest
from django.db import connection

from rembuk.ops.recovery import recover_stalled_jobs

pytestmark = pytest.mark.django_db


def job_of_worker(silent_seconds: int | None) -> int:
    """A job in progress whose worker was last heard of so long ago, or is gone altogether."""
    with connection.cursor() as cursor:
        worker = None
        if silent_seconds is not None:
            cursor.execute(
                "INSERT INTO procrastinate_workers (last_heartbeat)"
                " VALUES (clock_timestamp() - make_interval(secs => %s)) RETURNING id",
                [silent_seconds],
            )
            (worker,) = cursor.fetchone()
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, status, args, worker_id)"
            " VALUES ('default', 'some.task', 'doing', '{}', %s) RETURNING id",
            [worker],
        )
        (job,) = cursor.fetchone()
    return int(job)


def status_of(job: int) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT status FROM procrastinate_jobs WHERE id = %s", [job])
        (status,) = cursor.fetchone()
    return str(status)


@pytest.mark.parametrize(
    ("silent_seconds", "status"), [(5, "doing"), (29, "doing"), (31, "todo"), (3600, "todo"), (None, "todo")]
)
def test_job_is_queued_again_when_its_worker_is_silent(silent_seconds, status):
    job = job_of_worker(silent_seconds)
    assert recover_stalled_jobs() == (status == "todo")
    assert status_of(job) == status


def test_second_look_finds_nothing_more():
    job_of_worker(60)
    recover_stalled_jobs()
    assert recover_stalled_jobs() == 0
