"""Who must have a second factor to open the desk, and by when. The citizens' pages stay open without it.

Whether the person of a session has one is remembered in the session: turning it on or off ends all others. So the pages of
staff who have one, and of all staff where none is required, cost no query.
"""

from datetime import datetime
from typing import Any

from django.db.models import Min
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from rembuk.access import rights
from rembuk.access.models import Grant
from rembuk.accounts.models import Person
from rembuk.accounts.second_factor import grace
from rembuk.accounts.second_factor.selectors import has_second_factor
from rembuk.common import clock
from rembuk.siteconfig.selectors import current
from rembuk.web.accounts.sessions import keeping
from rembuk.web.answers import SeeOther

_HAS = "second_factor"
_DUE = "_second_factor_due"


def remember(request: HttpRequest, person: Person) -> None:
    """Note in the session whether its person has a second factor; after a sign-in and after turning it on or off."""
    request.session[_HAS] = has_second_factor(person)


def due_for(person: Person) -> datetime | None:
    """By when this person must have set up a second factor; ``None`` where none is required."""
    site = current()
    since = site.two_factor_since
    if since is None:
        return None
    held = [holding.grant_id for holding in rights.holdings(person) if holding.permissions]
    first = Grant.objects.filter(pk__in=held).aggregate(first=Min("starts_at"))["first"]
    return grace.due(since=since, days=site.staff_two_factor_days, first_grant_at=first)


def grace_of(person: Person) -> dict[str, Any]:
    """For pages: the end of the days of grace of somebody without a second factor, and whether it has come."""
    due = due_for(person)
    return {"due": due, "is_over": due is not None and due <= clock.now()}


def is_required_of(person: Person) -> bool:
    """Whether this person may not turn it off: it is required, and she holds a role."""
    return current().two_factor_since is not None and rights.is_staff(person)


def closed_desk(request: HttpRequest, person: Person) -> HttpResponse | None:
    """The way to setting it up, for staff whose days of grace are over; ``None`` lets the page go on.

    Within the days of grace the page shows a reminder (see ``reminder``). What was typed is kept.
    """
    if current().two_factor_since is None or request.session.get(_HAS):
        return None
    due = due_for(person)
    if due is None or has_second_factor(person):
        return None
    if clock.now() < due:
        setattr(request, _DUE, due)
        return None
    keeping.keep(request, person.pk, page=request.path)
    where = reverse("accounts:second_factor_setup")
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": where})
    return SeeOther(where)


def reminder(request: HttpRequest) -> datetime | None:
    """The end of the days of grace, where the reader of a desk page has no second factor yet."""
    due: datetime | None = getattr(request, _DUE, None)
    return due
