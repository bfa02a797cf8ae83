"""The list of people as a CSV or XLSX file: safe against formulas, recorded in the trail."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import batched
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from rembuk.access import permissions as izin
from rembuk.access import rights
from rembuk.access.models import Grant
from rembuk.accounts.models import Person
from rembuk.common import counting
from rembuk.exports.sources import Given, Opened
from rembuk.management import selectors
from rembuk.management.actions.people_many import note_export
from rembuk.web.answers import see_other
from rembuk.web.components.formats import counted
from rembuk.web.exports.answering import deliver, given_of
from rembuk.web.exports.catalogue import PEOPLE
from rembuk.web.exports.writing import refuse_unreadable, words_of, writer
from rembuk.web.guards import PersonRequest, requires
from rembuk.web.management.fields import ManagedForm
from rembuk.web.management.pages import page, sent
from rembuk.web.management.people.filters import PeopleFilter
from rembuk.web.management.people.rows import grants_held, narrowed, roles_of, state_word
from rembuk.web.sheets.workbook import Cell, Sheet

CHUNK = 1000
LIST = "desk_management:people"


class ExportForm(ManagedForm):
    """Which kind of file."""

    bentuk = forms.ChoiceField(
        label=gettext_lazy("Kind of file"),
        choices=(("xlsx", gettext_lazy("Spreadsheet (XLSX)")), ("csv", gettext_lazy("Text table (CSV)"))),
        initial="xlsx",
        widget=forms.RadioSelect,
    )


@requires(izin.PERSON_EXPORT)
@require_http_methods(["GET", "HEAD", "POST"])
def export(request: PersonRequest) -> HttpResponseBase:
    """What the filters found among those in reach of the right to export, with whole addresses."""
    filters = PeopleFilter(request.GET)
    if not filters.is_valid():
        # The list says which filter can't be read.
        return see_other(request, _back(request))
    form = ExportForm(sent(request))
    if form.is_valid():
        return deliver(request, PEOPLE, given_of(request), form.cleaned_data["bentuk"])
    return _asked(request, form, counting.counted(_found(filters, request.user)))


def opened(by: Person, given: Given) -> Opened:
    """The people that the filters find for this person."""
    filters = PeopleFilter(MultiValueDict(given))
    refuse_unreadable(filters)
    people = _found(filters, by)
    asked = {name: values[-1] for name, values in given.items() if name in filters.fields}

    def note(form: str, count: int) -> None:
        note_export(by=by, filters={**asked, "siapa": filters.group.value}, form=form, count=count)

    return Opened(
        stem="pengguna",
        words=words_of(filters, given),
        reach={izin.PERSON_EXPORT.key: rights.paths(by, izin.PERSON_EXPORT)},
        rows=[people],
        write=writer(lambda: [Sheet(_("Users"), _head(), _rows(people))]),
        note=note,
    )


def _found(filters: PeopleFilter, by: Person) -> QuerySet[Person]:
    return narrowed(filters, selectors.managed_people(by, izin.PERSON_EXPORT))


def _asked(request: PersonRequest, form: ExportForm, count: int) -> HttpResponse:
    lede = ngettext("%(n)s account is exported.", "%(n)s accounts are exported.", count) % {
        "n": counted(count)
    }
    warning = _(
        "The file holds whole email addresses. Keep it only as long as you need it. Each export stands in the audit trail "
        "with its filters and its count."
    )
    context: dict[str, Any] = {
        "form": form,
        "lede": f"{lede} {warning}",
        "label": _("Download"),
        "back_url": _back(request),
    }
    return page(request, "form", title=_("Export"), crumbs=[(gettext_lazy("Users"), LIST)], **context)


def _back(request: PersonRequest) -> str:
    return reverse(LIST) + (f"?{request.GET.urlencode()}" if request.GET else "")


def _head() -> list[tuple[str, int]]:
    return [
        (_("Name"), 32),
        (_("Email"), 34),
        (_("Sign-in name"), 20),
        (_("State"), 18),
        (_("Roles"), 50),
        (_("Account since"), 14),
        (_("Invited"), 14),
        (_("Last here"), 14),
        (_("Suspended until"), 16),
    ]


def _rows(people: QuerySet[Person]) -> Iterator[list[Cell]]:
    """Row by row, read in pieces by a cursor of the server."""
    found = people.order_by("id").iterator(chunk_size=CHUNK)
    for piece in batched(found, CHUNK):
        held = grants_held(piece)
        yield from (_row(person, held) for person in piece)


def _row(person: Person, held: Mapping[int, Sequence[Grant]]) -> list[Cell]:
    return [
        person.shown_name,
        person.email,
        person.sign_in_name,
        state_word(person)[0],
        roles_of(person, held),
        timezone.localtime(person.joined_at).date(),
        timezone.localtime(person.invited_at).date() if person.invited_at else None,
        person.last_active_on,
        _last_day(person.suspended_until) if person.suspended_until else None,
    ]


def _last_day(until: datetime) -> date:
    """The day before, where the suspension ends with a day."""
    return timezone.localtime(until - timedelta(microseconds=1)).date()
