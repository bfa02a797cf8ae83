"""What staff do with many proposals: a selection in the list, and an export of what was found."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from rembuk.access import permissions as izin
from rembuk.common.counting import counted
from rembuk.common.errors import NotVisible
from rembuk.programs.selectors import LINKABLE
from rembuk.proposals import worklists
from rembuk.proposals.states import PUBLISH, REFER
from rembuk.web.answers import see_other
from rembuk.web.exports.answering import deliver, given_of
from rembuk.web.exports.catalogue import PROPOSALS
from rembuk.web.guards import PersonRequest, requires
from rembuk.web.lists import address
from rembuk.web.moderation.bulk import MOST, TAKES_FOUND, decide_many
from rembuk.web.programs.steering.link_forms import CHOSEN
from rembuk.web.programs.steering.link_forms import MOST as MOST_LINKS
from rembuk.web.proposals.desk.export import ExportForm, exportable
from rembuk.web.proposals.desk.filters import SORTS
from rembuk.web.proposals.desk.lists import filtered, sorting

_PROGRAMS = {"program": "desk_programs:new", "add": "desk_programs:choose"}
# Of all that the filters found, a step takes those in these states.
_TAKES = {"publish": PUBLISH.sources, "refer": REFER.sources, "program": LINKABLE, "add": LINKABLE}


@requires(izin.PROPOSAL_MODERATE, izin.PROPOSAL_RELEASE, izin.PROPOSAL_REFER, izin.PROGRAM_EDIT)
@require_POST
def selection(request: PersonRequest) -> HttpResponse:
    """What becomes of a selection: published or handed on together, or carried to a programme."""
    step, back = request.POST.get("step", ""), reverse("desk_proposals:list")
    if step not in _TAKES:
        raise NotVisible
    codes = _found(request, step) if TAKES_FOUND in request.POST else request.POST.getlist("selected")
    if step in _PROGRAMS:
        names = urlencode({CHOSEN: codes[:MOST_LINKS]}, doseq=True)
        return see_other(request, f"{reverse(_PROGRAMS[step])}?{names}" if codes else back)
    chosen = list(worklists.waiting(request.user, codes[:MOST]))
    return decide_many(request, chosen, by=request.user, name=step, back=back)


def _found(request: PersonRequest, step: str) -> list[str]:
    """The codes of what the filters found and the step can take, in the order of the list."""
    filters = filtered(request.GET, request.user)
    if not filters.form.is_valid():
        return []
    rows = filters.qs.filter(state__in=_TAKES[step])
    codes = rows.order_by(*SORTS[sorting(request)][1]).values_list("code", flat=True)[:MOST]
    return [str(code) for code in codes]


@requires(izin.PROPOSAL_EXPORT)
@require_http_methods(["GET", "HEAD", "POST"])
def export(request: PersonRequest) -> HttpResponseBase:
    """What the filters found as a file, in the columns chosen."""
    filters = exportable(request.GET, request.user)
    if not filters.form.is_valid():
        # The list says which filter can't be read.
        return see_other(request, f"{reverse('desk_proposals:list')}?{request.GET.urlencode()}")
    form = ExportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        names = [column.name for column in form.cleaned_data["columns"]]
        return deliver(request, PROPOSALS, given_of(request, kolom=names), form.cleaned_data["bentuk"])
    crumbs = [{"label": _("Proposals"), "url": reverse("desk_proposals:list")}, {"label": _("Export")}]
    count = counted(filters.qs, mark=f"{request.user.pk}:{address(request)}")
    context = {"page_title": _("Export"), "crumbs": crumbs, "form": form, "count": count}
    status = 422 if request.method == "POST" else 200
    return render(request, "desk_proposals/export.html", context, status=status)
