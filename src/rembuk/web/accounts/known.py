"""Browsers that have signed in to an account before: others' wrong tries never keep them out.

A cookie that only the sign-in page gets back names the accounts by their fingerprint. It lets nobody in; it only
moves the tries of this browser out of the counts that it shares with others (OWASP, "device cookies").
"""

import secrets
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

NAME = "rembuk_known"
LASTS = 180 * 24 * 3600
_SALT = "rembuk.web.accounts.known"
# People who share a browser: a family, a village's kiosk.
_MOST = 12


def browser_of(request: HttpRequest, who: str) -> str:
    """The mark of this browser, if it has signed in to the account ``who`` before; else empty."""
    return _marks(request).get(who, "")


def remember(request: HttpRequest, response: HttpResponse, who: str) -> None:
    """Note with the answer that this browser has signed in to the account ``who``."""
    marks = {key: mark for key, mark in _marks(request).items() if key != who}
    kept = dict(list(marks.items())[-(_MOST - 1) :])
    kept[who] = browser_of(request, who) or secrets.token_hex(8)
    response.set_cookie(
        NAME,
        signing.dumps(kept, salt=_SALT),
        max_age=LASTS,
        path=reverse("account_login"),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )


def _marks(request: HttpRequest) -> dict[str, str]:
    try:
        marks: Any = signing.loads(request.COOKIES.get(NAME, ""), salt=_SALT, max_age=LASTS)
    except signing.BadSignature:
        return {}
    return marks if isinstance(marks, dict) else {}
