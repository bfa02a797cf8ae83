"""Notices of the demonstration: old ones are read, and only the newest become mails.

Months of history would otherwise be mailed at once when the worker starts.
"""

from datetime import datetime, timedelta

from django.db import connection
from django.db.models import F

from rembuk.notifications.models import Delivery, DeliveryState, Event, Frequency, Notice
from rembuk.notifications.sending import delivery

_UNREAD_FOR = timedelta(days=6)
_MOST_MAILS, _MOST_LETTERS = 30, 12


def let_rest(now: datetime) -> None:
    """Mark older notices as read and set aside all mails but the newest; takes back the jobs that would send."""
    old = Event.objects.filter(created_at__lt=now - _UNREAD_FOR)
    Notice.objects.filter(event__in=old.values("pk"), read_at=None).update(read_at=now - _UNREAD_FOR)
    waiting = Delivery.objects.filter(state=DeliveryState.QUEUED)
    mails = waiting.filter(frequency=Frequency.INSTANTLY).order_by("-due_at", "-pk")[:_MOST_MAILS]
    letters = waiting.filter(frequency=Frequency.DAILY, due_at__lte=now).order_by("-due_at", "-pk")
    kept = {*mails.values_list("pk", flat=True), *letters.values_list("pk", flat=True)[:_MOST_LETTERS]}
    ahead = waiting.filter(due_at__gt=now).values_list("pk", flat=True)
    waiting.exclude(pk__in=kept | set(ahead)).update(
        state=DeliveryState.SKIPPED, problem="demo", changed_at=F("due_at")
    )
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs WHERE task_name = 'notifications.deliver_event'")


def send_newest() -> int:
    """Write the mails that were kept to files at once; returns how many."""
    return delivery.send_waiting()
