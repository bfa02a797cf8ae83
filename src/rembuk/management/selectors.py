"""Which rows a member of staff manages: the queryset twins of ``rules``, and counts for questions."""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from rembuk.access import permissions as izin
from rembuk.access import rights
from rembuk.access.models import Grant, Role
from rembuk.access.permissions import ALL
from rembuk.accounts.models import Person
from rembuk.common.clock import instant
from rembuk.programs.models import KindOfPhase, Phase, PhaseTemplate, TemplatePhase
from rembuk.taxonomy.models import Category
from rembuk.workunits.models import WorkUnit
from rembuk.workunits.selectors import top_levels

ENDING_SOON = timedelta(days=30)


def managed_units(by: Person) -> QuerySet[WorkUnit]:
    """Units this person manages, retired ones too, in tree order."""
    units = WorkUnit.objects.order_by("path")
    return units if rights.can_everywhere(by, izin.UNIT_MANAGE) else units.filter(_own(by, izin.UNIT_MANAGE))


def top_managed_units(by: Person) -> QuerySet[WorkUnit]:
    """Where a walk through her tree begins: the highest units she manages (``is_top``) and those directly below them."""
    if rights.can_everywhere(by, izin.UNIT_MANAGE):
        return top_levels(managed_units(by)).annotate(is_top=Q(parent=None))
    held = rights.paths(by, izin.UNIT_MANAGE)
    highest = [path for path in held if not any(path != other and path.startswith(other) for other in held)]
    is_top = Q(path__in=highest)
    return managed_units(by).filter(is_top | Q(parent__path__in=highest)).annotate(is_top=is_top)


def managed_people(by: Person, permission: izin.Permission = izin.PERSON_MANAGE) -> QuerySet[Person]:
    """People whose page this person may open, or those in reach of another permission."""
    if rights.can_everywhere(by, permission):
        return Person.objects.all()
    held = Grant.objects.filter(rights.within("unit", rights.paths(by, permission)), person=OuterRef("pk"))
    return Person.objects.filter(Exists(held))


def named(people: QuerySet[Person], text: str) -> QuerySet[Person]:
    """Those whose name holds the words, or whose email address or sign-in name begins with the one word."""
    text = text.strip()
    if "@" in text:
        return people.filter(email__startswith=text.lower())
    words = text.split()[:8]
    by_name = Q()
    for word in words:
        by_name &= Q(name__icontains=word)
    if len(words) != 1:
        return people.filter(by_name)
    word = words[0].lower()
    return people.filter(by_name | Q(sign_in_name__startswith=word) | Q(email__startswith=word))


def with_roles(people: QuerySet[Person], at: datetime | None = None) -> QuerySet[Person]:
    """Staff: people with a grant in force or still to come."""
    held = Grant.objects.filter(unended(at), person=OuterRef("pk")).exclude(role__permissions=[])
    return people.filter(Exists(held), deleted_at=None)


def managed_grants(by: Person) -> QuerySet[Grant]:
    """Grants in the units in which this person may give and end them."""
    return Grant.objects.filter(rights.within("unit", rights.paths(by, izin.GRANT_MANAGE)))


def grants_of(person: Person) -> QuerySet[Grant]:
    """All grants a person has or had, newest first."""
    return person.grants.select_related("role", "unit", "given_by").order_by("-id")


def unended(at: datetime | None = None) -> Q:
    """Grants that are in force or still to come."""
    return Q(ends_at=None) | Q(ends_at__gt=instant(at))


def grants_by_time(which: str, at: datetime | None = None) -> Q:
    """``berlaku`` in force, ``berakhir`` ending within thirty days, ``mendatang`` to come, ``lewat`` over."""
    moment = instant(at)
    return {
        "berlaku": unended(at) & Q(starts_at__lte=moment),
        "berakhir": Q(ends_at__gt=moment, ends_at__lte=moment + ENDING_SOON),
        "mendatang": Q(starts_at__gt=moment) & unended(at),
        "lewat": Q(ends_at__lte=moment),
    }[which]


def grantable_roles(by: Person) -> list[Role]:
    """Active roles whose every permission this person holds somewhere; the rule still asks for the unit."""
    roles = Role.objects.filter(is_active=True).exclude(permissions=[])
    return [
        role for role in roles if all(key in ALL and rights.can(by, ALL[key]) for key in role.permissions)
    ]


def categories() -> QuerySet[Category]:
    """All categories in tree order, with the unit in charge and where merged ones went."""
    return Category.objects.select_related("default_unit", "merged_into").order_by("path")


def _own(by: Person, permission: izin.Permission) -> Q:
    """Units at or below those in which the permission is held."""
    condition = Q(pk__in=[])
    for path in rights.paths(by, permission):
        condition |= Q(path__startswith=path)
    return condition


def phases_of_kind(kind: KindOfPhase) -> bool:
    """Whether any phase of a programme bears the kind."""
    return Phase.objects.filter(kind=kind.code).exists()


def templates_with(kind: KindOfPhase) -> QuerySet[PhaseTemplate]:
    """Templates in use that have the kind."""
    return PhaseTemplate.objects.filter(is_active=True, phases__kind=kind).distinct()


def is_used(kind: KindOfPhase) -> bool:
    """Whether a phase or any template has the kind, so that it can't be deleted."""
    return phases_of_kind(kind) or TemplatePhase.objects.filter(kind=kind).exists()
