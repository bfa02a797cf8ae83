"""Reading a discussion, and writing, replying, deleting. Reports are ``public_reports``."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from rembuk.common.errors import require
from rembuk.engagement import doors, rules, selectors
from rembuk.engagement.actions.comments import Draft, delete_comment, post_comment
from rembuk.engagement.errors import CommentsClosed
from rembuk.engagement.models import Comment, Subject
from rembuk.web.answers import see_other
from rembuk.web.engagement import pace, paths
from rembuk.web.engagement.context import COMMENTS, comments_page, talk_for, thread_page, writing
from rembuk.web.engagement.forms import CommentForm
from rembuk.web.guards import PersonRequest, signed_in, visitors_page


@visitors_page(lifetime=10, reads=("urut", "after"))
def comments(request: HttpRequest, kind: str, code: str) -> HttpResponse:
    """All comments of a subject, newest or oldest first."""
    subject = doors.subject_for(paths.kind_of(kind), code)
    return render(request, "engagement/discussion.html", comments_page(subject, request.user, request))


@visitors_page(lifetime=10, reads=("after",))
def thread(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One thread with its replies; the address of a reply leads to its thread."""
    comment = doors.placed_comment(public_id, request.user)
    return render(request, "engagement/thread.html", thread_page(comment, request.user, request))


@signed_in
def comment(request: PersonRequest, kind: str, code: str) -> HttpResponse:
    """Write a comment."""
    return _write(request, doors.subject_for(paths.kind_of(kind), code), None)


@signed_in
def reply(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """Reply to a comment."""
    parent = doors.comment_for(public_id, request.user)
    return _write(request, parent.subject, parent)


@signed_in
def delete(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """Delete one's own comment, after a question."""
    found = doors.placed_comment(public_id, request.user)
    require(rules.may_delete(found, request.user))
    if request.method != "POST":
        context = {
            "comment": found,
            "back_url": paths.place_of(found),
            "page_title": _("Delete this comment?"),
        }
        return render(request, "engagement/delete.html", context)
    delete_comment(found, by=request.user)
    return see_other(request, paths.page_of(found.subject, COMMENTS), _("Your comment was deleted."))


def _write(request: PersonRequest, subject: Subject, parent: Comment | None) -> HttpResponse:
    if not subject.comments_open:
        raise CommentsClosed
    offices = selectors.offices_for(request.user, subject.unit)
    data = request.POST if request.method == "POST" else None
    form = CommentForm(data, offices=offices, is_reply=parent is not None)
    if data is None or not form.is_valid():
        return _form_again(request, subject, parent, form)
    pace.keep("comment", request.user)
    fields = form.cleaned_data
    draft = Draft(body=fields["body"], parent=parent, office=fields.get("office"))
    return _written(request, post_comment(subject, draft, by=request.user))


def _form_again(
    request: PersonRequest, subject: Subject, parent: Comment | None, form: CommentForm
) -> HttpResponse:
    status = 422 if form.is_bound else 200
    if request.headers.get("HX-Request") and parent is None:
        talk = talk_for(subject, request.user, request)
        talk["comments"] |= writing(subject, request.user, form)
        return render(request, "engagement/comments.html", {"talk": talk}, status=status)
    is_reply = parent is not None
    context = {
        "subject": subject,
        "parent": parent,
        "form": form,
        "back_url": paths.place_of(parent) if parent is not None else paths.page_of(subject, COMMENTS),
        "page_title": _("Reply to a comment") if is_reply else _("Write a comment"),
        "label": _("Publish reply") if is_reply else _("Publish comment"),
    }
    return render(request, "engagement/write.html", context, status=status)


def _written(request: PersonRequest, made: Comment) -> HttpResponse:
    if request.headers.get("HX-Request") and made.parent is None:
        talk = talk_for(made.subject, request.user, request)
        return render(request, "engagement/comments.html", {"talk": talk})
    told = _("Your comment is published.")
    if made.state == Comment.State.HELD:
        told = _("Your comment waits for review by a moderator. Until then only you see it.")
    is_root = made.parent is None
    return see_other(
        request, paths.page_of(made.subject, made.anchor) if is_root else paths.place_of(made), told
    )
