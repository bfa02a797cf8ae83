"""Choosing a work unit by typing: a text field with suggestions, since a site may have hundreds of units."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rembuk.common.text import clean_line
from rembuk.workunits import selectors as workunits
from rembuk.workunits.models import WorkUnit

LIST_ID = "satuan-kerja"
_MOST_NAMED = 5


def written(unit: WorkUnit) -> str:
    """A unit as the field shows and reads it: name and code."""
    return f"{unit.name} ({unit.code})"


def suggestions() -> list[str]:
    """What the browser suggests while somebody types."""
    return [written(unit) for unit in workunits.active_units()]


class UnitField(forms.Field):
    """Reads a code, a suggestion, or a name that only one active unit has."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault(
            "help_text", gettext_lazy("Type a part of the name and choose from the suggestions.")
        )
        super().__init__(**kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {**super().widget_attrs(widget), "list": LIST_ID, "autocomplete": "off"}

    def clean(self, value: Any) -> WorkUnit | None:
        text = clean_line(str(super().clean(value) or ""))[:260]
        if not text:
            return None
        code = text.rpartition("(")[2].rstrip(")") if text.endswith(")") else text
        units = workunits.active_units()
        found = list(units.filter(code__iexact=code)) or list(units.filter(name__iexact=text))
        if len(found) == 1:
            return found[0]
        if found:
            names = ", ".join(written(unit) for unit in found[:_MOST_NAMED])
            raise forms.ValidationError(_("Several work units have this name: %(names)s.") % {"names": names})
        raise forms.ValidationError(_("No work unit is called so. Choose one of the suggestions."))
