"""Pages of entering a submission for somebody, one after the other, and the receipt to hand over."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from rembuk.access import permissions as izin
from rembuk.common.errors import NotVisible, require
from rembuk.consultations import doors, rules
from rembuk.consultations.actions.enter import closing_day
from rembuk.consultations.models import Consultation, Submission
from rembuk.web.answers import see_other
from rembuk.web.consultations.offline.context import receipt_of
from rembuk.web.consultations.offline.correcting import CorrectionSheet, frame_of, look_at_name
from rembuk.web.consultations.offline.entering import EntrySheet, more_remarks, summary_of
from rembuk.web.consultations.tabs import desk_frame
from rembuk.web.guards import PersonRequest, requires

# Buttons: room for one more remark; save and go on with the next of the same letter or meeting.
MORE, NEXT = "more", "next"


@requires(izin.CONSULTATION_ENTER)
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: PersonRequest, code: str) -> HttpResponse:
    """The form, and what was sent with it."""
    found = doors.for_desk(code, request.user)
    require(rules.may_enter(found, request.user))
    if request.method != "POST":
        sheet = EntrySheet(found, request.user, previous=_previous(request, found))
        return _page(request, sheet, 200)
    wants_more = MORE in request.POST
    data = more_remarks(request.POST) if wants_more else request.POST
    sheet = EntrySheet(found, request.user, data, request.FILES)
    if not wants_more and sheet.is_valid() and (made := sheet.enter()):
        return see_other(request, _after(request, made), summary_of(made))
    if wants_more:
        sheet.forget_faults()
    return _page(request, sheet, 200 if wants_more else 422)


@requires(izin.CONSULTATION_ENTER)
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: PersonRequest, code: str, number: int) -> HttpResponse:
    """The entry in its form, to be put right; a hidden name that is read there is recorded."""
    found = doors.submission_for_desk(code, number, request.user)
    if not found.is_offline:
        raise NotVisible
    require(rules.may_correct(found, request.user))
    look_at_name(found, request.user)
    if request.method != "POST":
        return _correction(request, CorrectionSheet(found, request.user), 200)
    wants_more = MORE in request.POST
    data = more_remarks(request.POST) if wants_more else request.POST
    sheet = CorrectionSheet(found, request.user, data, request.FILES)
    if not wants_more and sheet.is_valid() and (made := sheet.enter()):
        words = _("%(code)s is corrected. This is version %(n)s.") % {"code": made.code, "n": made.version}
        return see_other(request, frame_of(sheet)["back"], words)
    if wants_more:
        sheet.forget_faults()
    return _correction(request, sheet, 200 if wants_more else 422)


def _correction(request: PersonRequest, sheet: CorrectionSheet, status: int) -> HttpResponse:
    words = frame_of(sheet)
    context = {
        **desk_frame(sheet.consultation, request.user, "submissions", words["title"]),
        "sheet": sheet,
        "corrected": sheet.submission,
        "last_day": closing_day(sheet.consultation),
        "back": words["back"],
    }
    return render(request, "consultations/offline/enter.html", context, status=status)


@requires(izin.CONSULTATION_ENTER)
@require_safe
def receipt(request: PersonRequest, code: str, number: int) -> HttpResponse:
    """The receipt of an entry, to print and hand over."""
    found = doors.submission_for_desk(code, number, request.user)
    require(rules.may_enter(found.consultation, request.user))
    if not found.is_offline:
        raise NotVisible
    url = settings.BASE_URL + reverse("consultations:submission", args=[code, number])
    title = _("Receipt %(code)s") % {"code": found.code}
    context = {
        **desk_frame(found.consultation, request.user, "submissions", title),
        "receipt": receipt_of(found, url, request.user),
        "submission": found,
        "next_url": f"{reverse('desk_consultations:enter', args=[code])}?dari={number}",
    }
    return render(request, "consultations/offline/receipt.html", context)


def _page(request: PersonRequest, sheet: EntrySheet, status: int) -> HttpResponse:
    title = _("Enter a submission for somebody")
    context = {
        **desk_frame(sheet.consultation, request.user, "submissions", title),
        "sheet": sheet,
        "last_day": closing_day(sheet.consultation),
        "back": reverse("desk_consultations:submissions", args=[sheet.consultation.code]),
    }
    return render(request, "consultations/offline/enter.html", context, status=status)


def _previous(request: PersonRequest, consultation: Consultation) -> Submission | None:
    """The entry whose head the next one takes over."""
    number = request.GET.get("dari", "")
    if not number.isdecimal() or len(number) > 6:
        return None
    found = doors.submission_for_desk(consultation.code, int(number), request.user)
    return found if found.is_offline else None


def _after(request: PersonRequest, made: Submission) -> str:
    """To the receipt, or to the next entry."""
    code = made.consultation.code
    if NEXT in request.POST:
        return f"{reverse('desk_consultations:enter', args=[code])}?dari={made.number}"
    return reverse("desk_consultations:submission_receipt", args=[code, made.number])
