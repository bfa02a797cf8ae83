"""Showing many held submissions at once: the question that names the count, the act, what became of it."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rembuk.access import permissions as izin
from rembuk.access import rights
from rembuk.accounts.models import Person
from rembuk.consultations.actions.moderate import BulkResult, show_many
from rembuk.consultations.models import Submission
from rembuk.web.answers import see_other

# The value of the selection bar's button.
NAME = "show"


def chosen(by: Person, codes: Sequence[str]) -> list[Submission]:
    """Of the submissions with these receipts those of her units; the action judges each."""
    held = rights.within("consultation__unit", rights.paths(by, izin.SUBMISSION_MODERATE))
    found = Submission.objects.filter(held, code__in=list(codes))
    return list(found.select_related("consultation__unit", "author", "subject").order_by("id"))


def show_selected(
    request: HttpRequest, submissions: Sequence[Submission], *, by: Person, back: str
) -> HttpResponse:
    """Ask first, naming the count; once confirmed, show them and tell what became of each."""
    if not submissions:
        return see_other(request, back, _("Select at least one submission."))
    if "confirm" not in request.POST:
        count = ngettext("%(n)d submission is selected.", "%(n)d submissions are selected.", len(submissions))
        context = {
            "page_title": _("Show the selected submissions?"),
            "crumbs": _crumbs(_("Show submissions")),
            "name": NAME,
            "count_text": count % {"n": len(submissions)},
            "submissions": submissions,
            "back": back,
        }
        return render(request, "moderation/bulk_submissions.html", context)
    return _results(request, show_many(submissions, by=by), back)


def _results(request: HttpRequest, result: BulkResult, back: str) -> HttpResponse:
    words = ngettext("%(n)d submission is shown.", "%(n)d submissions are shown.", len(result.done))
    summary = words % {"n": len(result.done)}
    if not result.refused:
        return see_other(request, back, summary)
    refused = [
        {
            "code": row.code,
            "why": why,
            "url": reverse("desk_consultations:submission", args=[row.consultation.code, row.number]),
        }
        for row, why in result.refused
    ]
    context = {"page_title": _("Done"), "crumbs": _crumbs(_("Done")), "summary": summary, "refused": refused}
    return render(request, "moderation/bulk_submissions_done.html", context)


def _crumbs(here: str) -> list[dict[str, str]]:
    return [{"label": _("Moderation"), "url": reverse("moderation:queue")}, {"label": here}]
