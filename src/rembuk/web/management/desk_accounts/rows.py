"""Rows of the list of accounts without email, and the page of one."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from rembuk.accounts.models import Person
from rembuk.management.desk import rules, selectors
from rembuk.management.desk.selectors import ALL, ENDED, IN_USE, SUSPENDED, WAITING
from rembuk.web.components.formats import moment, short_day
from rembuk.web.components.html.tags import tag
from rembuk.web.components.picks import picked_link
from rembuk.web.lists import address, pager
from rembuk.web.management.desk_accounts.forms import STATES, AccountSearch
from rembuk.web.paging import page_of

type Row = dict[str, Any]


def list_context(request: HttpRequest, by: Person) -> Row:
    """Accounts opened in the reader's units, newest first."""
    form = AccountSearch(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    words, state = wanted.get("q", ""), wanted.get("keadaan") or ALL
    accounts = selectors.accounts(by).filter(person__deleted_at=None)
    found = page_of(
        selectors.in_state(selectors.named(accounts, words), state),
        order=("-opened_at", "-id"),
        after=request.GET.get("after"),
        size=50,
    )
    labels = (_("Name"), _("Sign-in name"), _("State"), _("Opened at"), _("On"))
    return {
        "q": words,
        "bulk": {
            "action_url": reverse("desk_management:desk_accounts_many"),
            "actions": [{"name": "act", "value": "tarik", "label": _("Withdraw codes"), "tone": "bad"}],
        },
        "is_narrowed": bool(words) or state != ALL,
        "table": {
            "caption": _("Accounts without email"),
            "caption_hidden": True,
            "columns": [{"label": label} for label in labels],
            "rows": [_row(account) for account in found.items],
        },
        "tabs": [
            {
                "label": label,
                "url": address(request, keadaan=None if key == ALL else key),
                "current": key == state,
            }
            for key, label in STATES
        ],
        **pager(request, found.next_token),
    }


def _row(account: Any) -> list[Any]:
    person = account.person
    return [
        picked_link(
            person.public_id,
            person.shown_name,
            reverse("desk_management:desk_account", args=[person.public_id]),
        ),
        person.sign_in_name,
        state_tag(account),
        account.unit.label,
        short_day(account.opened_at),
    ]


def state_tag(account: Any) -> SafeString:
    """How far the account is, as a tag."""
    looks = {
        WAITING: (_("Not here yet"), "warn", "clock"),
        ENDED: (_("Code has ended"), "bad", "clock"),
        IN_USE: (_("In use"), "ok", "check"),
        SUSPENDED: (_("Suspended"), "bad", "lock"),
        selectors.WITH_EMAIL: (_("Has an email address now"), "ok", "mail"),
    }
    return tag(*looks[selectors.state_of(account)])


def account_context(account: Any, by: Person) -> Row:
    """The page of one account: what was done at the desk, and whether a new code may be made."""
    may = rules.may_make_code(by, account)
    return {
        "account": account,
        "state": state_tag(account),
        "facts": _facts(account),
        "may_make_code": may.ok,
        "why_not": "" if may.ok else str(may),
        "is_waiting": selectors.state_of(account) == WAITING,
    }


def _facts(account: Any) -> list[Row]:
    person, officer = account.person, account.opened_by
    facts: list[Row] = [
        {"term": _("Sign-in name"), "value": person.sign_in_name},
        {"term": _("Opened at"), "value": account.unit.name},
        {"term": _("Opened by"), "value": officer.shown_name if officer else ""},
        {"term": _("Opened on"), "value": moment(account.opened_at)},
        {"term": _("Language"), "value": person.get_language_display()},
        {
            "term": _("Privacy notice"),
            "value": _("version %(version)s, signed on paper") % {"version": person.privacy_version},
        },
        {"term": _("Last sign-in"), "value": moment(person.last_login) if person.last_login else _("never")},
    ]
    if account.code_made_at:
        facts += [
            {"term": _("Code printed"), "value": moment(account.code_made_at)},
            {"term": _("Code works until"), "value": moment(account.code_ends_at)},
        ]
    return facts
