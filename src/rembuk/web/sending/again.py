"""The answer to a form that was sent before: where the first one led, or back to the page it stood on, with a word."""

import time
from http import HTTPStatus
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.messages.storage import default_storage
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from rembuk.accounts import limits
from rembuk.audit import sendings
from rembuk.audit.sendings import Answer, Sent
from rembuk.web.accounts import ways
from rembuk.web.answers import SeeOther

# The first has written its deed and is about to answer: its page is made in milliseconds.
_TRIES, _PAUSE = 20, 0.05


def answer_again(request: HttpRequest, sent: Sent) -> HttpResponse | None:
    """The answer to a second sending; ``None`` when there was no first."""
    first = sendings.answer_of_first(sent)
    for _try in range(_TRIES):
        if first is None or first.status:
            break
        time.sleep(_PAUSE)
        first = sendings.answer_of_first(sent)
    return None if first is None else _led(request, first)


def lead_to_look(request: HttpRequest) -> HttpResponse:
    """The answer to a second sending whose first has left none: the page of the form, with the word to look."""
    return _led(request, Answer(0, ""))


def _led(request: HttpRequest, first: Answer) -> HttpResponse:
    limits.give_back()
    _tell(request, first)
    if request.headers.get("HX-Request"):
        lead = {"HX-Redirect": first.location} if first.location else {"HX-Refresh": "true"}
        return HttpResponse(status=HTTPStatus.NO_CONTENT, headers=lead)
    return SeeOther(first.location or _page_of_form(request))


def _tell(request: HttpRequest, first: Answer) -> None:
    """Say so to people with a session. It is read anew, or this request would undo what the first left in it."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES or not request.user.is_authenticated:
        return
    request.session = type(request.session)(request.session.session_key)
    request._messages = default_storage(request)  # type: ignore[attr-defined]
    is_done = first.status and first.status < HTTPStatus.INTERNAL_SERVER_ERROR
    if is_done and not first.is_old:
        # What the first has to say, or an earlier copy, says it all.
        if not messages.get_messages(request):
            messages.info(request, _("We had received this already. It was done once."))
    else:
        messages.warning(
            request, _("We had received this already. Please look how it stands before you send it again.")
        )


def _page_of_form(request: HttpRequest) -> str:
    """The page of this site that the form stood on, as the form or the browser says; else the desk, or home."""
    came = urlsplit(request.headers.get("Referer", ""))
    referrer = f"{came.path}?{came.query}".rstrip("?") if came.netloc == request.get_host() else ""
    for wanted in (request.POST.get("next", ""), referrer):
        if wanted and ways.is_safe(request, wanted):
            return wanted
    # The form's own address may take nothing but forms.
    desk = reverse("desk:home")
    return desk if request.path.startswith(desk) else reverse("home")
