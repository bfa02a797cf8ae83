"""Forms of accountability reports: the filter of the list, and which report is drafted."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from rembuk.access import rights
from rembuk.access.permissions import ACCOUNTABILITY_PUBLISH
from rembuk.accounts.models import Person
from rembuk.common.clock import local_date
from rembuk.reports.models import AccountabilityReport
from rembuk.reports.periods import QUARTERS, Period, period_on
from rembuk.siteconfig.selectors import current
from rembuk.web.desk.unit_field import UnitChoice
from rembuk.web.programs.steering.forms import TreeField
from rembuk.workunits.models import WorkUnit

# Years back that the form offers.
YEARS = 6


class AccountFilter(forms.Form):
    """Unit and year, offered where there are reports."""

    satuan = TreeField(
        label=_("Work unit"),
        queryset=WorkUnit.objects.none(),
        to_field_name="code",
        required=False,
        empty_label=_("All work units"),
    )
    tahun = forms.TypedChoiceField(label=_("Year"), coerce=int, required=False, empty_value=None)

    def __init__(self, data: Any, rows: QuerySet[AccountabilityReport]) -> None:
        super().__init__(data)
        units = WorkUnit.objects.filter(pk__in=rows.order_by().values("unit")).order_by("path")
        self.fields["satuan"].queryset = units  # type: ignore[attr-defined]
        years = rows.order_by("-year").values_list("year", flat=True).distinct()
        self.fields["tahun"].choices = [("", _("All years")), *((year, str(year)) for year in years)]  # type: ignore[attr-defined]

    def narrow(self, rows: QuerySet[AccountabilityReport]) -> QuerySet[AccountabilityReport]:
        """The rows of the unit and year that were asked for."""
        unit, year = self.cleaned_data["satuan"], self.cleaned_data["tahun"]
        rows = rows.filter(unit=unit) if unit else rows
        return rows.filter(year=year) if year else rows


class NewAccountForm(forms.Form):
    """For which unit, year and quarter; units in which she may."""

    unit = UnitChoice(
        label=_("Work unit"),
        empty_label=None,
        help_text=_("The report is about this unit and all below it."),
    )
    year = forms.TypedChoiceField(label=_("Year"), coerce=int)
    quarter = forms.TypedChoiceField(
        label=_("Quarter"), coerce=int, required=False, empty_value=None, help_text=_("Or the whole year.")
    )

    def __init__(self, data: Any, *, by: Person) -> None:
        today = local_date(zone=current().tz)
        super().__init__(data, initial={"year": today.year, "quarter": period_on(today).quarter})
        self.fields["unit"].offer(rights.units_for(by, ACCOUNTABILITY_PUBLISH), ACCOUNTABILITY_PUBLISH)  # type: ignore[attr-defined]
        years = range(today.year, today.year - YEARS, -1)
        self.fields["year"].choices = [(year, str(year)) for year in years]  # type: ignore[attr-defined]
        quarters = [(number, Period(today.year, number).label.rsplit(" ", 1)[0]) for number in QUARTERS]
        self.fields["quarter"].choices = [("", _("The whole year")), *quarters]  # type: ignore[attr-defined]

    @property
    def period(self) -> Period:
        """What was chosen."""
        return Period(self.cleaned_data["year"], self.cleaned_data["quarter"])
