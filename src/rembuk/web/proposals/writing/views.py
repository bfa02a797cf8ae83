"""Writing a proposal: the form, the draft, the preview, sending, the receipt. A visitor may do all but send.

Every POST of the form keeps what was typed as a draft first, then takes the step that was asked for.
"""

import uuid
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rembuk.common.errors import Invalid
from rembuk.proposals import doors
from rembuk.proposals.actions import attach, submit
from rembuk.proposals.content import missing
from rembuk.proposals.models import Proposal
from rembuk.web.answers import SeeOther, see_other
from rembuk.web.guards import PersonRequest, open_form, signed_in
from rembuk.web.proposals.writing import drafts
from rembuk.web.proposals.writing.forms import ProposalForm
from rembuk.web.proposals.writing.pages import (
    Question,
    form_page,
    preview_page,
    question_page,
    receipt_page,
)

reading_or_sending = require_http_methods(["GET", "HEAD", "POST"])


@open_form
@reading_or_sending
def new(request: HttpRequest) -> HttpResponse:
    """An empty form; sent, it begins a draft."""
    key = drafts.claimed(request) or uuid.uuid4()
    if request.method == "POST":
        return _take(request, key)
    return form_page(request, ProposalForm(), public_id=key)


@open_form
@reading_or_sending
def draft(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """A draft to go on with; what was sent already leads to its page."""
    found = drafts.open_draft(request, public_id)
    if found.code is not None:
        return SeeOther(reverse("proposals:detail", args=[found.code]))
    if request.method == "POST":
        return _take(request, public_id)
    form = ProposalForm.of(found, asked=request.GET.get("cari", "")[:100])
    return form_page(request, form, public_id=public_id, draft=found)


@open_form
@require_safe
def preview(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """How it will look, what resembles it, and the way on: sending, or registering first."""
    found = drafts.open_draft(request, public_id)
    if found.code is not None:
        return SeeOther(reverse("proposals:detail", args=[found.code]))
    return preview_page(request, found)


@signed_in
@require_POST
def send(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """Send a draft. Pressed twice, it leads to the same receipt."""
    found = drafts.open_draft(request, public_id)
    if found.submitted_at is None:
        drafts.count_sending(request.user)
        submit.adopt_drafts([str(public_id)], by=request.user)
        if problems := missing(found):
            form = ProposalForm.faulty(found, problems)
            return form_page(request, form, public_id=public_id, draft=found, status=422)
    sent = submit.submit_proposal(found, by=request.user)
    return SeeOther(reverse("proposals:receipt", args=[sent.code]))


@signed_in
@reading_or_sending
def discard(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """Ask, then take a draft away."""
    found = drafts.open_draft(request, public_id)
    if request.method != "POST":
        question = Question(
            title=_("Delete this draft?"),
            text=_("It is removed with its files."),
            label=_("Delete"),
            tone="bad",
        )
        return question_page(request, question, None, found)
    submit.adopt_drafts([str(public_id)], by=request.user)
    found.refresh_from_db()
    submit.discard_draft(found, by=request.user)
    return see_other(request, reverse("accounts:profile"), _("The draft is gone."))


@signed_in
@require_safe
def receipt(request: PersonRequest, code: str) -> HttpResponse:
    """The numbered receipt of the author, to print or share."""
    return receipt_page(request, doors.for_author(code, request.user))


def _take(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Keep what was typed and attached; then preview, look up a place, or come back to the draft."""
    drafts.count_saving(request)
    form = ProposalForm(request.POST, request.FILES)
    form.is_valid()
    found = submit.save_draft(public_id, form.content(), by=drafts.writer(request), kept=drafts.kept(request))
    drafts.remember(request, found)
    add_files(request, form, found)
    step = request.POST.get("step", "")
    if step == "preview":
        form.add_problems(missing(found))
    if form.errors:
        return form_page(request, form, public_id=public_id, draft=found, status=422)
    return SeeOther(_next(step, public_id, form))


def _next(step: str, public_id: UUID, form: ProposalForm) -> str:
    if step == "preview":
        return reverse("proposals:preview", args=[public_id])
    page = reverse("proposals:draft", args=[public_id])
    if step == "place":
        return f"{page}?{urlencode({'tersimpan': 1, 'cari': form.cleaned_data.get('region_q', '')})}#tempat"
    return f"{page}?tersimpan=1"


def add_files(request: HttpRequest, form: ProposalForm, proposal: Proposal) -> None:
    """Attach the files that came with a form, each alone: one that is refused costs neither text nor others."""
    for file in form.cleaned_data.get("attachment", ()):
        try:
            attach.add_attachment(proposal, file, by=drafts.writer(request))
        except Invalid as refused:
            form.add_error("attachment", f"{file.name}: {refused}")
