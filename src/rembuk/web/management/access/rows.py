"""Rows of the list of grants."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from rembuk.access.models import Grant
from rembuk.accounts.models import Person
from rembuk.common import clock
from rembuk.management.selectors import grants_by_time, managed_grants
from rembuk.web.components.formats import short_day
from rembuk.web.lists import active_filters, pager
from rembuk.web.management.access.forms import GrantFilter
from rembuk.web.paging import page_of
from rembuk.web.templatetags.ui import tag

type Row = dict[str, Any]

# A grant ends at an instant; the last day it holds is the day before midnight.
_MOMENT = timedelta(microseconds=1)


def grants_context(request: HttpRequest, by: Person) -> Row:
    """The grants in the reader's units, newest first."""
    form = GrantFilter(request.GET)
    grants = _filtered(managed_grants(by), form).select_related("person", "role", "unit", "given_by")
    found = page_of(grants, after=request.GET.get("after"), size=50)
    rows = grant_rows(found.items, by, clock.now())
    return {
        "table": {
            "caption": _("Grants"),
            "caption_hidden": True,
            "columns": columns(with_person=True),
            "rows": rows,
        },
        "form": form,
        "active": active_filters(request, form),
        "reset_url": request.path,
        **pager(request, found.next_token),
    }


def _filtered(grants: QuerySet[Grant], form: GrantFilter) -> QuerySet[Grant]:
    if not form.is_valid():
        return grants.none()
    wanted = form.cleaned_data
    grants = grants.filter(grants_by_time(wanted["waktu"] or "berlaku"))
    if wanted["peran"]:
        grants = grants.filter(role__slug=wanted["peran"])
    if wanted["satuan"]:
        grants = grants.filter(unit__path__startswith=wanted["satuan"].path)
    return grants


def columns(*, with_person: bool) -> list[Row]:
    """The columns of a table of grants."""
    first = [_("Person"), _("Role")] if with_person else [_("Role")]
    labels = [*first, _("Work unit"), _("From"), _("Until"), _("Reason"), _("Act")]
    return [{"label": label} for label in labels]


def grant_rows(
    grants: Iterable[Grant], by: Person, now: datetime, *, with_person: bool = True
) -> list[list[Any]]:
    """Grants as rows; the last cell leads to ending one that is not over and not one's own."""
    return [_grant_row(grant, by, now, with_person) for grant in grants]


def _grant_row(grant: Grant, by: Person, now: datetime, with_person: bool) -> list[Any]:
    is_over = grant.ends_at is not None and grant.ends_at <= now
    url = reverse("desk_management:person", args=[grant.person.public_id])
    first = (
        [{"value": grant.person.shown_name, "url": url}, grant.role.label]
        if with_person
        else [grant.role.label]
    )
    if is_over:
        act: Any = tag(_("Ended"))
    elif grant.person_id == by.pk:
        act = _("Your own")
    else:
        act = {"value": _("End it"), "url": reverse("desk_management:grant_end", args=[grant.pk])}
    until = short_day(grant.ends_at - _MOMENT) if grant.ends_at else _("Until ended")
    if grant.starts_at > now:
        act = act if is_over else {**act, "value": _("Take back")} if isinstance(act, dict) else act
    return [*first, grant.unit.name, short_day(grant.starts_at), until, _why(grant), act]


def _why(grant: Grant) -> str | SafeString:
    if grant.given_by is None:
        return grant.reason or "–"
    giver = _("given by %(name)s") % {"name": grant.given_by.shown_name}
    return format_html("{} <small>{}</small>", grant.reason, giver)
