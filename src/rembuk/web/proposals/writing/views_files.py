"""Files of a draft or of an own proposal: sent one by one with script, removed, shown to the author."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from rembuk.common.errors import Invalid, NotVisible
from rembuk.proposals.actions import attach, submit
from rembuk.proposals.content import Content
from rembuk.proposals.models import Proposal
from rembuk.web.answers import SeeOther
from rembuk.web.guards import open_form
from rembuk.web.proposals.file_answers import send_file
from rembuk.web.proposals.writing import drafts
from rembuk.web.proposals.writing.forms import ProposalForm


@open_form
@require_POST
def attach_file(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take in one file; answers the script of ``components/upload.html``."""
    drafts.count_saving(request)
    found = _open_or_begin(request, public_id)
    try:
        file = request.FILES.get("file")
        if file is None:
            raise Invalid(_("No file arrived. Choose it again."))
        added = attach.add_attachment(found, file, by=drafts.writer(request))
    except Invalid as refused:
        return JsonResponse({"error": str(refused)}, status=422)
    stored = added.file
    remove_url = drafts.with_key("proposals:detach", public_id, stored.public_id)
    answer = {"id": str(stored.public_id), "name": stored.name, "size": stored.size}
    return JsonResponse({**answer, "remove_url": remove_url}, status=201)


@open_form
@require_POST
def detach_file(request: HttpRequest, public_id: UUID, file_id: UUID) -> HttpResponse:
    """Take a file off; text that came with the button of the form is kept."""
    found = drafts.open_draft(request, public_id)
    if "title" in request.POST and found.code is None:
        form = ProposalForm(request.POST)
        form.is_valid()
        submit.save_draft(public_id, form.content(), by=drafts.writer(request), kept=drafts.kept(request))
    attach.remove_attachment(found, file_id, by=drafts.writer(request))
    if found.code is not None:
        return SeeOther(reverse("proposals:edit", args=[found.code]))
    return SeeOther(reverse("proposals:draft", args=[public_id]) + "?tersimpan=1")


@open_form
@require_safe
def draft_file(request: HttpRequest, public_id: UUID, file_id: UUID) -> HttpResponse:
    """A file of a draft, for whoever may continue it."""
    found = drafts.open_draft(request, public_id)
    attachment = found.attachments.select_related("file").filter(file__public_id=file_id).first()
    if attachment is None:
        raise NotVisible
    return send_file(request, attachment.file, shared=False)


def _open_or_begin(request: HttpRequest, public_id: UUID) -> Proposal:
    if drafts.may_begin(request, public_id):
        found = submit.save_draft(public_id, Content(), by=drafts.writer(request))
        drafts.remember(request, found)
        return found
    return drafts.open_draft(request, public_id)
