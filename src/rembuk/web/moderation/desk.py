"""The moderation queue and the page of a case: taking it, deciding it."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rembuk.access import permissions as izin
from rembuk.common.errors import NotVisible
from rembuk.engagement import doors
from rembuk.engagement.actions.moderation import claim_case, release_claim
from rembuk.web.answers import see_other
from rembuk.web.desk.acts import carry_out, form_of
from rembuk.web.guards import PersonRequest, requires
from rembuk.web.moderation.acts import BY_NAME
from rembuk.web.moderation.context import case_context, case_panel, queue_context

moderators = requires(
    izin.PROPOSAL_MODERATE,
    izin.COMMENT_MODERATE,
    izin.PROPOSAL_RELEASE,
    izin.PROPOSAL_ANSWER,
    izin.SUBMISSION_MODERATE,
    izin.CONSULTATION_ANSWER,
)


@moderators
@require_safe
def queue(request: PersonRequest) -> HttpResponse:
    """What waits for a decision, overdue first."""
    return render(request, "moderation/queue.html", queue_context(request, request.user))


@moderators
@require_safe
def case(request: PersonRequest, case_id: UUID) -> HttpResponse:
    """One case with everything needed to decide it."""
    found = doors.case_for(case_id, request.user)
    return render(request, "moderation/case.html", case_context(found, request.user))


@moderators
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: PersonRequest, case_id: UUID, name: str) -> HttpResponse:
    """Carry out a decision; opened by its address, the case with that form unfolded."""
    found = doors.case_for(case_id, request.user)
    if name not in BY_NAME:
        raise NotVisible
    chosen = BY_NAME[name]
    form, status = form_of(chosen, found, request.user), 200
    if request.method == "POST":
        done = carry_out(request, chosen, found, by=request.user, then=_after(request, case_id))
        if isinstance(done, HttpResponse):
            return done
        form, status = done
    elif not chosen.is_open(found, request.user):
        return render(request, "moderation/case.html", case_context(found, request.user))
    context = case_context(found, request.user, case_panel(found, chosen, form))
    return render(request, "moderation/case.html", context, status=status)


@moderators
@require_POST
def claim(request: PersonRequest, case_id: UUID) -> HttpResponse:
    """Take a case, so that no colleague does the same work."""
    found = doors.case_for(case_id, request.user)
    claim_case(found, by=request.user)
    return see_other(request, _page(case_id), _("You have taken this case."))


@moderators
@require_POST
def release(request: PersonRequest, case_id: UUID) -> HttpResponse:
    """Give a case back to the queue."""
    found = doors.case_for(case_id, request.user)
    release_claim(found, by=request.user)
    return see_other(request, _page(case_id), _("The case is free again."))


def _page(case_id: UUID) -> str:
    return reverse("moderation:case", args=[case_id])


def _after(request: PersonRequest, case_id: UUID) -> str:
    """Back to the queue."""
    return reverse("moderation:queue")
