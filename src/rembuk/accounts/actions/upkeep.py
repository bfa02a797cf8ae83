"""Removing what has ended: sessions, counts of limits. No audit: nothing that anybody did is lost."""

from datetime import datetime, timedelta

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef

from rembuk.accounts import limits
from rembuk.common.clock import instant

KEEP_LIMITS = timedelta(days=1)


def forget_ended_sessions(*, at: datetime | None = None) -> int:
    """Delete sessions past their end with what is known of their browsers; returns how many sessions went."""
    gone, _kinds = Session.objects.filter(expire_date__lte=instant(at)).delete()
    UserSession.objects.filter(~Exists(Session.objects.filter(session_key=OuterRef("session_key")))).delete()
    return gone


def forget_old_limits(*, at: datetime | None = None) -> int:
    """Delete counts whose window began more than a day ago; returns how many."""
    return limits.forget_old(before=instant(at) - KEEP_LIMITS)
