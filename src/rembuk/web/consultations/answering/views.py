"""Staff pages of the matrix: the list, the acts on a selection, the progress, the result and the conclusion."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rembuk.access import permissions as izin
from rembuk.consultations import doors
from rembuk.web.consultations.answering.bulk import act_on_many, chosen_rows
from rembuk.web.consultations.answering.lists import list_context
from rembuk.web.consultations.answering.result import conclude, keep_result, result_context
from rembuk.web.consultations.answering.standing import progress_context
from rembuk.web.guards import PersonRequest, requires


@requires(izin.CONSULTATION_READ)
@require_safe
def matrix(request: PersonRequest, code: str) -> HttpResponse:
    """Rows of the matrix, by filters."""
    found = doors.for_desk(code, request.user)
    return render(request, "consultations/answering/matrix.html", list_context(found, request, request.user))


@requires(izin.CONSULTATION_ANSWER, izin.CONSULTATION_APPROVE, izin.CONSULTATION_PUBLISH)
@require_POST
def bulk(request: PersonRequest, code: str) -> HttpResponse:
    """Act on the selected rows, after a question that names the count."""
    found = doors.for_desk(code, request.user)
    return act_on_many(request, found, chosen_rows(found, request, request.user), request.user)


@requires(izin.CONSULTATION_READ)
@require_safe
def progress(request: PersonRequest, code: str) -> HttpResponse:
    """How far the answers are: by butir, person and unit."""
    found = doors.for_desk(code, request.user)
    return render(
        request, "consultations/answering/progress.html", progress_context(found, request, request.user)
    )


@requires(izin.CONSULTATION_EDIT, izin.CONSULTATION_PUBLISH)
@require_http_methods(["GET", "HEAD", "POST"])
def result(request: PersonRequest, code: str) -> HttpResponse:
    """The result in the office's words: kept, published; and what the conclusion still needs."""
    found = doors.for_desk(code, request.user)
    if request.method == "POST":
        return keep_result(request, found)
    return render(request, "consultations/answering/result.html", result_context(found, request.user))


@requires(izin.CONSULTATION_PUBLISH)
@require_http_methods(["GET", "HEAD", "POST"])
def conclusion(request: PersonRequest, code: str) -> HttpResponse:
    """Conclude it, after a question."""
    return conclude(request, doors.for_desk(code, request.user))
