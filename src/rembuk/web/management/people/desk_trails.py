"""Two timelines of one person: what they did here, and what was done to the account. Each look is recorded."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from rembuk.access import permissions as izin
from rembuk.accounts.models import Person
from rembuk.audit import selectors as audit
from rembuk.management import doors
from rembuk.management.actions import people as actions
from rembuk.management.people import trails
from rembuk.management.people.trails import Direction, Kind
from rembuk.web.guards import PersonRequest, requires
from rembuk.web.lists import active_filters, pager
from rembuk.web.management.pages import page
from rembuk.web.management.people.person_page import head_context
from rembuk.web.trail import positions
from rembuk.web.trail.forms import PeriodForm
from rembuk.web.trail.rows import audit_rows

PAGE = 30
managers = requires(izin.PERSON_MANAGE)


class ActivityFilter(PeriodForm):
    """Kind and period."""

    jenis = forms.ChoiceField(
        label=gettext_lazy("Kind"),
        choices=[("", gettext_lazy("All kinds")), *Kind.choices],
        required=False,
    )
    field_order: tuple[str, ...] = ("jenis", "dari", "sampai")

    @property
    def kind(self) -> Kind | None:
        """The one kind asked for."""
        given = self.cleaned_data.get("jenis")
        return Kind(given) if given else None


class TrailFilter(ActivityFilter):
    """Whether the person acted or was acted upon, kind and period."""

    arah = forms.ChoiceField(
        label=gettext_lazy("Direction"),
        choices=[("", gettext_lazy("Both")), *Direction.choices],
        required=False,
    )
    field_order = ("arah", "jenis", "dari", "sampai")

    @property
    def direction(self) -> Direction | None:
        """The one direction asked for."""
        given = self.cleaned_data.get("arah")
        return Direction(given) if given else None


@managers
@require_safe
def activity(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """What the person did, as a citizen and as staff; how much, where what for is nobody's business."""
    found = doors.person_for(public_id, request.user)
    form = ActivityFilter(request.GET)
    wanted = []
    if form.is_valid():
        wanted = trails.activity(found, request.user, form.kind, _period(form))
    context = {**_entries(request, form, wanted), **head_context(found, "person_activity")}
    actions.see_person(found, by=request.user, fields=("name", "activity"))
    return _answer(request, found, context, counts=_counts(found))


@managers
@require_safe
def trail(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """What was done to the account, and what the person did to others, with before, after and reason."""
    found = doors.person_for(public_id, request.user)
    form = TrailFilter(request.GET)
    wanted = []
    if form.is_valid():
        wanted = trails.account_trail(found, request.user, form.direction, form.kind, _period(form))
    context = {**_entries(request, form, wanted), **head_context(found, "person_trail")}
    actions.see_person(found, by=request.user, fields=("name", "trail"))
    return _answer(request, found, context, is_detailed=True)


def _period(form: PeriodForm) -> audit.Filter:
    since, until = form.period()
    return audit.Filter(since=since, until=until)


def _entries(request: PersonRequest, form: PeriodForm, wanted: list[audit.Filter]) -> dict[str, Any]:
    """One page of entries; those that would tie a hidden name to its owner stay off the page that bears it."""
    after = positions.read(request.GET.get("after", ""))
    found = trails.merged(wanted, after=after, limit=PAGE + 1)
    rows = [row for row in audit_rows(found[:PAGE]) if not row["is_masked"]]
    token = positions.write(found[PAGE - 1]) if len(found) > PAGE else ""
    return {
        "rows": rows,
        "form": form,
        "active": active_filters(request, form),
        "reset_url": request.path,
        **pager(request, token),
    }


def _counts(person: Person) -> list[dict[str, object]]:
    found = trails.counts(person)
    words = {
        "proposals": _("public proposals"),
        "comments": _("visible comments"),
        "submissions": _("submissions in consultations"),
        "votes": _("votes that stand"),
        "ratings": _("ratings of programmes"),
    }
    return [{"value": found[name], "label": label} for name, label in words.items()]


def _answer(request: PersonRequest, person: Person, context: dict[str, Any], **more: object) -> HttpResponse:
    crumbs: list[Any] = [
        (gettext_lazy("Users"), "desk_management:people"),
        (person.shown_name, reverse("desk_management:person", args=[person.public_id])),
    ]
    tab = next(tab["label"] for tab in context["tabs"] if tab["current"])
    title = f"{person.shown_name}: {tab}"
    return page(request, "person_trail", title=title, crumbs=crumbs, **context, **more)
