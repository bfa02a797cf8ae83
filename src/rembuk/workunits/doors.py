"""The way to a work unit for readers."""

from rembuk.common.errors import NotVisible
from rembuk.workunits.models import WorkUnit


def public_unit(code: str) -> WorkUnit:
    """The active unit with this code, with its parent.

    Raises:
        NotVisible: when there is none or it is retired.
    """
    found = WorkUnit.objects.filter(code=code, is_active=True).select_related("parent").first()
    if found is None:
        raise NotVisible
    return found
