"""The base of all management forms, and fields for places in a tree, regions, reasons and days."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rembuk.common import clock
from rembuk.common.errors import Denied
from rembuk.common.text import clean_line
from rembuk.regions import selectors as regions
from rembuk.regions.models import Region
from rembuk.siteconfig.selectors import current
from rembuk.web.desk.forms import StaffForm


class ManagedForm(StaffForm):
    """A form of staff; what an action refuses is shown at the field it names, a denial above the form."""

    sections: tuple[tuple[Any, tuple[str, ...]], ...] = ()
    denial: Denied | None = None

    def deny(self, denial: Denied) -> None:
        """Show above the form that the person may not do this; ``pages.page`` answers 403 and records it."""
        self.denial = denial
        self.add_error(None, str(denial))

    def shown_sections(self) -> list[dict[str, Any]]:
        """Groups of fields with their headings, for the template."""
        groups = self.sections or (("", tuple(self.fields)),)
        return [{"title": title, "fields": [self[name] for name in names]} for title, names in groups]


class ReasonForm(ManagedForm):
    """One question before an act: why."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=300,
        help_text=gettext_lazy("Kept in the audit trail. Write no personal data."),
        widget=forms.Textarea({"rows": 3}),
    )


class TreeField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Rows of a tree as one list, deeper ones set in."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{'\u2003' * (obj.path.count('.') - 1)}{obj}"


class RegionField(forms.Field):
    """Reads the code of a region, or a name that only one region has."""

    def prepare_value(self, value: Any) -> Any:
        return f"{value.full_name} ({value.code})" if isinstance(value, Region) else value

    def clean(self, value: Any) -> Region | None:
        text = clean_line(str(super().clean(value) or ""))[:200]
        if not text:
            return None
        code = text.rpartition("(")[2].rstrip(")") if text.endswith(")") else text
        found = regions.region(code)
        if found is not None:
            return found
        named = regions.search(text, limit=6)
        if len(named) == 1:
            return named[0]
        if named:
            names = "; ".join(f"{row.full_name} ({row.code})" for row in named[:5])
            raise forms.ValidationError(_("Several regions are called so: %(names)s.") % {"names": names})
        raise forms.ValidationError(_("No region has this code or name."))


def day_field(label: Any, *, required: bool = False, help_text: Any = "") -> forms.DateField:
    """A calendar day, picked where the browser can."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, help_text=help_text, widget=widget)


def first_instant(day: date) -> datetime:
    """When a day begins in the zone of the office."""
    return clock.first_instant(day, current().tz)


def last_instant(day: date) -> datetime:
    """When a day has ended in the zone of the office."""
    return clock.last_instant(day, current().tz)


def check_reserved(value: str, words: Iterable[str]) -> str:
    """Refuse a word that an address of these pages needs itself."""
    if value.lower() in words:
        raise forms.ValidationError(_("This word is reserved. Choose another one."))
    return value
