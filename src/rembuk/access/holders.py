"""Who holds a permission somewhere: the people of an office, for notices and daily letters.

Not here: whether one person may do one thing (``rights.can``).
"""

from datetime import datetime

from django.db.models import Q, QuerySet

from rembuk.access.models import Grant, Role
from rembuk.access.permissions import GRANT_MANAGE, SETTING_CHANGE, Permission
from rembuk.accounts.models import Person
from rembuk.common.clock import instant
from rembuk.workunits.models import WorkUnit
from rembuk.workunits.tree import segment


def grants_in_force(at: datetime | None = None) -> QuerySet[Grant]:
    """Grants that give their role at this moment to people who can act on it."""
    moment = instant(at)
    return Grant.objects.filter(
        Q(ends_at=None) | Q(ends_at__gt=moment),
        starts_at__lte=moment,
        role__is_active=True,
        unit__is_active=True,
        person__is_active=True,
    )


def holder_ids(permission: Permission, unit: WorkUnit, at: datetime | None = None) -> list[int]:
    """Ids of the people whose task this is in ``unit``: those granted nearest to it, in itself or in one
    above.

    Somebody with a grant for the whole instansi hears of a unit only where nobody below holds the permission.
    """
    width = len(segment(0))
    chain = [unit.path[:end] for end in range(width, len(unit.path) + 1, width)]
    rows = (
        grants_in_force(at)
        .filter(unit__path__in=chain, role__permissions__contains=[permission.key])
        .values_list("unit__path", "person_id")
    )
    found = list(rows)
    nearest = max((len(path) for path, _person in found), default=0)
    return sorted({person for path, person in found if len(path) == nearest})


def staff(at: datetime | None = None) -> QuerySet[Person]:
    """Everybody with a grant in force that gives at least one permission, each once."""
    holders = grants_in_force(at).exclude(role__permissions=[]).values("person")
    return Person.objects.filter(pk__in=holders, deleted_at=None).order_by("pk")


# Who holds these in the whole instansi can give every right back: an administrator.
_ADMINISTERING = (GRANT_MANAGE.key, SETTING_CHANGE.key)


def administrator_grants(at: datetime | None = None) -> QuerySet[Grant]:
    """Grants in force that make somebody an administrator of the whole instansi."""
    return grants_in_force(at).filter(
        role__permissions__contains=list(_ADMINISTERING),
        unit__parent=None,
        unit__kind=WorkUnit.Kind.INSTANSI,
    )


def lock_administrators() -> None:
    """Until the transaction ends, others who would take an administrator away wait."""
    roles = Role.objects.filter(permissions__contains=list(_ADMINISTERING)).order_by("pk")
    list(roles.select_for_update(no_key=True))
