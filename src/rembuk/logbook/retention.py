"""Ending the life of old log records. How long they are kept is a setting of the instansi."""

from datetime import datetime, timedelta

from django.db import transaction

from rembuk.common.clock import instant

from .models import LogRecord

BATCH = 5000


def prune(older_than_days: int, *, at: datetime | None = None) -> int:
    """Delete records older than that many days, in batches of their own; returns how many went."""
    limit = instant(at) - timedelta(days=older_than_days)
    gone = 0
    while True:
        with transaction.atomic():
            oldest = LogRecord.objects.filter(at__lt=limit).order_by("at").values("pk")[:BATCH]
            deleted, _by_model = LogRecord.objects.filter(
                pk__in=list(oldest.values_list("pk", flat=True))
            ).delete()
        gone += deleted
        if deleted < BATCH:
            return gone
