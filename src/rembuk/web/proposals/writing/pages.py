"""What the pages of writing show: the form, the preview, the receipt, the questions before an act."""

from dataclasses import dataclass
from uuid import UUID

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from rembuk.common.text import render_plain
from rembuk.engagement.models import Case
from rembuk.proposals.belongings import belongings_of
from rembuk.proposals.content import missing, personal_numbers
from rembuk.proposals.models import Attachment, Proposal
from rembuk.proposals.states import State
from rembuk.regions.models import Region
from rembuk.web.proposals import public_rows as rows
from rembuk.web.proposals.public_context import similar_rows
from rembuk.web.proposals.writing import drafts
from rembuk.web.proposals.writing.forms import ProposalForm

type Context = dict[str, object]


@dataclass(frozen=True, slots=True)
class Question:
    """The one question of a page before an act; ``tone`` «bad» for what takes something away."""

    title: str
    text: str
    label: str
    tone: str = "info"


def form_page(
    request: HttpRequest,
    form: ProposalForm,
    *,
    public_id: UUID,
    draft: Proposal | None = None,
    status: int = 200,
) -> HttpResponse:
    """The form, empty or with a draft in it."""
    here = reverse("proposals:draft", args=[public_id]) if draft else reverse("proposals:new")
    context = {
        **_questions(request, form, public_id, draft),
        "page_title": _("Write a proposal"),
        "action": here,
        "key": drafts.key_of(public_id),
        "draft": draft,
        "local_key": local_key(draft),
        "is_saved": draft is not None and "tersimpan" in request.GET,
        "discard_url": _discard_url(request, draft),
    }
    return render(request, "proposals/write.html", context, status=status)


def change_page(
    request: HttpRequest, form: ProposalForm, proposal: Proposal, *, status: int = 200
) -> HttpResponse:
    """The form with what was sent in it; a public text asks for the reason of the change."""
    decision = proposal.decisions.filter(to_state=State.RETURNED).order_by("-at", "-id").first()
    is_returned = proposal.state == State.RETURNED
    context = {
        **_questions(request, form, proposal.public_id, proposal),
        "page_title": _("Change %(code)s") % {"code": proposal.code},
        "action": reverse("proposals:edit", args=[proposal.code]),
        "proposal": proposal,
        "is_returned": is_returned,
        "message": decision.explanation if decision and is_returned else "",
        "is_public": proposal.published_at is not None,
        "back_url": reverse("proposals:detail", args=[proposal.code]),
        "local_key": f"ubah-{proposal.code}",
    }
    return render(request, "proposals/change.html", context, status=status)


def _questions(
    request: HttpRequest, form: ProposalForm, public_id: UUID, proposal: Proposal | None
) -> Context:
    """What the questions need beside the form itself."""
    _watch(form, "title", reverse("proposals:similar"), "serupa", 8)
    _watch(form, "region_q", reverse("proposals:places"), "pilihan-tempat", 3)
    title = str(form["title"].value() or "")
    upload = _upload(form, public_id, proposal)
    has_places = Region.objects.exists()
    form.fields["place"].required = not has_places
    return {
        "section": "proposals",
        "form": form,
        "has_places": has_places,
        "similar": similar_rows(title, proposal),
        "upload": upload,
        "is_more_open": form.has_folded_values or bool(upload["items"]),
        "numbers": proposal is not None and has_numbers(proposal),
    }


def _watch(form: ProposalForm, name: str, url: str, into: str, least: int) -> None:
    attributes = {"data-similar": url, "data-similar-into": into, "data-similar-least": least}
    form.fields[name].widget.attrs.update({**attributes, "autocomplete": "off"})


def _upload(form: ProposalForm, public_id: UUID, proposal: Proposal | None) -> Context:
    """The component's input; the key goes along, because a visitor's first file comes before any session."""
    held = proposal.attachments.select_related("file") if proposal else Attachment.objects.none()
    items = [
        {
            "id": row.file.public_id,
            "name": row.file.name,
            "size": row.file.size,
            "remove_url": drafts.with_key("proposals:detach", public_id, row.file.public_id),
        }
        for row in held
    ]
    url = drafts.with_key("proposals:attach", public_id)
    return {"field": form["attachment"], "url": url, "items": items, "max_files": Attachment.LIMIT}


