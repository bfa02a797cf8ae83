"""The way back: where a person was before registering or signing in, and the drafts begun there."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from rembuk.accounts.actions import registration
from rembuk.accounts.models import Person
from rembuk.consultations.actions.taking import drafts as submissions
from rembuk.proposals.actions.submit import adopt_drafts

DRAFTS = "drafts"
"""Session key of the public ids of drafts that this browser began before signing in."""


def is_safe(request: HttpRequest, url: str) -> bool:
    """Whether an address leads to a page of this site."""
    return url_has_allowed_host_and_scheme(
        url, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )


def way_back(request: HttpRequest) -> str:
    """The path to return to, as the form or the link says it; empty when there is none or it leads away."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    return wanted if len(wanted) <= 500 and is_safe(request, wanted) else ""


def home_of(request: HttpRequest) -> str:
    """Where somebody goes on after signing in."""
    return way_back(request) or reverse("accounts:profile")


def drafts_begun(request: HttpRequest) -> tuple[str, ...]:
    """The public ids of the drafts that this browser began."""
    return tuple(request.session.get(DRAFTS, ()))


def take_over_drafts(request: HttpRequest, person: Person) -> None:
    """Make the person's own: the drafts this browser began, and those begun by the browser that registered.

    A submission begun beside one of her own stays in the session; the consultation's page asks what to do with it.
    """
    begun = [*drafts_begun(request), *registration.hand_over_drafts(person)]
    if begun:
        adopt_drafts(begun, by=person)
        left = submissions.adopt_drafts(begun, by=person)
        request.session.pop(DRAFTS, None)
        if left:
            request.session[DRAFTS] = left
