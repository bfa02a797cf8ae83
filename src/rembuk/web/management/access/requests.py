"""Rows of the requests that wait for a second person, and of those that are decided."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from rembuk.access.models import GrantRequest
from rembuk.accounts.models import Person
from rembuk.management.granting import rules
from rembuk.management.granting.selectors import approvers, managed_requests
from rembuk.web.components.formats import short_day, short_moment
from rembuk.web.components.html.tags import tag
from rembuk.web.lists import pager
from rembuk.web.management.access.rows import role_cell
from rembuk.web.paging import page_of

type Row = dict[str, Any]

_TONES = {"approved": "ok", "refused": "bad", "withdrawn": "mute"}


def requests_context(request: HttpRequest, by: Person) -> Row:
    """Waiting requests, all of them, and the decided ones newest first."""
    rows = managed_requests(by)
    waiting = list(rows.filter(state=GrantRequest.State.WAITING))
    decided = page_of(rows.exclude(state=GrantRequest.State.WAITING), after=request.GET.get("after"))
    return {
        "waiting": _table(_("Waiting for a second person"), _("Act"), waiting, by),
        "decided": _table(_("Decided"), _("Decision"), decided.items, by),
        "alone": next((row for row in waiting if not approvers(row)), None),
        **pager(request, decided.next_token),
    }


def _table(caption: str, last: str, rows: list[GrantRequest], by: Person) -> Row:
    labels = (_("Person"), _("Role"), _("Work unit"), _("Days"), _("Asked by"), _("Reason"), last)
    return {
        "caption": caption,
        "caption_hidden": True,
        "columns": [{"label": label} for label in labels],
        "rows": [_row(row, by) for row in rows],
    }


def _row(row: GrantRequest, by: Person) -> list[Any]:
    asker = row.asked_by.shown_name if row.asked_by else _("Deleted account")
    return [
        row.person.shown_name,
        role_cell(row),
        row.unit.name,
        days_of(row),
        format_html("{} <small>{}</small>", asker, short_moment(row.asked_at)),
        f"{row.letter}: {row.reason}" if row.letter else row.reason,
        _acts(row, by) if row.state == GrantRequest.State.WAITING else _decision(row),
    ]


def days_of(row: GrantRequest) -> SafeString:
    """From when until when it is asked for."""
    since = short_day(row.starts_at) if row.starts_at else _("from the approval")
    until = short_day(row.ends_at) if row.ends_at else _("until ended")
    return format_html("{} – {}", since, until)


def _acts(row: GrantRequest, by: Person) -> str | SafeString:
    links = []
    if rules.may_decide(by, row).ok:
        links = [("approve", _("Approve")), ("refuse", _("Refuse"))]
    elif rules.may_withdraw(by, row).ok:
        links = [("withdraw", _("Take it back"))]
    found = [
        (reverse("desk_management:grant_request_act", args=[row.public_id, name]), label)
        for name, label in links
    ]
    return format_html_join(" · ", '<a href="{}">{}</a>', found) or _("Another person decides")


def _decision(row: GrantRequest) -> SafeString:
    state = GrantRequest.State(row.state)
    who = row.decided_by.shown_name if row.decided_by else _("Deleted account")
    return format_html(
        "{} {} <small>{}, {}</small>",
        tag(str(state.label), _TONES[row.state]),
        row.decision_reason,
        who,
        short_moment(row.decided_at),
    )
