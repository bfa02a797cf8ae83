"""Importing a sheet for a subdistrict or village: template, upload, preview, confirmation, report."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from rembuk.access import permissions as izin
from rembuk.common.errors import Invalid, require
from rembuk.proposals import rules
from rembuk.web.answers import see_other
from rembuk.web.guards import PersonRequest, requires
from rembuk.web.imports import rows, templates, waiting
from rembuk.web.imports.forms import SheetForm

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_CSV = "text/csv; charset=utf-8"


@requires(izin.PROPOSAL_IMPORT)
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: PersonRequest) -> HttpResponse:
    """The form; a sheet that can be read is laid aside and shown before anything is written."""
    is_sent = request.method == "POST"
    form = SheetForm(*((request.POST, request.FILES) if is_sent else ()), by=request.user)
    if is_sent and form.is_valid():
        unit = form.cleaned_data["unit"]
        require(rules.may_import(unit, request.user))
        try:
            waiting.lay(request.session, form.cleaned_data["sheet"], unit)
        except Invalid as problem:
            form.add_error("sheet", str(problem))
        else:
            return see_other(request, reverse("desk_imports:preview"))
    context = {"page_title": _("Import proposals"), "form": form, "columns": templates.explained()}
    return render(request, "imports/start.html", context, status=422 if form.errors else 200)


@requires(izin.PROPOSAL_IMPORT)
def preview(request: PersonRequest) -> HttpResponse:
    """What the sheet would bring: every row that goes in, that changes something, or that can't go in."""
    sheet = waiting.sheet(request.session)
    outcome = waiting.rehearse(sheet, by=request.user)
    context = {
        "page_title": _("Check the sheet"),
        "crumbs": rows.crumbs(_("Check")),
        "unit": sheet.unit,
        "outcome": outcome,
        "count": outcome.created + outcome.updated,
        "stats": rows.stats(outcome.counts),
        "preview": rows.preview(sheet.reading, outcome),
        "bad": rows.problems(outcome.rejected, _("Rows that can't go in")),
        "remarks": rows.problems(outcome.remarks, _("Remarks")),
    }
    return render(request, "imports/preview.html", context)


@requires(izin.PROPOSAL_IMPORT)
@require_http_methods(["GET", "HEAD", "POST"])
def finish(request: PersonRequest) -> HttpResponse:
    """Write what the preview showed, once; afterwards the report of what became of each row."""
    if request.method == "POST":
        if not waiting.is_done(request.session):
            sheet = waiting.sheet(request.session)
            require(rules.may_import(sheet.unit, request.user))
            waiting.write(request.session, sheet, by=request.user)
        return see_other(request, reverse("desk_imports:finish"))
    report = waiting.report(request.session)
    context = {
        "page_title": _("Import finished"),
        "crumbs": rows.crumbs(_("Finished")),
        "unit": report.unit,
        "stats": rows.stats(report.counts),
        "rejected": rows.problem_table(report.rejected, _("Rejected rows")),
        "remarks": rows.problem_table(report.remarks, _("Remarks")),
    }
    return render(request, "imports/finished.html", context)


@requires(izin.PROPOSAL_IMPORT)
def rejected(request: PersonRequest) -> HttpResponse:
    """The rejected rows of the sheet at hand, to be mended and sent again."""
    return _download(waiting.rejected_rows(request.session, by=request.user), "baris-ditolak.csv", _CSV)


@requires(izin.PROPOSAL_IMPORT)
def template(request: PersonRequest, kind: str) -> HttpResponse:
    """The template as CSV or XLSX."""
    if kind == "xlsx":
        return _download(templates.xlsx(), "templat-usulan.xlsx", _XLSX)
    return _download(templates.csv_head(), "templat-usulan.csv", _CSV)


def _download(content: bytes, name: str, kind: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