def has_numbers(proposal: Proposal) -> bool:
    """Whether the text seems to hold a telephone or identity number, which everybody would read."""
    return personal_numbers(f"{proposal.title}\n{proposal.body}\n{proposal.place}")


def local_key(draft: Proposal | None) -> str:
    """Under which name the browser keeps what is typed until it has arrived."""
    return f"usulan-{draft.public_id}" if draft else "usulan-baru"


def _discard_url(request: HttpRequest, draft: Proposal | None) -> str:
    if draft is None or drafts.writer(request) is None:
        return ""
    return reverse("proposals:discard", args=[draft.public_id])


def preview_page(request: HttpRequest, draft: Proposal) -> HttpResponse:
    """How the draft will look, and the way on."""
    here = reverse("proposals:preview", args=[draft.public_id])
    files = belongings_of(draft).files
    context = {
        "page_title": _("Check and send"),
        "section": "proposals",
        "draft": draft,
        "html": mark_safe(render_plain(draft.body)),  # noqa: S308
        "facts": rows.facts_of(draft),
        "files": rows.file_rows(
            files, lambda file: reverse("proposals:draft_file", args=[draft.public_id, file])
        ),
        "is_complete": not missing(draft),
        "numbers": has_numbers(draft),
        "similar": similar_rows(draft.title, draft),
        "local_key": local_key(draft),
        "here": here,
        "edit_url": reverse("proposals:draft", args=[draft.public_id]),
        "send_url": reverse("proposals:send", args=[draft.public_id]),
        "signup_url": f"{reverse('account_signup')}?next={here}",
        "login_url": f"{reverse('account_login')}?next={here}",
    }
    return render(request, "proposals/preview.html", context)


def receipt_page(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    """The numbered receipt: from whom, what, where, when, with whom it lies, what happens now."""
    url = request.build_absolute_uri(reverse("proposals:detail", args=[proposal.code]))
    context = {
        "page_title": _("Receipt %(code)s") % {"code": proposal.code},
        "section": "proposals",
        "receipt": {
            "code": proposal.code,
            "title": proposal.title,
            "at": proposal.submitted_at,
            "url": url,
            "name": proposal.author.shown_name if proposal.author else "",
            "facts": [fact for fact in rows.facts_of(proposal)[2:5] if fact["value"]],
            "next": _next_steps(proposal),
        },
        "local_keys": ["usulan-baru", local_key(proposal)],
        "detail_url": reverse("proposals:detail", args=[proposal.code]),
    }
    return render(request, "proposals/receipt.html", context)


def _next_steps(proposal: Proposal) -> list[str]:
    if proposal.state != State.SUBMITTED:
        return [
            _("Everybody can read your proposal now. Share its address."),
            _("You are told when a work unit assesses it and when the official answer is given."),
        ]
    case = Case.objects.filter(subject=proposal.subject_id, closed_at=None).order_by("due_at").first()
    day = rows.plain_day(case.due_at) if case else ""
    first = _("A moderator reads it by %(day)s.") % {"day": day} if day else _("A moderator reads it.")
    return [
        first,
        _("You are told what was decided, here and by email. A decision always has a reason."),
        _("Once it is published, people can support and discuss it, and a work unit assesses it."),
    ]


def question_page(
    request: HttpRequest, question: Question, form: Form | None, proposal: Proposal, *, status: int = 200
) -> HttpResponse:
    """The question before an act, with the few words it asks for."""
    back = "proposals:detail" if proposal.code else "proposals:draft"
    context = {
        "page_title": question.title,
        "section": "proposals",
        "proposal": proposal,
        "form": form,
        "confirm": {
            "title": proposal.title or _("Draft without a title"),
            "text": question.text,
            "tone": question.tone,
            "label": question.label,
            "action_url": request.path,
            "cancel_url": reverse(back, args=[proposal.code or proposal.public_id]),
            "form": form,
        },
    }
    return render(request, "proposals/question.html", context, status=status)
