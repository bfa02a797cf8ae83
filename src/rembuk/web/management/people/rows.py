"""Rows of the list of people, and the page of one."""

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from rembuk.access import permissions as izin
from rembuk.access import rights
from rembuk.access.models import Grant
from rembuk.accounts.models import Person
from rembuk.accounts.selectors import open_sessions
from rembuk.audit import selectors as audit
from rembuk.common import clock
from rembuk.management import rules, selectors
from rembuk.web.components.formats import moment, short_day
from rembuk.web.lists import address, pager
from rembuk.web.management.access.rows import columns, grant_rows
from rembuk.web.management.people.forms import ALL, GROUPS, INVITED, STAFF, SUSPENDED, PeopleSearch
from rembuk.web.paging import page_of
from rembuk.web.templatetags.ui import tag
from rembuk.web.trail.rows import audit_rows

type Row = dict[str, Any]


def people_context(request: HttpRequest, by: Person) -> Row:
    """People in the reader's reach: staff first, everybody on request; newest accounts first."""
    form = PeopleSearch(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    words, group = wanted.get("q", ""), wanted.get("siapa") or (ALL if wanted.get("q") else STAFF)
    held = Grant.objects.filter(selectors.unended()).select_related("role", "unit").order_by("pk")
    people = _group(selectors.named(selectors.managed_people(by), words), group)
    found = page_of(
        people.prefetch_related(Prefetch("grants", queryset=held, to_attr="held")),
        order=("-joined_at", "-id"),
        after=request.GET.get("after"),
        size=50,
    )
    labels = (_("Name"), _("State"), _("Roles"), _("Email"), _("Account since"))
    rows = [_row(person) for person in found.items]
    return {
        "q": words,
        "table": {
            "caption": _("Users"),
            "caption_hidden": True,
            "columns": [{"label": x} for x in labels],
            "rows": rows,
        },
        "tabs": [
            {"label": label, "url": address(request, siapa=key), "current": key == group}
            for key, label in GROUPS
        ],
        **pager(request, found.next_token),
    }


def _group(people: QuerySet[Person], group: str) -> QuerySet[Person]:
    if group == STAFF:
        return selectors.with_roles(people)
    if group == SUSPENDED:
        return people.filter(is_active=False, suspended_at__isnull=False, deleted_at=None)
    if group == INVITED:
        return people.filter(invited_at__isnull=False, last_login=None, is_active=True)
    return people.filter(deleted_at=None)


def _row(person: Any) -> list[Any]:
    url = reverse("desk_management:person", args=[person.public_id])
    roles = ", ".join(f"{grant.role.label} ({grant.unit.label})" for grant in person.held) or "–"
    return [
        {"value": person.shown_name, "url": url},
        state_of(person),
        roles,
        masked(person.email),
        short_day(person.joined_at),
    ]


def masked(email: str | None) -> str:
    """An address as a list shows it; the whole of it stands on the person's page, and each look is recorded."""
    name, at, domain = (email or "").partition("@")
    return f"{name[:2]}…{at}{domain}" if at else "–"


def state_of(person: Person) -> SafeString:
    """The state of an account as a tag."""
    if person.deleted_at:
        return tag(_("Deleted"), "mute", "trash")
    if not person.is_active:
        return tag(_("Suspended"), "bad", "lock")
    if person.invited_at and not person.has_usable_password():
        return tag(_("Invited"), "warn", "mail")
    return tag(_("Account in use"), "ok", "check")


def person_context(person: Person, by: Person) -> Row:
    """A person's page: state, roles, sessions, last deeds, and what may be done."""
    may = rules.may_suspend(by, person)
    rows = grant_rows(selectors.grants_of(person), by, clock.now(), with_person=False)
    if not rights.can(by, izin.GRANT_MANAGE):
        rows = [[*row[:-1], ""] for row in rows]
    return {
        "person": person,
        "state": state_of(person),
        "facts": _facts(person),
        "grants": {
            "caption": _("Roles"),
            "caption_hidden": True,
            "columns": columns(with_person=False),
            "rows": rows,
        }
        if rows
        else None,
        "sessions": open_sessions(person),
        # What she did to a proposal under a hidden name stays off the page that bears her name.
        "deeds": [
            row for row in audit_rows(audit.entries(_deeds(person, by), limit=20)) if not row["is_masked"]
        ],
        "may_act": may.ok,
        "why_not": "" if may.ok else str(may),
        "is_suspended": not person.is_active
        and person.suspended_at is not None
        and person.deleted_at is None,
        "is_waiting": person.is_active and person.invited_at is not None and not person.has_usable_password(),
        "may_grant": rights.can(by, izin.GRANT_MANAGE) and person.pk != by.pk and person.is_active,
    }


def _deeds(person: Person, by: Person) -> audit.Filter:
    """What the person did; somebody with a right in some units sees what was done there."""
    whole = rights.can_everywhere(by, izin.PERSON_MANAGE)
    return audit.Filter(
        person_ids=(person.pk,), unit_paths=None if whole else tuple(rights.paths(by, izin.PERSON_MANAGE))
    )


def _facts(person: Person) -> list[Row]:
    until = moment(person.suspended_until) if person.suspended_until else _("until somebody lifts it")
    facts: list[Row] = [
        {"term": _("Email"), "value": person.email},
        {"term": _("Language"), "value": person.get_language_display()},
        {"term": _("Account since"), "value": moment(person.joined_at)},
        {"term": _("Invited"), "value": moment(person.invited_at) if person.invited_at else ""},
        {"term": _("Last sign-in"), "value": moment(person.last_login) if person.last_login else _("never")},
    ]
    if person.suspended_at and not person.is_active:
        facts += [
            {"term": _("Suspended since"), "value": moment(person.suspended_at)},
            {"term": _("Suspended until"), "value": until},
            {"term": _("Reason"), "value": person.suspension_reason},
        ]
    return facts
