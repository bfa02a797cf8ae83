"""Choosing a work unit by typing: a text field with suggestions, since a site may have hundreds of units."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rembuk.access import rights
from rembuk.access.permissions import Permission
from rembuk.accounts.models import Person
from rembuk.common.text import clean_line
from rembuk.web.desk.unit_input import LIST_ID, MOST, UnitInput, written
from rembuk.workunits import selectors as workunits
from rembuk.workunits.models import WorkUnit

__all__ = ["LIST_ID", "UnitChoice", "UnitField", "suggestions", "written"]
_MOST_NAMED = 5
_LENGTH = 260


def suggestions(by: Person, among: QuerySet[WorkUnit] | None = None) -> list[str]:
    """What the browser suggests before anything is typed: the person's own units, then the highest ones; at most twenty."""
    own = [held.unit_id for held in rights.holdings(by)]
    units = workunits.active_units() if among is None else among
    return [written(unit) for unit in workunits.first_of(units, own)[:MOST]]


class UnitField(forms.Field):
    """Reads a code, a suggestion, or a name that only one of the units has; what resembles another text is offered."""

    widget = UnitInput

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault(
            "help_text", gettext_lazy("Type a part of the name and choose from the suggestions.")
        )
        super().__init__(**kwargs)

    @property
    def units(self) -> QuerySet[WorkUnit]:
        """Those that may be meant."""
        return workunits.active_units()

    def clean(self, value: Any) -> WorkUnit | None:
        given = super().clean(value)
        text = clean_line(written(given) if isinstance(given, WorkUnit) else str(given or ""))[:_LENGTH]
        if not text:
            return None
        code = text.rpartition("(")[2].rstrip(")") if text.endswith(")") else text
        units = self.units
        found = list(units.filter(code__iexact=code)) or list(units.filter(name__iexact=text))
        if len(found) == 1:
            return found[0]
        hits = found or list(workunits.called(text, units)[:MOST])
        widget: Any = self.widget
        widget.hits = hits[:MOST]
        if found:
            names = ", ".join(written(unit) for unit in found[:_MOST_NAMED])
            raise forms.ValidationError(_("Several work units have this name: %(names)s.") % {"names": names})
        if hits:
            raise forms.ValidationError(_("No work unit is called exactly so. Choose one below the field."))
        raise forms.ValidationError(_("No work unit is called so. Choose one of the suggestions."))


class UnitChoice(UnitField):
    """A unit out of those that are offered: a list while they are few, else the text field."""

    def __init__(self, *, empty_label: Any = "---------", **kwargs: Any) -> None:
        super().__init__(**{"help_text": "", **kwargs})
        self.empty_label = empty_label
        self._offered = WorkUnit.objects.none()

    @property
    def units(self) -> QuerySet[WorkUnit]:
        return self._offered

    def offer(self, units: QuerySet[WorkUnit], permission: Permission | None = None) -> None:
        """Which units; with the permission that brings them in reach, so that suggestions are those."""
        widget: Any = self.widget
        self._offered = widget.units = units
        widget.permission, widget.empty_label = permission, self.empty_label
