"""The evaluation of a programme on the desk: drafting it, writing, discarding, publishing."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from rembuk.access.permissions import PROGRAM_PUBLISH, PROGRAM_REPORT
from rembuk.common.errors import Invalid, require
from rembuk.programs import doors as programs
from rembuk.programs.models import Program
from rembuk.reports import doors, rules
from rembuk.reports.actions import evaluate
from rembuk.reports.choices import EvaluationPart
from rembuk.reports.errors import ChangedMeanwhile
from rembuk.reports.evaluation.words import drafted
from rembuk.reports.models import EvaluationReport
from rembuk.web.answers import see_other
from rembuk.web.errors import refused
from rembuk.web.guards import PersonRequest, requires
from rembuk.web.programs.steering.board import crumbs
from rembuk.web.reports import parts, writing

READ_AND_SEND = require_http_methods(["GET", "HEAD", "POST"])


@requires(PROGRAM_REPORT)
@READ_AND_SEND
def new(request: PersonRequest, code: str) -> HttpResponse:
    """Ask, then draft an evaluation from the data."""
    program = programs.for_desk(code, request.user)
    require(rules.may_evaluate(program, request.user))
    if request.method == "POST":
        made = evaluate.draft_evaluation(program, by=request.user)
        return see_other(request, _page(made), _("The draft is made. Read it, and put it into your words."))
    confirm = {
        "title": _("Draft an evaluation from the data?"),
        "text": _(
            "Figures of indicators, money, time, voices and ratings are read now, and each part is begun with plain "
            "sentences. Only staff see it until it is published."
        ),
        "label": _("Draft the evaluation"),
    }
    return _ask(request, program, confirm, reverse("desk_programs:detail", args=[code]))


@requires(PROGRAM_REPORT)
@READ_AND_SEND
def edit(request: PersonRequest, code: str, number: int) -> HttpResponse:
    """Write the parts; the buttons save, refresh the figures, or go on to publishing, and nothing typed is lost."""
    report = doors.evaluation_for_desk(code, number, request.user)
    if report.is_public:
        return redirect("programs:evaluation", code, number)
    require(rules.may_evaluate(report.program, request.user))
    form = writing.WordsForm(request.POST or None, report, EvaluationPart)
    status = 200
    if request.method == "POST":
        status = writing.save(
            form,
            lambda words, seen: evaluate.edit_evaluation(report, words, seen=seen, by=request.user),
            report,
        )
        if not status:
            return _saved(request, report)
    return render(request, "desk_reports/edit.html", _context(request, report, form), status=status)


@requires(PROGRAM_REPORT)
@READ_AND_SEND
def discard(request: PersonRequest, code: str, number: int) -> HttpResponse:
    """Ask, then throw a draft away."""
    report = doors.evaluation_for_desk(code, number, request.user)
    require(rules.may_evaluate(report.program, request.user))
    if request.method == "POST":
        evaluate.discard_evaluation(report, by=request.user)
        url = reverse("desk_programs:detail", args=[code])
        return see_other(request, url, _("The draft is discarded."))
    confirm = {
        "title": _("Discard this draft?"),
        "text": _("Its words are lost. The audit trail keeps that there was a draft."),
        "label": _("Discard the draft"),
        "tone": "bad",
    }
    return _ask(request, report.program, confirm, _page(report))


@requires(PROGRAM_PUBLISH)
@READ_AND_SEND
def publish(request: PersonRequest, code: str, number: int) -> HttpResponse:
    """Ask, then publish a draft with the figures it has."""
    report = doors.evaluation_for_desk(code, number, request.user)
    require(rules.may_publish_evaluation(report.program, request.user))
    if request.method == "POST":
        try:
            evaluate.publish_evaluation(report, seen=writing.seen(request), by=request.user)
            url = reverse("programs:evaluation", args=[code, number])
            return see_other(
                request, url, _("The evaluation is public. Those who follow the programme are told.")
            )
        except ChangedMeanwhile as refusal:
            return refused(request, refusal, _back(request, report))
        except Invalid as refusal:
            return _ask(
                request, report.program, _publishing(report, str(refusal)), _back(request, report), 422
            )
    return _ask(request, report.program, _publishing(report), _back(request, report))


def _saved(request: PersonRequest, report: EvaluationReport) -> HttpResponse:
    step = writing.button(request)
    if step == writing.REFRESH:
        evaluate.refresh_evaluation(report, by=request.user)
    if step == writing.PUBLISH:
        return see_other(request, _page(report, "evaluation_publish"), writing.told(step))
    return see_other(request, _page(report), writing.told(step))


def _context(request: PersonRequest, report: EvaluationReport, form: writing.WordsForm) -> dict[str, Any]:
    program = report.program
    may_publish = rules.may_publish_evaluation(program, request.user).ok
    return {
        "page_title": _("Write evaluation %(number)s") % {"number": report.number},
        "lede": program.title,
        "crumbs": crumbs(program),
        "report": report,
        "read_at": parts.read_at(report),
        "form": form,
        "fields": writing.fields(form, report, drafted(report.data)),
        "preview_url": reverse("programs:evaluation", args=[program.code, report.number]),
        "may_publish": may_publish,
        "discard_url": _page(report, "evaluation_discard"),
    }


def _publishing(report: EvaluationReport, fault: str = "") -> dict[str, Any]:
    return {
        "title": _("Publish this evaluation?"),
        "text": fault
        or _(
            "Afterwards neither its words nor its figures change; a later evaluation gets a number of its own. Everybody "
            "who follows the work programme is told."
        ),
        "label": _("Publish the evaluation"),
        "hidden": writing.mark(report),
    }


def _back(request: PersonRequest, report: EvaluationReport) -> str:
    """Where she came from: the form, or for who may only publish the preview."""
    if rules.may_evaluate(report.program, request.user).ok:
        return _page(report)
    return reverse("programs:evaluation", args=[report.program.code, report.number])


def _ask(
    request: PersonRequest, program: Program, confirm: dict[str, Any], back: str, status: int = 200
) -> HttpResponse:
    asked = {**confirm, "action_url": request.path, "cancel_url": back}
    context = {"page_title": confirm["title"], "crumbs": crumbs(program), "confirm": asked}
    return render(request, "desk_programs/confirm.html", context, status=status)


def _page(report: EvaluationReport, name: str = "evaluation") -> str:
    return reverse(f"desk_programs:{name}", args=[report.program.code, report.number])
