"""The way to a work unit for readers."""

from rembuk.common.errors import NotVisible
from rembuk.workunits.models import WorkUnit
from rembuk.workunits.selectors import carrying_on, holder_of

ABOVE_READ = 3
"""So many units above come with a unit in the same statement; few trees are deeper."""


def public_unit(code: str) -> WorkUnit:
    """The active unit with this code and some above it (``ABOVE_READ``); for an old code the unit it leads to, with another code.

    An old code is one the unit had before, or that of a retired unit with a successor.

    Raises:
        NotVisible: when there is none, or it is retired and nobody carries on its work.
    """
    active = WorkUnit.objects.filter(is_active=True).select_related(
        "__".join(["parent"] * ABOVE_READ), "region"
    )
    found = active.filter(code=code).first()
    if found is not None:
        return found
    former = holder_of(code)
    leads_to = carrying_on(former) if former else None
    if leads_to is None:
        raise NotVisible
    return active.get(pk=leads_to.pk)
