"""Consultations for everybody: the list, the page of one, its documents, its text, its submissions."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from rembuk.common import clock
from rembuk.common.errors import NotVisible
from rembuk.consultations import doors, order
from rembuk.consultations.models import Consultation
from rembuk.consultations.selectors import listing
from rembuk.web.consultations.reading.cards import consultation_cards
from rembuk.web.consultations.reading.clause import clause_context, compare_context, version_context
from rembuk.web.consultations.reading.filters import ConsultationFilter, SubmissionFilter, consultation_filter
from rembuk.web.consultations.reading.page import page_context
from rembuk.web.consultations.reading.receipts import page_of_receipt
from rembuk.web.consultations.reading.submission import list_context, stub_context, submission_context
from rembuk.web.guards import visitors_page
from rembuk.web.lists import active_filters, kept_form, pager
from rembuk.web.paging import Keyset, Page
from rembuk.web.proposals.file_answers import send_file

PAGE = 10
_BY_PLACES = {"jenis", "tahun"}


@visitors_page(lifetime=30, reads=(*ConsultationFilter.base_filters, "q", "tahap", "after"))
def index(request: HttpRequest) -> HttpResponse:
    """Consultations with filters: open ones first, then announced, being answered, concluded. A receipt leads to its page."""
    if submission := page_of_receipt(request.GET.get("q", "")[:200], request.user):
        return HttpResponseRedirect(submission)
    filters = consultation_filter(request.GET)
    page = _page(filters, request.GET.get("after", ""))
    context = {
        "page_title": _("Consultations"),
        "page_description": _("What the government puts to the public before it decides."),
        "section": "consultations",
        "cards": consultation_cards(listing.for_cards([row["id"] for row in page.items])),
        "filter_form": kept_form("consultations/filters", filters.form),
        "active": active_filters(request, filters.form),
        **pager(request, page.next_token),
    }
    return render(request, "consultations/reading/list.html", context)


def _page(filters: ConsultationFilter, after: str) -> Page[order.Row]:
    """Keys in reading order; what a card shows is read of those on this page alone.

    The first page of all, of a kind or a year is read place by place; what is narrowed down more is put in order.
    """
    keyset, moment, form = Keyset(order.ORDER, PAGE), clock.now(), filters.form
    if not after and form.is_valid() and _BY_PLACES.issuperset(form.changed_data):
        kind, year = (form.cleaned_data[name] for name in ("jenis", "tahun"))
        first = order.first_listed(moment, keyset.size + 1, kind=kind, year=int(year) if year else None)
        return keyset.cut(first)
    found = filters.qs if form.is_valid() else Consultation.objects.none()
    return keyset.page(order.narrow(found, moment), after)


@visitors_page(lifetime=30, reads=("bagian", "butir", "urut", "after"))
def detail(request: HttpRequest, code: str) -> HttpResponse:
    """One consultation; any other spelling of its code leads there."""
    found = doors.for_reader(code, request.user)
    if code != found.code:
        return HttpResponsePermanentRedirect(request.path.replace(code, found.code, 1))
    return render(request, "consultations/reading/detail.html", page_context(found, request))


@visitors_page(lifetime=300)
def document(request: HttpRequest, code: str, public_id: UUID) -> HttpResponse:
    """A document to read; those of a draft open for its staff alone."""
    found = doors.for_reader(code, request.user)
    row = found.files.select_related("file").filter(public_id=public_id).first()
    if row is None:
        raise NotVisible
    return send_file(request, row.file, shared=request.user.is_anonymous)


@visitors_page(lifetime=60, reads=("bagian", "butir"))
def version(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """The text as one published version has it; such a version never changes."""
    found = doors.for_reader(code, request.user)
    row = doors.version_for_reader(found, number)
    return render(request, "consultations/reading/version.html", version_context(found, row, request))


@visitors_page(lifetime=60, reads=("bagian",))
def compare(request: HttpRequest, code: str, old: int, new: int) -> HttpResponse:
    """What changed between two published versions, and which submissions led to it."""
    if old >= new:
        raise NotVisible
    found = doors.for_reader(code, request.user)
    rows = doors.version_for_reader(found, old), doors.version_for_reader(found, new)
    return render(request, "consultations/reading/compare.html", compare_context(found, *rows, request))


@visitors_page(lifetime=30, reads=("urut", "after"))
def clause(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """One clause with its history, remarks and talk; one that was removed stays readable."""
    found = doors.for_reader(code, request.user)
    row = doors.clause_for_reader(found, number)
    return render(request, "consultations/reading/clause.html", clause_context(found, row, request))


@visitors_page(lifetime=30, reads=(*SubmissionFilter.base_filters, "after"))
def submissions(request: HttpRequest, code: str) -> HttpResponse:
    """The submissions of a consultation, once they are shown."""
    found = doors.for_reader(code, request.user)
    return render(request, "consultations/reading/submissions.html", list_context(found, request))


@visitors_page(lifetime=30, reads=("urut", "after"))
def submission(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """One submission with its answers, or the stub of one that is not shown."""
    found = doors.for_reader(code, request.user)
    row = doors.submission_for_reader(found, number, request.user)
    if not (doors.is_shown(row) or doors.reads_whole(row, request.user)):
        return render(request, "consultations/reading/stub.html", stub_context(found, row, request))
    return render(request, "consultations/reading/submission.html", submission_context(found, row, request))
