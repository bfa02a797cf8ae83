"""Pages of bulk decisions: what was selected in the queue or the list, and the results."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from rembuk.access import permissions as izin
from rembuk.proposals import worklists
from rembuk.web.guards import PersonRequest, requires
from rembuk.web.moderation import bulk_submissions
from rembuk.web.moderation.bulk import MOST, TAKES_FOUND, decide_many, done_context
from rembuk.web.moderation.context import IN_BULK, SHOWN_IN_BULK, found_codes

deciders = requires(
    izin.PROPOSAL_MODERATE, izin.PROPOSAL_RELEASE, izin.PROPOSAL_REFER, izin.SUBMISSION_MODERATE
)


@deciders
@require_POST
def bulk(request: PersonRequest) -> HttpResponse:
    """Decide on the selected proposals or submissions, after a question that names the count."""
    name, back = request.POST.get("step", ""), reverse("moderation:queue")
    kinds = SHOWN_IN_BULK if name == bulk_submissions.NAME else IN_BULK
    takes_found = TAKES_FOUND in request.POST
    codes = found_codes(request, request.user, kinds) if takes_found else request.POST.getlist("selected")
    if name == bulk_submissions.NAME:
        rows = bulk_submissions.chosen(request.user, codes[:MOST])
        return bulk_submissions.show_selected(request, rows, by=request.user, back=back)
    chosen = list(worklists.waiting(request.user, codes[:MOST]))
    return decide_many(request, chosen, by=request.user, name=name, back=back)


@deciders
@require_safe
def bulk_done(request: PersonRequest, mark: UUID) -> HttpResponse:
    """What became of a bulk act."""
    return render(request, "moderation/bulk_done.html", done_context(request, mark, request.user))
