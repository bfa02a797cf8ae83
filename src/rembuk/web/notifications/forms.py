"""The form of notification choices: one field for each kind a person may choose about."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rembuk.notifications.kinds import CATEGORIES
from rembuk.notifications.models import Frequency
from rembuk.notifications.selectors import Choice


class ChoicesForm(forms.Form):
    """How one is mailed, by kind; ``groups`` has the fields by category, with one that answers for all of it."""

    hide_optional = True

    def __init__(self, choices: list[Choice], data: Any = None) -> None:
        super().__init__(data)
        self.kinds = {self._name(number): choice.kind for number, choice in enumerate(choices)}
        for category in CATEGORIES:
            self.fields[f"all_{category}"] = forms.ChoiceField(
                label=_("All of these"),
                choices=[("", _("As chosen one by one")), *Frequency.choices],
                required=False,
            )
        for number, choice in enumerate(choices):
            self.fields[self._name(number)] = forms.ChoiceField(
                label=str(choice.kind.label), choices=Frequency.choices, initial=choice.frequency
            )

    @property
    def wanted(self) -> dict[str, str]:
        """The chosen frequency by kind."""
        return {
            kind.key: self.cleaned_data[f"all_{kind.category}"] or self.cleaned_data[name]
            for name, kind in self.kinds.items()
        }

    def groups(self) -> list[dict[str, Any]]:
        """Headings with their fields, in the order of the categories; without empty ones."""
        found = []
        for category, title in CATEGORIES.items():
            fields = [self[name] for name, kind in self.kinds.items() if kind.category == category]
            if fields:
                found.append({"title": title, "for_all": self[f"all_{category}"], "fields": fields})
        return found

    @staticmethod
    def _name(number: int) -> str:
        return f"kind_{number}"
