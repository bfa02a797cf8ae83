"""Rows of the list of grants, of requests, and of a person's page."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from rembuk.access import permissions as izin
from rembuk.access import rights
from rembuk.access.models import Grant
from rembuk.access.rights import standing_text
from rembuk.accounts.models import Person
from rembuk.common import clock
from rembuk.management.actions.grants.ending import MOST
from rembuk.management.granting.selectors import waiting_for
from rembuk.management.selectors import grants_by_time, managed_grants
from rembuk.web.components.formats import short_day
from rembuk.web.components.html.tags import tag
from rembuk.web.components.picks import pick
from rembuk.web.lists import active_filters, address, pager
from rembuk.web.management.access.filters import GrantFilter
from rembuk.web.paging import page_of

type Row = dict[str, Any]

LIST = "desk_management:access"
# A grant ends at an instant; the last day it holds is the day before midnight.
_MOMENT = timedelta(microseconds=1)


def grants_context(request: HttpRequest, by: Person) -> Row:
    """The grants in the reader's units, newest first, with figures and what can be done with many."""
    form = GrantFilter(request.GET)
    grants = form.found(by).select_related("person", "role", "unit", "given_by")
    found = page_of(grants, after=request.GET.get("after"), size=50)
    rows = grant_rows(found.items, by, clock.now())
    may_end = any(_is_open(grant, by, clock.now()) for grant in found.items)
    query = address(request)[len(request.path) :]
    is_whole = not found.next_token and not request.GET.get("after")
    count = len(found.items) if is_whole else grants.count()
    return {
        "table": {
            "caption": _("Grants"),
            "caption_hidden": True,
            "columns": columns(with_person=True),
            "rows": rows,
        },
        "form": form,
        "stats": _stats(by),
        "active": active_filters(request, form),
        "reset_url": request.path,
        "export_url": reverse("desk_management:access_export") + query
        if rights.can(by, izin.PERSON_EXPORT)
        else "",
        "bulk": _bulk(count, query) if may_end else None,
        **pager(request, found.next_token),
    }


def _stats(by: Person) -> list[Row]:
    counts = managed_grants(by).aggregate(
        now=Count("pk", filter=grants_by_time("berlaku")),
        soon=Count("pk", filter=grants_by_time("berakhir")),
        held=Count("pk", filter=grants_by_time("berlaku") & ~Q(standing="")),
    )
    waiting = waiting_for(by)
    here = reverse(LIST)
    return [
        {"value": counts["now"], "label": _("in force"), "url": here},
        {
            "value": counts["soon"],
            "label": _("end within 30 days"),
            "url": f"{here}?waktu=berakhir",
            "tone": "warn" if counts["soon"] else "",
        },
        {"value": counts["held"], "label": _("held for somebody else")},
        {
            "value": waiting,
            "label": _("requests wait for you"),
            "url": reverse("desk_management:grant_requests"),
            "tone": "warn" if waiting else "",
        },
    ]


def _bulk(count: int, query: str) -> Row:
    return {
        "action_url": reverse("desk_management:grants_selection") + query,
        "actions": [{"name": "step", "value": "akhiri", "label": _("End the grants"), "tone": "bad"}],
        "found": count,
        "most": MOST,
    }


def columns(*, with_person: bool) -> list[Row]:
    """The columns of a table of grants."""
    first = [_("Person"), _("Role")] if with_person else [_("Role")]
    labels = [*first, _("Work unit"), _("From"), _("Until"), _("Reason")]
    return [*({"label": label} for label in labels), {"label": _("Act"), "kind": "acts"}]


def grant_rows(
    grants: Iterable[Grant], by: Person, now: datetime, *, with_person: bool = True
) -> list[list[Any]]:
    """Grants as rows; the last cell leads to ending one that is not over and not one's own."""
    return [_grant_row(grant, by, now, with_person) for grant in grants]


def _grant_row(grant: Grant, by: Person, now: datetime, with_person: bool) -> list[Any]:
    first = [_person(grant, by, now), role_cell(grant)] if with_person else [role_cell(grant)]
    until = short_day(grant.ends_at - _MOMENT) if grant.ends_at else _("Until ended")
    return [*first, grant.unit.name, short_day(grant.starts_at), until, _why(grant), _acts(grant, by, now)]


def _is_open(grant: Grant, by: Person, now: datetime) -> bool:
    return grant.person_id != by.pk and (grant.ends_at is None or grant.ends_at > now)


def _person(grant: Grant, by: Person, now: datetime) -> SafeString:
    """The name as a link where one may open the page, and the box that selects a grant that can be ended."""
    url = reverse("desk_management:person", args=[grant.person.public_id])
    name = format_html('<a href="{}">{}</a>', url, grant.person.shown_name)
    if not _is_open(grant, by, now):
        return name
    words = _("Select %(name)s, %(role)s") % {"name": grant.person.shown_name, "role": grant.role.label}
    return pick(grant.pk, grant.person.shown_name, name, words)


def role_cell(held: Any) -> str | SafeString:
    """The role of a grant or request, and the post stood in for."""
    words = standing_text(held.standing, held.standing_title)
    return format_html("{} <small>{}</small>", held.role.label, words) if words else held.role.label


def _acts(grant: Grant, by: Person, now: datetime) -> Any:
    if grant.ends_at is not None and grant.ends_at <= now:
        return tag(_("Ended"))
    if grant.person_id == by.pk:
        return _("Your own")
    end = _("Take back") if grant.starts_at > now else _("End it")
    links = (
        (reverse("desk_management:grant_end", args=[grant.pk]), end),
        (reverse("desk_management:grant_until", args=[grant.pk]), _("Change the end")),
        (_question(grant), _("Why?")),
    )
    return format_html_join(" · ", '<a href="{}">{}</a>', links)


def _question(grant: Grant) -> str:
    """The page that says what somebody may do, filled in with this person and unit."""
    asked = urlencode({"orang": grant.person.public_id, "di": grant.unit.code})
    return f"{reverse('desk_management:why')}?{asked}"


def _why(grant: Grant) -> str | SafeString:
    letter = f"{grant.letter}: {grant.reason}" if grant.letter else grant.reason
    if grant.given_by is None:
        return letter or "–"
    giver = _("given by %(name)s") % {"name": grant.given_by.shown_name}
    return format_html("{} <small>{}</small>", letter, giver)
