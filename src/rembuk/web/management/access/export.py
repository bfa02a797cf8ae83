"""The list of grants as a CSV or XLSX file: safe against formulas, recorded in the trail."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from rembuk.access import permissions as izin
from rembuk.access import rights
from rembuk.access.models import Grant
from rembuk.accounts.models import Person
from rembuk.exports.sources import Given, Opened
from rembuk.management.actions.grants.exporting import note_export
from rembuk.web.answers import see_other
from rembuk.web.exports.answering import deliver, given_of
from rembuk.web.exports.catalogue import GRANTS
from rembuk.web.exports.writing import refuse_unreadable, words_of, writer
from rembuk.web.guards import PersonRequest, requires
from rembuk.web.lists import address
from rembuk.web.management.access.desk import CRUMBS
from rembuk.web.management.access.filters import GrantFilter
from rembuk.web.management.access.rows import LIST
from rembuk.web.management.pages import page, sent
from rembuk.web.management.people.export import ExportForm
from rembuk.web.sheets.workbook import Cell, Sheet

CHUNK = 1000


@requires(izin.PERSON_EXPORT)
@require_http_methods(["GET", "HEAD", "POST"])
def export(request: PersonRequest) -> HttpResponseBase:
    """What the filters found among the grants in reach of both rights: to manage grants, and to export people."""
    filters, form = GrantFilter(request.GET), ExportForm(sent(request))
    back = reverse(LIST) + address(request)[len(request.path) :]
    if not filters.is_valid():
        # The list says which filter can't be read.
        return see_other(request, back)
    if form.is_valid():
        return deliver(request, GRANTS, given_of(request), form.cleaned_data["bentuk"])
    count = _found(filters, request.user).count()
    lede = ngettext("%(n)d grant is exported.", "%(n)d grants are exported.", count) % {"n": count}
    warning = _("The file holds names and whole email addresses. Each export stands in the audit trail.")
    context = {"form": form, "lede": f"{lede} {warning}", "label": _("Download"), "back_url": back}
    return page(request, "form", title=_("Export"), crumbs=CRUMBS, **context)


def opened(by: Person, given: Given) -> Opened:
    """The grants that the filters find for this person."""
    filters = GrantFilter(MultiValueDict(given))
    refuse_unreadable(filters)
    grants = _found(filters, by)
    return Opened(
        stem="penugasan",
        words=words_of(filters, given),
        reach={right.key: rights.paths(by, right) for right in (izin.GRANT_MANAGE, izin.PERSON_EXPORT)},
        rows=[grants],
        write=writer(lambda: [Sheet(_("Grants"), _head(), _rows(grants))]),
        note=lambda form, count: note_export(by=by, filters=filters.asked(), form=form, count=count),
    )


def _found(filters: GrantFilter, by: Person) -> QuerySet[Grant]:
    return filters.found(by).filter(rights.within("unit", rights.paths(by, izin.PERSON_EXPORT)))


def _head() -> list[tuple[str, int]]:
    return [
        (_("Person"), 32),
        (_("Email"), 34),
        (_("Sign-in name"), 20),
        (_("Role"), 26),
        (_("Code of the unit"), 16),
        (_("Work unit"), 40),
        (_("From"), 14),
        (_("Ends at"), 18),
        (_("Held as"), 40),
        (_("Number of the letter"), 24),
        (_("Reason"), 50),
        (_("Given by"), 30),
    ]


def _rows(grants: QuerySet[Grant]) -> Iterator[list[Cell]]:
    """Row by row, read in pieces by a cursor of the server."""
    rows = grants.select_related("person", "role", "unit", "given_by").order_by("id")
    for grant in rows.iterator(chunk_size=CHUNK):
        yield [
            grant.person.shown_name,
            grant.person.email,
            grant.person.sign_in_name,
            grant.role.label,
            grant.unit.code,
            grant.unit.name,
            timezone.localtime(grant.starts_at).date(),
            f"{timezone.localtime(grant.ends_at):%Y-%m-%d %H:%M}" if grant.ends_at else None,
            rights.standing_text(grant.standing, grant.standing_title),
            grant.letter,
            grant.reason,
            grant.given_by.shown_name if grant.given_by else None,
        ]
