"""The way to a role for staff who may look at roles; what every site shares lies in everybody's reach."""

from rembuk.access.models import Role
from rembuk.common.errors import NotVisible


def role(slug: str) -> Role:
    """A role, retired ones too.

    Raises:
        NotVisible: when there is none.
    """
    found = Role.objects.filter(slug=slug).first()
    if found is None:
        raise NotVisible
    return found
