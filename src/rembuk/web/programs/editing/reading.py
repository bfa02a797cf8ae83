"""Forms read field by field as text: what they were filled with, and what people see of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext as _

TICKED = "on"
_BETWEEN = ","


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
            elif is_many(bound):
                found[name] = Field(_label(form, bound), _joined(data.getlist(bound.html_name)), bound)
            elif bound.html_name in data:
                found[name] = Field(_label(form, bound), tidy(str(data[bound.html_name])), bound)
    return found


def is_ticked(bound: forms.BoundField) -> bool:
    """Whether it is a tick box, which a browser sends only when it is ticked."""
    return isinstance(bound.field.widget, forms.CheckboxInput)


def is_many(bound: forms.BoundField) -> bool:
    """Whether several choices can be ticked; they are compared as one text, in the order of the alphabet."""
    return isinstance(bound.field, forms.MultipleChoiceField)


def take(data: QueryDict, posted: Sequence[forms.BaseForm], name: str, text: str) -> None:
    """Put a text as ``read`` gives it into what was sent, in the place of what stands there."""
    if any(bound.html_name == name and is_many(bound) for form in posted for bound in form):
        data.setlist(name, text.split(_BETWEEN) if text else [])
    else:
        data[name] = text


def shown(bound: forms.BoundField, text: str) -> str:
    """A text of this field as people read it: the words of a choice, a day in full, yes or no."""
    if is_ticked(bound):
        return _("Yes") if text else _("No")
    choices: Any = getattr(bound.field, "choices", None)
    if choices is not None and is_many(bound):
        ticked = text.split(_BETWEEN)
        return ", ".join(str(label) for value, label in choices if str(value) in ticked)
    if choices is not None:
        return next((str(label).strip() for value, label in choices if str(value) == text), text)
    day = parse_date(text) if isinstance(bound.field, forms.DateField) else None
    return date_format(day, "DATE_FORMAT") if day else text


def tidy(text: str) -> str:
    """A text whatever way a browser ends its lines."""
    return text.replace("\r\n", "\n").strip()


def _joined(values: Iterable[object]) -> str:
    return _BETWEEN.join(sorted(str(value) for value in values))


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
    if is_many(bound):
        return _joined(value or ())
    formatted: Any = bound.field.widget.format_value(value)
    if isinstance(formatted, list):
        formatted = next(iter(formatted), "")
    return "" if formatted is None else tidy(str(formatted))
