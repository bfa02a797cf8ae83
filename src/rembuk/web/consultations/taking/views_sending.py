"""The page before sending, sending, the receipt, withdrawing, discarding, and what was begun before signing in."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from rembuk.common.errors import Invalid, NotVisible
from rembuk.consultations import doors
from rembuk.consultations.actions.taking import drafts, submit
from rembuk.consultations.errors import Closed, TextChanged
from rembuk.consultations.writing.sheet import sheet_of
from rembuk.web.answers import SeeOther, see_other
from rembuk.web.consultations.taking import parts, sending
from rembuk.web.consultations.taking.doorstep import late_page
from rembuk.web.consultations.taking.seat import Seat, count_sending, forget, kept, take_seat
from rembuk.web.consultations.taking.views import reading_or_sending, seated
from rembuk.web.guards import PersonRequest, open_form, signed_in


@open_form
@require_safe
@seated
def take_review(seat: Seat) -> HttpResponse:
    """Everything that was said, what is missing, what changed meanwhile, and the way on."""
    return sending.review_page(seat, sheet_of(seat.consultation, seat.submission))


@signed_in
@require_POST
def send(request: PersonRequest, code: str) -> HttpResponse:
    """Send the submission, or its change. Pressed twice, it leads to the same receipt."""
    seat = take_seat(request, code)
    found = seat.submission
    if found is None:
        raise NotVisible
    count_sending(request.user, request)
    act = submit.change_submission if seat.is_sent else submit.send_submission
    try:
        act(found, by=request.user, seen_version=sending.seen_version(request))
    except Closed:
        return late_page(seat, is_refused=True)
    except TextChanged as changed:
        return sending.review_page(seat, sheet_of(seat.consultation, found), str(changed), status=409)
    except Invalid:
        return sending.review_page(seat, sheet_of(seat.consultation, found), status=422)
    return SeeOther(parts.url(seat, "receipt"))


@signed_in
@require_safe
def receipt(request: PersonRequest, code: str) -> HttpResponse:
    """The author's own page: receipt, what was sent, its versions, and what she may still do."""
    consultation = doors.for_public(code)
    return sending.receipt_page(take_seat(request, code), doors.own_submission(consultation, request.user))


@signed_in
@reading_or_sending
def withdraw(request: PersonRequest, code: str) -> HttpResponse:
    """Ask, then take the submission back."""
    consultation = doors.for_public(code)
    found = doors.own_submission(consultation, request.user)
    seat = take_seat(request, code)
    if request.method != "POST":
        return sending.question_page(seat, sending.withdrawing(seat))
    submit.withdraw_submission(found, by=request.user)
    words = _("Your submission %(code)s is withdrawn.") % {"code": found.code}
    return see_other(request, reverse("consultations:detail", args=[code]), words)


@open_form
@reading_or_sending
def discard(request: HttpRequest, code: str) -> HttpResponse:
    """Ask, then delete the draft, or the changes that were not sent."""
    seat = take_seat(request, code)
    if seat.submission is None:
        raise NotVisible
    if request.method != "POST":
        return sending.question_page(seat, sending.discarding(seat))
    drafts.discard_draft(seat.submission, by=seat.person, kept=kept(request))
    forget(request, seat.submission.public_id)
    if seat.is_sent:
        return see_other(
            request, parts.url(seat, "receipt"), _("The changes are gone; what you sent stands.")
        )
    return see_other(request, reverse("consultations:detail", args=[code]), _("The draft is gone."))


@signed_in
@require_POST
def join(request: PersonRequest, code: str) -> HttpResponse:
    """What this browser began before she signed in: put it over her own, or delete it."""
    seat = take_seat(request, code)
    if seat.submission is None or seat.beside is None:
        raise NotVisible
    if request.POST.get("step") == "join":
        drafts.join_draft(seat.submission, seat.beside, by=request.user, kept=kept(request))
    else:
        drafts.discard_draft(seat.beside, by=request.user, kept=kept(request))
    forget(request, seat.beside.public_id)
    return SeeOther(parts.url(seat, "take_review"))
