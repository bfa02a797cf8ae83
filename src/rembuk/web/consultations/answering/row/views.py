"""The page of one row, and what is sent from there."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from rembuk.access import permissions as izin
from rembuk.common.errors import NotVisible
from rembuk.consultations import doors
from rembuk.consultations.matrix.rows import next_row
from rembuk.web.consultations.answering.lists import found_rows
from rembuk.web.consultations.answering.row import acts
from rembuk.web.consultations.answering.row.page import query_of, renewed, row_context, row_url, shown_panel
from rembuk.web.desk.acts import carry_out, form_of
from rembuk.web.guards import PersonRequest, requires

_PAGE = "consultations/answering/row.html"


@requires(izin.CONSULTATION_READ)
@require_safe
def row(request: PersonRequest, code: str, row: UUID) -> HttpResponse:
    """One point with its context, its answer and what she may do."""
    found = doors.row_for_desk(code, row, request.user)
    return render(request, _PAGE, row_context(found, request, request.user))


@requires(izin.CONSULTATION_ANSWER, izin.CONSULTATION_APPROVE, izin.CONSULTATION_PUBLISH)
@require_http_methods(["GET", "HEAD", "POST"])
def row_act(request: PersonRequest, code: str, row: UUID, name: str) -> HttpResponse:
    """Carry out an act; after an answer the next row of the list comes. Opened by its address, its form unfolded."""
    found = doors.row_for_desk(code, row, request.user)
    if name not in acts.BY_NAME:
        raise NotVisible
    act, query = acts.BY_NAME[name], query_of(request)
    after = next_row(found_rows(found.consultation, request, request.user), found)
    then = row_url(after if after and name in acts.MOVES_ON else found, query)
    form, status = form_of(act, found, request.user), 200
    if request.method == "POST":
        done = carry_out(request, act, found, by=request.user, then=then, keeps=True)
        if isinstance(done, HttpResponse):
            return done
        form, status = done
        if status == 409:
            found = doors.row_for_desk(code, row, request.user)
            form = renewed(form, found)
    elif not act.is_open(found, request.user):
        return render(request, _PAGE, row_context(found, request, request.user))
    context = row_context(found, request, request.user, shown_panel(found, act, form, query))
    context["is_overtaken"] = status == 409 and act in {acts.SAVE, acts.PROPOSE}
    return render(request, _PAGE, context, status=status)
