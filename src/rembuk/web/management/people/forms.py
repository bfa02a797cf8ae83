"""The forms about accounts: invitation, suspension."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rembuk.accounts.models import Person
from rembuk.management.facts import Newcomer
from rembuk.web.management.access.forms import GrantTermsForm
from rembuk.web.management.fields import ReasonForm, day_field, last_instant


class InviteForm(GrantTermsForm):
    """Whom to invite, and with which role."""

    sections = (
        (_("Person"), ("name", "email", "language")),
        (_("First role"), ("role", "unit", "since", "until", "reason")),
    )
    field_order = ("name", "email", "language", "role", "unit", "since", "until", "reason")

    name = forms.CharField(label=_("Name in full"), max_length=120)
    email = forms.EmailField(label=_("Email"), max_length=254)
    language = forms.ChoiceField(
        label=_("Language of the letter"), choices=Person.Language.choices, initial=Person.Language.INDONESIAN
    )

    def newcomer(self) -> Newcomer:
        """Who is invited."""
        given = self.cleaned_data
        return Newcomer(name=given["name"], email=given["email"], language=given["language"])


class SuspendForm(ReasonForm):
    """Until when, and why; the person reads the reason."""

    field_order = ("reason", "until")
    until = day_field(_("Last day of the suspension"), help_text=_("Empty: until somebody lifts it."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.field("reason").help_text = _("The person reads this when signing in. Kept in the audit trail.")

    def clean_reason(self) -> str:
        """Long enough to understand."""
        text = str(self.cleaned_data["reason"]).strip()
        if len(text) < 10:
            raise forms.ValidationError(_("Write at least 10 characters, so that the person understands it."))
        return text

    def terms(self) -> dict[str, Any]:
        """Reason and the instant it ends."""
        return {"reason": self.cleaned_data["reason"], "until": self._end()}

    def _end(self) -> datetime | None:
        day = self.cleaned_data.get("until")
        return last_instant(day) if day else None
