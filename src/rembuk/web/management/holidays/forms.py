"""The forms of holidays: one day, which ones to look at, a year to take over."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rembuk.management.actions.lists.holidays import FIRST_YEAR, LAST_YEAR
from rembuk.web.management.fields import ManagedForm, RegionField, day_field
from rembuk.workdays.actions import HolidayFacts
from rembuk.workdays.models import Holiday, HolidayKind

SCOPES = (("nasional", _("Whole country")), ("daerah", _("A region")))


class HolidayForm(ManagedForm):
    """Date, name, kind, region and where it is laid down."""

    on = day_field(_("Date"), required=True)
    name = forms.CharField(label=_("Name"), max_length=200)
    kind = forms.ChoiceField(label=_("Kind"), choices=HolidayKind.choices)
    region = RegionField(
        label=_("Region"), required=False, help_text=_("Empty: the whole country. Else its code or its name.")
    )
    source = forms.CharField(
        label=_("Laid down in"),
        max_length=200,
        required=False,
        help_text=_("For example the joint decree of ministers."),
    )

    def __init__(self, *args: Any, holiday: Holiday | None = None, **kwargs: Any) -> None:
        names = ("on", "name", "kind", "region", "source")
        initial = {name: getattr(holiday, name) for name in names} if holiday else {}
        if holiday is not None and holiday.region is not None:
            initial["region"] = f"{holiday.region.full_name} ({holiday.region.code})"
        super().__init__(*args, initial=initial, **kwargs)

    def facts(self) -> HolidayFacts:
        """What was entered."""
        return HolidayFacts(**self.cleaned_data)


class HolidayFilter(forms.Form):
    """Words, kind, national or regional, within a year."""

    hide_optional = True

    q = forms.CharField(
        label=_("Words"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    jenis = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("All")), *HolidayKind.choices])
    cakupan = forms.ChoiceField(label=_("Holds for"), required=False, choices=[("", _("All")), *SCOPES])


class YearForm(ManagedForm):
    """Which year to take over."""

    year = forms.IntegerField(label=_("Year"), min_value=FIRST_YEAR, max_value=LAST_YEAR)
