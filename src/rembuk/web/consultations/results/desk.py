"""The export with names for staff and auditors."""

from django.http import FileResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_GET

from rembuk.access import permissions as izin
from rembuk.common import clock
from rembuk.consultations import doors
from rembuk.consultations.actions.exporting import note_export
from rembuk.web.consultations.results.files.sheets import sheets
from rembuk.web.consultations.results.files.taking import Taking
from rembuk.web.guards import PersonRequest, requires
from rembuk.web.sheets.workbook import XLSX, written


@requires(izin.CONSULTATION_EXPORT)
@require_GET
def export(request: PersonRequest, code: str) -> HttpResponseBase:
    """The matrix with names and all that belongs to it as a spreadsheet; each download stands in the trail."""
    found = doors.for_desk(code, request.user)
    moment = clock.now()
    note_export(found, by=request.user, form="xlsx", rows=found.rows.count(), at=moment)
    file = written(sheets(Taking(found, moment, has_names=True)))
    name = f"{found.code}-{moment.astimezone(found.tz):%Y-%m-%d}.xlsx"
    return FileResponse(file, as_attachment=True, filename=name, content_type=XLSX)
