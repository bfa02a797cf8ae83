"""Voting, answering the question of a phase, following. Each answers with a fragment to htmx, else with a 303."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from rembuk.common.errors import Invalid
from rembuk.engagement import doors
from rembuk.engagement.actions.follows import follow as begin_to_follow
from rembuk.engagement.actions.follows import unfollow
from rembuk.engagement.actions.votes import cast_vote
from rembuk.engagement.models import Ballot, Subject
from rembuk.web.answers import SeeOther, see_other
from rembuk.web.engagement import pace, paths
from rembuk.web.engagement.context import FOLLOW, QUESTION, VOTE, ballot_for, follow_for
from rembuk.web.engagement.forms import FollowForm, VoteForm
from rembuk.web.guards import PersonRequest, signed_in


@signed_in
def vote(request: PersonRequest, kind: str, code: str) -> HttpResponse:
    """Give, change or take back a vote or an answer; whoever comes back from sign-in is led to the page."""
    subject = doors.subject_for(paths.kind_of(kind), code)
    if request.method != "POST":
        return SeeOther(paths.page_of(subject, VOTE))
    pace.keep("vote", request.user)
    form = VoteForm(request.POST)
    if not form.is_valid():
        raise Invalid(_("This answer is not among the choices."))
    ballot = doors.ballot_of(subject)
    value, version = form.cleaned_data["value"], form.cleaned_data["version"] or 1
    cast_vote(ballot, voter=request.user, value=value, version=version)
    return _voted(request, subject, ballot, value)


def _voted(request: PersonRequest, subject: Subject, ballot: Ballot, value: int) -> HttpResponse:
    is_question = ballot.kind == Ballot.Kind.QUESTION
    if request.headers.get("HX-Request"):
        template = "engagement/question.html" if is_question else "engagement/vote.html"
        return render(request, template, {"talk": ballot_for(subject, request.user, request)})
    given = _("Your answer was counted.") if is_question else _("Your vote was counted.")
    taken = _("Your answer was taken back.") if is_question else _("Your vote was taken back.")
    return see_other(
        request, paths.page_of(subject, QUESTION if is_question else VOTE), given if value else taken
    )


@signed_in
def follow(request: PersonRequest, kind: str, code: str) -> HttpResponse:
    """Follow or stop."""
    subject = doors.subject_for(paths.kind_of(kind), code)
    if request.method != "POST":
        return SeeOther(paths.page_of(subject, FOLLOW))
    pace.keep("follow", request.user)
    form = FollowForm(request.POST)
    if not form.is_valid():
        raise Invalid(_("Please use the button on the page."))
    wants = form.cleaned_data["value"] == 1
    (begin_to_follow if wants else unfollow)(subject, by=request.user)
    if request.headers.get("HX-Request"):
        return render(request, "engagement/follow.html", {"talk": follow_for(subject, request.user, request)})
    told = _("You follow this now. You hear of what happens.") if wants else _("You no longer follow this.")
    return see_other(request, paths.page_of(subject, FOLLOW), told)
