"""The form that takes a sheet."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rembuk.access import permissions as izin
from rembuk.access import rights
from rembuk.accounts.models import Person
from rembuk.workunits.models import WorkUnit

MAX_BYTES = 5 * 1024 * 1024


class SheetForm(forms.Form):
    """A CSV or XLSX file and the unit it is entered for."""

    unit = forms.ModelChoiceField(
        label=_("Entered for"),
        queryset=WorkUnit.objects.none(),
        empty_label=None,
        help_text=_("The proposals wait for somebody of this unit who did not enter them."),
    )
    sheet = forms.FileField(
        label=_("Sheet"),
        help_text=_("CSV (UTF-8) or XLSX after the template, at most 5 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.xlsx"}),
    )

    def __init__(self, *args: Any, by: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = WorkUnit.objects.filter(pk__in=rights.unit_ids(by, izin.PROPOSAL_IMPORT), is_active=True)
        self.fields["unit"].queryset = units.order_by("path")  # type: ignore[attr-defined]

    def clean_sheet(self) -> Any:
        """Refuse what is too large before anybody reads it."""
        sheet = self.cleaned_data["sheet"]
        if sheet.size > MAX_BYTES:
            raise forms.ValidationError(_("The file is larger than 5 MB. Split it into several."))
        return sheet
