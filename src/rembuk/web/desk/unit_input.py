"""How a field of work units is drawn: a short list where few can be meant, else text with suggestions and hits to choose from."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import QuerySet
from django.urls import reverse

from rembuk.access.permissions import Permission
from rembuk.workunits.models import WorkUnit

LIST_ID = "satuan-kerja"
MOST = 20
"""How many units a page or a fragment names in one field."""
_PICK = "_pilih"
_DEEP = "\u2003"


def written(unit: WorkUnit) -> str:
    """A unit as the field shows and reads it: name and code."""
    return f"{unit.name} ({unit.code})"


def typing_attrs(list_id: str = LIST_ID, permission: Permission | None = None) -> dict[str, Any]:
    """What makes js/similar.js fetch the suggestions of a list while somebody types."""
    asked = f"?{urlencode({'izin': permission.key})}" if permission else ""
    return {
        "list": list_id,
        "autocomplete": "off",
        "data-similar": reverse("desk:unit_names") + asked,
        "data-similar-into": list_id,
        "data-similar-name": "q",
        "data-similar-least": 0,
    }


class UnitInput(forms.TextInput):
    """With ``units`` it looks itself what may be chosen; without, the page has the list of suggestions.

    ``hits`` are units that resemble what was sent. They are offered as radio buttons, each with the text it was found by:
    when another text is typed, a button pressed before counts no more.
    """

    template_name = "components/unit_input.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.units: QuerySet[WorkUnit] | None = None
        self.permission: Permission | None = None
        self.empty_label: Any = None
        self.hits: list[WorkUnit] = []

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """The code of the hit that was chosen for this very text, else the text."""
        typed = data.get(name)
        code, bar, found_by = str(data.get(f"{name}{_PICK}") or "").partition("|")
        return code if bar and found_by == str(typed or "").strip() else typed

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """A list of at most twenty, or the text with its suggestions."""
        shown = list(self.units[: MOST + 1]) if self.units is not None else None
        if shown is not None and len(shown) <= MOST:
            context: dict[str, Any] = super().get_context(name, None, attrs)
            code = value.code if isinstance(value, WorkUnit) else str(value or "")
            options = [(unit.code, f"{_DEEP * _depth(unit)}{unit.name}", unit.code == code) for unit in shown]
            return {**context, "is_list": True, "options": options, "empty_label": self.empty_label}
        text = written(value) if isinstance(value, WorkUnit) else value
        context = super().get_context(name, text, attrs)
        own = context["widget"]["attrs"]
        list_id = LIST_ID if shown is None else f"{own.get('id', name)}-saran"
        own.update(typing_attrs(list_id, self.permission))
        if self.empty_label and not self.is_required:
            own["placeholder"] = self.empty_label
        typed = str(text or "").strip()
        hits = [(f"{unit.code}|{typed}", written(unit)) for unit in self.hits]
        names = [written(unit) for unit in (shown or ())[:MOST]]
        own_list = {"list_id": list_id, "names": names} if shown is not None else {}
        return {**context, **own_list, "hits": hits, "pick": f"{name}{_PICK}"}


def _depth(unit: WorkUnit) -> int:
    return unit.path.count(".") - 1
