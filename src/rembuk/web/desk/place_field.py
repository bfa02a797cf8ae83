"""A place chosen by typing its name; several of one name are offered below the field."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from rembuk.regions.models import Region
from rembuk.regions.selectors import search

_MOST_NAMED = 12


class PlaceField(forms.CharField):
    """Reads the full name of a place, or a part that only one place has; ``None`` when left empty."""

    def clean(self, value: Any) -> Region | None:
        typed = str(super().clean(value) or "").strip()
        if not typed:
            return None
        found = search(typed, limit=_MOST_NAMED)
        exact = [place for place in found if place.full_name == typed]
        if len(exact or found) == 1:
            return (exact or found)[0]
        if found:
            names = "; ".join(place.full_name for place in found)
            raise forms.ValidationError(
                _("Several places are called so. Type one of these: %(names)s.") % {"names": names}
            )
        raise forms.ValidationError(_("No place is called so."))
