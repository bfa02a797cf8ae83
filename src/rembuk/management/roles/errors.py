"""Refusals of changes of roles that carry something along."""

from django.utils.translation import gettext_lazy as _

from rembuk.common.errors import WrongState
from rembuk.management.roles.states import RoleState


class RoleChanged(WrongState):
    """Somebody changed the role since it was looked at; ``now`` is how it stands."""

    is_overtaken = True

    def __init__(self, now: RoleState) -> None:
        super().__init__(_("Somebody changed this role meanwhile. Nothing of yours was saved."))
        self.now = now
