"""The worker's jobs do what their names say, and twice does no harm."""

from datetime import timedelta

from django.core import mail

from rembuk.common.clock import now
from rembuk.notifications import tasks
from rembuk.notifications.models import Event

from .conftest import FOLLOWED, SARI, Tell


def test_deliver_event_run_twice_mails_once(tell: Tell) -> None:
    tell(at=now())
    for _run in range(2):
        tasks.deliver_event(event_id=Event.objects.get().pk)
    assert [message.to for message in mail.outbox] == [["sari@contoh.id"]]


def test_deliver_event_that_was_removed_is_no_error(tell: Tell) -> None:
    tasks.deliver_event(event_id=1)
    assert mail.outbox == []


def test_deliver_waiting_sends_the_daily_letter_that_is_due(tell: Tell) -> None:
    tell(kind=FOLLOWED, to=[SARI], at=now() - timedelta(days=2))
    tasks.deliver_waiting(timestamp=0)
    assert len(mail.outbox) == 1


def test_prune_notices_removes_what_is_older_than_two_years(tell: Tell) -> None:
    tell(at=now() - timedelta(days=731))
    tasks.prune_notices(timestamp=0)
    assert not Event.objects.exists()
