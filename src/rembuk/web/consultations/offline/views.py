"""Staff pages of submissions: the list, one of them, what is decided on it, its hidden name, its scan."""

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rembuk.access import permissions as izin
from rembuk.common.errors import NotVisible
from rembuk.consultations import doors
from rembuk.consultations.actions.moderate import see_masked_name, see_scan
from rembuk.web.consultations.offline import acts
from rembuk.web.consultations.offline.context import detail_context, shown_panel
from rembuk.web.consultations.offline.lists import list_context
from rembuk.web.desk.acts import carry_out, form_of
from rembuk.web.guards import PersonRequest, requires
from rembuk.web.proposals.file_answers import send_file

_PAGE = "consultations/offline/submission.html"


@requires(izin.CONSULTATION_READ)
@require_safe
def submissions(request: PersonRequest, code: str) -> HttpResponse:
    """All that arrived in a consultation, by filters."""
    found = doors.for_desk(code, request.user)
    context = list_context(found, request, request.user)
    return render(request, "consultations/offline/submissions.html", context)


@requires(izin.CONSULTATION_READ)
@require_safe
def submission(request: PersonRequest, code: str, number: int) -> HttpResponse:
    """One submission with its versions, its answers and what she may decide."""
    found = doors.submission_for_desk(code, number, request.user)
    return render(request, _PAGE, detail_context(found, request.user))


@requires(izin.SUBMISSION_MODERATE, izin.CONSULTATION_ANSWER, izin.CONSULTATION_PUBLISH)
@require_http_methods(["GET", "HEAD", "POST"])
def act(request: PersonRequest, code: str, number: int, name: str) -> HttpResponse:
    """Carry out a decision or keep a note; opened by its address, the page with that form unfolded."""
    found = doors.submission_for_desk(code, number, request.user)
    if name not in acts.BY_NAME:
        raise NotVisible
    chosen = acts.BY_NAME[name]
    then = reverse("desk_consultations:submission", args=[code, number])
    form, status = form_of(chosen, found, request.user), 200
    if request.method == "POST":
        done = carry_out(request, chosen, found, by=request.user, then=then)
        if isinstance(done, HttpResponse):
            return done
        form, status = done
    elif not chosen.is_open(found, request.user):
        return render(request, _PAGE, detail_context(found, request.user))
    context = detail_context(found, request.user, shown_panel(found, chosen, form))
    return render(request, _PAGE, context, status=status)


@requires(izin.SUBMISSION_UNMASK)
@require_POST
def name(request: PersonRequest, code: str, number: int) -> HttpResponse:
    """Show a name hidden from the public; the look stands in the trail."""
    found = doors.submission_for_desk(code, number, request.user)
    seen = see_masked_name(found, by=request.user)
    return render(request, _PAGE, detail_context(found, request.user, name=seen))


@requires(izin.CONSULTATION_READ)
@require_safe
def scan(request: PersonRequest, code: str, number: int) -> HttpResponseBase:
    """The scanned letter or minutes, for those who work with it; a look behind a hidden name stands in the trail."""
    found = doors.submission_for_desk(code, number, request.user)
    if found.scan is None:
        raise NotVisible
    see_scan(found, by=request.user)
    return send_file(request, found.scan, shared=False)
