"""Accountability reports for everybody: the list, each as page and print, and as a spreadsheet."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from rembuk.reports import doors, selectors
from rembuk.reports.actions.account import period_of
from rembuk.reports.choices import AccountabilityPart
from rembuk.reports.models import AccountabilityReport
from rembuk.web.guards import visitors_page
from rembuk.web.lists import active_filters, pager
from rembuk.web.paging import page_of
from rembuk.web.reports import parts
from rembuk.web.reports.figures import figures
from rembuk.web.reports.forms import AccountFilter
from rembuk.workunits.models import WorkUnit

PAGE, NEWEST = 30, 3
# Periods first, the year before its quarters; the code tells the units of one apart.
ORDER = ("-year", "-quarter", "code")


@visitors_page(lifetime=300, reads=(*AccountFilter.base_fields, "after"))
def index(request: HttpRequest) -> HttpResponse:
    """Published reports, the newest period first, of all units or one, of all years or one."""
    rows = selectors.public_accounts()
    form = AccountFilter(request.GET, rows)
    found = form.narrow(rows) if form.is_valid() else rows.none()
    page = page_of(
        found.defer("words", "html", "data"), order=ORDER, after=request.GET.get("after"), size=PAGE
    )
    context = {
        "page_title": _("Accountability reports"),
        "page_description": _(
            "What the government and its work units did with proposals, work programmes and money, by quarter and year."
        ),
        "crumbs": [*_crumbs(), {"label": _("Accountability reports")}],
        "rows": [row_of(report) for report in page.items],
        "filter_form": form,
        "active": active_filters(request, form),
        **pager(request, page.next_token),
    }
    return render(request, "reports/list.html", context)


@visitors_page(lifetime=300)
def detail(request: HttpRequest, code: str) -> HttpResponse:
    """One report, made to be printed; drafts are seen by those who write them."""
    report = doors.account_for_reader(code, request.user)
    url = reverse("reports:detail", args=[report.code])
    title = _("Accountability report, %(period)s") % {"period": period_of(report).label}
    context = {
        "report": report,
        "title": title,
        "page_title": f"{title}: {report.unit.name}",
        "canonical_url": settings.BASE_URL + url,
        "share_url": settings.BASE_URL + url,
        "crumbs": [
            *_crumbs(),
            {"label": _("Accountability reports"), "url": reverse("reports:list")},
            {"label": report.code},
        ],
        "read_at": parts.read_at(report),
        "three": report.data["answers"],
        "parts": parts.shown_parts(report, AccountabilityPart, figures(report.data)),
        "workbook_url": reverse("reports:workbook", args=[report.code]),
    }
    return render(request, "reports/detail.html", context)


@visitors_page(lifetime=300)
def workbook(request: HttpRequest, code: str) -> HttpResponseBase:
    """The same as a spreadsheet.

    Raises:
        TooMany: for more than sixty files of reports an hour to one network.
    """
    report = doors.account_for_reader(code, request.user)
    parts.count_file(request)
    return parts.send(report.code, parts.workbook(report, AccountabilityPart, figures(report.data)))


def row_of(report: AccountabilityReport) -> dict[str, Any]:
    """A report in a list."""
    return {
        "code": report.code,
        "unit": report.unit.name,
        "period": period_of(report).label,
        "state": report.state,
        "at": report.published_at or report.changed_at,
        "url": reverse("reports:detail", args=[report.code]),
    }


def newest_reports(unit: WorkUnit) -> list[dict[str, Any]]:
    """The newest of a unit for its page, in one query."""
    rows = selectors.public_accounts(unit).defer("words", "html", "data").order_by("-published_at", "-id")
    return [row_of(report) for report in rows[:NEWEST]]


def _crumbs() -> list[dict[str, str]]:
    return [{"label": _("Transparency"), "url": reverse("insights:transparency")}]
