"""Documents and programmes of a consultation on the desk."""

from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from rembuk.access.permissions import CONSULTATION_EDIT, CONSULTATION_READ
from rembuk.common.errors import Invalid, NotVisible, require
from rembuk.consultations import doors, rules
from rembuk.consultations.actions.making import attach
from rembuk.consultations.models import Consultation, ConsultationFile
from rembuk.web.answers import see_other
from rembuk.web.consultations.making.fields import keep_upload
from rembuk.web.consultations.making.forms import program_called
from rembuk.web.consultations.making.step_forms import DocumentForm, ReasonForm, TieForm
from rembuk.web.consultations.tabs import desk_frame
from rembuk.web.guards import PersonRequest, requires
from rembuk.web.programs.steering.forms import show_refusal
from rembuk.web.proposals.file_answers import send_file


@requires(CONSULTATION_EDIT)
def files(request: PersonRequest, code: str) -> HttpResponse:
    """Add a document."""
    found = _editable(request, code)
    is_sent = request.method == "POST"
    form = DocumentForm(*((request.POST, request.FILES) if is_sent else ()))
    stored = keep_upload(form, request.user) if is_sent else None
    if is_sent and stored is None and "file" not in form.errors:
        form.add_error("file", _("Choose a file."))
    if stored is not None and form.is_valid():
        try:
            attach.add_file(found, title=form.cleaned_data["title"], file=stored, by=request.user)
        except Invalid as refusal:
            show_refusal(form, refusal)
        else:
            return see_other(request, _detail(code, "dokumen"), _("The document is added."))
    context = {**desk_frame(found, request.user, "files", _("Add a document")), "form": form, "kept": stored}
    return render(request, "consultations/making/document.html", context, status=422 if is_sent else 200)


@requires(CONSULTATION_READ)
def file(request: PersonRequest, code: str, public_id: UUID) -> HttpResponse:
    """A document, of drafts too."""
    return send_file(request, _document(doors.for_desk(code, request.user), public_id).file, shared=False)


@requires(CONSULTATION_EDIT)
def file_remove(request: PersonRequest, code: str, public_id: UUID) -> HttpResponse:
    """Ask, then take a document away; once announced with a public reason."""
    consultation = _editable(request, code)
    found = _document(consultation, public_id)
    is_sent, is_public = request.method == "POST", consultation.announced_at is not None
    form = ReasonForm(request.POST if is_sent else None) if is_public else None
    fault = ""
    if is_sent and (form is None or form.is_valid()):
        try:
            reason = form.cleaned_data["reason"] if form else ""
            attach.remove_file(found, reason=reason, by=request.user)
            return see_other(request, _detail(code, "dokumen"), _("The document is removed."))
        except Invalid as refusal:
            fault = _show(form, refusal)
    question = _("Remove “%(title)s”?") % {"title": found.title}
    frame = desk_frame(consultation, request.user, "files", _("Remove a document"))
    context = {**frame, "form": form, "fault": fault, "confirm": _confirm(request, code, question, form)}
    return render(request, "consultations/making/confirm.html", context, status=422 if is_sent else 200)


@requires(CONSULTATION_EDIT)
def ties(request: PersonRequest, code: str) -> HttpResponse:
    """Join a programme that it is about or that came out of it."""
    found = _editable(request, code)
    is_sent = request.method == "POST"
    form = TieForm(request.POST if is_sent else None, initial={"kind": "about"})
    if is_sent and form.is_valid():
        try:
            program = program_called(form.cleaned_data["program"], request.user)
            if program is not None:
                attach.tie_program(found, program, kind=form.cleaned_data["kind"], by=request.user)
            return see_other(request, _detail(code, "program"), _("The work programme is joined."))
        except forms.ValidationError as fault:
            form.add_error("program", fault)
        except Invalid as refusal:
            show_refusal(form, refusal)
    context = {**desk_frame(found, request.user, "ties", _("Join a work programme")), "form": form}
    return render(request, "consultations/making/tie.html", context, status=422 if is_sent else 200)


@requires(CONSULTATION_EDIT)
def untie(request: PersonRequest, code: str, program_code: str, kind: str) -> HttpResponse:
    """Ask, then part a programme from the consultation."""
    consultation = _editable(request, code)
    rows = consultation.ties.select_related("program", "consultation")
    found = rows.filter(program__code=program_code, kind=kind).first()
    if found is None:
        raise NotVisible
    if request.method == "POST":
        attach.untie_program(found, by=request.user)
        return see_other(request, _detail(code, "program"), _("The work programme is parted."))
    question = _("Part “%(title)s” from this consultation?") % {"title": found.program.title}
    frame = desk_frame(consultation, request.user, "ties", _("Part a work programme"))
    context = {**frame, "confirm": _confirm(request, code, question, None)}
    return render(request, "consultations/making/confirm.html", context)


def _confirm(request: PersonRequest, code: str, question: str, form: forms.Form | None) -> dict[str, object]:
    return {
        "title": question,
        "text": _(
            "The audit trail keeps that it was there; for an announced consultation the public history too."
        ),
        "label": _("Remove"),
        "tone": "bad",
        "form": form,
        "action_url": request.path,
        "cancel_url": _detail(code),
    }


def _show(form: forms.Form | None, refusal: Invalid) -> str:
    """A refusal at the form, or as a sentence where there is none."""
    if form is None:
        return str(refusal)
    show_refusal(form, refusal)
    return ""


def _editable(request: PersonRequest, code: str) -> Consultation:
    found = doors.for_desk(code, request.user)
    require(rules.may_edit(found, request.user))
    return found


def _document(consultation: Consultation, public_id: UUID) -> ConsultationFile:
    found = consultation.files.select_related("file").filter(public_id=public_id).first()
    if found is None:
        raise NotVisible
    found.consultation = consultation
    return found


def _detail(code: str, anchor: str = "") -> str:
    url = reverse("desk_consultations:detail", args=[code])
    return f"{url}#{anchor}" if anchor else url
