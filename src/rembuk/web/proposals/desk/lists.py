"""The staff list of proposals: its rows, filters, sorting, and what can be done with a selection."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from rembuk.access import permissions as izin
from rembuk.access import rights
from rembuk.accounts.models import Person
from rembuk.common import clock
from rembuk.common.counting import counted_beyond
from rembuk.proposals import selectors
from rembuk.proposals.choices import Source
from rembuk.proposals.deadlines import days_left
from rembuk.proposals.models import Proposal
from rembuk.proposals.states import AWAITS_ANSWER
from rembuk.web.lists import active_filters, address, kept_form, pager, sort_tabs
from rembuk.web.moderation.bulk import MOST
from rembuk.web.paging import Page, page_of
from rembuk.web.proposals.desk.filters import SORTS, DeskFilter
from rembuk.web.proposals.filters import OVERDUE

PAGE = 50
# What a row shows, and no more: the texts of a proposal stay in the database.
SHOWN = (
    *("code", "title", "state", "source", "submitted_at", "answer_due_at"),
    *("unit__name", "unit__short_name", "category__slug", "category__name", "category__name_en"),
)

type Row = dict[str, Any]


def filtered(given: MultiValueDict[str, str], by: Person) -> DeskFilter:
    """The filter of an address over what this person may read."""
    return DeskFilter(given, queryset=Proposal.objects.filter(selectors.in_reach(by)), person=by)


def list_context(request: HttpRequest, by: Person) -> Row:
    """The page of the list."""
    filters = filtered(request.GET, by)
    ways, sort = _ways_to_sort(request), sorting(request)
    rows = filters.qs if filters.form.is_valid() else Proposal.objects.none()
    order, after = SORTS[sort][1], request.GET.get("after")
    page = page_of(rows, order=order, after=after, size=PAGE, dressed=_dressed)
    actions, found = selection_acts(by), _found(request, by, rows, page)
    return {
        "page_title": _("Proposals"),
        "rows": rows_of(page.items, clock.now()),
        "filter_form": kept_form("desk_proposals/filters", filters.form),
        "active": active_filters(request, filters.form),
        "reset_url": request.path,
        "keep": [{"name": "urut", "value": sort}] if sort != next(iter(ways)) else [],
        "sorts": sort_tabs(request, ways, sort),
        "found": found,
        "bulk": {
            "action_url": _selection_url(request),
            "actions": actions,
            "found": found,
            "is_bounded": True,
            "most": MOST,
        }
        if actions
        else None,
        "may_enter": rights.can(by, izin.PROPOSAL_ENTER),
        "export_url": _export_url(request) if rights.can(by, izin.PROPOSAL_EXPORT) else "",
        **pager(request, page.next_token),
    }


def _dressed(rows: QuerySet[Proposal]) -> QuerySet[Proposal]:
    return rows.select_related("unit", "category").only(*SHOWN)


def _found(request: HttpRequest, by: Person, rows: QuerySet[Proposal], page: Page[Proposal]) -> int:
    """How many there are; a page that holds all of them tells it itself."""
    are_all = not page.next_token and not request.GET.get("after")
    return counted_beyond(page.items, rows, f"{by.pk}:{address(request, urut=None)}", are_all=are_all)


def _ways_to_sort(request: HttpRequest) -> Mapping[str, str]:
    """Keys of ``SORTS`` with their words, the usual one first.

    The newest overdue ones lie behind all that isn't due yet, so those are sorted by their deadline, as on the public list.
    """
    if OVERDUE in (request.GET.get("tenggat"), request.GET.get("kerja")):
        return {"tenggat": _("Longest overdue"), "terlama": str(SORTS["terlama"][0])}
    return {key: str(label) for key, (label, _order) in SORTS.items()}


def sorting(request: HttpRequest) -> str:
    """The sorting a request asks for where it is one of ``_ways_to_sort``, else the usual one."""
    ways, asked = _ways_to_sort(request), request.GET.get("urut", "")
    return asked if asked in ways else next(iter(ways))


def rows_of(proposals: Iterable[Proposal], moment: datetime) -> list[Row]:
    """Rows for the queue component, of ``filtered``."""
    return [_row(proposal, moment) for proposal in proposals]


def selection_acts(by: Person) -> list[Row]:
    """What she may do with a selection."""
    found: list[Row] = []
    if _may_publish(by):
        found.append({"name": "step", "value": "publish", "label": _("Publish")})
    if rights.can(by, izin.PROPOSAL_REFER):
        found.append({"name": "step", "value": "refer", "label": _("Hand to work units")})
    if rights.can(by, izin.PROGRAM_EDIT):
        found += [
            {"name": "step", "value": "program", "label": _("Make a programme from these")},
            {"name": "step", "value": "add", "label": _("Add to a programme")},
        ]
    return found


def _may_publish(by: Person) -> bool:
    return rights.can(by, izin.PROPOSAL_MODERATE) or rights.can(by, izin.PROPOSAL_RELEASE)


def _row(proposal: Proposal, moment: datetime) -> Row:
    source = "" if proposal.source == Source.CITIZEN else Source(proposal.source).label
    due = proposal.answer_due_at if proposal.state in AWAITS_ANSWER else None
    return {
        "url": reverse("desk_proposals:detail", args=[proposal.code]),
        "key": proposal.code,
        "code": proposal.code,
        "title": proposal.title,
        "at": proposal.submitted_at,
        "kind": proposal.category.label if proposal.category else "",
        "unit": proposal.unit.label if proposal.unit else "",
        "state_kind": "proposal",
        "state": proposal.state,
        "days_left": days_left(due, moment),
        "flags": [{"label": source, "tone": "mute"}] if source else [],
    }


def _selection_url(request: HttpRequest) -> str:
    """Where a selection is sent, with the filters in force for what takes all that was found."""
    return _with_filters(request, "desk_proposals:selection")


def _export_url(request: HttpRequest) -> str:
    return _with_filters(request, "desk_proposals:export")


def _with_filters(request: HttpRequest, route: str) -> str:
    return reverse(route) + address(request)[len(request.path) :]
