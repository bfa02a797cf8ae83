"""Writing a submission page by page. A visitor may do all of it; every POST keeps the page first, then leads on."""

from collections.abc import Callable
from functools import wraps
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, QueryDict
from django.views.decorators.http import require_http_methods, require_safe

from rembuk.common.errors import NotVisible
from rembuk.consultations.models import ClauseText
from rembuk.consultations.writing.sheet import sheet_of
from rembuk.web.answers import SeeOther
from rembuk.web.consultations.taking import pages, parts
from rembuk.web.consultations.taking.doorstep import is_late, late_page, outside_page
from rembuk.web.consultations.taking.forms import RemarkForm, WhoForm
from rembuk.web.consultations.taking.questions import QuestionsForm
from rembuk.web.consultations.taking.seat import Seat, take_seat
from rembuk.web.guards import open_form

reading_or_sending = require_http_methods(["GET", "HEAD", "POST"])


def seated(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give the view a seat, or say why there is none now; what is posted after closing is kept, and told so."""

    @wraps(view)
    def inside(request: HttpRequest, code: str, **kwargs: int) -> HttpResponse:
        seat = take_seat(request, code)
        if outside := outside_page(seat):
            return outside
        if not is_late(seat):
            return view(seat, **kwargs)
        if request.method == "POST":
            view(seat, **kwargs)
        return late_page(seat, is_refused=request.method == "POST")

    return inside


@open_form
@reading_or_sending
@seated
def take(seat: Seat) -> HttpResponse:
    """As what somebody takes part, and the stance on the whole."""
    request, sheet = seat.request, sheet_of(seat.consultation, seat.submission)
    asks = seat.consultation.has_overall_stance
    if request.method != "POST":
        asked = request.GET.get("cari", "")[:100]
        return pages.who_page(seat, sheet, WhoForm.of(sheet.content, asks_stance=asks, asked=asked))
    form = WhoForm(request.POST, asks_stance=asks)
    form.is_valid()
    seat.save(form.edited)
    step = request.POST.get("step", "")
    if form.errors:
        return pages.who_page(seat, sheet_of(seat.consultation, seat.submission), form, status=422)
    if step == "place":
        typed = form.cleaned_data.get("region_q", "")
        return SeeOther(
            f"{parts.url(seat, 'take')}?{urlencode({pages.SAVED: 'siapa', 'cari': typed})}#tempat"
        )
    return _lead(parts.url(seat, "take") if step == "save" else parts.after_who(seat, sheet), arrived="siapa")


@open_form
@require_safe
@seated
def take_text(seat: Seat) -> HttpResponse:
    """The clauses, with what was said of each so far."""
    sheet = sheet_of(seat.consultation, seat.submission)
    if sheet.version is None:
        raise NotVisible
    return pages.text_page(seat, sheet)


@open_form
@reading_or_sending
@seated
def take_clause(seat: Seat, number: int) -> HttpResponse:
    """One clause: stance, passage, comment, suggested wording."""
    request, sheet = seat.request, sheet_of(seat.consultation, seat.submission)
    text, version = sheet.text_of(number), sheet.version
    if text is None or version is None:
        raise NotVisible
    remark = sheet.content.remarks.get(number)
    if request.method != "POST":
        return pages.clause_page(seat, sheet, text, RemarkForm(text=text, remark=remark))
    form = RemarkForm(_with_passage(request, text), text=text, remark=remark)
    form.is_valid()
    newest = version.number if number not in sheet.older else remark.version if remark else version.number
    seat.save(lambda content: content.with_remark(number, form.content(newest)))
    if form.errors:
        return pages.clause_page(seat, sheet, text, form, status=422)
    step = request.POST.get("step", "")
    return _lead(*parts.after_clause(seat, sheet, number, step), arrived=f"butir-{number}")


@open_form
@reading_or_sending
@seated
def take_questions(seat: Seat, page: int) -> HttpResponse:
    """One page of questions."""
    request, sheet = seat.request, sheet_of(seat.consultation, seat.submission)
    asked = [question for question in sheet.questions if question.page == page]
    if not asked:
        raise NotVisible
    data = request.POST if request.method == "POST" else None
    form = QuestionsForm(data, questions=asked, answers=sheet.content.answers)
    if data is None:
        return pages.questions_page(seat, sheet, page, form)
    form.is_valid()
    seat.save(lambda content: content.with_answers(form.answers()))
    if form.errors:
        return pages.questions_page(seat, sheet, page, form, status=422)
    back = data.get("step") == "back"
    lead = parts.before_questions if back else parts.after_questions
    return _lead(lead(seat, sheet, page), arrived=f"tanya-{page}")


def _with_passage(request: HttpRequest, text: ClauseText) -> QueryDict:
    """What was sent, with the paragraph whose button was pressed as the passage."""
    data = request.POST.copy()
    kind, _dash, place = data.get("step", "").partition("-")
    known = parts.passages(text)
    if kind == "quote" and place.isdecimal() and int(place) < len(known):
        data["quote"] = known[int(place)]
    return data


def _lead(address: str, anchor: str = "", *, arrived: str) -> HttpResponse:
    """On to the next page, telling it which one has arrived, so that the browser lets go of it."""
    return SeeOther(f"{address}?{urlencode({pages.SAVED: arrived})}{anchor}")
