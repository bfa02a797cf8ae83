"""Two staff members at the same instant: one announces or extends, the other reads who was faster; nothing is told twice."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connections

from rembuk.common.errors import WrongState
from rembuk.consultations.actions import clockwork, schedule
from rembuk.consultations.models import Consultation
from rembuk.notifications.models import Notice
from tests import consultation_scenes as scenes
from tests import people, program_scenes
from tests.scenes import regency

pytestmark = pytest.mark.django_db(transaction=True)
DAY = timedelta(days=1)


def at_once(*acts: Callable[[], object]) -> list[str]:
    """Run the acts at the same moment; the names of what they raised, and ``done``."""
    barrier, outcomes = threading.Barrier(len(acts)), []

    def run(act: Callable[[], object]) -> None:
        barrier.wait()
        try:
            act()
            outcomes.append("done")
        except WrongState as refusal:
            outcomes.append(type(refusal).__name__)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return sorted(outcomes)


def test_two_staff_announcing_at_once_announce_it_once() -> None:
    place = regency()
    first, second = scenes.manager(place), scenes.manager(place, "Joko Susilo")
    made = scenes.draft(place)
    Consultation.objects.filter(pk=made.pk).update(
        opens_at=made.created_at + DAY, closes_at=made.created_at + 9 * DAY
    )
    program_scenes.follow(made.subject, people.citizen())

    outcomes = at_once(lambda: schedule.announce(made, by=first), lambda: schedule.announce(made, by=second))

    assert outcomes == ["AlreadyDecided", "done"]
    assert made.events.count() == 1
    assert Notice.objects.filter(event__kind="consultation.announced").count() == 1


def test_workers_and_an_office_at_the_closing_instant_close_it_once() -> None:
    place = regency()
    made = scenes.opened(place)
    scenes.sent(made)
    person = scenes.manager(place)
    Consultation.objects.filter(pk=made.pk).update(closes_at=made.opens_at + DAY)
    later = made.opens_at + 30 * DAY

    outcomes = at_once(
        clockwork.follow_clock,
        clockwork.follow_clock,
        lambda: schedule.extend(made, closes_at=later, reason=scenes.REASON, by=person),
    )

    made.refresh_from_db()
    assert outcomes == ["WrongState", "done", "done"]
    assert (made.state, made.rows.count(), made.events.filter(step="close").count()) == ("closed", 1, 1)
