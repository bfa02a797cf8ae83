"""Around every POST: which form it is, how it was answered, and the answer to whoever sends the same form again."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from rembuk.accounts import limits
from rembuk.audit import sendings
from rembuk.audit.sendings import AlreadySent, Answer, Sent
from rembuk.web.sending.again import answer_again, lead_to_look
from rembuk.web.sending.keys import key_of

type GetResponse = Callable[[HttpRequest], HttpResponse]

_SENT = "sent_form"
_REFUSALS = frozenset({403, 404, 409, 422, 429})


class RememberSending:
    """Outside of the session: what the first request leaves in it is saved before its answer can be found."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method != "POST":
            return self.get_response(request)
        with sendings.during(Sent(lambda: key_of(request))) as sent, limits.counting():
            setattr(request, _SENT, sent)
            response = self.get_response(request)
            sendings.keep_answer(sent, Answer(response.status_code, response.headers.get("Location", "")))
        return response


class AnswerAgain:
    """Inside of session and messages: the second sending of a form is answered as the first.

    Whether it is one shows where its deed would be written, or in that it did nothing: what the first has done stands
    in the way of the second.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method == "POST" and _is_idle(getattr(request, _SENT), response):
            return answer_again(request, getattr(request, _SENT)) or response
        return response

    def process_view(self, request: HttpRequest, *_view: object) -> None:
        """Read files for their key before the view does, which may close them."""
        if request.method == "POST" and request.FILES:
            getattr(request, _SENT).key  # noqa: B018 - asked for once, kept

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponseBase | None:
        """The answer to a form whose deed another request has done."""
        if isinstance(error, AlreadySent):
            # The first may have been refused since, and has left no answer.
            return answer_again(request, getattr(request, _SENT)) or lead_to_look(request)
        return None


def _is_idle(sent: Sent, response: HttpResponse) -> bool:
    """Whether the request has done no deed: it was refused, or found nothing to do."""
    if sent.has_claimed or sent.in_parts:
        return False
    return response.status_code in _REFUSALS or (response.status_code < 400 and not sent.has_repeated)
