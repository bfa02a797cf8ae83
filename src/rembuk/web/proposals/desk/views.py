"""The list of proposals for staff, one proposal with its handling panel, and what is sent from there."""

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rembuk.access import permissions as izin
from rembuk.common.errors import NotVisible
from rembuk.proposals import doors
from rembuk.proposals.actions.hide import see_masked_name
from rembuk.web.desk.acts import carry_out, form_of
from rembuk.web.guards import PersonRequest, requires
from rembuk.web.proposals.desk.acts import BY_NAME
from rembuk.web.proposals.desk.context import detail_context, shown_panel
from rembuk.web.proposals.desk.lists import list_context
from rembuk.web.proposals.file_answers import send_file


@requires(izin.PROPOSAL_READ)
@require_safe
def index(request: PersonRequest) -> HttpResponse:
    """Proposals of her units, by filters."""
    return render(request, "desk_proposals/list.html", list_context(request, request.user))


@requires(izin.PROPOSAL_READ)
@require_safe
def detail(request: PersonRequest, code: str) -> HttpResponse:
    """One proposal with all that was done, and what she may do."""
    found = doors.for_desk(code, request.user)
    return render(request, "desk_proposals/detail.html", detail_context(found, request.user))


@requires(
    izin.PROPOSAL_READ,
    izin.PROPOSAL_REFER,
    izin.PROPOSAL_ASSESS,
    izin.PROPOSAL_ANSWER,
    izin.PROPOSAL_HIDE,
    izin.PROPOSAL_RELEASE,
)
@require_http_methods(["GET", "HEAD", "POST"])
def act(request: PersonRequest, code: str, name: str) -> HttpResponse:
    """Carry out an act of the panel; opened by its address, the page with that form unfolded."""
    found, chosen = doors.for_desk(code, request.user), BY_NAME[name]
    then = reverse("desk_proposals:detail", args=[found.code])
    form, status = form_of(chosen, found, request.user, initial={"of": request.GET.get("of", "")}), 200
    if request.method == "POST":
        done = carry_out(request, chosen, found, by=request.user, then=then)
        if isinstance(done, HttpResponse):
            return done
        form, status = done
    elif not chosen.is_open(found, request.user):
        return render(request, "desk_proposals/detail.html", detail_context(found, request.user))
    context = detail_context(found, request.user, shown_panel(found, chosen, form))
    return render(request, "desk_proposals/detail.html", context, status=status)


@requires(izin.PROPOSAL_UNMASK)
@require_POST
def name(request: PersonRequest, code: str) -> HttpResponse:
    """Show a name hidden from the public; the look stands in the trail."""
    found = doors.for_desk(code, request.user)
    context = detail_context(found, request.user, name=see_masked_name(found, by=request.user))
    return render(request, "desk_proposals/detail.html", context)


@requires(izin.PROPOSAL_READ)
@require_safe
def scan(request: PersonRequest, code: str) -> HttpResponseBase:
    """The scanned paper a proposal was entered from; staff only."""
    found = doors.for_desk(code, request.user)
    if found.scan is None:
        raise NotVisible
    return send_file(request, found.scan, shared=False)
