"""Inviting many by a sheet: template, upload, what each row would bring, confirmation."""

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from rembuk.access import permissions as izin
from rembuk.access import rights
from rembuk.common.errors import Denied, Invalid, WrongState
from rembuk.management.actions.people_sheet import invite_many
from rembuk.management.people.invitations import Line, rehearse
from rembuk.proposals.imports.sheets import XLSX_MAGIC
from rembuk.web.answers import see_other
from rembuk.web.guards import PersonRequest, requires
from rembuk.web.management.fields import ManagedForm
from rembuk.web.management.pages import Crumb, attempt, page
from rembuk.web.management.people import sheet
from rembuk.web.sheets.workbook import XLSX

MAX_BYTES = 2 * 1024 * 1024
LIST, START = "desk_management:people", "desk_management:invite_many"
CRUMBS: list[Crumb] = [(gettext_lazy("Users"), LIST)]
managers = requires(izin.PERSON_MANAGE)


class SheetForm(ManagedForm):
    """The filled template."""

    sheet = forms.FileField(
        label=gettext_lazy("Sheet"),
        help_text=gettext_lazy("XLSX or CSV (UTF-8) after the template, at most 500 rows and 2 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.xlsx"}),
    )

    def clean_sheet(self) -> object:
        """Refuse what is too large before anybody reads it."""
        sent = self.cleaned_data["sheet"]
        if sent.size > MAX_BYTES:
            raise forms.ValidationError(_("The file is larger than 2 MB. Split it into several."))
        is_xlsx = sent.read(len(XLSX_MAGIC)) == XLSX_MAGIC
        sent.seek(0)
        if sent.name.lower().endswith(".xlsx") and not is_xlsx:
            raise forms.ValidationError(
                _("The file is called .xlsx but is no XLSX file. Save it as XLSX in the spreadsheet program.")
            )
        return sent


@managers
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: PersonRequest) -> HttpResponse:
    """The template and the form; a sheet that can be read is laid aside and shown before anything is done."""
    _require_giving(request)
    is_sent = request.method == "POST"
    form = SheetForm(*((request.POST, request.FILES) if is_sent else ()))
    if attempt(form, lambda: sheet.WAITING.lay(request.session, form.cleaned_data["sheet"])):
        return see_other(request, reverse("desk_management:invite_many_check"))
    context = {"form": form, "columns": sheet.explained(), "back_url": reverse(LIST)}
    return page(request, "people_sheet", title=_("Invite many"), crumbs=CRUMBS, **context)


@managers
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: PersonRequest) -> HttpResponse:
    """What each row would bring; confirmed, all are invited or nobody is."""
    _require_giving(request)
    rows = sheet.WAITING.rows(request.session)
    is_stopped = False
    if request.method == "POST":
        try:
            lines = invite_many(rows, by=request.user)
        except (WrongState, Invalid):
            is_stopped = True
        else:
            sheet.WAITING.forget(request.session)
            return see_other(request, f"{reverse(LIST)}?keadaan=diundang", _done(lines))
    context = sheet.preview(rehearse(rows, by=request.user))
    crumbs = [*CRUMBS, (gettext_lazy("Invite many"), START)]
    answer = page(
        request,
        "people_sheet_check",
        title=_("Check the sheet"),
        crumbs=crumbs,
        is_stopped=is_stopped,
        **context,
    )
    if is_stopped:
        answer.status_code = 409
    return answer


@managers
@require_safe
def template(request: PersonRequest) -> HttpResponse:
    """The workbook to fill in, with the roles that may be given and the work units in reach."""
    _require_giving(request)
    response = HttpResponse(sheet.workbook(request.user), content_type=XLSX)
    response["Content-Disposition"] = 'attachment; filename="templat-undangan.xlsx"'
    return response


def _require_giving(request: PersonRequest) -> None:
    """An invitation gives a role, so it takes the right to give roles as well."""
    if not rights.can(request.user, izin.GRANT_MANAGE):
        raise Denied(_("An invitation gives a role: it takes the right to give roles as well."))


def _done(lines: list[Line]) -> str:
    new, there = sum(line.is_new for line in lines), sum(line.is_there for line in lines)
    words = ngettext("%(n)d invitation is on its way.", "%(n)d invitations are on their way.", new) % {
        "n": new
    }
    if not there:
        return words
    left = ngettext("%(n)d person was there already.", "%(n)d people were there already.", there)
    return f"{words} {left % {'n': there}}"
