"""Pages in the place of the form: not open yet, closed, cancelled, only for named organisations."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from rembuk.consultations.actions.steps import in_zone
from rembuk.consultations.schedule import Stage
from rembuk.consultations.writing.sheet import sheet_of
from rembuk.web.consultations.taking import parts
from rembuk.web.consultations.taking.seat import Seat, is_invited_only, must_sign_in_first

# Words are still kept then, though nothing is taken any more.
_LATE = frozenset({Stage.CLOSED, Stage.ANSWERING})


def is_late(seat: Seat) -> bool:
    """Whether it closed while its submissions are being answered."""
    return seat.stage in _LATE


def outside_page(seat: Seat) -> HttpResponse | None:
    """The page that says why nobody can write now, or why this person can't; ``None`` when she may sit down."""
    title, text = _outside(seat)
    if not title:
        return None
    is_sending = seat.request.method == "POST"
    is_personal = seat.is_open or is_late(seat)
    status = (403 if is_personal else 409) if is_sending else 200
    sign_in = f"{reverse('account_login')}?next={parts.url(seat, 'take')}" if must_sign_in_first(seat) else ""
    return _page(seat, title, text, status=status, sign_in_url=sign_in)


def late_page(seat: Seat, *, is_refused: bool) -> HttpResponse:
    """It closed: the instant, and what was written, which stays."""
    closes_at = seat.consultation.closes_at
    assert closes_at is not None
    moment = in_zone(seat.consultation, closes_at)
    text = _("This consultation closed on %(moment)s.") % {"moment": moment}
    is_unsent = seat.submission is not None and seat.submission.working is not None
    if is_unsent:
        text = _(
            "This consultation closed on %(moment)s. What you wrote was not sent; it stays here as a draft."
        ) % {"moment": moment}
    said = parts.said_rows(seat, sheet_of(seat.consultation, seat.submission)) if is_unsent else None
    status = 409 if is_refused else 200
    return _page(seat, _("This consultation is closed"), text, status=status, said=said)


def _page(
    seat: Seat, title: str, text: str, *, status: int, sign_in_url: str = "", said: parts.Row | None = None
) -> HttpResponse:
    context = {
        "page_title": title,
        "section": "consultations",
        "text": text,
        "sign_in_url": sign_in_url,
        "said": said,
        "home_url": reverse("consultations:detail", args=[seat.code]),
        "receipt_url": parts.url(seat, "receipt") if seat.is_sent else "",
        "discard_url": parts.url(seat, "discard") if said else "",
        "crumbs": [
            {"label": _("Consultations"), "url": reverse("consultations:list")},
            {"label": seat.consultation.title, "url": reverse("consultations:detail", args=[seat.code])},
            {"label": title},
        ],
    }
    return render(seat.request, "consultations/taking/closed.html", context, status=status)


def _outside(seat: Seat) -> tuple[str, str]:
    """Title and sentence; both empty for somebody who may write, or could until closing."""
    consultation = seat.consultation
    if seat.stage is Stage.ANNOUNCED and consultation.opens_at is not None:
        moment = in_zone(consultation, consultation.opens_at)
        return _("This consultation is not open yet"), _(
            "It opens on %(moment)s. You can read everything now and follow it, so that you hear when it opens."
        ) % {"moment": moment}
    if seat.stage is Stage.CANCELLED:
        return _("This consultation was cancelled"), _("No submissions are taken any more.")
    if seat.stage is Stage.CONCLUDED:
        return _("This consultation is concluded"), _(
            "Every submission has its answer. You can read what became of them."
        )
    if must_sign_in_first(seat):
        return _("Only named organisations answer here"), _(
            "The office has named the organisations that may answer. If yours is one of them, sign in with the email "
            "address that was invited. Everybody may read everything."
        )
    if is_invited_only(seat):
        return _("Only named organisations answer here"), _(
            "The office has named the organisations that may answer, and %(email)s is not among their addresses. If your "
            "organisation should be, write to the contact on the page. Everybody may read everything."
        ) % {"email": (seat.person.email or seat.person.sign_in_name) if seat.person else ""}
    return "", ""
