"""Two who ask the same at once and both wait for the same row: the second finds it done, and nothing is told twice."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection, connections, transaction

from rembuk.audit.models import AuditEntry
from rembuk.consultations.actions import clockwork
from rembuk.consultations.actions.taking import drafts, submit
from rembuk.consultations.models import Consultation
from rembuk.notifications.models import Notice
from tests import consultation_scenes as scenes
from tests import people, program_scenes
from tests.scenes import regency

pytestmark = pytest.mark.django_db(transaction=True)
_WAITING = (
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
)


def held_up(made: Consultation, *acts: Callable[[], object]) -> list[object]:
    """What each act returned, all begun while the row of the consultation is locked and let go once all wait for it."""

    def run(act: Callable[[], object]) -> object:
        try:
            return act()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        with transaction.atomic():
            Consultation.objects.select_for_update().get(pk=made.pk)
            begun = [pool.submit(run, act) for act in acts]
            deadline = time.monotonic() + 20
            while _waiting() < len(acts) and time.monotonic() < deadline:
                time.sleep(0.01)
            assert [one.done() for one in begun] == [False] * len(acts), "the acts do not wait"
        return [one.result(timeout=30) for one in begun]


def _waiting() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute(_WAITING)
        (number,) = cursor.fetchone()
    return int(number)


def test_two_workers_remind_once() -> None:
    made, follower = scenes.opened(regency()), people.citizen()
    program_scenes.follow(made.subject, follower)
    assert made.closes_at is not None
    moment = made.closes_at - timedelta(days=1)

    def remind() -> int:
        return clockwork.remind(at=moment)

    assert sorted(map(str, held_up(made, remind, remind))) == ["0", "1"]
    assert Notice.objects.filter(event__kind="consultation.closing", person_id=follower.pk).count() == 1
    assert AuditEntry.objects.filter(verb="consultation.reminded").count() == 1


def test_change_pressed_twice_at_once_makes_one_version() -> None:
    made, sari = scenes.opened(regency()), people.citizen()
    sent = scenes.sent(made, sari)
    drafts.save_working(made, lambda said: replace(said, reason="Jadwal pagi saja."), by=sari)

    def change() -> int:
        return submit.change_submission(sent, by=sari).version

    assert held_up(made, change, change) == [2, 2]
    sent.refresh_from_db()
    assert (sent.reason, list(sent.versions.order_by("number").values_list("number", flat=True))) == (
        "Jadwal pagi saja.",
        [1, 2],
    )
    assert AuditEntry.objects.filter(verb="submission.changed").count() == 1
    assert Notice.objects.filter(event__kind="submission.change_received", person_id=sari.pk).count() == 1
