"""Reporting on the desk: updates with pictures, documents open and excluded."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from rembuk.access.permissions import PROGRAM_READ, PROGRAM_REPORT
from rembuk.access.rights import acting
from rembuk.common.errors import Invalid, require
from rembuk.files.actions import store_upload
from rembuk.programs import doors, rules
from rembuk.programs.actions.report import add_document, post_update, remove_document
from rembuk.web.answers import see_other
from rembuk.web.guards import PersonRequest, requires
from rembuk.web.programs.news.documents import NewsDocuments
from rembuk.web.programs.steering.board import crumbs
from rembuk.web.programs.steering.forms import DocumentForm, RemovalForm, show_refusal
from rembuk.web.programs.steering.update_form import PURPOSE, UpdateForm
from rembuk.web.programs.steering.uploads import keep_uploads
from rembuk.web.proposals.file_answers import send_file


@requires(PROGRAM_REPORT)
def update(request: PersonRequest, code: str) -> HttpResponse:
    """News of a phase; pictures that were refused or wait are kept, the text always."""
    program = doors.for_desk(code, request.user)
    require(rules.may_report(program, request.user))
    phases = list(program.phases.all())
    is_sent = request.method == "POST"
    leading = next((row.position for row in phases if row.is_leading), 1)
    sent = (request.POST, request.FILES) if is_sent else ()
    form, more = UpdateForm(*sent, phases=phases, initial={"phase": leading}), NewsDocuments(*sent)
    if is_sent and all([keep_uploads(form, request.user), more.keep(request.user)]):
        phase = phases[form.cleaned_data["phase"] - 1]
        words = {name: form.cleaned_data[name] for name in ("title", "body")}
        post_update(phase, **words, pictures=form.pictures(), documents=more.documents, by=request.user)
        url = reverse("desk_programs:detail", args=[code])
        return see_other(request, url, _("The news is public. Those who follow the work programme are told."))
    named = {"page_title": _("Post news"), "crumbs": crumbs(program), "program": program}
    context = {**named, "form": form, "documents": more}
    return render(request, "desk_programs/update.html", context, status=422 if is_sent else 200)


@requires(PROGRAM_REPORT)
def document_new(request: PersonRequest, code: str) -> HttpResponse:
    """Add a document with its class."""
    program = doors.for_desk(code, request.user)
    require(rules.may_report(program, request.user))
    is_sent = request.method == "POST"
    form = DocumentForm(
        *((request.POST, request.FILES) if is_sent else ()), phases=list(program.phases.all())
    )
    if form.is_valid():
        values = form.cleaned_data
        phase = program.phases.filter(position=values.pop("phase")).first()
        try:
            values["file"] = store_upload(values["file"], by=acting(request.user), purpose=PURPOSE)
            add_document(program, **values, phase=phase, by=request.user)
            return see_other(
                request, reverse("desk_programs:detail", args=[code]), _("The document is added.")
            )
        except Invalid as refusal:
            form.add_error("file", str(refusal))
    context = {"page_title": _("Add a document"), "crumbs": crumbs(program), "form": form, "program": program}
    return render(request, "desk_programs/document.html", context, status=422 if is_sent else 200)


@requires(PROGRAM_READ)
def document(request: PersonRequest, code: str, public_id: UUID) -> HttpResponse:
    """A document of her units, excluded ones too."""
    found = doors.document_for_desk(code, public_id, request.user)
    return send_file(request, found.file, shared=False)


@requires(PROGRAM_REPORT)
def document_remove(request: PersonRequest, code: str, public_id: UUID) -> HttpResponse:
    """Take a document away, with a reason for the trail."""
    found = doors.document_for_desk(code, public_id, request.user)
    require(rules.may_report(found.program, request.user))
    form = RemovalForm(request.POST if request.method == "POST" else None)
    url = reverse("desk_programs:detail", args=[code])
    if form.is_valid():
        try:
            remove_document(found, reason=form.cleaned_data["reason"], by=request.user)
            return see_other(request, url, _("The document is removed."))
        except Invalid as refusal:
            show_refusal(form, refusal)
    confirm = _removal(found.title, request.path, url, form)
    context = {
        "page_title": _("Remove a document"),
        "crumbs": crumbs(found.program),
        "confirm": confirm,
        "form": form,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "desk_programs/confirm.html", context, status=status)


def _removal(title: str, here: str, back: str, form: RemovalForm) -> dict[str, object]:
    return {
        "title": _("Remove “%(title)s”?") % {"title": title},
        "text": _("It is no longer on the page. The trail keeps that it was there."),
        "action_url": here,
        "cancel_url": back,
        "label": _("Remove the document"),
        "tone": "bad",
        "form": form,
    }
