"""Removing what has ended: sessions, counts of limits. No audit: nothing that anybody did is lost."""

from datetime import datetime, timedelta

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef, Q

from rembuk.accounts import limits
from rembuk.accounts.sessions.limits import WHOLE
from rembuk.common.clock import instant

KEEP_LIMITS = timedelta(days=1)


def forget_ended_sessions(*, at: datetime | None = None) -> int:
    """Delete sessions past their end with what is known of their browsers; returns how many sessions went.

    Using a session moves the end of its row on, so those that began too long ago go as well.
    """
    moment = instant(at)
    too_long = UserSession.objects.filter(created_at__lte=moment - WHOLE).values("session_key")
    ended = Q(expire_date__lte=moment) | Q(session_key__in=too_long)
    gone, _kinds = Session.objects.filter(ended).delete()
    UserSession.objects.filter(~Exists(Session.objects.filter(session_key=OuterRef("session_key")))).delete()
    return gone


def forget_old_limits(*, at: datetime | None = None) -> int:
    """Delete counts whose window began more than a day ago; returns how many."""
    return limits.forget_old(before=instant(at) - KEEP_LIMITS)
