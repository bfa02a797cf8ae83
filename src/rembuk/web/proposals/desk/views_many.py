"""What staff do with many proposals: a selection in the list, and an export of what was found."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from rembuk.access import permissions as izin
from rembuk.common.errors import NotVisible
from rembuk.proposals import worklists
from rembuk.proposals.actions.hide import note_export
from rembuk.proposals.states import State
from rembuk.web.answers import see_other
from rembuk.web.guards import PersonRequest, requires
from rembuk.web.moderation.bulk import MOST, decide_many
from rembuk.web.proposals.desk.export import ExportForm, export_rows, file_answer
from rembuk.web.proposals.desk.lists import WITH, filtered

_PROGRAMS = {"program": "desk_programs:new", "add": "desk_programs:choose"}


@requires(izin.PROPOSAL_MODERATE, izin.PROPOSAL_RELEASE, izin.PROGRAM_EDIT)
@require_POST
def selection(request: PersonRequest) -> HttpResponse:
    """What becomes of the selected proposals: published together, or carried to a programme."""
    step, back = request.POST.get("step", ""), reverse("desk_proposals:list")
    codes = request.POST.getlist("selected")[:MOST]
    if step in _PROGRAMS:
        names = urlencode({"usulan": codes}, doseq=True)
        return see_other(request, f"{reverse(_PROGRAMS[step])}?{names}" if codes else back)
    if step == "publish":
        chosen = list(worklists.waiting(request.user, codes))
    elif step == "publish-all":
        found = filtered(request, request.user)
        chosen = list(found.qs.filter(state=State.SUBMITTED).order_by("id")[:MOST])
    else:
        raise NotVisible
    return decide_many(request, chosen, by=request.user, name="publish", back=back)


@requires(izin.PROPOSAL_EXPORT)
@require_http_methods(["GET", "HEAD", "POST"])
def export(request: PersonRequest) -> HttpResponseBase:
    """What the filters found as a file, in the columns chosen."""
    found = filtered(request, request.user)
    form = ExportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        columns, kind = form.cleaned_data["columns"], form.cleaned_data["bentuk"]
        filters = {name: str(value) for name, value in request.GET.items() if value}
        names = [column.name for column in columns]
        note_export(by=request.user, filters=filters, columns=names, form=kind, count=found.qs.count())
        return file_answer(export_rows(found.qs.select_related(*WITH), columns), kind)
    crumbs = [{"label": _("Proposals"), "url": reverse("desk_proposals:list")}, {"label": _("Export")}]
    context = {"page_title": _("Export"), "crumbs": crumbs, "form": form, "count": found.qs.count()}
    status = 422 if request.method == "POST" else 200
    return render(request, "desk_proposals/export.html", context, status=status)
