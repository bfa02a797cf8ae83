"""Pengaturan: kinds of phases, and the templates with which a work programme begins."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rembuk.access import permissions as izin
from rembuk.management import doors, selectors
from rembuk.management.actions import phases as actions
from rembuk.web.answers import see_other
from rembuk.web.guards import PersonRequest
from rembuk.web.management.fields import ReasonForm
from rembuk.web.management.pages import Crumb, attempt, page, sent, site_wide
from rembuk.web.management.phases.forms import KindForm, PhaseTemplateForm
from rembuk.web.management.phases.rows import kind_rows, template_rows

LIST = "desk_management:phases"
CRUMBS: list[Crumb] = [
    (gettext_lazy("Settings"), "desk_management:settings"),
    (gettext_lazy("Phases"), LIST),
]
managers = site_wide(izin.CATEGORY_MANAGE)
form_methods = require_http_methods(["GET", "HEAD", "POST"])


@managers
@require_safe
def index(request: PersonRequest) -> HttpResponse:
    """Templates and kinds, retired ones too, in their order."""
    context = {"templates": template_rows(), "kinds": kind_rows()}
    return page(request, "phases", title=_("Phases"), crumbs=CRUMBS[:1], **context)


@managers
@form_methods
def kind_new(request: PersonRequest) -> HttpResponse:
    """Make a kind of phase."""
    form = KindForm(sent(request))
    if attempt(form, lambda: actions.create_kind(form.cleaned_data["code"], form.facts(), by=request.user)):
        return see_other(request, reverse(LIST), _("The kind of phase was made."))
    context = {"form": form, "back_url": reverse(LIST), "label": _("Make the kind of phase")}
    return page(request, "form", title=_("New kind of phase"), crumbs=CRUMBS, **context)


@managers
@form_methods
def kind(request: PersonRequest, code: str) -> HttpResponse:
    """Edit or retire a kind; from here an unused one is deleted."""
    found = doors.phase_kind(code)
    form = KindForm(sent(request), row=found)
    if attempt(form, lambda: actions.change_kind(found, form.facts(), by=request.user)):
        return see_other(request, reverse(LIST), _("The kind of phase was saved."))
    remove_url = "" if selectors.is_used(found) else reverse("desk_management:phase_kind_remove", args=[code])
    context = {"form": form, "back_url": reverse(LIST), "label": _("Save"), "remove_url": remove_url}
    return page(request, "form", title=found.label, crumbs=CRUMBS, **context)


@managers
@form_methods
def kind_remove(request: PersonRequest, code: str) -> HttpResponse:
    """Delete a kind that nothing uses, with a reason."""
    found, form = doors.phase_kind(code), ReasonForm(sent(request))
    if attempt(form, lambda: actions.delete_kind(found, **form.cleaned_data, by=request.user)):
        return see_other(request, reverse(LIST), _("The kind of phase was deleted."))
    lede = _("No phase and no template has it. The audit trail keeps that it was there.")
    context = {"form": form, "lede": lede, "back_url": reverse(LIST), "label": _("Remove"), "tone": "bad"}
    title = _("Remove %(name)s") % {"name": found.label}
    return page(request, "form", title=title, crumbs=CRUMBS, **context)


@managers
@require_POST
def kind_shift(request: PersonRequest, code: str) -> HttpResponse:
    """Change places with the neighbour above or below."""
    found = doors.phase_kind(code)
    actions.shift_kind(found, "up" if request.POST.get("arah") == "naik" else "down", by=request.user)
    return see_other(request, f"{reverse(LIST)}#phase_kind-{code}")


@managers
@form_methods
def template_new(request: PersonRequest) -> HttpResponse:
    """Make a template of phases."""
    form = PhaseTemplateForm(sent(request))
    if attempt(
        form,
        lambda: actions.create_phase_template(form.cleaned_data["code"], form.facts(), by=request.user),
    ):
        return see_other(request, reverse(LIST), _("The template was made."))
    context = {"form": form, "back_url": reverse(LIST), "label": _("Make the template")}
    return page(request, "form", title=_("New template of phases"), crumbs=CRUMBS, **context)


@managers
@form_methods
def template(request: PersonRequest, code: str) -> HttpResponse:
    """Edit or retire a template; programmes that began with it keep their phases."""
    found = doors.phase_template(code)
    form = PhaseTemplateForm(sent(request), row=found)
    if attempt(form, lambda: actions.change_phase_template(found, form.facts(), by=request.user)):
        return see_other(request, reverse(LIST), _("The template was saved."))
    lede = _("Work programmes that began with it keep their phases.")
    context = {"form": form, "lede": lede, "back_url": reverse(LIST), "label": _("Save")}
    return page(request, "form", title=found.label, crumbs=CRUMBS, **context)


@managers
@require_POST
def template_shift(request: PersonRequest, code: str) -> HttpResponse:
    """Change places with the neighbour above or below."""
    found = doors.phase_template(code)
    direction = "up" if request.POST.get("arah") == "naik" else "down"
    actions.shift_phase_template(found, direction, by=request.user)  # type: ignore[arg-type]
    return see_other(request, f"{reverse(LIST)}#phase_template-{code}")
