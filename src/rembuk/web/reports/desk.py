"""Accountability reports on the desk: those of her units, drafting one, writing, discarding, publishing."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from rembuk.access.permissions import ACCOUNTABILITY_PUBLISH
from rembuk.common.errors import Invalid, WrongState
from rembuk.reports import doors, selectors
from rembuk.reports.accountability.words import drafted
from rembuk.reports.actions import account
from rembuk.reports.choices import AccountabilityPart
from rembuk.reports.errors import ChangedMeanwhile
from rembuk.reports.models import AccountabilityReport
from rembuk.web.answers import see_other
from rembuk.web.errors import refused
from rembuk.web.guards import PersonRequest, requires
from rembuk.web.lists import pager
from rembuk.web.paging import page_of
from rembuk.web.programs.steering.forms import show_refusal
from rembuk.web.reports import parts, writing
from rembuk.web.reports.forms import NewAccountForm
from rembuk.web.reports.public import ORDER, row_of

READ_AND_SEND = require_http_methods(["GET", "HEAD", "POST"])


@requires(ACCOUNTABILITY_PUBLISH)
@require_safe
def index(request: PersonRequest) -> HttpResponse:
    """The reports of her units, drafts among them, the newest period first."""
    rows = AccountabilityReport.objects.filter(selectors.accounts_for_staff(request.user))
    rows = rows.select_related("unit").defer("words", "html", "data")
    page = page_of(rows, order=ORDER, after=request.GET.get("after"))
    context = {
        "page_title": _("Accountability reports"),
        "rows": [_row(report) for report in page.items],
        **pager(request, page.next_token),
    }
    return render(request, "desk_reports/list.html", context)


@requires(ACCOUNTABILITY_PUBLISH)
@READ_AND_SEND
def new(request: PersonRequest) -> HttpResponse:
    """Choose unit and period, then draft the report from the data."""
    data = request.POST if request.method == "POST" else None
    form = NewAccountForm(data, by=request.user)
    status = 200 if data is None else 422
    if form.is_valid():
        try:
            made = account.draft_account(form.cleaned_data["unit"], form.period, by=request.user)
            return see_other(
                request, _page(made), _("The draft is made. Read it, and put it into your words.")
            )
        except Invalid as refusal:
            show_refusal(form, refusal)
        except WrongState as refusal:
            form.add_error(None, str(refusal))
            status = 409
    context = {"page_title": _("New accountability report"), "crumbs": _crumbs(), "form": form}
    return render(request, "desk_reports/new.html", context, status=status)


@requires(ACCOUNTABILITY_PUBLISH)
@READ_AND_SEND
def edit(request: PersonRequest, code: str) -> HttpResponse:
    """Write the parts; the buttons save, refresh the figures, or go on to publishing, and nothing typed is lost."""
    report = doors.account_for_desk(code, request.user)
    if report.is_public:
        return redirect("reports:detail", code)
    form = writing.WordsForm(request.POST or None, report, AccountabilityPart)
    status = 200
    if request.method == "POST":
        status = writing.save(
            form, lambda words, seen: account.edit_account(report, words, seen=seen, by=request.user), report
        )
        if not status:
            return _saved(request, report)
    return render(request, "desk_reports/edit.html", _context(report, form), status=status)


@requires(ACCOUNTABILITY_PUBLISH)
@READ_AND_SEND
def discard(request: PersonRequest, code: str) -> HttpResponse:
    """Ask, then throw a draft away."""
    report = doors.account_for_desk(code, request.user)
    if request.method == "POST":
        account.discard_account(report, by=request.user)
        return see_other(request, reverse("desk_reports:list"), _("The draft is discarded."))
    confirm = {
        "title": _("Discard this draft?"),
        "text": _("Its words are lost. The audit trail keeps that there was a draft."),
        "label": _("Discard the draft"),
        "tone": "bad",
    }
    return _ask(request, report, confirm)


@requires(ACCOUNTABILITY_PUBLISH)
@READ_AND_SEND
def publish(request: PersonRequest, code: str) -> HttpResponse:
    """Ask, then publish a draft with the figures it has."""
    report = doors.account_for_desk(code, request.user)
    if request.method == "POST":
        try:
            account.publish_account(report, seen=writing.seen(request), by=request.user)
            return see_other(request, reverse("reports:detail", args=[code]), _("The report is public."))
        except ChangedMeanwhile as refusal:
            return refused(request, refusal, _page(report))
        except Invalid as refusal:
            return _ask(request, report, _publishing(report, str(refusal)), 422)
    return _ask(request, report, _publishing(report))


def _saved(request: PersonRequest, report: AccountabilityReport) -> HttpResponse:
    step = writing.button(request)
    if step == writing.REFRESH:
        account.refresh_account(report, by=request.user)
    return see_other(
        request, _page(report, "publish" if step == writing.PUBLISH else "edit"), writing.told(step)
    )


def _context(report: AccountabilityReport, form: writing.WordsForm) -> dict[str, Any]:
    words = {"period": account.period_of(report).label, "unit": report.unit.name}
    return {
        "page_title": _("Write an accountability report"),
        "lede": f"{words['unit']}, {words['period']}",
        "crumbs": _crumbs(),
        "report": report,
        "read_at": parts.read_at(report),
        "form": form,
        "fields": writing.fields(form, report, drafted(report.data)),
        "preview_url": reverse("reports:detail", args=[report.code]),
        "may_publish": True,
        "discard_url": _page(report, "discard"),
    }


def _publishing(report: AccountabilityReport, fault: str = "") -> dict[str, Any]:
    warning = _("The period is not over yet: what happens until its end will not be in this report.")
    text = _(
        "Afterwards neither its words nor its figures change. There is one report for a unit and period."
    )
    return {
        "title": _("Publish this report?"),
        "text": fault or (text if report.data["is_over"] else f"{warning} {text}"),
        "label": _("Publish the report"),
        "hidden": writing.mark(report),
    }


def _ask(
    request: PersonRequest, report: AccountabilityReport, confirm: dict[str, Any], status: int = 200
) -> HttpResponse:
    asked = {**confirm, "action_url": request.path, "cancel_url": _page(report)}
    context = {"page_title": confirm["title"], "crumbs": _crumbs(), "confirm": asked}
    return render(request, "desk_programs/confirm.html", context, status=status)


def _row(report: AccountabilityReport) -> dict[str, Any]:
    shown = row_of(report)
    return {
        "title": f"{shown['period']}: {shown['unit']}",
        "code": shown["code"],
        "at": shown["at"],
        "state": shown["state"],
        "state_kind": "report",
        "url": shown["url"] if report.is_public else _page(report),
    }


def _page(report: AccountabilityReport, name: str = "edit") -> str:
    return reverse(f"desk_reports:{name}", args=[report.code])


def _crumbs() -> list[dict[str, str]]:
    return [{"label": _("Accountability reports"), "url": reverse("desk_reports:list")}]
