"""Which grants and requests: filters of the list, those ending soon, who could approve."""

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from rembuk.access import permissions as izin
from rembuk.access import rights
from rembuk.access.holders import grants_in_force
from rembuk.access.models import Grant, GrantRequest
from rembuk.accounts.models import Person
from rembuk.common.clock import instant
from rembuk.management import rules

REMIND_BEFORE = timedelta(days=14)
OWN_POST = "jabatan"


def of_people(words: str) -> Q:
    """Grants of people whose name holds the words, or with an ``@`` whose email address begins so."""
    text = words.strip()
    if "@" in text:
        return Q(person__email__startswith=text.lower())
    found = Q()
    for word in text.split()[:8]:
        found &= Q(person__name__icontains=word) | Q(person__sign_in_name=word.lower())
    return found


def given_by(words: str) -> Q:
    """Grants given by somebody whose name holds the words."""
    found = Q()
    for word in words.split()[:8]:
        found &= Q(given_by__name__icontains=word)
    return found


def of_standing(which: str) -> Q:
    """Grants of one's own post, or held for a time in one of the three ways."""
    return Q(standing="" if which == OWN_POST else which)


def ending_within(days: timedelta, at: datetime) -> QuerySet[Grant]:
    """Grants in force that end within a time, of those who can use them, with role and unit, first to end first."""
    soon = grants_in_force(at).filter(ends_at__lte=at + days).exclude(role__permissions=[])
    return soon.select_related("role", "unit", "person").order_by("ends_at", "pk")


def managed_requests(by: Person) -> QuerySet[GrantRequest]:
    """Requests in the units in which this person may give roles, newest first."""
    rows = GrantRequest.objects.filter(rights.within("unit", rights.paths(by, izin.GRANT_MANAGE)))
    return rows.select_related("person", "role", "unit", "asked_by", "decided_by").order_by("-pk")


def waiting_for(by: Person) -> int:
    """How many requests wait for this person: neither asked by her nor about her."""
    waiting = managed_requests(by).filter(state=GrantRequest.State.WAITING)
    return waiting.exclude(Q(asked_by=by) | Q(person=by)).count()


def approvers(request: GrantRequest, at: datetime | None = None) -> list[Person]:
    """Who could approve a request: those who could give the role, but for who asked and whom it is for."""
    moment = instant(at)
    holders = grants_in_force(moment).filter(
        role__permissions__contains=[izin.GRANT_MANAGE.key], unit=request.unit
    )
    others = Person.objects.filter(pk__in=holders.values("person"), deleted_at=None).exclude(
        pk__in=[request.asked_by_id or 0, request.person_id]
    )
    return [
        person
        for person in others.order_by("pk")
        if rules.may_give_grant(person, None, request.role, request.unit).ok
    ]
