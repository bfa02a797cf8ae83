"""Taking a lost second factor away from somebody."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from rembuk.access import permissions as izin
from rembuk.accounts.second_factor.selectors import has_second_factor
from rembuk.common.errors import require
from rembuk.management import doors
from rembuk.management.actions.second_factor import reset_second_factor
from rembuk.management.people.second_factor import may_reset_second_factor
from rembuk.web.answers import see_other
from rembuk.web.guards import PersonRequest, requires
from rembuk.web.management.fields import ReasonForm
from rembuk.web.management.pages import Crumb, attempt, page, sent

CRUMBS: list[Crumb] = [(gettext_lazy("Users"), "desk_management:people")]
managers = requires(izin.PERSON_MANAGE)


@managers
@require_http_methods(["GET", "HEAD", "POST"])
def reset(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """Ask for the reason; where there is no second factor the page says so."""
    found, form = doors.person_for(public_id, request.user), ReasonForm(sent(request))
    back = reverse("desk_management:person", args=[public_id])
    require(may_reset_second_factor(request.user, found))
    if request.method != "POST" and not has_second_factor(found):
        return page(
            request, "factor_none", title=_("Second factor"), crumbs=CRUMBS, person=found, back_url=back
        )
    if attempt(form, lambda: reset_second_factor(found, **form.cleaned_data, by=request.user)):
        flash = _("The second factor is taken away, and all sessions have ended.")
        return see_other(request, back, flash)
    lede = _(
        "%(name)s can then sign in with the password alone, is signed out everywhere, and gets a letter. Make sure "
        "that it is the person herself who asks: call her on a number you know, or see her."
    ) % {"name": found.shown_name}
    context = {"form": form, "lede": lede, "back_url": back, "label": _("Take it away"), "tone": "bad"}
    return page(request, "form", title=_("Take the second factor away"), crumbs=CRUMBS, **context)
