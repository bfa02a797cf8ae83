"""What the pages around sending show: the review, the receipt with versions, the questions before an act."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from rembuk.consultations.actions.steps import in_zone
from rembuk.consultations.content import Content
from rembuk.consultations.models import Submission, SubmissionVersion
from rembuk.consultations.states import SubmissionState
from rembuk.consultations.writing.comparing import content_changes
from rembuk.consultations.writing.sheet import Sheet, sent_content, sheet_of
from rembuk.web.consultations.taking import parts
from rembuk.web.consultations.taking.pages import shared
from rembuk.web.consultations.taking.seat import Seat, refusal

SEEN_FIELD = "naskah"


def seen_version(request: HttpRequest) -> int | None:
    """The version of the text whose differences stood on the page that was sent."""
    typed = request.POST.get(SEEN_FIELD, "")
    return int(typed) if typed.isdecimal() and len(typed) < 9 else None


def review_page(seat: Seat, sheet: Sheet, message: str = "", *, status: int = 200) -> HttpResponse:
    """Everything that was said, what is missing, what changed in the text, and the button."""
    here = parts.url(seat, "take_review")
    has_changes = seat.is_sent and seat.submission is not None and seat.submission.working is not None
    title = _("Check and send the change") if seat.is_sent else _("Check and send")
    denied = refusal(seat)
    submission = seat.submission
    before = sent_content(submission) if has_changes and submission is not None else None
    context = {
        **shared(seat, sheet, title, "tinjau"),
        "said": parts.said_rows(seat, sheet),
        "missing": parts.missing_rows(seat, sheet),
        "message": message,
        "refused": str(denied) if denied else "",
        "seen": sheet.version.number if sheet.version else "",
        "changed_count": len(sheet.changes),
        "has_changes": has_changes,
        "is_unchanged": seat.is_sent and not has_changes,
        "differences": content_changes(before, sheet.content, sheet) if before else [],
        "closes": _closing(seat),
        "beside": seat.beside,
        "can_edit": True,
        "here": here,
        "send_url": parts.url(seat, "send"),
        "signup_url": f"{reverse('account_signup')}?next={here}",
        "login_url": f"{reverse('account_login')}?next={here}",
    }
    return render(seat.request, "consultations/taking/review.html", context, status=status)


def receipt_page(seat: Seat, submission: Submission) -> HttpResponse:
    """The numbered receipt, what was sent, how it changed, what may still be done."""
    consultation, versions = seat.consultation, list(submission.versions.order_by("-number"))
    sheet = sheet_of(consultation, submission, Content.from_json(versions[0].content if versions else None))
    page = reverse("consultations:submission", args=[seat.code, submission.number])
    context = {
        **shared(seat, sheet, _("Receipt %(code)s") % {"code": submission.code}, "bukti"),
        "submission": submission,
        "receipt": _receipt(seat, submission, page),
        "said": parts.said_rows(seat, sheet),
        "can_edit": False,
        "versions": _versions(versions, sheet),
        "has_working": submission.working is not None,
        "is_open": seat.is_open,
        "may_withdraw": seat.is_open and submission.state == SubmissionState.SENT,
        "closes": _closing(seat),
        "page_url": page,
        "change_url": parts.url(seat, "take_review"),
        "withdraw_url": parts.url(seat, "withdraw"),
        "all_keys": parts.local_key(seat, "*"),
    }
    return render(seat.request, "consultations/taking/receipt.html", context)


def _receipt(seat: Seat, submission: Submission, page: str) -> dict[str, Any]:
    consultation = seat.consultation
    return {
        "code": submission.code,
        "title": consultation.title,
        "at": submission.sent_at,
        "url": seat.request.build_absolute_uri(page),
        "name": submission.participant_name or (submission.author.shown_name if submission.author else ""),
        "facts": [
            {"term": _("Version"), "value": str(submission.version)},
            {"term": _("Clauses commented on"), "value": str(submission.remarks.count())},
            {"term": _("Questions answered"), "value": str(submission.answers.count())},
        ],
        "next": _next_steps(seat, submission),
    }


def _next_steps(seat: Seat, submission: Submission) -> list[str]:
    steps = []
    if submission.state == SubmissionState.HELD or submission.is_rechecking:
        steps.append(_("A moderator reads it before others can. It counts already."))
    if seat.is_open:
        steps.append(_("You can change it until %(moment)s.") % {"moment": _closing(seat)})
    steps.append(_("After closing, the office answers each point of it, with a reason."))
    steps.append(_("You get one message with the answers, here and by email. You may object once."))
    return steps


def _versions(versions: list[SubmissionVersion], sheet: Sheet) -> list[dict[str, Any]]:
    """Newest first, each with what it changed."""
    older = [*versions[1:], None]
    return [
        {
            "number": version.number,
            "at": version.created_at,
            "changes": content_changes(
                Content.from_json(before.content), Content.from_json(version.content), sheet
            )
            if before
            else [],
        }
        for version, before in zip(versions, older, strict=True)
    ]


def _closing(seat: Seat) -> str:
    closes_at = seat.consultation.closes_at
    return in_zone(seat.consultation, closes_at) if closes_at else ""


def question_page(seat: Seat, confirm: dict[str, Any]) -> HttpResponse:
    """The question before something is taken away."""
    context = {
        "page_title": confirm["title"],
        "section": "consultations",
        "confirm": {
            **confirm,
            "title": seat.consultation.title,
            "action_url": seat.request.path,
            "tone": "bad",
        },
    }
    return render(seat.request, "consultations/taking/question.html", context)


def withdrawing(seat: Seat) -> dict[str, Any]:
    """The words before withdrawing."""
    return {
        "title": _("Withdraw this submission?"),
        "text": _("It is not counted, shown or answered any more. You can write a new one until %(moment)s.")
        % {"moment": _closing(seat)},
        "label": _("Withdraw"),
        "cancel_url": parts.url(seat, "receipt"),
    }


def discarding(seat: Seat) -> dict[str, Any]:
    """The words before discarding."""
    if seat.is_sent:
        return {
            "title": _("Discard the changes?"),
            "text": _("What you sent stands as it is. Only the changes that were not sent are removed."),
            "label": _("Discard the changes"),
            "cancel_url": parts.url(seat, "take_review"),
        }
    return {
        "title": _("Delete this draft?"),
        "text": _("Everything you wrote for this consultation is removed. This can't be undone."),
        "label": _("Delete"),
        "cancel_url": parts.url(seat, "take_review"),
    }
