"""Reporting content ("Laporkan isi ini"), and a moderator's hiding of a comment from the public page."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from rembuk.access.permissions import COMMENT_MODERATE
from rembuk.common.errors import require
from rembuk.engagement import doors, rules
from rembuk.engagement.actions.moderation import Grounds, hide_comment, show_again
from rembuk.engagement.actions.reports import Complaint, report_content
from rembuk.engagement.models import Comment, Subject
from rembuk.web.answers import see_other
from rembuk.web.engagement import pace, paths
from rembuk.web.engagement.context import COMMENTS
from rembuk.web.engagement.forms import HideForm, ReportForm
from rembuk.web.guards import PersonRequest, requires, signed_in


@signed_in
def report(request: PersonRequest, kind: str, code: str) -> HttpResponse:
    """Report a proposal, programme or phase."""
    return _report(request, doors.subject_for(paths.kind_of(kind), code), None)


@signed_in
def report_comment(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """Report a comment."""
    comment = doors.comment_for(public_id, request.user)
    return _report(request, comment.subject, comment)


@requires(COMMENT_MODERATE)
def moderate(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """Hide a comment, or show a hidden one again, without a report."""
    comment = doors.comment_to_moderate(public_id, request.user)
    require(rules.may_moderate_comment(comment, request.user))
    is_hidden = comment.state == Comment.State.HIDDEN
    form = HideForm(request.POST if request.method == "POST" and not is_hidden else None)
    if request.method == "POST" and is_hidden:
        show_again(comment, by=request.user)
        return see_other(request, paths.place_of(comment), _("The comment is shown again."))
    if not form.is_bound or not form.is_valid():
        return _moderating(request, comment, form)
    hide_comment(comment, by=request.user, grounds=Grounds(**form.cleaned_data))
    return see_other(request, paths.place_of(comment), _("The comment is hidden. Its author was told."))


def _moderating(request: PersonRequest, comment: Comment, form: HideForm) -> HttpResponse:
    is_hidden = comment.state == Comment.State.HIDDEN
    context = {
        "comment": comment,
        "form": form,
        "is_hidden": is_hidden,
        "back_url": paths.place_of(comment),
        "page_title": _("Show this comment again?") if is_hidden else _("Hide this comment?"),
    }
    return render(request, "engagement/moderate.html", context, status=422 if form.is_bound else 200)


def _report(request: PersonRequest, subject: Subject, comment: Comment | None) -> HttpResponse:
    author_id = comment.author_id if comment is not None else subject.author_id
    require(rules.may_report(author_id, request.user))
    form = ReportForm(request.POST if request.method == "POST" else None)
    back = paths.page_of(subject, COMMENTS) if comment is None else paths.place_of(comment)
    if not form.is_bound or not form.is_valid():
        title = _("Report this") if comment is None else _("Report this comment")
        context = {
            "subject": subject,
            "comment": comment,
            "form": form,
            "back_url": back,
            "page_title": title,
        }
        return render(request, "engagement/report_form.html", context, status=422 if form.is_bound else 200)
    pace.keep("report", request.user)
    report_content(subject, Complaint(**form.cleaned_data), by=request.user, comment=comment)
    told = _("Thank you. A moderator will look at it, and you will be told what came of it.")
    return see_other(request, paths.page_of(subject) if comment is None else back, told)
