"""The page of one person: facts, roles, sessions, what may be done."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from rembuk.access import permissions as izin
from rembuk.access import rights
from rembuk.accounts.models import Person
from rembuk.accounts.second_factor.selectors import has_second_factor
from rembuk.accounts.selectors import open_sessions
from rembuk.common import clock
from rembuk.management import rules, selectors
from rembuk.web.components.formats import ending, moment, short_day
from rembuk.web.management.access.rows import columns, grant_rows
from rembuk.web.management.people.rows import state_of

type Row = dict[str, Any]


def person_context(person: Person, by: Person) -> Row:
    """A person's page: state, roles, sessions, and what may be done."""
    may, may_suspend = rules.may_answer_for(by, person), rules.may_suspend(by, person)
    rows = grant_rows(selectors.grants_of(person), by, clock.now(), with_person=False)
    may_grant = rights.can(by, izin.GRANT_MANAGE)
    if not may_grant:
        rows = [[*row[:-1], ""] for row in rows]
    return {
        **head_context(person, "person"),
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
        "may_act": may.ok,
        "may_suspend": may_suspend.ok,
        "has_factor": may.ok and has_second_factor(person),
        "why_not": "" if may_suspend.ok else str(may_suspend),
        "is_suspended": not person.is_active
        and person.suspended_at is not None
        and person.deleted_at is None,
        "is_waiting": person.is_active and person.invited_at is not None and not person.has_usable_password(),
        "may_ask": may_grant,
        "may_grant": may_grant and person.pk != by.pk and person.is_active,
    }


def head_context(person: Person, current: str) -> Row:
    """What the pages of one person share: the state, and the tabs with the current one marked."""
    pages = (
        ("person", _("Account")),
        ("person_activity", _("Activity")),
        ("person_trail", _("Audit trail")),
    )
    tabs = [
        {
            "label": label,
            "url": reverse(f"desk_management:{name}", args=[person.public_id]),
            "current": name == current,
        }
        for name, label in pages
    ]
    return {"person": person, "state": state_of(person), "tabs": tabs}


def _facts(person: Person) -> list[Row]:
    until = ending(person.suspended_until) if person.suspended_until else _("until somebody lifts it")
    facts: list[Row] = [
        {"term": _("Email"), "value": person.email or "–"},
        {"term": _("Sign-in name"), "value": person.sign_in_name or ""},
        {"term": _("Language"), "value": person.get_language_display()},
        {"term": _("Account since"), "value": moment(person.joined_at)},
        {"term": _("Invited"), "value": moment(person.invited_at) if person.invited_at else ""},
        {"term": _("Last sign-in"), "value": moment(person.last_login) if person.last_login else _("never")},
        {
            "term": _("Last here"),
            "value": short_day(person.last_active_on) if person.last_active_on else _("never"),
        },
    ]
    if person.suspended_at and not person.is_active:
        facts += [
            {"term": _("Suspended since"), "value": moment(person.suspended_at)},
            {"term": _("Suspended until"), "value": until},
            {"term": _("Reason"), "value": person.suspension_reason},
        ]
    return facts
