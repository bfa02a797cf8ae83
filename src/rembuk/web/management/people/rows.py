"""The list of people: rows, tabs, what can be done with a selection."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from rembuk.access import permissions as izin
from rembuk.access import rights
from rembuk.access.models import Grant
from rembuk.accounts.models import Person
from rembuk.management import selectors
from rembuk.management.people import directory
from rembuk.management.people.directory import ORDERS, Group
from rembuk.management.people.together import Step
from rembuk.web.components.formats import short_day
from rembuk.web.components.html.tags import tag
from rembuk.web.components.picks import picked_link
from rembuk.web.desk.unit_field import suggestions
from rembuk.web.lists import address, pager
from rembuk.web.management.people.filters import PeopleFilter
from rembuk.web.paging import page_of

PAGE = 50

type Row = dict[str, Any]


def people_context(request: HttpRequest, by: Person) -> Row:
    """People in the reader's reach: staff first, everybody on request."""
    form = PeopleFilter(request.GET)
    people = narrowed(form, selectors.managed_people(by))
    page = page_of(people, order=ORDERS[form.order][1], after=request.GET.get("after"), size=PAGE)
    return {
        "form": form,
        "q": request.GET.get("q", ""),
        "active": form.chips(request),
        "reset_url": address(request, **dict.fromkeys(form.fields)),
        "suggestions": suggestions(by),
        "table": _table(request, form, page.items),
        "tabs": [
            {"label": group.label, "url": address(request, siapa=group.value), "current": group == form.group}
            for group in Group
        ],
        "bulk": {"action_url": reverse("desk_management:people_selection"), "actions": _actions()},
        "export_url": _with_filters(request, "desk_management:people_export")
        if rights.can(by, izin.PERSON_EXPORT)
        else "",
        **pager(request, page.next_token),
    }


def narrowed(form: PeopleFilter, people: QuerySet[Person]) -> QuerySet[Person]:
    """Those of ``people`` that fit the filters; nobody where a filter can't be read."""
    if not form.is_valid():
        return directory.ordered(people.none())
    return directory.ordered(directory.found(people, form.wanted()))


def grants_held(people: Collection[Person]) -> Mapping[int, Sequence[Grant]]:
    """Their grants in force or still to come, by person and without her: nothing points back, so that a long file keeps
    none of what it has read.
    """
    held: dict[int, list[Grant]] = defaultdict(list)
    rows = Grant.objects.filter(selectors.unended(), person__in=[person.pk for person in people])
    for grant in rows.select_related("role", "unit").order_by("pk"):
        held[grant.person_id].append(grant)
    return held


def roles_of(person: Person, held: Mapping[int, Sequence[Grant]]) -> str:
    """The roles of somebody among ``grants_held``, each with its unit."""
    return ", ".join(f"{grant.role.label} ({grant.unit.label})" for grant in held.get(person.pk, ()))


def _table(request: HttpRequest, form: PeopleFilter, people: list[Person]) -> Row:
    columns = [
        _sorted(request, form, _("Name"), "nama"),
        {"label": _("State")},
        {"label": _("Roles")},
        {"label": _("Account")},
        _sorted(request, form, _("Last here"), "aktif"),
        _sorted(request, form, _("Account since"), "terbaru"),
    ]
    held = grants_held(people)
    rows = [_row(person, held) for person in people]
    return {"caption": _("Users"), "caption_hidden": True, "columns": columns, "rows": rows}


def _sorted(request: HttpRequest, form: PeopleFilter, label: str, order: str) -> Row:
    if form.order == order:
        return {"label": label, "sorted": "ascending" if order == "nama" else "descending"}
    return {"label": label, "sort_url": address(request, urut=order)}


def _row(person: Person, held: Mapping[int, Sequence[Grant]]) -> list[Any]:
    return [
        picked_link(
            person.public_id,
            person.shown_name,
            reverse("desk_management:person", args=[person.public_id]),
        ),
        state_of(person),
        roles_of(person, held) or "–",
        format_html('<span class="nowrap">{}</span>', person.sign_in_name or masked(person.email)),
        short_day(person.last_active_on) if person.last_active_on else _("never"),
        short_day(person.joined_at),
    ]


def _actions() -> list[Row]:
    return [
        {"name": "step", "value": Step.INVITE, "label": _("Invite again")},
        {"name": "step", "value": Step.SESSIONS, "label": _("End sessions")},
        {"name": "step", "value": Step.REINSTATE, "label": _("Lift the suspension")},
        {"name": "step", "value": Step.SUSPEND, "label": _("Suspend"), "tone": "bad"},
    ]


def _with_filters(request: HttpRequest, route: str) -> str:
    return reverse(route) + address(request)[len(request.path) :]


def masked(email: str | None) -> str:
    """An address as a list shows it; the whole of it stands on the person's page, and each look is recorded."""
    name, at, domain = (email or "").partition("@")
    return f"{name[:2]}…{at}{domain}" if at else "–"


def state_word(person: Person) -> tuple[str, str, str]:
    """The state of an account: its word, tone and icon."""
    if person.deleted_at:
        return _("Deleted"), "mute", "trash"
    if not person.is_active:
        return _("Suspended"), "bad", "lock"
    if person.invited_at and not person.has_usable_password():
        return _("Invited"), "warn", "mail"
    return _("Account in use"), "ok", "check"


def state_of(person: Person) -> SafeString:
    """The state of an account as a tag."""
    return tag(*state_word(person))
