"""The outcome of a consultation for everybody: figures, texts of answers, matrix, report. Files: ``public_files``."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from rembuk.common import clock
from rembuk.common.errors import NotVisible
from rembuk.consultations import doors, schedule
from rembuk.consultations.models import Consultation
from rembuk.consultations.results.questions import shown_texts
from rembuk.consultations.results.rows import ORDER, clause_labels, matrix_rows, remarked_clauses
from rembuk.consultations.selectors import heard
from rembuk.web.consultations.reading.page import head
from rembuk.web.consultations.results.charts import has_texts
from rembuk.web.consultations.results.context import data_links, results_context, with_outcome
from rembuk.web.consultations.results.matrix import MatrixFilter, shown_rows, submission_url, who
from rembuk.web.consultations.results.names import PARAM
from rembuk.web.consultations.results.report import report_context
from rembuk.web.guards import visitors_page
from rembuk.web.lists import active_filters, pager
from rembuk.web.paging import page_of

PAGE = 30


@visitors_page(lifetime=60, reads=(PARAM, "butir"))
def results(request: HttpRequest, code: str) -> HttpResponse:
    """The three figures, stances, clauses and questions, for all or split by groups of participants."""
    found = _announced(code, request)
    context = results_context(found, request, clock.now())
    return render(request, "consultations/results/results.html", {**context, "data_links": data_links(found)})


@visitors_page(lifetime=60, reads=("q", "after"))
def answers(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """The texts given to one question, with a search, in the order of receipt."""
    found = _announced(code, request)
    asked = found.questions.filter(number=number).first()
    if asked is None or not has_texts(asked):
        raise NotVisible
    moment, words = clock.now(), request.GET.get("q", "").strip()[:200]
    rows = shown_texts(found, asked, moment, words)
    page = page_of(rows, order=("submission__number", "id"), after=request.GET.get("after"), size=PAGE)
    context = {
        **head(found, schedule.stage(found, moment), request, here=_("Answers in words")),
        "question": asked,
        "waits": not heard.shows_submissions(found, moment),
        "q": words,
        "texts": [
            {"text": row.text, "who": who(row.submission), "url": submission_url(row.submission, found.code)}
            for row in page.items
        ],
        **pager(request, page.next_token),
    }
    return render(request, "consultations/results/answers.html", context)


@visitors_page(lifetime=60, reads=(*MatrixFilter.base_fields, "after"))
def matrix(request: HttpRequest, code: str) -> HttpResponse:
    """Every point of every submission with its official answer, or that it has none yet."""
    found = _announced(code, request)
    moment, labels = clock.now(), clause_labels(found)
    form = MatrixFilter(request.GET, remarked_clauses(found, labels))
    rows = matrix_rows(found, moment, **form.asked) if form.is_valid() else matrix_rows(found, moment).none()
    page = page_of(rows, order=ORDER, after=request.GET.get("after"), size=PAGE)
    context = {
        **head(found, schedule.stage(found, moment), request, here=_("Submissions and answers")),
        "is_over": schedule.is_over(found, moment),
        "rows": shown_rows(page.items, found, labels),
        "filter_form": form,
        "active": active_filters(request, form),
        "data_links": data_links(found),
        **pager(request, page.next_token),
    }
    return render(request, "consultations/results/matrix.html", context)


@visitors_page(lifetime=300)
def report(request: HttpRequest, code: str) -> HttpResponse:
    """The report on the result, made to be printed."""
    found = _announced(code, request)
    context = report_context(found, request, clock.now())
    return render(request, "consultations/results/report.html", {**context, "data_links": data_links(found)})


def _announced(code: str, request: HttpRequest) -> Consultation:
    """The consultation a reader may open, with an outcome to show."""
    return with_outcome(doors.for_reader(code, request.user), clock.now())
