"""Which roles, how many people hold them, what uses one, and whose grants a change of it reaches."""

from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from rembuk.access.models import Grant, GrantRequest, Role
from rembuk.access.permissions import Permission
from rembuk.accounts.models import Person
from rembuk.common.clock import instant
from rembuk.management.selectors import unended

ACTIVE, RETIRED, EVERY = "dipakai", "nonaktif", "semua"


def roles(text: str = "", which: str = ACTIVE) -> QuerySet[Role]:
    """Roles in their order whose names or descriptions hold every word: in use, retired, or both."""
    found = Role.objects.order_by("position", "id")
    if which != EVERY:
        found = found.filter(is_active=which == ACTIVE)
    for word in text.split()[:8]:
        named = Q(name__icontains=word) | Q(name_en__icontains=word)
        found = found.filter(named | Q(description__icontains=word) | Q(description_en__icontains=word))
    return found


def with_holders(found: QuerySet[Role], at: datetime | None = None) -> QuerySet[Role]:
    """Each with ``holders``: how many people have it by a grant in force in a unit in use; suspended ones don't count."""
    moment = instant(at)
    held = Grant.objects.filter(
        Q(ends_at=None) | Q(ends_at__gt=moment),
        role=OuterRef("pk"),
        starts_at__lte=moment,
        unit__is_active=True,
    )
    # Asked for those who are not here, which an index holds: a join of those who are may read everybody.
    absent = Person.objects.filter(pk=OuterRef("person_id"), is_active=False)
    number = (
        held.exclude(Exists(absent))
        .order_by()
        .values("role")
        .annotate(number=Count("person", distinct=True))
        .values("number")
    )
    return found.annotate(holders=Coalesce(Subquery(number), 0))


def roles_giving(permission: Permission) -> QuerySet[Role]:
    """Roles in use that give the permission, in their order."""
    return roles().filter(permissions__contains=[permission.key])


def reached(role: Role, at: datetime | None = None) -> QuerySet[Grant]:
    """Grants of the role in force or still to come, in the order of the tree: whom a change of it reaches."""
    grants = Grant.objects.filter(unended(at), role=role, person__deleted_at=None)
    return grants.select_related("person", "unit", "role").order_by("unit__path", "id")


def held_by(person: Person, at: datetime | None = None) -> frozenset[int]:
    """The numbers of the roles that the person has now or will have."""
    return frozenset(Grant.objects.filter(unended(at), person=person).values_list("role_id", flat=True))


def uses(role: Role) -> dict[str, int]:
    """What keeps the role from being deleted: grants ever given, those not over, requests for grants."""
    return {
        "grants": role.grants.count(),
        "unended": role.grants.filter(unended()).count(),
        "requests": GrantRequest.objects.filter(role=role).count(),
    }
