"""Forms of indicators: words with the targets of each period, actual values with their sources."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from rembuk.common.numbers import read_number, write_number
from rembuk.programs.actions.indicators.define import MOST_PERIODS, Target, Words
from rembuk.programs.actions.indicators.measure import Actual
from rembuk.programs.choices import Direction, Level
from rembuk.programs.models import Indicator, IndicatorValue
from rembuk.web.programs.editing.reading import Fields
from rembuk.web.programs.indicators.tables import measured
from rembuk.web.programs.steering.forms import DayField

BLANK = 4
ROW = ("period", "ends_on", "target")
"""The fields of one period."""


class NumberField(forms.CharField):
    """A number as people here write it; ``None`` for an empty field."""

    widget = forms.TextInput({"inputmode": "decimal", "autocomplete": "off"})

    def prepare_value(self, value: Any) -> Any:
        """A stored number as it is read back; what was typed stays as it was typed."""
        return write_number(value) if isinstance(value, Decimal) else value

    def to_python(self, value: Any) -> Any:
        """The exact number."""
        typed = super().to_python(value)
        if not typed:
            return None
        try:
            return read_number(typed)
        except ValueError as error:
            raise forms.ValidationError(_("Write a number, such as 1.250,5.")) from error

    def validate(self, value: Any) -> None:
        """Zero is a number, too; only an absent one is missing."""
        if value is None and self.required:
            raise forms.ValidationError(self.error_messages["required"], code="required")

    def run_validators(self, value: Any) -> None:
        """A number has its limits in the action; those of text say nothing about it."""


@dataclass(frozen=True, slots=True)
class PeriodRow:
    """The fields of one period, and the key of the one it changes (empty for a new one)."""

    number: int
    key: str
    period: forms.BoundField
    ends_on: forms.BoundField
    target: forms.BoundField


class IndicatorForm(forms.Form):
    """Words of an indicator and rows for its periods; a row left empty is none."""

    level = forms.ChoiceField(label=_("Level"), choices=Level, widget=forms.RadioSelect)
    name = forms.CharField(label=_("What is measured?"), max_length=200)
    measure = forms.CharField(label=_("Unit"), max_length=60, help_text=_("Such as km, people or %."))
    direction = forms.ChoiceField(
        label=_("Which way is better?"), choices=Direction, widget=forms.RadioSelect, initial=Direction.UP
    )
    baseline = NumberField(
        label=_("Baseline"), required=False, help_text=_("The value before the work began, if it is known.")
    )
    source = forms.CharField(label=_("Where are the values known from?"), max_length=200, required=False)

    def __init__(self, data: Mapping[str, Any] | None = None, *, of: Indicator | None = None) -> None:
        values = list(of.values.all()) if of else []
        super().__init__(data, initial=_words(of) if of else None)
        self.use_required_attribute = False
        self.keys = [data.get(f"key_{n}", "") for n in _rows_of(data)] if data is not None else []
        self.keys = self.keys or [*(str(value.pk) for value in values), *[""] * BLANK]
        for number in range(1, len(self.keys) + 1):
            self._add_row(number, values[number - 1] if number <= len(values) else None)

    def _add_row(self, number: int, value: IndicatorValue | None) -> None:
        self.fields[f"period_{number}"] = forms.CharField(label=_("Period"), max_length=40, required=False)
        self.fields[f"ends_on_{number}"] = DayField(label=_("Ends on"), required=False)
        self.fields[f"target_{number}"] = NumberField(label=_("Target"), required=False)
        for name in ROW:
            self.initial.setdefault(f"{name}_{number}", getattr(value, name, None))

    def clean(self) -> dict[str, Any]:
        """A row that is begun is complete."""
        values: dict[str, Any] = super().clean() or self.cleaned_data
        for number in range(1, len(self.keys) + 1):
            names = [f"{name}_{number}" for name in ROW]
            empty = [name for name in names if values.get(name) in (None, "") and name not in self.errors]
            if len(empty) < len(names):
                for name in empty:
                    self.add_error(name, _("Fill in the whole row, or empty it."))
        return values

    @property
    def words(self) -> Words:
        """The words as typed."""
        names = ("level", "name", "measure", "direction", "baseline", "source")
        return Words(**{name: self.cleaned_data[name] for name in names})

    @property
    def targets(self) -> dict[int, Target]:
        """The rows that are filled, by their number."""
        values = self.cleaned_data
        return {
            number: Target(
                values[f"period_{number}"],
                values[f"ends_on_{number}"],
                values[f"target_{number}"],
                int(key) if key.isdecimal() else None,
            )
            for number, key in enumerate(self.keys, 1)
            if values[f"period_{number}"]
        }

    @property
    def lasting_names(self) -> dict[str, str]:
        """The fields of stored periods by their key, which stays when rows change places."""
        return {
            f"{name}_{number}": f"{name}@{key}"
            for number, key in enumerate(self.keys, 1)
            if key
            for name in ROW
        }

    @property
    def about(self) -> dict[str, str]:
        """The period of each field of a row, where it stands outside of its row."""
        return {
            f"{name}_{number}": str(self[f"period_{number}"].value() or number)
            for number in range(1, len(self.keys) + 1)
            for name in ROW
        }

    @property
    def rows(self) -> list[PeriodRow]:
        """The rows, for the page."""
        return [
            PeriodRow(n, key, self[f"period_{n}"], self[f"ends_on_{n}"], self[f"target_{n}"])
            for n, key in enumerate(self.keys, 1)
        ]

    def with_more_rows(self) -> None:
        """Offer further empty rows; what is typed stays."""
        for _more in range(BLANK):
            if len(self.keys) < MOST_PERIODS:
                self.keys.append("")
                self._add_row(len(self.keys), None)


class ActualsForm(forms.Form):
    """The actual value of each period, with its source."""

    def __init__(self, *args: Any, values: Sequence[IndicatorValue], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False
        self.values = values
        for value in values:
            self.fields[f"actual_{value.pk}"] = NumberField(label=_("Actual value"), required=False)
            self.fields[f"source_{value.pk}"] = forms.CharField(
                label=_("Source"), max_length=200, required=False
            )
            self.initial.setdefault(f"actual_{value.pk}", value.actual)
            self.initial.setdefault(f"source_{value.pk}", value.source)

    @property
    def actuals(self) -> dict[int, Actual]:
        """All values by the key of their period."""
        typed = self.cleaned_data
        return {
            value.pk: Actual(typed[f"actual_{value.pk}"], typed[f"source_{value.pk}"])
            for value in self.values
        }

    @property
    def rows(self) -> list[tuple[IndicatorValue, str, forms.BoundField, forms.BoundField]]:
        """Each period with its target in words and its fields."""
        return [
            (value, measured(value.target), self[f"actual_{value.pk}"], self[f"source_{value.pk}"])
            for value in self.values
        ]


def _rows_of(data: Mapping[str, Any]) -> range:
    count = 0
    while count < MOST_PERIODS and f"period_{count + 1}" in data:
        count += 1
    return range(1, count + 1)


def join_rows(data: QueryDict, added: Fields) -> None:
    """Put periods that somebody else added behind the rows that were sent, so that saving keeps them."""
    keys = [name.partition("@")[2] for name in added if name.startswith("period@")]
    for number, key in enumerate(keys, len(_rows_of(data)) + 1):
        data[f"key_{number}"] = key
        for name in ROW:
            data[f"{name}_{number}"] = added[f"{name}@{key}"].text


def _words(indicator: Indicator) -> dict[str, Any]:
    names = ("level", "name", "measure", "direction", "baseline", "source")
    return {name: getattr(indicator, name) for name in names}
