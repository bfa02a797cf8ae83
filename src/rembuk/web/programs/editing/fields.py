"""The field of a region that is typed by its name."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rembuk.regions.models import Region
from rembuk.regions.selectors import search


class RegionField(forms.CharField):
    """A region by the name that is typed: the one called exactly so, or the only one found."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=150, required=False, **kwargs)
        self.found: list[Region] = []

    def clean(self, value: Any) -> Any:
        """The region, or ``None`` for an empty field; several with this name are kept in ``found``."""
        typed = super().clean(value)
        if not typed:
            return None
        found = search(typed, limit=12)
        exact = [place for place in found if place.full_name == typed]
        if len(exact or found) == 1:
            return (exact or found)[0]
        self.found = found
        if found:
            raise forms.ValidationError(_("Several places are called so. Choose one below the field."))
        raise forms.ValidationError(_("No place is called so."))
