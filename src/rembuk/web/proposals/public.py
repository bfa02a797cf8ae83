"""Reading a proposal: its page (or the stub of one that is not public), print view, versions, files, similar ones."""

from datetime import timedelta
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from rembuk.accounts import limits
from rembuk.common.errors import NotVisible
from rembuk.proposals import doors
from rembuk.proposals.actions.hide import see_masked_name
from rembuk.web.addresses import client_address
from rembuk.web.guards import PersonRequest, signed_in, visitors_page
from rembuk.web.proposals.file_answers import send_file
from rembuk.web.proposals.public_context import (
    detail_context,
    print_context,
    similar_rows,
    stub_context,
    versions_context,
)
from rembuk.web.proposals.writing.drafts import writer
from rembuk.web.proposals.writing.places import find_places


@visitors_page(lifetime=30, reads=("urut", "after"))
@require_safe
def detail(request: HttpRequest, code: str) -> HttpResponse:
    """A proposal's page; any other spelling of its code leads there."""
    found = doors.for_reader(code, writer(request))
    if found.code != code:
        return HttpResponsePermanentRedirect(reverse("proposals:detail", args=[found.code]))
    if not doors.may_read_whole(found, writer(request)):
        return render(request, "proposals/stub.html", stub_context(found))
    return render(request, "proposals/detail.html", detail_context(request, found))


@visitors_page(lifetime=30)
@require_safe
def print_view(request: HttpRequest, code: str) -> HttpResponse:
    """The same on paper: text, facts, findings, answers and history, without buttons and talk."""
    found = doors.for_reader(code, writer(request))
    if not doors.may_read_whole(found, writer(request)):
        raise NotVisible
    return render(request, "proposals/print.html", print_context(request, found))


@visitors_page(lifetime=60, reads=("versi",))
@require_safe
def versions(request: HttpRequest, code: str) -> HttpResponse:
    """What changed between two versions, word by word; ``?versi=`` chooses the newer one."""
    found = doors.for_reader(code, writer(request))
    if not doors.may_read_whole(found, writer(request)):
        raise NotVisible
    return render(request, "proposals/versions.html", versions_context(found, request.GET.get("versi", "")))


@visitors_page(lifetime=60, reads=("lebar",))
@require_safe
def attachment(request: HttpRequest, code: str, file_id: UUID) -> HttpResponse:
    """A file of a proposal, for whoever may read its text."""
    reader = writer(request)
    found = doors.for_reader(code, reader)
    row = found.attachments.select_related("file").filter(file__public_id=file_id).first()
    if row is None or not doors.may_read_whole(found, reader):
        raise NotVisible
    is_public = found.subject is not None and found.subject.is_visible and doors.may_read_whole(found, None)
    return send_file(request, row.file, shared=reader is None, may_keep=is_public)


@visitors_page(lifetime=60, reads=("title", "q"))
@require_safe
def similar(request: HttpRequest) -> HttpResponse:
    """A fragment with published proposals that resemble a title, while it is typed."""
    _count(request)
    asked = (request.GET.get("title") or request.GET.get("q") or "")[:150]
    return render(request, "proposals/_similar.html", {"similar": similar_rows(asked)})


@visitors_page(lifetime=3600, reads=("region_q", "q"))
@require_safe
def places(request: HttpRequest) -> HttpResponse:
    """A fragment with the places called as typed, to choose from."""
    _count(request)
    asked = (request.GET.get("region_q") or request.GET.get("q") or "")[:100]
    context = {"places": find_places(asked), "asked": asked}
    return render(request, "proposals/_places.html", context)


@signed_in
@require_POST
def name(request: PersonRequest, code: str) -> HttpResponse:
    """Show a masked name to an officer who may see it; the look stands in the trail."""
    found = doors.for_desk(code, request.user)
    shown = see_masked_name(found, by=request.user)
    context = {**detail_context(request, found, name=shown), "page_note": _("This view was recorded.")}
    return render(request, "proposals/detail.html", context)


def _count(request: HttpRequest) -> None:
    """Fragments while typing, generously per network address."""
    limits.hit(f"proposal.typing:{client_address(request)}", allowed=3000, window=timedelta(hours=1))
