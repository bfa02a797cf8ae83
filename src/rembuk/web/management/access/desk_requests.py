"""Permintaan penugasan: what waits for a second person, and approving, refusing, taking back."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from rembuk.access.models import GrantRequest
from rembuk.common.errors import NotVisible, require
from rembuk.management.actions import grants as actions
from rembuk.management.granting import rules
from rembuk.management.granting.doors import request_for
from rembuk.web.answers import see_other
from rembuk.web.guards import PersonRequest
from rembuk.web.management.access.desk import CRUMBS, REQUESTS, managers
from rembuk.web.management.access.requests import requests_context
from rembuk.web.management.access.tabs import access_tabs
from rembuk.web.management.fields import ReasonForm
from rembuk.web.management.pages import attempt, page, sent

type Act = tuple[Callable[..., object], Promise, Promise, Promise, str]

ACTS: dict[str, Act] = {
    "approve": (
        actions.approve_request,
        gettext_lazy("Approve the request"),
        gettext_lazy("Approve"),
        gettext_lazy("Approved. The role holds now, or from its first day."),
        "",
    ),
    "refuse": (
        actions.refuse_request,
        gettext_lazy("Refuse the request"),
        gettext_lazy("Refuse"),
        gettext_lazy("Refused. Who asked reads the reason."),
        "bad",
    ),
    "withdraw": (
        actions.withdraw_request,
        gettext_lazy("Take the request back"),
        gettext_lazy("Take it back"),
        gettext_lazy("The request was taken back."),
        "bad",
    ),
}


@managers
@require_safe
def index(request: PersonRequest) -> HttpResponse:
    """What waits for a second person, and what was decided."""
    context = requests_context(request, request.user)
    return page(request, "grant_requests", title=_("Access rights"), tabs=access_tabs(REQUESTS), **context)


@managers
@require_http_methods(["GET", "HEAD", "POST"])
def act(request: PersonRequest, public_id: UUID, name: str) -> HttpResponse:
    """Approve, refuse or take back one request, with a reason."""
    found = request_for(public_id, request.user)
    if name not in ACTS:
        raise NotVisible
    deed, title, label, flash, tone = ACTS[name]
    form = ReasonForm(sent(request))
    if request.method != "POST":
        require((rules.may_withdraw if name == "withdraw" else rules.may_decide)(request.user, found))
    if attempt(form, lambda: deed(found, by=request.user, reason=form.cleaned_data["reason"])):
        return see_other(request, reverse(REQUESTS), str(flash))
    context: dict[str, Any] = {"form": form, "lede": _lede(found), "tone": tone, "label": label}
    return page(request, "form", title=str(title), crumbs=CRUMBS, back_url=reverse(REQUESTS), **context)


def _lede(found: GrantRequest) -> str:
    words = {
        "asker": found.asked_by.shown_name if found.asked_by else _("Deleted account"),
        "name": found.person.shown_name,
        "role": found.role.label,
        "unit": found.unit.name,
        "reason": found.reason,
    }
    return _("%(asker)s asks for this: %(name)s as %(role)s in %(unit)s. Reason: %(reason)s") % words
