"""How many mails may be handed over in an hour: one row per hour, counted up in the claiming transaction."""

from datetime import datetime, timedelta

from django.db import connection

from rembuk.notifications.models import MailAllowance

_TAKE = """
INSERT INTO notifications_mailallowance AS a (hour, used) VALUES (%(hour)s, 1)
ON CONFLICT (hour) DO UPDATE SET used = a.used + 1 WHERE a.used < %(limit)s
RETURNING used
"""


def take(limit: int, at: datetime) -> bool:
    """Count one mail of the hour of ``at``; false when its ``limit`` is used up."""
    hour = at.replace(minute=0, second=0, microsecond=0)
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, {"hour": hour, "limit": limit})
        return limit > 0 and cursor.fetchone() is not None


def forget_old(at: datetime) -> None:
    """Remove the rows of hours long past."""
    MailAllowance.objects.filter(hour__lt=at - timedelta(days=7)).delete()
