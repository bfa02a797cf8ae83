"""Search and filters of a managed list. A list is bounded and shown whole, so they pick from the rows that are there."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rembuk.web.lists import active_filters

STATES = (("aktif", _("In use")), ("nonaktif", _("Retired")))


@dataclass(frozen=True, slots=True)
class Choice:
    """One filter besides words and state: its parameter, its words, its choices, and which rows fit."""

    name: str
    label: Promise
    choices: Callable[[], Sequence[tuple[str, Any]]]
    fits: Callable[[Any, str], bool]


class ListFilter(forms.Form):
    """Words, in use or retired, and what the list has besides. What no choice offers is taken for no filter."""

    hide_optional = True

    def __init__(self, request: HttpRequest, more: Sequence[Choice] = ()) -> None:
        super().__init__(request.GET or None)
        self.use_required_attribute = False
        self.fields["q"] = forms.CharField(
            label=_("Words"),
            required=False,
            max_length=200,
            widget=forms.TextInput(attrs={"type": "search"}),
        )
        self.fields["keadaan"] = self._choices(_("State"), STATES)
        for choice in more:
            self.fields[choice.name] = self._choices(choice.label, choice.choices())
        self.more = more
        self.is_valid()
        found = getattr(self, "cleaned_data", {})
        self.values = {name: str(value) for name, value in found.items() if value}
        self.chips = [chip for chip in active_filters(request, self) if self.values]

    @staticmethod
    def _choices(label: Any, choices: Iterable[tuple[str, Any]]) -> forms.ChoiceField:
        return forms.ChoiceField(label=label, required=False, choices=[("", _("All")), *choices])

    def picks(self, row: Any, words: str) -> bool:
        """Whether a row is one of those asked for; ``words`` is everything that is searched."""
        asked = self.values
        found = words.casefold()
        if any(word not in found for word in asked.get("q", "").casefold().split()):
            return False
        if "keadaan" in asked and row.is_active != (asked["keadaan"] == "aktif"):
            return False
        return all(choice.fits(row, asked[choice.name]) for choice in self.more if choice.name in asked)
