"""Peran: retiring and restoring several roles of the list, after one look at what that does for whom."""

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rembuk.access import permissions as izin
from rembuk.access.models import Role
from rembuk.common.errors import NotVisible
from rembuk.management.roles.states import restored, retired, state_of
from rembuk.web.answers import SeeOther
from rembuk.web.guards import PersonRequest
from rembuk.web.management.access.tabs import ROLES
from rembuk.web.management.lists.many import MOST
from rembuk.web.management.pages import site_wide
from rembuk.web.management.roles import together
from rembuk.web.management.roles.sight import Sight, Sights, unseal_many
from rembuk.web.management.roles.steps import SAVE, STEP

_ACTS = {"nonaktif": retired, "aktif": restored}


@site_wide(izin.ROLE_MANAGE)
@require_POST
def many(request: PersonRequest) -> HttpResponse:
    """Take the selected roles out of use or put them back: shown first, then done for all or for none."""
    shown = unseal_many(request.POST, together.ACT, request.user)
    if shown is not None:
        if request.POST.get(STEP) == SAVE:
            return together.save(request, shown, back=ROLES)
        return SeeOther(reverse(ROLES))
    wishes = _wishes(request)
    if not wishes:
        messages.warning(request, _("Select at least one row first."))
        return SeeOther(reverse(ROLES))
    return together.look(request, wishes, back=ROLES)


def _wishes(request: PersonRequest) -> Sights:
    change = _ACTS.get(request.POST.get("act", ""))
    if change is None:
        raise NotVisible
    chosen = Role.objects.filter(slug__in=request.POST.getlist("selected")[:MOST]).order_by("pk")
    return {role.pk: Sight(now := state_of(role), change(now)) for role in chosen}
