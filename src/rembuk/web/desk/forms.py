"""What every form of staff can do: give its fields, and show what an action refuses."""

from typing import Any

from django import forms

from rembuk.common.errors import Invalid


class StaffForm(forms.Form):
    """A form of staff; the browser doesn't hold it back, since the refusals of the action are shown in the same way."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False

    def field(self, name: str) -> Any:
        """A field, whatever its class."""
        return self.fields[name]

    def show(self, fault: Invalid) -> None:
        """Show the refusal of an action at its fields, or above the form."""
        for name, texts in fault.fields.items():
            self.add_error(name if name in self.fields else None, [str(text) for text in texts])
        if not fault.fields:
            self.add_error(None, str(fault))
