"""Who holds a permission somewhere: the people of an office, for notices and daily letters.

Not here: whether one person may do one thing (``rights.can``).
"""

from collections.abc import Collection
from datetime import datetime

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Q, QuerySet

from rembuk.access.models import Grant, Role
from rembuk.access.permissions import GRANT_MANAGE, SETTING_CHANGE, Permission
from rembuk.accounts.models import Person
from rembuk.common.clock import instant
from rembuk.workunits.models import WorkUnit
from rembuk.workunits.tree import chain


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
    rows = (
        grants_in_force(at)
        .filter(unit__path__in=chain(unit.path), role__permissions__contains=[permission.key])
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


def is_instansi(unit: WorkUnit) -> bool:
    """Whether the unit is the top of the tree."""
    return unit.parent_id is None and unit.kind == WorkUnit.Kind.INSTANSI


def administrator_grants(at: datetime | None = None) -> QuerySet[Grant]:
    """Grants in force that make somebody an administrator of the whole instansi.

    Who was invited and has chosen no password yet can't come in, so administers nothing.
    """
    over_all = grants_in_force(at).filter(
        role__permissions__contains=list(_ADMINISTERING),
        unit__parent=None,
        unit__kind=WorkUnit.Kind.INSTANSI,
    )
    return over_all.exclude(person__password__startswith=UNUSABLE_PASSWORD_PREFIX)


def administers(permissions: Collection[str], unit: WorkUnit) -> bool:
    """Whether a role with these permissions, given in this unit, makes an administrator of the instansi."""
    return is_instansi(unit) and set(_ADMINISTERING) <= set(permissions)


def makes_administrator(
    role: Role, unit: WorkUnit, person: Person | None = None, at: datetime | None = None
) -> bool:
    """Whether the role there makes an administrator: by itself, or with what the person has or will have otherwise.

    Who is one already is no exception: what they have may end before this does.
    """
    needed, given = set(_ADMINISTERING), set(role.permissions)
    if not is_instansi(unit) or not needed & given:
        return False
    if person is not None:
        others = Grant.objects.filter(Q(ends_at=None) | Q(ends_at__gt=instant(at)), person=person, unit=unit)
        for keys in others.filter(role__is_active=True).values_list("role__permissions", flat=True):
            given.update(keys)
    return needed <= given


def is_administrator_left(without: Q, at: datetime | None = None) -> bool:
    """Whether the instansi keeps its administrator when the grants that match ``without`` no longer count.

    Where there is one by a grant without end, such a one has to stay: one with an end would leave by the clock.
    Where all have an end, any one in force has to stay. A change that takes no administrator away is always fine.
    Call after ``lock_administrators``.
    """
    over_all = administrator_grants(at)
    lost = set(over_all.filter(without).values_list("pk", flat=True))
    if not lost:
        return True
    ends = dict(over_all.values_list("pk", "ends_at"))
    needed = {pk for pk, ends_at in ends.items() if ends_at is None} or set(ends)
    return bool(needed - lost)


def lock_administrators() -> None:
    """Until the transaction ends, others who would take an administrator away wait."""
    roles = Role.objects.filter(permissions__contains=list(_ADMINISTERING)).order_by("pk")
    list(roles.select_for_update(no_key=True))
