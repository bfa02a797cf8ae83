"""The form of notification choices: one field for each kind a person may choose about."""

from typing import Any

from django import forms

from rembuk.notifications.kinds import CATEGORIES
from rembuk.notifications.models import Frequency
from rembuk.notifications.selectors import Choice


class ChoicesForm(forms.Form):
    """How one is mailed, by kind; ``groups`` has the fields by category."""

    def __init__(self, choices: list[Choice], data: Any = None) -> None:
        super().__init__(data)
        self.kinds = {self._name(number): choice.kind for number, choice in enumerate(choices)}
        for number, choice in enumerate(choices):
            self.fields[self._name(number)] = forms.ChoiceField(
                label=str(choice.kind.label), choices=Frequency.choices, initial=choice.frequency
            )

    @property
    def wanted(self) -> dict[str, str]:
        """The chosen frequency by kind."""
        return {self.kinds[name].key: value for name, value in self.cleaned_data.items()}

    def groups(self) -> list[dict[str, Any]]:
        """Headings with their fields, in the order of the categories; without empty ones."""
        found = []
        for category, title in CATEGORIES.items():
            fields = [self[name] for name, kind in self.kinds.items() if kind.category == category]
            if fields:
                found.append({"title": title, "fields": fields})
        return found

    @staticmethod
    def _name(number: int) -> str:
        return f"kind_{number}"
