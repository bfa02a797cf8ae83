"""Suggested groups: two lists kept apart, one group with what to do about it, dismissing it.

Each sees only what she may take up. Making a programme and adding to one go on to the pages that do so from any list.
"""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from rembuk.access.permissions import PROGRAM_EDIT
from rembuk.common.errors import Invalid
from rembuk.programs import doors, suggested
from rembuk.programs.actions.suggestions.judge import dismiss, drop_members
from rembuk.programs.choices import Likeness
from rembuk.programs.models import Suggestion
from rembuk.programs.states import SuggestionState
from rembuk.web.answers import see_other
from rembuk.web.components.formats import number as written
from rembuk.web.guards import PersonRequest, requires
from rembuk.web.lists import pager
from rembuk.web.paging import page_of
from rembuk.web.programs.steering.board import crumbs
from rembuk.web.programs.steering.forms import show_refusal
from rembuk.web.programs.steering.link_forms import CHOSEN, MOST
from rembuk.web.programs.suggestions.forms import DismissForm
from rembuk.web.programs.suggestions.members import member_rows
from rembuk.web.programs.suggestions.rows import rows_of

PAGE, MEMBERS = 20, 50
KINDS = {"sejenis": Likeness.LIKE, "sama": Likeness.SAME}
_GOES_ON = {"program": "desk_programs:new", "tambah": "desk_programs:choose"}


@requires(PROGRAM_EDIT)
@require_safe
def index(request: PersonRequest) -> HttpResponse:
    """Groups of one kind with proposals she may take up, the biggest first."""
    chosen = request.GET.get("jenis", "")
    kind = KINDS.get(chosen, Likeness.LIKE)
    found = suggested.open_to(request.user, kind)
    page = page_of(found, order=("-size", "-id"), after=request.GET.get("after"), size=PAGE)
    context = {
        "page_title": _("Suggested groups"),
        "crumbs": crumbs(),
        "tabs": _tabs(kind),
        "is_same": kind == Likeness.SAME,
        "rows": rows_of(page.items, request.user),
        **pager(request, page.next_token),
    }
    return render(request, "desk_programs/suggestions/list.html", context)


@requires(PROGRAM_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def detail(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """One group: why it is one, its proposals, and what to make of it."""
    found = doors.suggestion_for_desk(public_id, request.user)
    if found.state != SuggestionState.OPEN:
        return _closed(request, found)
    fault = ""
    if request.method == "POST":
        done = _carry_out(request, found)
        if isinstance(done, HttpResponse):
            return done
        fault = done
    context = {**_detail(request, found), "fault": fault}
    return render(request, "desk_programs/suggestions/detail.html", context, status=422 if fault else 200)


@requires(PROGRAM_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def dismissal(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """Say why a group is none."""
    found = doors.suggestion_for_desk(public_id, request.user)
    if found.state != SuggestionState.OPEN:
        return _closed(request, found)
    data = request.POST if request.method == "POST" else None
    form = DismissForm(data)
    if form.is_valid():
        try:
            dismiss(found, reason=form.cleaned_data["reason"], by=request.user)
            return see_other(request, _list_of(found), _("The group is dismissed."))
        except Invalid as refusal:
            show_refusal(form, refusal)
    context = {"page_title": _("Dismiss the group"), "crumbs": _way(found), "form": form}
    confirm = _question(found, request, form)
    status = 422 if data is not None else 200
    return render(request, "desk_programs/confirm.html", {**context, "confirm": confirm}, status=status)


def _tabs(kind: str) -> list[dict[str, Any]]:
    labels = {"sejenis": _("Of one kind in one area"), "sama": _("The same wish")}
    here = reverse("desk_programs:suggestions")
    return [
        {"label": label, "url": f"{here}?{urlencode({'jenis': name})}", "current": KINDS[name] == kind}
        for name, label in labels.items()
    ]


def _detail(request: PersonRequest, found: Suggestion) -> dict[str, Any]:
    page = page_of(suggested.members(found, request.user), after=request.GET.get("after"), size=MEMBERS)
    (row,) = rows_of([found], request.user)
    return {
        "page_title": row.title,
        "crumbs": _way(found),
        "group": row,
        "is_same": found.kind == Likeness.SAME,
        "members": member_rows(page.items, found, row.example, request.user),
        "most": MOST,
        "dismiss_url": reverse("desk_programs:dismiss_suggestion", args=[found.public_id]),
        **pager(request, page.next_token),
    }


def _carry_out(request: PersonRequest, found: Suggestion) -> HttpResponse | str:
    """Go on with the ticked proposals or drop one; else what is wrong."""
    dropped, step = request.POST.getlist("keluarkan"), request.POST.get("step", "")
    if dropped:
        return _drop(request, found, dropped)
    codes = request.POST.getlist(CHOSEN)
    if step.endswith("-semua"):
        step = step.removesuffix("-semua")
        codes = [row.code or "" for row in suggested.members(found, request.user)[:MOST]]
    if not codes or step not in _GOES_ON:
        return _("Choose at least one proposal.")
    return see_other(request, f"{reverse(_GOES_ON[step])}?{urlencode({CHOSEN: codes[:MOST]}, doseq=True)}")


def _drop(request: PersonRequest, found: Suggestion, codes: list[str]) -> HttpResponse | str:
    try:
        dropped = drop_members(found, codes, by=request.user)
    except Invalid as refusal:
        return str(refusal.message)
    is_left = suggested.has_enough(found, request.user)
    told = _("%(code)s is dropped from the group.") % {"code": ", ".join(row.code or "" for row in dropped)}
    return see_other(request, request.get_full_path() if is_left else _list_of(found), told)


def _closed(request: PersonRequest, found: Suggestion) -> HttpResponse:
    """A group that was dismissed or went into a programme since."""
    context = {"page_title": _("Suggested group"), "crumbs": _way(found), "suggestion": found}
    return render(request, "desk_programs/suggestions/closed.html", context)


def _list_of(found: Suggestion) -> str:
    name = next(name for name, kind in KINDS.items() if kind == found.kind)
    return f"{reverse('desk_programs:suggestions')}?{urlencode({'jenis': name})}"


def _way(found: Suggestion) -> list[dict[str, str]]:
    return [*crumbs(), {"label": _("Suggested groups"), "url": _list_of(found)}]


def _question(found: Suggestion, request: PersonRequest, form: DismissForm) -> dict[str, Any]:
    (row,) = rows_of([found], request.user)
    count = ngettext("%(n)s proposal", "%(n)s proposals", row.proposals) % {"n": written(row.proposals)}
    return {
        "title": _("Dismiss “%(title)s”?") % {"title": row.title},
        "count_text": count,
        "text": _(
            "They are not suggested together again. Nothing happens to the proposals themselves; nobody is told."
        ),
        "action_url": request.path,
        "cancel_url": row.url,
        "label": _("Dismiss the group"),
        "tone": "bad",
        "form": form,
    }
