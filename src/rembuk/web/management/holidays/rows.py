"""What the pages of holidays show."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rembuk.web.lists import active_filters, address, pager
from rembuk.web.management.holidays.forms import HolidayFilter
from rembuk.web.paging import page_of
from rembuk.workdays import actions as workdays
from rembuk.workdays.models import Holiday
from rembuk.workdays.selectors import holidays, last_year_entered, years

type Row = dict[str, Any]
PAGE = 60


def wanted(year: int, asked: HolidayFilter) -> QuerySet[Holiday]:
    """The holidays of a year that were asked for."""
    rows = holidays(year)
    values = {name: value for name, value in asked.cleaned_data.items() if value}
    for word in values.get("q", "").split()[:8]:
        rows = rows.filter(name__icontains=word)
    if "jenis" in values:
        rows = rows.filter(kind=values["jenis"])
    if "cakupan" in values:
        rows = rows.filter(region__isnull=values["cakupan"] == "nasional")
    return rows


def year_context(request: HttpRequest, year: int) -> Row:
    """A page of the holidays of one year, with the other years as tabs."""
    asked = HolidayFilter(request.GET)
    asked.is_valid()
    found = page_of(wanted(year, asked), order=("on", "id"), after=request.GET.get("after"), size=PAGE)
    tabs = [(one, address(request, tahun=str(one))) for one in sorted({*years(), year})]
    here = reverse("desk_management:holidays")
    return {
        "year": year,
        "rows": [_row(holiday) for holiday in found.items],
        "tabs": [{"label": str(one), "url": url, "current": one == year} for one, url in tabs],
        "filter_form": asked,
        "active": active_filters(request, asked),
        "keep": [{"name": "tahun", "value": str(year)}],
        "reset_url": f"{here}?tahun={year}",
        "last_year": last_year_entered(),
        "bulk": {
            "action_url": f"{reverse('desk_management:holiday_many')}?tahun={year}",
            "actions": [
                {"name": "act", "value": "hapus", "label": _("Remove the selected"), "tone": "bad"},
                {"name": "act", "value": "tahun", "label": _("Remove the whole year"), "tone": "bad"},
            ],
        },
        **pager(request, found.next_token),
    }


def fresh_names(year: int) -> list[str]:
    """What taking over a year would add."""
    return [f"{_day(day)}: {day.name}" for day in workdays.fresh_holidays([year])]


def removed(count: int) -> str:
    """What is said after removing so many."""
    return ngettext("%(n)d holiday was removed.", "%(n)d holidays were removed.", count) % {"n": count}


def _day(holiday: Holiday) -> str:
    return date_format(holiday.on, "l, j F Y")


def _row(holiday: Holiday) -> Row:
    region = holiday.region.full_name if holiday.region else _("Whole country")
    notes = (str(holiday.get_kind_display()), region, holiday.source)
    return {
        "anchor": f"libur-{holiday.pk}",
        "key": str(holiday.pk),
        "url": reverse("desk_management:holiday", args=[holiday.pk]),
        "label": f"{_day(holiday)}: {holiday.name}",
        "note": " · ".join(note for note in notes if note),
        "depth": 1,
        "is_active": True,
    }
