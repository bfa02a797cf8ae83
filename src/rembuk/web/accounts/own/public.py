"""The own page: one's proposals, submissions, comments, supports and follows. Notices are in ``web.notifications``."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from rembuk.common import clock
from rembuk.consultations.writing.own import own_submissions
from rembuk.engagement import selectors as engagement
from rembuk.proposals import selectors as proposals
from rembuk.web.accounts import lists
from rembuk.web.accounts.own.submissions import submission_rows
from rembuk.web.accounts.pages import page
from rembuk.web.guards import PersonRequest, signed_in
from rembuk.web.paging import Keyset

NEWEST = Keyset(("-id",), size=20)


@signed_in
def profile(request: PersonRequest) -> HttpResponse:
    """Own proposals, drafts among them."""
    found = NEWEST.page(proposals.own(request.user), request.GET.get("after"))
    return _tab(request, "accounts:profile", found.next_token, cards=lists.proposal_cards(found.items))


@signed_in
def submissions(request: PersonRequest) -> HttpResponse:
    """What the person said in consultations, drafts among them, with how far it is answered."""
    found = NEWEST.page(own_submissions(request.user), request.GET.get("after"))
    rows = submission_rows(found.items, clock.now())
    return _tab(request, "accounts:submissions", found.next_token, rows=rows)


@signed_in
def comments(request: PersonRequest) -> HttpResponse:
    """Own comments."""
    found = NEWEST.page(engagement.written_by(request.user), request.GET.get("after"))
    return _tab(request, "accounts:comments", found.next_token, rows=lists.comment_rows(found.items))


@signed_in
def supports(request: PersonRequest) -> HttpResponse:
    """Own votes that stand."""
    found = NEWEST.page(engagement.supported_by(request.user), request.GET.get("after"))
    return _tab(request, "accounts:supports", found.next_token, rows=lists.support_rows(found.items))


@signed_in
def follows(request: PersonRequest) -> HttpResponse:
    """What the person follows."""
    found = NEWEST.page(engagement.followed_by(request.user), request.GET.get("after"))
    return _tab(request, "accounts:follows", found.next_token, rows=lists.follow_rows(found.items))


def _tab(request: PersonRequest, route: str, token: str, **rows: Any) -> HttpResponse:
    name = route.partition(":")[2]
    return page(
        request,
        name,
        title=_("My page"),
        tabs=lists.tabs(request.user, route),
        next_url=lists.next_url(request, token),
        first_url=request.path if "after" in request.GET else "",
        **rows,
    )
