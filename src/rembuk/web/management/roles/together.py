"""Changing several roles at once: one page with what changes for whom, role by role, then one save with one reason."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rembuk.access.models import Role
from rembuk.common.errors import Denied, Invalid, WrongState
from rembuk.management.roles import actions, rules
from rembuk.management.roles.errors import RoleChanged
from rembuk.management.roles.states import state_of
from rembuk.web.answers import see_other
from rembuk.web.components.formats import number
from rembuk.web.guards import PersonRequest
from rembuk.web.management.access.tabs import MATRIX
from rembuk.web.management.pages import page
from rembuk.web.management.roles.forms import SaveForm
from rembuk.web.management.roles.preview import changed_meanwhile, preview_context
from rembuk.web.management.roles.rows import CRUMBS
from rembuk.web.management.roles.sight import FIELD, Sight, Sights, seal_many

ACT = "changes"


def roles_of(sights: Sights) -> dict[int, Role]:
    """The roles by their numbers, in their order.

    Raises:
        WrongState: when one was deleted meanwhile.
    """
    found = {role.pk: role for role in Role.objects.filter(pk__in=sights).order_by("position", "id")}
    if len(found) < len(sights):
        raise WrongState(_("One of these roles was deleted meanwhile. Open the table once more."))
    return found


def look(
    request: PersonRequest, wishes: Sights, form: SaveForm | None = None, *, back: str = MATRIX
) -> HttpResponse:
    """The page that shows what changes for whom and asks why; each wish upon the role as it stands now.

    What somebody else changed meanwhile is shown first (409); a guard rail takes the button away (403). ``back`` names
    the list or the matrix from which it was asked.
    """
    roles, parts, upon, is_late = roles_of(wishes), [], {}, False
    for key, role in roles.items():
        wish, now = wishes[key], state_of(role)
        sight = wish if wish.seen == now else wish.upon(now)
        is_late = is_late or wish.seen != now
        if sight.wanted != now:
            upon[key] = sight
            parts.append(_part(request, role, sight, None if wish.seen == now else Sight(wish.seen, now)))
    if not upon:
        return see_other(request, reverse(back), _("There is nothing to change."))
    is_refused = any(part["refusal"] for part in parts)
    words = ngettext("Change %(n)s role: what it does", "Change %(n)s roles: what it does", len(parts))
    context: dict[str, Any] = {
        "parts": parts,
        "form": form or SaveForm(initial={"reason": request.POST.get("reason", "")}),
        "is_refused": is_refused,
        "token_name": FIELD,
        "token": seal_many(upon, ACT, request.user),
        "back_url": reverse(back),
        "status": 403 if is_refused else 409 if is_late else None,
    }
    return page(request, "roles/together", title=words % {"n": number(len(parts))}, crumbs=CRUMBS, **context)


def save(request: PersonRequest, wishes: Sights, *, back: str = MATRIX) -> HttpResponse:
    """Save all that was shown, or nothing."""
    form = SaveForm(request.POST)
    if not form.is_valid():
        return look(request, wishes, form, back=back)
    roles = roles_of(wishes)
    steps = [(roles[key], wish.seen, wish.wanted) for key, wish in wishes.items()]
    try:
        count = actions.change_roles(steps, reason=form.cleaned_data["reason"], by=request.user)
    except Invalid as fault:
        form.show(fault)
    except Denied as denial:
        form.deny(denial)
    except RoleChanged:
        pass  # The page shows what was changed, and by its status that nothing was saved.
    else:
        words = ngettext("%(n)s role was changed.", "%(n)s roles were changed.", count)
        return see_other(request, reverse(back), words % {"n": number(count)})
    return look(request, wishes, form, back=back)


def _part(request: PersonRequest, role: Role, sight: Sight, between: Sight | None) -> dict[str, Any]:
    verdict = rules.may_change_role(request.user, role, sight.seen, sight.wanted)
    return {
        "role": role,
        "refusal": "" if verdict.ok else str(verdict),
        "meanwhile": changed_meanwhile(between) if between else None,
        **preview_context(role, sight, request.user),
    }
