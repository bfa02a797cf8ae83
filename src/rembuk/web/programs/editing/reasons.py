"""A form whose change of what is public asks for a public reason."""

from django import forms

from rembuk.common.errors import Invalid
from rembuk.web.programs.steering.forms import ReasonForm, show_refusal


class WithReason[Form: forms.Form]:
    """A form with, for what is public, the public reason of its change beside it."""

    form: Form
    why: ReasonForm | None

    def is_valid(self) -> bool:
        """Whether both stand; asks both, so that all faults show at once."""
        return all([self.form.is_valid(), self.why is None or self.why.is_valid()])

    @property
    def reason(self) -> str:
        """The public reason; empty for a draft."""
        return self.why.cleaned_data["reason"] if self.why else ""

    def show(self, refusal: Invalid) -> None:
        """Put a refusal where it can be mended."""
        show_refusal(self.why if self.why and "reason" in refusal.fields else self.form, refusal)
