"""Satuan kerja: the tree taken out as CSV or XLSX, and a sheet brought in after a look at what it would do."""

from django import forms
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from rembuk.common.errors import NotVisible, WrongState
from rembuk.management.actions.units.sheet import import_units, note_export, rehearse
from rembuk.management.selectors import managed_units
from rembuk.web.answers import see_other
from rembuk.web.guards import PersonRequest
from rembuk.web.management.fields import ManagedForm, ReasonForm
from rembuk.web.management.pages import attempt, page, sent
from rembuk.web.management.units import sheet
from rembuk.web.management.units.desk import CRUMBS, managers
from rembuk.web.sheets.workbook import XLSX

MAX_BYTES = 5 * 1024 * 1024
LIST, START, CHECK = (f"desk_management:{name}" for name in ("units", "units_import", "units_import_check"))


class SheetForm(ManagedForm):
    """A sheet of units."""

    sheet = forms.FileField(
        label=gettext_lazy("Sheet"),
        help_text=gettext_lazy("CSV (UTF-8) or XLSX with these columns, at most 5,000 rows and 5 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.xlsx"}),
    )

    def clean_sheet(self) -> object:
        """Refuse what is too large before anybody reads it."""
        sent = self.cleaned_data["sheet"]
        if sent.size > MAX_BYTES:
            raise forms.ValidationError(_("The file is larger than 5 MB. Split it into several."))
        return sent


@managers
@require_safe
def export(request: PersonRequest, form: str) -> HttpResponseBase:
    """All units she manages, retired ones too, in the columns of the import; recorded in the trail."""
    if form not in {"csv", "xlsx"}:
        raise NotVisible
    units = list(managed_units(request.user).select_related("parent", "region"))
    note_export(units, by=request.user, form=form)
    name = f"satuan-kerja.{form}"
    if form == "xlsx":
        return FileResponse(sheet.as_workbook(units), as_attachment=True, filename=name, content_type=XLSX)
    response = HttpResponse(sheet.as_csv(units), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@managers
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: PersonRequest) -> HttpResponse:
    """The columns and the form; a sheet that can be read is laid aside and shown before anything is written."""
    is_sent = request.method == "POST"
    form = SheetForm(*((request.POST, request.FILES) if is_sent else ()))
    if attempt(form, lambda: sheet.WAITING.lay(request.session, form.cleaned_data["sheet"])):
        return see_other(request, reverse(CHECK))
    title, columns, back = _("Import work units"), sheet.explained(), reverse(LIST)
    return page(request, "units/sheet", title=title, crumbs=CRUMBS, form=form, columns=columns, back_url=back)


@managers
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: PersonRequest) -> HttpResponse:
    """What the sheet would do; confirmed with a reason, all of it is written or nothing."""
    form, is_stopped = ReasonForm(sent(request)), False
    records = sheet.WAITING.rows(request.session)
    if form.is_valid():
        try:
            plan = import_units(
                records,
                by=request.user,
                reason=form.cleaned_data["reason"],
                mark=request.POST.get("mark", "-"),
            )
        except WrongState:
            is_stopped, records = True, sheet.WAITING.rows(request.session)
        else:
            if not plan.problems:
                sheet.WAITING.forget(request.session)
                return see_other(request, reverse(LIST), _("The sheet was imported."))
            records = sheet.WAITING.rows(request.session)
    context = sheet.preview(rehearse(records, by=request.user))
    crumbs, status = [*CRUMBS, (_("Import work units"), START)], 409 if is_stopped else None
    title = _("Check the sheet")
    context |= {"form": form, "is_stopped": is_stopped, "back_url": reverse(START)}
    return page(request, "units/sheet_check", title=title, crumbs=crumbs, status=status, **context)
