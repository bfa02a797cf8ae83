"""Pengaturan: replacing a reason by another one, which only reasons have."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from rembuk.management import doors
from rembuk.management.actions.lists import replace_reason
from rembuk.web.answers import see_other
from rembuk.web.guards import PersonRequest
from rembuk.web.management.lists.desk import SETTINGS, managers
from rembuk.web.management.lists.forms import ReplaceForm
from rembuk.web.management.pages import Crumb, attempt, page, sent


@managers
@require_http_methods(["GET", "HEAD", "POST"])
def replace(request: PersonRequest, code: str) -> HttpResponse:
    """Retire a reason and name the one to cite instead; what cites it keeps it."""
    found = doors.reason(code)
    form = ReplaceForm(sent(request), row=found)

    def act() -> None:
        given = form.cleaned_data
        replace_reason(found, given["into"], why=given["reason"], by=request.user)

    here = reverse("desk_management:reason", args=[code])
    if attempt(form, act):
        return see_other(request, here, _("The reason is retired, and its page names the other one."))
    lede = _(
        "The reason is offered no more. Decisions that cite it keep it, since they were taken with it; its page says "
        "which one to cite instead."
    )
    crumbs: list[Crumb] = [*SETTINGS, (_("Reasons"), "desk_management:reasons"), (found.shown_label, here)]
    context = {"form": form, "lede": lede, "back_url": here, "label": _("Replace"), "tone": "bad"}
    return page(request, "form", title=_("Replace this reason"), crumbs=crumbs, **context)
