"""The questions of a consultation on the desk: list, add, change or correct, move by buttons, remove."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rembuk.access.permissions import CONSULTATION_EDIT, CONSULTATION_READ
from rembuk.common import clock
from rembuk.common.errors import Invalid, NotVisible, require
from rembuk.consultations import doors, rules
from rembuk.consultations.actions.making import ask
from rembuk.consultations.models import Question
from rembuk.consultations.schedule import has_opened
from rembuk.web.answers import see_other
from rembuk.web.consultations.making.board import rights_in
from rembuk.web.consultations.making.question_board import questions_context
from rembuk.web.consultations.making.question_forms import (
    CorrectionForm,
    QuestionForm,
    first_values,
    values_of,
)
from rembuk.web.consultations.tabs import desk_frame
from rembuk.web.guards import PersonRequest, requires
from rembuk.web.programs.steering.forms import show_refusal


@requires(CONSULTATION_READ)
def questions(request: PersonRequest, code: str) -> HttpResponse:
    """All questions by page."""
    found = doors.for_desk(code, request.user)
    may_edit = rights_in(found, request.user)["edit"]
    context = {
        **desk_frame(found, request.user, "questions", _("Questions")),
        **questions_context(found, may_edit=may_edit),
    }
    return render(request, "consultations/making/questions.html", context)


@requires(CONSULTATION_EDIT)
def question_new(request: PersonRequest, code: str) -> HttpResponse:
    """Add a question at the end of its page."""
    found = doors.for_desk(code, request.user)
    require(rules.may_edit(found, request.user))
    is_sent = request.method == "POST"
    last = found.questions.last()
    form = QuestionForm(request.POST if is_sent else None, initial=first_values(last.page if last else 1))
    if is_sent and form.is_valid():
        try:
            ask.add_question(found, form.wording, by=request.user)
        except Invalid as refusal:
            show_refusal(form, refusal)
        else:
            return see_other(request, _list(code), _("The question is saved."))
    context = {**desk_frame(found, request.user, "question", _("New question")), "form": form}
    return render(request, "consultations/making/question.html", context, status=422 if is_sent else 200)


@requires(CONSULTATION_EDIT)
def question(request: PersonRequest, code: str, number: int) -> HttpResponse:
    """Change a question; once it has opened, correct its wording with a public reason."""
    found = _question(request, code, number)
    if has_opened(found.consultation, clock.now()):
        return _correct(request, found)
    is_sent = request.method == "POST"
    form = QuestionForm(request.POST if is_sent else None, initial=values_of(found))
    if is_sent and form.is_valid():
        try:
            ask.edit_question(found, form.wording, by=request.user)
        except Invalid as refusal:
            show_refusal(form, refusal)
        else:
            return see_other(request, _list(code), _("The question is saved."))
    context = {
        **desk_frame(found.consultation, request.user, "question", _("Change the question")),
        "form": form,
    }
    return render(request, "consultations/making/question.html", context, status=422 if is_sent else 200)


@requires(CONSULTATION_EDIT)
@require_POST
def question_move(request: PersonRequest, code: str, number: int) -> HttpResponse:
    """One place up or down."""
    found = _question(request, code, number)
    ask.move_question(found, way="up" if request.POST.get("way") == "up" else "down", by=request.user)
    return see_other(request, f"{_list(code)}#pertanyaan-{number}")


@requires(CONSULTATION_EDIT)
def question_remove(request: PersonRequest, code: str, number: int) -> HttpResponse:
    """Ask, then take a question away."""
    found = _question(request, code, number)
    if request.method == "POST":
        ask.remove_question(found, by=request.user)
        return see_other(request, _list(code), _("The question is removed."))
    confirm = {
        "title": _("Remove this question?"),
        "text": found.text,
        "label": _("Remove the question"),
        "tone": "bad",
        "action_url": request.path,
        "cancel_url": _list(code),
    }
    frame = desk_frame(found.consultation, request.user, "question", _("Remove a question"))
    return render(request, "consultations/making/confirm.html", {**frame, "confirm": confirm})


def _correct(request: PersonRequest, found: Question) -> HttpResponse:
    is_sent = request.method == "POST"
    form = CorrectionForm(request.POST if is_sent else None, question=found)
    if is_sent and form.is_valid():
        try:
            ask.correct_question(found, by=request.user, **form.correction)
        except Invalid as refusal:
            show_refusal(form, refusal)
        else:
            return see_other(request, _list(found.consultation.code), _("The correction is public."))
    frame = desk_frame(found.consultation, request.user, "question", _("Correct the question"))
    context = {**frame, "form": form, "question": found}
    return render(request, "consultations/making/correct.html", context, status=422 if is_sent else 200)


def _question(request: PersonRequest, code: str, number: int) -> Question:
    consultation = doors.for_desk(code, request.user)
    require(rules.may_edit(consultation, request.user))
    found = consultation.questions.filter(number=number).first()
    if found is None:
        raise NotVisible
    found.consultation = consultation
    return found


def _list(code: str) -> str:
    return reverse("desk_consultations:questions", args=[code])
