"""Pengaturan: holidays of a year, one of them, taking over a year from the national calendar, removing several."""

import re

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rembuk.access import permissions as izin
from rembuk.common.clock import local_date
from rembuk.management import doors
from rembuk.management.actions import site as actions
from rembuk.management.actions.lists import holidays as years
from rembuk.web.answers import see_other
from rembuk.web.guards import PersonRequest
from rembuk.web.management.fields import ReasonForm
from rembuk.web.management.holidays.forms import HolidayForm, YearForm
from rembuk.web.management.holidays.rows import fresh_names, removed, year_context
from rembuk.web.management.lists.many import Asked, ask
from rembuk.web.management.lists.sight import RowSight
from rembuk.web.management.pages import Crumb, attempt, page, sent, site_wide
from rembuk.web.programs.editing.seen import Clashed, once_more
from rembuk.workdays.selectors import holidays

LIST = "desk_management:holidays"
SETTINGS: list[Crumb] = [(gettext_lazy("Settings"), "desk_management:settings")]
CRUMBS: list[Crumb] = [*SETTINGS, (gettext_lazy("Holidays"), LIST)]
managers = site_wide(izin.HOLIDAY_MANAGE)
form_methods = require_http_methods(["GET", "HEAD", "POST"])


@managers
@require_safe
def index(request: PersonRequest) -> HttpResponse:
    """The holidays of one year."""
    found = year_context(request, _year(request))
    return page(request, "holidays", title=_("Holidays"), crumbs=SETTINGS, status=200, **found)


@managers
@form_methods
def new(request: PersonRequest) -> HttpResponse:
    """Enter a holiday."""
    form = HolidayForm(sent(request))
    if attempt(form, lambda: actions.add_holiday(form.facts(), by=request.user)):
        words = _("The holiday was entered. Deadlines reckoned from now on respect it.")
        return see_other(request, _of(form.cleaned_data["on"].year), words)
    context = {"form": form, "back_url": reverse(LIST), "label": _("Enter the holiday")}
    return page(request, "form", title=_("New holiday"), crumbs=CRUMBS, **context)


@managers
@form_methods
def edit(request: PersonRequest, number: int) -> HttpResponse:
    """Edit a holiday; from here it is removed."""
    found = doors.holiday(number)
    target = ("holiday", f"{found.on:%Y-%m-%d}/{found.region_id or 'national'}")
    sight = RowSight(request, found, target, lambda data: HolidayForm(data, holiday=doors.holiday(number)))
    try:
        if sight.save(lambda form: actions.change_holiday(found, form.facts(), by=request.user)):  # type: ignore[attr-defined]
            return see_other(request, _of(sight.form.cleaned_data["on"].year), _("The holiday was saved."))
    except Clashed:
        return once_more(edit, request, number)
    context = {
        "form": sight.form,
        "sight": sight,
        "back_url": _of(found.on.year),
        "label": _("Save over it") if sight.clash else _("Save"),
        "remove_url": reverse("desk_management:holiday_remove", args=[number]),
        "status": 409 if sight.clash else None,
    }
    return page(request, "form", title=found.name, crumbs=CRUMBS, **context)


@managers
@form_methods
def remove(request: PersonRequest, number: int) -> HttpResponse:
    """Make a holiday an ordinary day again, with a reason."""
    found, form = doors.holiday(number), ReasonForm(sent(request))
    if attempt(form, lambda: actions.remove_holiday(found, **form.cleaned_data, by=request.user)):
        return see_other(request, _of(found.on.year), _("The holiday was removed."))
    context = {
        "form": form,
        "lede": _KEPT,
        "back_url": _of(found.on.year),
        "label": _("Remove"),
        "tone": "bad",
    }
    title = _("Remove %(name)s") % {"name": found.name}
    return page(request, "form", title=title, crumbs=CRUMBS, **context)


@managers
@form_methods
def take_over(request: PersonRequest) -> HttpResponse:
    """Take over the national holidays of a year, after a look at what would be new."""
    form = YearForm(sent(request), initial={"year": _year(request)})
    added: list[int] = []
    if "confirm" in request.POST and attempt(
        form, lambda: added.append(years.import_year(form.cleaned_data["year"], by=request.user))
    ):
        words = ngettext("%(n)d holiday was entered.", "%(n)d holidays were entered.", added[0])
        return see_other(request, _of(form.cleaned_data["year"]), words % {"n": added[0]})
    context: dict[str, object] = {"form": form, "back_url": reverse(LIST)}
    if form.is_bound and form.is_valid():
        context |= {"fresh": fresh_names(form.cleaned_data["year"]), "is_looked": True}
    return page(request, "holiday_year", title=_("Take over a year"), crumbs=CRUMBS, **context)


@managers
@require_POST
def many(request: PersonRequest) -> HttpResponse:
    """Remove the selected holidays or all of the year, after a question that names the count and asks why."""
    asked, year = Asked.of(request, ("hapus", "tahun")), _year(request)
    keys = [int(key) for key in asked.keys if key.isdecimal() and len(key) < 10]
    rows = holidays(year) if asked.act == "tahun" else holidays().filter(pk__in=keys)
    found = list(rows)
    form = ReasonForm(request.POST if asked.is_confirmed else None)
    gone: list[int] = []
    if (
        asked.is_confirmed
        and found
        and attempt(form, lambda: gone.append(years.remove_many(found, **form.cleaned_data, by=request.user)))
    ):
        return see_other(request, _of(year), removed(gone[0]))
    names = {str(row.pk): f"{row.on:%d-%m-%Y} {row.name}" for row in found}
    here = f"{reverse('desk_management:holiday_many')}?tahun={year}"
    title = ngettext("Remove %(n)d holiday?", "Remove %(n)d holidays?", len(found)) % {"n": len(found)}
    words = (title, str(_KEPT), _("Remove"))
    return ask(request, asked, names, (here, _of(year)), CRUMBS, form=form, words=words)


_KEPT = gettext_lazy(
    "The day counts as a working day again. Deadlines that were reckoned before stay as they are."
)


def _year(request: PersonRequest) -> int:
    given = request.GET.get("tahun", "")
    return int(given) if re.fullmatch(r"[12]\d{3}", given, re.ASCII) else local_date().year


def _of(year: int) -> str:
    return f"{reverse(LIST)}?tahun={year}"
