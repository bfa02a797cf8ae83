"""What a visitor typed before signing in: kept in the session of her browser until it is sent, page by page."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from rembuk.web.answers import SeeOther
from rembuk.web.sending.keys import NOT_CONTENT

_KEPT = "voices"
_MOST, _LONGEST, _FIELDS = 4, 2000, 16
_LEFT_OUT = NOT_CONTENT | {"kept"}


def keep_and_sign_in(request: HttpRequest) -> HttpResponse:
    """Remember what was typed on this page, lead to sign-in, and from there back to it."""
    pairs = [(name, value) for name, value in request.POST.items() if name not in _LEFT_OUT]
    typed = {str(name)[:40]: str(value)[:_LONGEST] for name, value in pairs[:_FIELDS]}
    others = {path: held for path, held in _all(request).items() if path != request.path}
    request.session[_KEPT] = {**dict(list(others.items())[1 - _MOST :]), request.path: typed}
    return SeeOther(sign_in_url(request))


def sign_in_url(request: HttpRequest) -> str:
    """The sign-in page that leads back here."""
    return f"{reverse('account_login')}?{urlencode({'next': request.path})}"


def kept(request: HttpRequest) -> dict[str, Any]:
    """What was typed on this page before signing in."""
    return dict(_all(request).get(request.path, {}))


def forget(request: HttpRequest) -> None:
    """Let go of it: it was sent."""
    if request.path in _all(request):
        request.session[_KEPT] = {path: held for path, held in _all(request).items() if path != request.path}


def _all(request: HttpRequest) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = request.session.get(_KEPT, {})
    return found
