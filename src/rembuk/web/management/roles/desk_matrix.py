"""Peran dan izin: the matrix, and changing several roles in it with one look at what that does."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from rembuk.access import permissions as izin
from rembuk.access.models import Role
from rembuk.common.errors import require
from rembuk.management.roles import rules, selectors
from rembuk.web.guards import PersonRequest, requires
from rembuk.web.lists import pager
from rembuk.web.management.access.tabs import MATRIX, access_tabs
from rembuk.web.management.fields import ManagedForm
from rembuk.web.management.pages import page
from rembuk.web.management.roles import together
from rembuk.web.management.roles.matrix import SIZE, pen_of, tables, ticked
from rembuk.web.management.roles.sight import FIELD, Sights, seal_many, unseal_many
from rembuk.web.management.roles.steps import BACK, SAVE, STEP
from rembuk.web.paging import page_of

_FORM = "matrix"
"""What the matrix carries: its roles as they were when it was opened."""


@requires(izin.GRANT_MANAGE, izin.ROLE_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def table(request: PersonRequest) -> HttpResponse:
    """What each role may do, as one matrix: ticked, looked through, saved. On a phone one role at a time."""
    if request.method != "POST":
        return _matrix(request, {})
    require(rules.may_manage_roles(request.user))
    step, shown = request.POST.get(STEP), unseal_many(request.POST, together.ACT, request.user)
    if shown is not None and step == SAVE:
        return together.save(request, shown)
    if shown is not None and step == BACK:
        return _matrix(request, shown)
    begun, pen, form = unseal_many(request.POST, _FORM, request.user), pen_of(request.user), _Ticks({})
    if begun is None or pen is None:
        form.add_error(None, _("This table can't be read any more. Tick once more."))
        return _matrix(request, {}, form)
    wishes = ticked(request.POST, begun, Role.objects.in_bulk(begun), pen)
    if not wishes:
        form.add_error(None, _("Nothing would change."))
        return _matrix(request, {}, form)
    return together.look(request, wishes)


class _Ticks(ManagedForm):
    """Carries what is wrong with the matrix as a whole; its boxes are read by ``matrix.ticked``."""


def _matrix(request: PersonRequest, wishes: Sights, form: ManagedForm | None = None) -> HttpResponse:
    """The matrix, with what was ticked already."""
    found = page_of(
        selectors.roles(),
        order=("position", "id"),
        after=request.GET.get("after"),
        size=SIZE,
    )
    pen = pen_of(request.user)
    begun = {**pen.begin(found.items), **wishes} if pen else {}
    context: dict[str, Any] = {
        "tabs": access_tabs(MATRIX),
        "roles": found.items,
        "tables": tables(found.items, pen, {number: wish.wanted for number, wish in wishes.items()}),
        "form": form or _Ticks(),
        "may_edit": pen is not None,
        "reason": request.POST.get("reason", ""),
        "token_name": FIELD,
        "token": seal_many(begun, _FORM, request.user),
        **pager(request, found.next_token),
    }
    return page(request, "roles/matrix", title=_("Access rights"), **context)
