"""Between the printed code and the password of one's own: this browser has given the right code a moment ago."""

from typing import Any

from django.http import HttpRequest

from rembuk.accounts.models import OneTimeCode
from rembuk.common import clock

LASTS = 20 * 60
_KEY = "first_use"


def begin(request: HttpRequest, code: OneTimeCode, *, way_back: str) -> None:
    """Remember the right code in this browser, under a new session key."""
    request.session.cycle_key()
    request.session[_KEY] = {"code": code.pk, "at": int(clock.now().timestamp()), "next": way_back}


def waiting(request: HttpRequest) -> tuple[OneTimeCode | None, str]:
    """The code with which this browser may choose a password now, and the way back; none when it ended or is used."""
    kept: dict[str, Any] = request.session.get(_KEY) or {}
    moment = clock.now()
    if request.user.is_authenticated or moment.timestamp() - kept.get("at", 0) > LASTS:
        return None, ""
    found = OneTimeCode.objects.select_related("person").filter(
        pk=kept["code"], used_at=None, expires_at__gt=moment, person__is_active=True
    )
    return found.first(), kept["next"]


def end(request: HttpRequest) -> None:
    """The code is used up."""
    request.session.pop(_KEY, None)
