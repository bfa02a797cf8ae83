"""The evaluation of a programme for everybody: page, print and spreadsheet, made of what the report keeps."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from rembuk.reports import doors
from rembuk.reports.choices import EvaluationPart
from rembuk.web.guards import visitors_page
from rembuk.web.programs.evaluation.figures import figures
from rembuk.web.reports import parts


@visitors_page(lifetime=300)
def evaluation(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """The report, made to be printed; drafts are seen by staff of the unit."""
    report = doors.evaluation_for_reader(code, number, request.user)
    program = report.program
    where = [program.code, number]
    title = _("Evaluation %(number)s") % {"number": number}
    context = {
        "report": report,
        "program": program,
        "page_title": f"{title}: {program.title}",
        "title": title,
        "section": "programs",
        "canonical_url": settings.BASE_URL + reverse("programs:evaluation", args=where),
        "share_url": settings.BASE_URL + reverse("programs:evaluation", args=where),
        "crumbs": [
            {"label": _("Work programmes"), "url": reverse("programs:list")},
            {"label": program.code, "url": reverse("programs:detail", args=[program.code])},
            {"label": title},
        ],
        "read_at": parts.read_at(report),
        "parts": parts.shown_parts(report, EvaluationPart, figures(report.data)),
        "workbook_url": reverse("programs:evaluation_workbook", args=where),
    }
    return render(request, "programs/evaluation/report.html", context)


@visitors_page(lifetime=300)
def evaluation_workbook(request: HttpRequest, code: str, number: int) -> HttpResponseBase:
    """The same as a spreadsheet.

    Raises:
        TooMany: for more than sixty files of reports an hour to one network.
    """
    report = doors.evaluation_for_reader(code, number, request.user)
    parts.count_file(request)
    file = parts.workbook(report, EvaluationPart, figures(report.data))
    return parts.send(f"{report.program.code}-evaluasi-{number}", file)
