"""A text field with suggestions, where there may be too many choices for a list: it takes any words, with or without script."""

from typing import Any

from django import forms


class SuggestingInput(forms.TextInput):
    """Offers ``options`` while somebody types; the browser does it, by a ``datalist``."""

    template_name = "components/suggesting_input.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"autocomplete": "off", **(attrs or {})})
        self.options: list[str] = []

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """With the id of the list, which the field refers to."""
        context: dict[str, Any] = super().get_context(name, value, attrs)
        list_id = f"{context['widget']['attrs'].get('id', name)}-saran"
        context["widget"]["attrs"]["list"] = list_id
        return {**context, "list_id": list_id, "options": self.options}
