"""Small answers that several areas give."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

OF_NETWORK = "Limit-Of-Network"
"""The header of a refusal that everybody at the same network would get, in a page with nothing of whoever asked."""


class SeeOther(HttpResponseRedirect):
    """303: the act is done, read on there (RFC 9110, 15.4.4)."""

    status_code = 303


def see_other(request: HttpRequest, url: str, flash: str = "") -> HttpResponse:
    """Lead on after a successful POST, with a flash message for signed-in people only.

    A visitor's message would need a session cookie on pages that are the same for everybody.
    """
    if flash and request.user.is_authenticated:
        messages.success(request, flash)
    return SeeOther(url)
