"""Pages of bulk decisions: what was selected in the queue or the list, and the results."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from rembuk.access import permissions as izin
from rembuk.proposals import worklists
from rembuk.web.guards import PersonRequest, requires
from rembuk.web.moderation.bulk import MOST, decide_many, done_context

deciders = requires(izin.PROPOSAL_MODERATE, izin.PROPOSAL_RELEASE)


@deciders
@require_POST
def bulk(request: PersonRequest) -> HttpResponse:
    """Decide on the selected proposals, after a question that names the count."""
    codes = request.POST.getlist("selected")[:MOST]
    chosen = list(worklists.waiting(request.user, codes))
    name, back = request.POST.get("step", ""), reverse("moderation:queue")
    return decide_many(request, chosen, by=request.user, name=name, back=back)


@deciders
@require_safe
def bulk_done(request: PersonRequest, mark: UUID) -> HttpResponse:
    """What became of a bulk act."""
    return render(request, "moderation/bulk_done.html", done_context(request, mark, request.user))
