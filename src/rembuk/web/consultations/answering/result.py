"""The result page of a consultation: the office's words, what the conclusion still needs, and the conclusion."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rembuk.accounts.models import Person
from rembuk.common import clock
from rembuk.common.errors import Invalid, WrongState
from rembuk.common.text import render_staff
from rembuk.consultations import figures, rules
from rembuk.consultations.actions import concluding
from rembuk.consultations.models import Consultation
from rembuk.consultations.states import ANSWERING, State
from rembuk.web import errors
from rembuk.web.answers import see_other
from rembuk.web.consultations.tabs import desk_frame
from rembuk.web.desk.acts import ActForm
from rembuk.web.guards import PersonRequest

type Context = dict[str, Any]


class ResultForm(ActForm):
    """What came of it, in the office's words."""

    hide_optional = True

    body = forms.CharField(
        label=gettext_lazy("The result"),
        max_length=concluding.LONGEST_RESULT,
        required=False,
        widget=forms.Textarea({"rows": 14}),
        help_text=gettext_lazy(
            "What was asked, what people said, what changes and what does not, and what comes next. Markdown."
        ),
    )

    def prepare(self) -> None:
        self.field("body").initial = self.thing.result_body


def result_context(consultation: Consultation, by: Person, form: ActForm | None = None) -> Context:
    """The page."""
    may_publish = rules.may_publish(consultation, by).ok
    is_answering = consultation.state in ANSWERING
    missing = concluding.missing_for_conclusion(consultation) if is_answering else []
    return {
        **desk_frame(consultation, by, "result", _("Result: %(title)s") % {"title": consultation.title}),
        "form": form or ResultForm(thing=consultation, by=by),
        "is_answering": is_answering,
        "is_early": consultation.state in {State.DRAFT, State.SCHEDULED, State.OPEN},
        "may_publish": may_publish,
        "missing": missing,
        "standing": figures.figures_of(consultation, clock.now()),
        "html": mark_safe(consultation.result_html),  # noqa: S308  (rendered by common.text on saving)
        "conclude_url": reverse("desk_consultations:conclude", args=[consultation.code])
        if may_publish and is_answering and not missing
        else "",
        "open_url": reverse("desk_consultations:matrix", args=[consultation.code]),
    }


def keep_result(request: PersonRequest, consultation: Consultation) -> HttpResponse:
    """Keep or publish what was sent; faults show the page again with everything typed."""
    form = ResultForm(request.POST, thing=consultation, by=request.user)
    here = reverse("desk_consultations:result", args=[consultation.code])
    is_valid, is_preview = form.is_valid(), "preview" in request.POST
    if is_valid and not is_preview:
        try:
            return see_other(request, here, _keep(request, consultation, form.cleaned_data["body"]))
        except Invalid as fault:
            form.show(fault)
        except WrongState as refusal:
            return errors.refused(request, refusal, here)
    context = result_context(consultation, request.user, form)
    if is_preview and is_valid:
        context["preview"] = mark_safe(render_staff(form.cleaned_data["body"]))  # noqa: S308
    status = 200 if is_preview and is_valid else 422
    return render(request, "consultations/answering/result.html", context, status=status)


def conclude(request: PersonRequest, consultation: Consultation) -> HttpResponse:
    """Ask; once confirmed, conclude it and lead to its page."""
    here = reverse("desk_consultations:result", args=[consultation.code])
    if request.method == "POST":
        try:
            concluding.conclude_consultation(consultation, by=request.user)
        except WrongState as refusal:
            return errors.refused(request, refusal, here)
        then = reverse("desk_consultations:detail", args=[consultation.code])
        return see_other(request, then, _("The consultation is concluded. Followers are told."))
    return render(request, "consultations/answering/conclude.html", _question(consultation, request))


def _keep(request: HttpRequest, consultation: Consultation, body: str) -> str:
    by: Any = request.user
    if "publish" in request.POST:
        concluding.publish_result(consultation, body=body, by=by)
        return _("The result is published.")
    concluding.save_result(consultation, body=body, by=by)
    return _("The result is kept. It is not public yet.")


def _question(consultation: Consultation, request: PersonRequest) -> Context:
    title = _("Conclude this consultation?")
    return {
        **desk_frame(consultation, request.user, "result", title),
        "missing": concluding.missing_for_conclusion(consultation),
        "confirm": {
            "title": title,
            "text": _(
                "Nothing can be added or changed afterwards. Followers get one message; objections that run go on."
            ),
            "action_url": reverse("desk_consultations:conclude", args=[consultation.code]),
            "label": _("Conclude"),
            "cancel_url": reverse("desk_consultations:result", args=[consultation.code]),
        },
        "back_url": reverse("desk_consultations:result", args=[consultation.code]),
    }
