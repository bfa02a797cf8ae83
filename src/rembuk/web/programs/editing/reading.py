"""Forms read field by field as text: what they were filled with, and what people see of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext as _

TICKED = "on"


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its words, the text a browser sends for it, whether it is a tick box."""

    label: str
    text: str
    bound: forms.BoundField

    @property
    def shown(self) -> str:
        """The text as people read it."""
        return shown(self.bound, self.text)


type Fields = dict[str, Field]


def read(filled: Sequence[forms.BaseForm]) -> Fields:
    """The fields of forms that are filled from the database, by their lasting names."""
    return {
        name: Field(_label(form, bound), _filled(bound), bound)
        for form in filled
        for name, bound in _named(form)
    }


def field_names(posted: Sequence[forms.BaseForm]) -> dict[str, str]:
    """The name under which each field is sent, by its lasting name."""
    return {name: bound.html_name for form in posted for name, bound in _named(form)}


def typed(posted: Sequence[forms.BaseForm], data: QueryDict) -> Fields:
    """What was sent for each field; one that was not sent (a fixed one) is left out."""
    found: Fields = {}
    for form in posted:
        for name, bound in _named(form):
            if is_ticked(bound):
                found[name] = Field(_label(form, bound), TICKED if bound.html_name in data else "", bound)
            elif bound.html_name in data:
                found[name] = Field(_label(form, bound), tidy(str(data[bound.html_name])), bound)
    return found


def is_ticked(bound: forms.BoundField) -> bool:
    """Whether it is a tick box, which a browser sends only when it is ticked."""
    return isinstance(bound.field.widget, forms.CheckboxInput)


def shown(bound: forms.BoundField, text: str) -> str:
    """A text of this field as people read it: the words of a choice, a day in full, yes or no."""
    if is_ticked(bound):
        return _("Yes") if text else _("No")
    choices: Any = getattr(bound.field, "choices", None)
    if choices is not None:
        return next((str(label).strip() for value, label in choices if str(value) == text), text)
    day = parse_date(text) if isinstance(bound.field, forms.DateField) else None
    return date_format(day, "DATE_FORMAT") if day else text


def tidy(text: str) -> str:
    """A text whatever way a browser ends its lines."""
    return text.replace("\r\n", "\n").strip()


def _named(form: forms.BaseForm) -> list[tuple[str, forms.BoundField]]:
    """Each field by a name that stays when rows change places, where the form knows one (``lasting_names``)."""
    lasting: dict[str, str] = getattr(form, "lasting_names", {})
    return [(lasting.get(bound.name, bound.html_name), bound) for bound in form]


def _label(form: forms.BaseForm, bound: forms.BoundField) -> str:
    """The words of a field; with what its row is about where the form tells (``about``)."""
    about: dict[str, str] = getattr(form, "about", {})
    return f"{about[bound.name]}: {bound.label}" if bound.name in about else str(bound.label)


def _filled(bound: forms.BoundField) -> str:
    value: Any = bound.value()
    if is_ticked(bound):
        return TICKED if value else ""
    formatted: Any = bound.field.widget.format_value(value)
    if isinstance(formatted, list):
        formatted = next(iter(formatted), "")
    return "" if formatted is None else tidy(str(formatted))
