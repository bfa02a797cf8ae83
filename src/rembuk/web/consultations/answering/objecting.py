"""The author's objection to an answer: a page of hers, once, within the days that follow the message."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from rembuk.common.errors import Invalid, NotVisible, WrongState
from rembuk.consultations import doors
from rembuk.consultations.actions import objecting
from rembuk.consultations.choices import Verdict
from rembuk.consultations.models import Consultation, Objection, Submission
from rembuk.consultations.selectors import answered
from rembuk.web import errors
from rembuk.web.answers import see_other
from rembuk.web.guards import PersonRequest, signed_in

type Context = dict[str, Any]


class ObjectionForm(forms.Form):
    """Which answer, and why."""

    row = forms.ChoiceField(label=gettext_lazy("Which answer?"), widget=forms.RadioSelect)
    text = forms.CharField(
        label=gettext_lazy("Why do you disagree?"),
        max_length=objecting.LONGEST_TEXT,
        widget=forms.Textarea({"rows": 6}),
        help_text=gettext_lazy("At least 20 characters. Staff read it; it is not shown to the public."),
    )

    def __init__(self, data: Any = None, *, submission: Submission) -> None:
        super().__init__(data)
        self.use_required_attribute = False
        self.rows = {str(row.number): row for row in answered.rows_of_submission(submission)}
        choices = [(number, _labelled(row)) for number, row in self.rows.items()]
        field: Any = self.fields["row"]
        field.choices = choices
        if len(choices) == 1:
            field.initial = choices[0][0]


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def object_to(request: PersonRequest, code: str, number: int) -> HttpResponse:
    """Object to one answer of one's own submission; everybody else finds no page here."""
    consultation = doors.for_reader(code, request.user)
    found = doors.submission_for_reader(consultation, number, request.user)
    if found.author_id != request.user.pk:
        raise NotVisible
    then = reverse("consultations:submission", args=[consultation.code, number])
    form = ObjectionForm(request.POST if request.method == "POST" else None, submission=found)
    if request.method != "POST":
        return _page(request, found, form, 200)
    if not form.is_valid():
        return _page(request, found, form, 422)
    return _object(request, found, form, then)


def _object(request: PersonRequest, found: Submission, form: ObjectionForm, then: str) -> HttpResponse:
    kept = form.cleaned_data
    try:
        objecting.object_to_answer(form.rows[kept["row"]], text=kept["text"], by=request.user)
    except Invalid as fault:
        for name, texts in fault.fields.items():
            form.add_error(name, [str(text) for text in texts])
        return _page(request, found, form, 422)
    except WrongState as refusal:
        return errors.refused(request, refusal, then)
    return see_other(request, then, _("Your objection is in. You will be told what becomes of it."))


def _page(request: PersonRequest, found: Submission, form: ObjectionForm, status: int) -> HttpResponse:
    return render(request, "consultations/answering/object.html", _context(found, form), status=status)


def _context(found: Submission, form: ObjectionForm) -> Context:
    consultation: Consultation = found.consultation
    title = _("Object to an answer")
    page = reverse("consultations:submission", args=[consultation.code, found.number])
    objection = Objection.objects.filter(submission=found).first()
    return {
        "page_title": title,
        "consultation": consultation,
        "submission": found,
        "form": form,
        "until": objecting.objection_until(found),
        "is_used": objection is not None,
        "is_open": objection is None and objecting.may_object_now(found),
        "page_url": page,
        "crumbs": [
            {"label": _("Consultations"), "url": reverse("consultations:list")},
            {
                "label": consultation.code,
                "url": reverse("consultations:detail", args=[consultation.code]),
            },
            {"label": found.code, "url": page},
            {"label": title},
        ],
    }


def _labelled(row: Any) -> str:
    label = getattr(row, "clause_label", "") or (row.question.text if row.question else "") or _("The whole")
    return f"{row.number}. {label}: {Verdict(row.verdict).label if row.verdict else '–'}"
