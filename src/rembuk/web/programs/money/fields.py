"""Fields for rupiah and for a file that survives a refused form."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rembuk.access.rights import acting
from rembuk.accounts.models import Person
from rembuk.common.errors import Invalid
from rembuk.common.money import read_amount, write_amount
from rembuk.files.actions import store_upload
from rembuk.files.models import StoredFile
from rembuk.web.programs.news.kept import TAKEN, find_kept
from rembuk.web.programs.steering.update_form import PURPOSE


class AmountField(forms.CharField):
    """Rupiah with sen as people type them; ``None`` for an empty field."""

    widget = forms.TextInput({"inputmode": "text", "autocomplete": "off"})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=40, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """A stored amount as it is read back; what was typed stays as it was typed."""
        return write_amount(value) if isinstance(value, Decimal) else value

    def to_python(self, value: Any) -> Any:
        """The exact amount."""
        typed = super().to_python(value)
        if not typed:
            return None
        try:
            return read_amount(typed)
        except ValueError as error:
            message = _("Write an amount in rupiah, such as Rp1.500.000,00 or 1,5 M.")
            raise forms.ValidationError(message) from error

    def validate(self, value: Any) -> None:
        """Zero is an amount, too; only an absent one is missing."""
        if value is None and self.required:
            raise forms.ValidationError(self.error_messages["required"], code="required")

    def run_validators(self, value: Any) -> None:
        """The length was checked while it was text; an amount has its limits in the action."""


class EvidenceForm(forms.Form):
    """A form with one piece of evidence that is kept when something else is refused."""

    evidence = forms.FileField(
        label=_("Evidence"),
        required=False,
        help_text=_("PDF, JPEG, PNG or WebP, at most 10 MB. Only staff can open it."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False
        self.kept: StoredFile | None = None

    def keep(self, by: Person) -> bool:
        """Store what was sent, or find what was sent with an earlier try; whether the whole form stands."""
        is_valid = self.is_valid()
        found = find_kept({"evidence": self.data.get("kept", "")}, by, purpose=PURPOSE)
        self.kept = found.files.get("evidence")
        sent: Any = self.files.get("evidence")
        if sent and "evidence" not in self.errors:
            try:
                self.kept = store_upload(sent, by=acting(by), purpose=PURPOSE)
            except Invalid as refusal:
                self.add_error("evidence", str(refusal))
                return False
        elif found.taken and not sent:
            self.add_error("evidence", TAKEN)
            return False
        return is_valid
