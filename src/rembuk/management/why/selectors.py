"""Whom and where somebody may ask about: within the units in which they give roles themselves."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from rembuk.access import permissions as izin
from rembuk.access import rights
from rembuk.access.explain import who_may
from rembuk.access.models import Grant
from rembuk.access.permissions import Permission
from rembuk.accounts.models import Person
from rembuk.management.selectors import named
from rembuk.workunits.models import WorkUnit


def people_in_reach(by: Person) -> QuerySet[Person]:
    """Everybody for holders in the whole instansi; else those who have or had a role in one's units."""
    people = Person.objects.filter(deleted_at=None).order_by("name", "pk")
    if rights.can_everywhere(by, izin.GRANT_MANAGE):
        return people
    held = Grant.objects.filter(_own(by), person=OuterRef("pk"))
    return people.filter(Exists(held))


def called(by: Person, text: str) -> QuerySet[Person]:
    """People in reach with this email address or sign-in name, or else whose names hold every word."""
    people, text = people_in_reach(by), text.strip()
    if "@" in text:
        return people.filter(email=text.lower())
    exact = people.filter(sign_in_name=text.lower())
    return exact if exact.exists() else named(people, text)


def units_in_reach(by: Person) -> QuerySet[WorkUnit]:
    """Units, retired ones too, in which one gives roles, in tree order."""
    units = WorkUnit.objects.order_by("path")
    if rights.can_everywhere(by, izin.GRANT_MANAGE):
        return units
    inside = Q(pk__in=[])
    for path in rights.paths(by, izin.GRANT_MANAGE):
        inside |= Q(path__startswith=path)
    return units.filter(inside)


def who_may_in_reach(by: Person, permission: Permission, unit: WorkUnit, *, exact: bool) -> QuerySet[Grant]:
    """The grants of ``who_may`` that were given in one's own units, with person, role and unit."""
    grants = who_may(permission, unit, exact=exact).select_related("person", "role", "unit")
    return grants if rights.can_everywhere(by, izin.GRANT_MANAGE) else grants.filter(_own(by))


def _own(by: Person) -> Q:
    return rights.within("unit", rights.paths(by, izin.GRANT_MANAGE))
