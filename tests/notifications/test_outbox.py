"""One notice per person and event, in the transaction of what it tells."""

from datetime import datetime, timedelta

import pytest
from django.db import transaction
from django.db.transaction import TransactionManagementError
from procrastinate.contrib.django.models import ProcrastinateJob

from rembuk.audit.actors import Actor
from rembuk.common.clock import WIB
from rembuk.notifications import actions, outbox
from rembuk.notifications.kinds import UnknownKind
from rembuk.notifications.models import Delivery, DeliveryState, Event, Frequency, Notice

from .conftest import BUDI, FOLLOWED, NOON, OWN, SARI, Tell


def test_enqueue_tells_each_person_once_however_many_things_join(tell: Tell) -> None:
    assert tell(to=[SARI, BUDI, SARI]) == 2
    assert Notice.objects.count() == Delivery.objects.count() == 2


def test_enqueue_again_tells_only_who_was_not_told(tell: Tell) -> None:
    assert [tell(to=[SARI]), tell(to=[SARI, BUDI]), tell(to=[SARI, BUDI])] == [1, 1, 0]
    assert (Event.objects.count(), Notice.objects.count()) == (1, 2)


def test_enqueue_to_nobody_leaves_nothing(tell: Tell) -> None:
    assert tell(to=[]) == 0
    assert not Event.objects.exists()


def test_enqueue_rolled_back_leaves_neither_notice_nor_job(tell: Tell) -> None:
    with transaction.atomic():
        tell()
        transaction.set_rollback(True)
    assert not Event.objects.exists()
    assert not ProcrastinateJob.objects.filter(task_name="notifications.deliver_event").exists()


def test_enqueue_defers_one_job_for_what_is_wanted_at_once(tell: Tell) -> None:
    tell(to=[SARI, BUDI])
    tell(key="e2", kind=FOLLOWED)
    jobs = ProcrastinateJob.objects.filter(task_name="notifications.deliver_event")
    assert [job.args for job in jobs] == [{"event_id": Event.objects.get(key="e1").pk}]


@pytest.mark.django_db(transaction=True)
def test_enqueue_outside_of_a_transaction_is_refused() -> None:
    with pytest.raises(TransactionManagementError):
        outbox.enqueue("e1", kind=OWN.key, recipients=[SARI], params={}, url="/")


def test_enqueue_of_an_unknown_kind_is_refused(tell: Tell) -> None:
    with pytest.raises(UnknownKind), transaction.atomic():
        outbox.enqueue("e1", kind="trial.unheard", recipients=[SARI], params={}, url="/")


def test_enqueue_follows_what_each_person_has_chosen(tell: Tell) -> None:
    actions.choose(BUDI, {OWN.key: "never"}, by=Actor(person_id=BUDI))
    actions.choose(SARI, {FOLLOWED.key: "instantly"}, by=Actor(person_id=SARI))
    tell(to=[SARI, BUDI])
    tell(key="e2", kind=FOLLOWED, to=[SARI, BUDI])
    found = Delivery.objects.order_by("notice__event__key", "person_id").values_list("frequency", "state")
    assert list(found) == [
        (Frequency.INSTANTLY, DeliveryState.QUEUED),
        (Frequency.NEVER, DeliveryState.SKIPPED),
        (Frequency.INSTANTLY, DeliveryState.QUEUED),
        (Frequency.DAILY, DeliveryState.QUEUED),
    ]


@pytest.mark.parametrize(
    ("at", "due"),
    [
        (NOON, datetime(2026, 11, 25, 6, 0, tzinfo=WIB)),
        (NOON.replace(hour=5), datetime(2026, 11, 24, 6, 0, tzinfo=WIB)),
        (NOON.replace(hour=6), datetime(2026, 11, 25, 6, 0, tzinfo=WIB)),
    ],
)
def test_next_digest_is_six_in_the_morning(at: datetime, due: datetime) -> None:
    assert outbox.next_digest(at) == due
    assert due - at <= timedelta(days=1)
