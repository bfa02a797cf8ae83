"""Programmes for everybody: the list, and the page of one with the talk of one of its phases."""

from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from rembuk.files.models import StoredFile
from rembuk.programs import doors, selectors
from rembuk.programs.models import Program
from rembuk.programs.portfolio.money import with_money
from rembuk.programs.portfolio.reasons import with_reasons
from rembuk.programs.states import PUBLIC
from rembuk.web.guards import visitors_page
from rembuk.web.lists import active_filters, kept_form, pager, sort_tabs
from rembuk.web.paging import page_of
from rembuk.web.programs.cards import portfolio_cards
from rembuk.web.programs.filters import SORTS, ProgramFilter
from rembuk.web.programs.page import page_context
from rembuk.web.programs.portfolio import portfolio_context
from rembuk.web.proposals.file_answers import send_file

PAGE = 12


@visitors_page(lifetime=30, reads=(*ProgramFilter.base_filters, "urut", "after"))
def index(request: HttpRequest) -> HttpResponse:
    """Public programmes with filters and sorting; the figures of all of them on top of the whole list."""
    filters = ProgramFilter(request.GET, queryset=selectors.listed())
    found = filters.qs if filters.form.is_valid() else Program.objects.none()
    sort = request.GET.get("urut", "")
    sort = sort if sort in SORTS else "terbaru"
    after = request.GET.get("after")
    page = page_of(found, order=SORTS[sort], after=after, size=PAGE, dressed=_dressed)
    words = {"terbaru": _("Newest"), "berubah": _("Last changed"), "judul": _("By name")}
    context = {
        "page_title": _("Work programmes"),
        "page_description": _("What the government does with proposals, from planning to evaluation."),
        "section": "programs",
        "cards": portfolio_cards(page.items),
        "filter_form": kept_form("programs/filters", filters.form),
        "active": active_filters(request, filters.form),
        "sorts": sort_tabs(request, words, sort),
        "keep": [{"name": "urut", "value": sort}] if sort != "terbaru" else [],
        **({} if request.GET else portfolio_context()),
        **pager(request, page.next_token),
    }
    return render(request, "programs/list.html", context)


def _dressed(rows: QuerySet[Program]) -> QuerySet[Program]:
    return with_money(with_reasons(selectors.with_card_parts(rows)))


@visitors_page(lifetime=30, reads=("kabar", "urut", "after"))
def detail(request: HttpRequest, code: str, number: int | None = None) -> HttpResponse:
    """One programme: where it is, whether on time, what one can do; ``number`` chooses the phase talked
    about.
    """
    program = doors.for_reader(code, request.user)
    if code != program.code:
        return HttpResponsePermanentRedirect(request.path.replace(code, program.code, 1))
    return render(request, "programs/detail.html", page_context(program, number, request))


@visitors_page(lifetime=60)
def document(request: HttpRequest, code: str, public_id: UUID) -> HttpResponse:
    """An open document; excluded ones are not found here, by nobody."""
    found = doors.document_for_reader(code, public_id, request.user)
    return send_file(request, found.file, shared=request.user.is_anonymous)


@visitors_page(lifetime=60, reads=("lebar",))
def picture(request: HttpRequest, code: str, public_id: UUID) -> HttpResponse:
    """A picture of an update, in the width asked for."""
    found = doors.picture_for_reader(code, public_id, request.user)
    return _sent(request, found.file, found.update.program)


@visitors_page(lifetime=60, reads=("lebar",))
def evidence(request: HttpRequest, code: str, public_id: UUID) -> HttpResponse:
    """Open evidence of a milestone; excluded ones are not found here, by nobody."""
    found = doors.evidence_for_reader(code, public_id, request.user)
    return _sent(request, found.file, found.milestone.program)


def _sent(request: HttpRequest, file: StoredFile, program: Program) -> HttpResponse:
    return send_file(request, file, shared=request.user.is_anonymous, may_keep=program.state in PUBLIC)
