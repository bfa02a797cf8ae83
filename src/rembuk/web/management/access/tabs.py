"""The tabs of Hak akses: what its pages lead to."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

GRANTS = "desk_management:access"
REQUESTS = "desk_management:grant_requests"
ROLES = "desk_management:roles"
MATRIX = "desk_management:role_matrix"
WHY = "desk_management:why"
_TABS = (
    (GRANTS, _("Grants")),
    (REQUESTS, _("Requests")),
    (ROLES, _("Roles")),
    (MATRIX, _("Roles and permissions")),
    (WHY, _("Why may somebody?")),
)


def access_tabs(current: str) -> list[dict[str, object]]:
    """The tabs, with the one of the page marked; ``current`` is the name of a route."""
    return [{"label": label, "url": reverse(route), "current": route == current} for route, label in _TABS]
