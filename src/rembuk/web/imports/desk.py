"""Importing a sheet for a subdistrict or village: template, upload, preview, confirmation, report."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rembuk.access import permissions as izin
from rembuk.common.errors import Invalid, WrongState, require
from rembuk.proposals import rules
from rembuk.proposals.actions.import_file import destination, import_reading
from rembuk.proposals.imports import shelf
from rembuk.proposals.imports.layouts import OFFICE
from rembuk.proposals.imports.reading import Reading, read_file
from rembuk.web.answers import SeeOther
from rembuk.web.guards import PersonRequest, requires
from rembuk.web.imports import rows
from rembuk.web.imports.forms import SheetForm
from rembuk.workunits.models import WorkUnit

KEY = "import"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@requires(izin.PROPOSAL_IMPORT)
def start(request: PersonRequest) -> HttpResponse:
    """The form; a good sheet is laid aside and shown before anything is written."""
    form = SheetForm(request.POST or None, request.FILES or None, by=request.user)
    if request.method == "POST" and form.is_valid():
        unit = form.cleaned_data["unit"]
        require(rules.may_import(unit, request.user))
        token = shelf.lay(form.cleaned_data["sheet"])
        try:
            _read(token)
        except Invalid as problem:
            shelf.clear(token)
            form.add_error("sheet", str(problem))
        else:
            shelf.clear(request.session.get(KEY, {}).get("token", ""))
            request.session[KEY] = {"token": token, "unit": unit.code}
            return SeeOther(reverse("desk_imports:preview"))
    context = {"page_title": _("Import proposals"), "form": form, "columns": rows.columns()}
    return render(request, "imports/start.html", context, status=422 if form.errors else 200)


@requires(izin.PROPOSAL_IMPORT)
def preview(request: PersonRequest) -> HttpResponse:
    """What the sheet would bring, with every row that can't go in."""
    token, unit = _waiting(request)
    reading = _read(token)
    context = {
        "page_title": _("Check the sheet"),
        "unit": unit,
        "count": len(reading.records),
        "preview": rows.preview(reading),
        "shown": rows.SHOWN,
        "bad": rows.problems(reading.bad, _("Rows that can't go in")) if reading.bad else None,
        "bad_count": len(reading.bad),
    }
    return render(request, "imports/preview.html", context)


@requires(izin.PROPOSAL_IMPORT)
@require_POST
def confirm(request: PersonRequest) -> HttpResponse:
    """Write what the preview showed; the report tells what became of each row."""
    token, unit = _waiting(request)
    require(rules.may_import(unit, request.user))
    reading = _read(token)
    outcome = import_reading(reading, into=destination(OFFICE, unit, origin=unit), by=request.user)
    context = {
        "page_title": _("Import finished"),
        "unit": unit,
        "outcome": outcome,
        "rejected": rows.problems(outcome.rejected, _("Rejected rows")) if outcome.rejected else None,
        "remarks": rows.problems(outcome.remarks, _("Remarks")) if outcome.remarks else None,
    }
    if not outcome.rejected:
        shelf.clear(token)
        del request.session[KEY]
    return render(request, "imports/finished.html", context)


@requires(izin.PROPOSAL_IMPORT)
def rejected(request: PersonRequest) -> HttpResponse:
    """The rejected rows of the sheet at hand, to be mended and sent again."""
    token, _unit = _waiting(request)
    return _download(
        rows.rejected_csv(_read(token).bad).encode(), "baris-ditolak.csv", "text/csv; charset=utf-8"
    )


@requires(izin.PROPOSAL_IMPORT)
def template(request: PersonRequest, kind: str) -> HttpResponse:
    """The template as CSV or XLSX."""
    if kind == "xlsx":
        return _download(rows.template_xlsx(), "templat-usulan.xlsx", _XLSX)
    return _download(rows.template_csv().encode(), "templat-usulan.csv", "text/csv; charset=utf-8")


def _waiting(request: PersonRequest) -> tuple[str, WorkUnit]:
    """The sheet and the unit this person's import waits with.

    Raises:
        WrongState: when none waits, or it was finished elsewhere.
    """
    kept = request.session.get(KEY, {})
    unit = WorkUnit.objects.filter(code=kept.get("unit", "")).select_related("region").first()
    if unit is None or not shelf.is_there(kept.get("token", "")):
        raise WrongState(
            _("No sheet is waiting. It may have been imported already; choose it again to be sure.")
        )
    return kept["token"], unit


def _read(token: str) -> Reading:
    with shelf.taken(token) as path:
        return read_file(path, OFFICE)


def _download(content: bytes, name: str, kind: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
