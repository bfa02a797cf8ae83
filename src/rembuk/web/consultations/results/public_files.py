"""The outcome as files for everybody: open data as CSV and XLSX, and what its columns mean. Never with names."""

from datetime import timedelta

from django.http import FileResponse, HttpRequest, JsonResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse

from rembuk.accounts.quotas import Quota, network
from rembuk.common import clock
from rembuk.consultations import doors
from rembuk.web.accounts.door import spend
from rembuk.web.addresses import client_address
from rembuk.web.consultations.results.context import with_outcome
from rembuk.web.consultations.results.files.open_data import (
    LICENCE_URL,
    csv_lines,
    dictionary_of,
    is_available,
)
from rembuk.web.consultations.results.files.sheets import sheets, waiting_sheet
from rembuk.web.consultations.results.files.taking import Taking
from rembuk.web.guards import visitors_page
from rembuk.web.sheets.workbook import XLSX, written

# Large files are made anew for each reader: generous for an office behind one address, not for a machine.
FILES = Quota("consultation.files", 60, timedelta(hours=1))


@visitors_page(lifetime=300)
def data(request: HttpRequest, code: str) -> HttpResponseBase:
    """Every point with its answer as CSV, streamed.

    Raises:
        TooMany: for more than sixty large files an hour to one network.
    """
    taking = _taking(code)
    spend(FILES, network(client_address(request)))
    answer = StreamingHttpResponse(csv_lines(taking), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{taking.consultation.code}.csv"'
    answer["Link"] = _links(taking)
    return answer


@visitors_page(lifetime=300)
def workbook(request: HttpRequest, code: str) -> HttpResponseBase:
    """The same and the figures as a spreadsheet; the same limit."""
    taking = _taking(code)
    spend(FILES, network(client_address(request)))
    file = written(sheets(taking) if is_available(taking) else [waiting_sheet(taking)])
    name = f"{taking.consultation.code}.xlsx"
    answer = FileResponse(file, as_attachment=True, filename=name, content_type=XLSX)
    answer["Link"] = _links(taking)
    return answer


@visitors_page(lifetime=300)
def dictionary(request: HttpRequest, code: str) -> HttpResponseBase:
    """Producer, licence, period and the meaning of the columns."""
    return JsonResponse(dictionary_of(_taking(code)), json_dumps_params={"ensure_ascii": False, "indent": 1})


def _taking(code: str) -> Taking:
    moment = clock.now()
    return Taking(with_outcome(doors.for_public(code), moment), moment, has_names=False)


def _links(taking: Taking) -> str:
    about = reverse("consultations:dictionary", args=[taking.consultation.code])
    return f'<{about}>; rel="describedby"; type="application/json", <{LICENCE_URL}>; rel="license"'
