"""Pengaturan: holidays, reasons, text templates."""

import re

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from rembuk.access import permissions as izin
from rembuk.common.clock import local_date
from rembuk.management import doors
from rembuk.management.actions import lists
from rembuk.management.actions import site as actions
from rembuk.web.answers import see_other
from rembuk.web.guards import PersonRequest
from rembuk.web.management.fields import ReasonForm
from rembuk.web.management.pages import Crumb, attempt, page, sent, site_wide
from rembuk.web.management.site.forms import HolidayForm, ReasonCodeForm, TemplateForm
from rembuk.web.management.site.rows import holiday_context, reason_table, template_table
from rembuk.workdays.actions import HolidayFacts

SETTINGS: list[Crumb] = [(gettext_lazy("Settings"), "desk_management:settings")]
HOLIDAYS, REASONS, TEMPLATES = (f"desk_management:{name}" for name in ("holidays", "reasons", "templates"))
IN_HOLIDAYS: list[Crumb] = [*SETTINGS, (gettext_lazy("Holidays"), HOLIDAYS)]
IN_REASONS: list[Crumb] = [*SETTINGS, (gettext_lazy("Reasons"), REASONS)]
IN_TEMPLATES: list[Crumb] = [*SETTINGS, (gettext_lazy("Text templates"), TEMPLATES)]

of_holidays = site_wide(izin.HOLIDAY_MANAGE)
of_lists = site_wide(izin.CATEGORY_MANAGE)
form_methods = require_http_methods(["GET", "HEAD", "POST"])


@of_holidays
@require_safe
def holidays(request: PersonRequest) -> HttpResponse:
    """The holidays of one year."""
    given = request.GET.get("tahun", "")
    year = int(given) if re.fullmatch(r"[12]\d{3}", given, re.ASCII) else local_date().year
    return page(request, "holidays", title=_("Holidays"), crumbs=SETTINGS, **holiday_context(year))


@of_holidays
@form_methods
def holiday_new(request: PersonRequest) -> HttpResponse:
    """Enter a holiday."""
    form = HolidayForm(sent(request))
    if attempt(form, lambda: actions.add_holiday(HolidayFacts(**form.cleaned_data), by=request.user)):
        return see_other(
            request, _year(form), _("The holiday was entered. Deadlines reckoned from now on respect it.")
        )
    context = {"form": form, "back_url": reverse(HOLIDAYS), "label": _("Enter the holiday")}
    return page(request, "form", title=_("New holiday"), crumbs=IN_HOLIDAYS, **context)


@of_holidays
@form_methods
def holiday(request: PersonRequest, number: int) -> HttpResponse:
    """Edit a holiday; from here it is removed."""
    found = doors.holiday(number)
    form = HolidayForm(sent(request), holiday=found)
    if attempt(
        form, lambda: actions.change_holiday(found, HolidayFacts(**form.cleaned_data), by=request.user)
    ):
        return see_other(request, _year(form), _("The holiday was saved."))
    remove_url = reverse("desk_management:holiday_remove", args=[number])
    context = {"form": form, "back_url": reverse(HOLIDAYS), "label": _("Save"), "remove_url": remove_url}
    return page(request, "form", title=found.name, crumbs=IN_HOLIDAYS, **context)


@of_holidays
@form_methods
def holiday_remove(request: PersonRequest, number: int) -> HttpResponse:
    """Make a holiday an ordinary day again, with a reason."""
    found, form = doors.holiday(number), ReasonForm(sent(request))
    if attempt(form, lambda: actions.remove_holiday(found, **form.cleaned_data, by=request.user)):
        return see_other(request, f"{reverse(HOLIDAYS)}?tahun={found.on.year}", _("The holiday was removed."))
    lede = _("The day counts as a working day again. Deadlines that were reckoned before stay as they are.")
    context = {"form": form, "lede": lede, "back_url": reverse(HOLIDAYS), "label": _("Remove"), "tone": "bad"}
    return page(
        request, "form", title=_("Remove %(name)s") % {"name": found.name}, crumbs=IN_HOLIDAYS, **context
    )


def _year(form: HolidayForm) -> str:
    return f"{reverse(HOLIDAYS)}?tahun={form.cleaned_data['on'].year}"


@of_lists
@require_safe
def reasons(request: PersonRequest) -> HttpResponse:
    """All reasons, retired ones too."""
    new_url = reverse("desk_management:reason_new")
    context = {"table": reason_table(), "new_url": new_url, "new_label": _("New reason")}
    return page(request, "list", title=_("Reasons"), crumbs=SETTINGS, **context)


@of_lists
@form_methods
def reason_new(request: PersonRequest) -> HttpResponse:
    """Make a reason."""
    form = ReasonCodeForm(sent(request))
    if attempt(form, lambda: lists.create_reason(form.cleaned_data["code"], form.facts(), by=request.user)):
        return see_other(request, reverse(REASONS), _("The reason was made."))
    context = {"form": form, "back_url": reverse(REASONS), "label": _("Make the reason")}
    return page(request, "form", title=_("New reason"), crumbs=IN_REASONS, **context)


@of_lists
@form_methods
def reason(request: PersonRequest, code: str) -> HttpResponse:
    """Edit or retire a reason."""
    found = doors.reason(code)
    form = ReasonCodeForm(sent(request), row=found)
    if attempt(form, lambda: lists.change_reason(found, form.facts(), by=request.user)):
        return see_other(request, reverse(REASONS), _("The reason was saved."))
    context = {"form": form, "back_url": reverse(REASONS), "label": _("Save")}
    return page(request, "form", title=found.shown_label, crumbs=IN_REASONS, **context)


@of_lists
@require_safe
def templates(request: PersonRequest) -> HttpResponse:
    """All text templates, retired ones too."""
    new_url = reverse("desk_management:template_new")
    context = {"table": template_table(), "new_url": new_url, "new_label": _("New text template")}
    return page(request, "list", title=_("Text templates"), crumbs=SETTINGS, **context)


@of_lists
@form_methods
def template_new(request: PersonRequest) -> HttpResponse:
    """Make a text template."""
    form = TemplateForm(sent(request))
    if attempt(form, lambda: lists.create_template(form.facts(), by=request.user)):
        return see_other(request, reverse(TEMPLATES), _("The text template was made."))
    context = {"form": form, "back_url": reverse(TEMPLATES), "label": _("Make the text template")}
    return page(request, "form", title=_("New text template"), crumbs=IN_TEMPLATES, **context)


@of_lists
@form_methods
def template(request: PersonRequest, number: int) -> HttpResponse:
    """Edit or retire a text template."""
    found = doors.template(number)
    form = TemplateForm(sent(request), row=found)
    if attempt(form, lambda: lists.change_template(found, form.facts(), by=request.user)):
        return see_other(request, reverse(TEMPLATES), _("The text template was saved."))
    context = {"form": form, "back_url": reverse(TEMPLATES), "label": _("Save")}
    return page(request, "form", title=found.title, crumbs=IN_TEMPLATES, **context)
