"""The course of a consultation on the desk: ask before a step, then take it."""

from collections.abc import Callable

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rembuk.access.permissions import CONSULTATION_EDIT, CONSULTATION_PUBLISH
from rembuk.common.errors import Invalid, require
from rembuk.consultations import doors, rules
from rembuk.consultations.actions import schedule
from rembuk.web.answers import see_other
from rembuk.web.consultations.making.step_forms import STEPS, step_form, step_question
from rembuk.web.consultations.tabs import desk_frame
from rembuk.web.guards import PersonRequest, requires
from rembuk.web.programs.steering.forms import show_refusal

ACTS: dict[str, tuple[Callable[..., object], Promise]] = {
    "announce": (schedule.announce, _("Announced. It opens and closes by itself.")),
    "ready": (schedule.hand_over, _("Handed over. Those who may announce it are told.")),
    "send_back": (schedule.send_back, _("Sent back with your note.")),
    "extend": (schedule.extend, _("Extended. Everybody concerned is told.")),
    "cancel": (schedule.cancel, _("Cancelled. Everybody concerned is told.")),
}


@requires(CONSULTATION_PUBLISH)
def announce(request: PersonRequest, code: str) -> HttpResponse:
    """Make a draft public."""
    return _step(request, code, "announce")


@requires(CONSULTATION_EDIT)
def ready(request: PersonRequest, code: str) -> HttpResponse:
    """Ask for a second pair of eyes."""
    return _step(request, code, "ready")


@requires(CONSULTATION_PUBLISH)
def send_back(request: PersonRequest, code: str) -> HttpResponse:
    """Give a draft back with a note."""
    return _step(request, code, "send_back")


@requires(CONSULTATION_PUBLISH)
def extend(request: PersonRequest, code: str) -> HttpResponse:
    """Close later, with a public reason."""
    return _step(request, code, "extend")


@requires(CONSULTATION_PUBLISH)
def cancel(request: PersonRequest, code: str) -> HttpResponse:
    """Give a consultation up, with a public reason."""
    return _step(request, code, "cancel")


def _step(request: PersonRequest, code: str, name: str) -> HttpResponse:
    found = doors.for_desk(code, request.user)
    require((rules.may_edit if name == "ready" else rules.may_publish)(found, request.user))
    is_sent = request.method == "POST"
    form = step_form(name, found, request.POST if is_sent else None)
    act, done = ACTS[name]
    fault = ""
    if is_sent and (form is None or form.is_valid()):
        try:
            act(found, by=request.user, **(form.cleaned_data if form else {}))
        except Invalid as refusal:
            fault = str(refusal)
            if form is not None:
                show_refusal(form, refusal)
        else:
            return see_other(request, reverse("desk_consultations:detail", args=[code]), str(done))
    context = {
        **desk_frame(found, request.user, name, str(STEPS[name][2])),
        "form": form,
        "fault": "" if form is not None else fault,
        "confirm": step_question(name, found, form),
    }
    return render(request, "consultations/making/confirm.html", context, status=422 if is_sent else 200)
