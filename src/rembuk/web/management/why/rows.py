"""The other way round: who may do something somewhere, each with the grant it comes through."""

from typing import Any

from django.db.models import Count
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rembuk.access.explain import who_may
from rembuk.access.models import Grant
from rembuk.access.permissions import Permission
from rembuk.accounts.models import Person
from rembuk.management.why import selectors
from rembuk.management.why.places import Place
from rembuk.web.components.formats import number
from rembuk.web.lists import pager
from rembuk.web.management.roles.rows import page_of_role
from rembuk.web.management.why.words import until, where, why_address
from rembuk.web.paging import page_of

type Row = dict[str, Any]
SIZE = 50


def who_context(request: HttpRequest, asked: Permission, place: Place, by: Person) -> Row:
    """People with the grant nearest to the place first; those granted above one's own units are only counted."""
    permission = place.permission
    mine = selectors.who_may_in_reach(by, permission, place.unit, exact=place.exact)
    found = page_of(mine, order=("-unit__path", "-id"), after=request.GET.get("after"), size=SIZE)
    people = _people(who_may(permission, place.unit, exact=place.exact))
    above = people - _people(mine)
    return {
        "who": True,
        "sentence": _sentence(permission, place, people),
        "above": _above(above) if above else "",
        "table": _table([_row(grant, asked, place) for grant in found.items]),
        **pager(request, found.next_token),
    }


def _people(grants: Any) -> int:
    return int(grants.order_by().aggregate(n=Count("person", distinct=True))["n"])


def _sentence(permission: Permission, place: Place, people: int) -> str:
    words = {"count": number(people), "where": where(place), "izin": permission.label}
    if not people:
        return _("Nobody may do this %(where)s: “%(izin)s”.") % words
    sentence = ngettext(
        "%(count)s person may do this %(where)s: “%(izin)s”.",
        "%(count)s people may do this %(where)s: “%(izin)s”.",
        people,
    )
    return sentence % words


def _above(people: int) -> str:
    sentence = ngettext(
        "%(count)s of them only by a grant above your work units; who that is you don't see here.",
        "%(count)s of them only by grants above your work units; who they are you don't see here.",
        people,
    )
    return sentence % {"count": number(people)}


def _table(rows: list[list[Any]]) -> Row | None:
    if not rows:
        return None
    labels = (_("Person"), _("Role"), _("Work unit of the grant"), _("Until"))
    columns = [{"label": label} for label in labels]
    return {"caption": _("Who may"), "caption_hidden": True, "columns": columns, "rows": rows}


def _row(grant: Grant, asked: Permission, place: Place) -> list[Any]:
    target = why_address(orang=str(grant.person.public_id), izin=asked.key, di=place.code or place.unit.code)
    return [
        {"value": grant.person.shown_name, "url": target},
        {"value": grant.role.label, "url": page_of_role(grant.role)},
        grant.unit.name,
        until(grant),
    ]
