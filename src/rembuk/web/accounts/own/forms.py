"""Forms for somebody signed in: profile, consents, password, email address, deleting the account."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rembuk.accounts.models import Consent, Person
from rembuk.web.accounts.forms_entrance import (
    PasswordInput,
    check_password,
    clean_name,
    clean_new_email,
    email_field,
    name_field,
    new_password_field,
)


class ProfileForm(forms.Form):
    """Name, and the language of mails."""

    name = name_field()
    language = forms.ChoiceField(
        label=_("Language of emails"), choices=Person.Language.choices, widget=forms.RadioSelect
    )

    def clean_name(self) -> str:
        return clean_name(self.cleaned_data["name"])


class ConsentsForm(forms.Form):
    """The optional consents in force."""

    consents = forms.MultipleChoiceField(
        label=_("I agree to"),
        help_text=_("Voluntary. Nothing else depends on it, and you can take it back at any time."),
        choices=Consent.Purpose.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


class PresentPasswordForm(forms.Form):
    """A change that asks for the present password."""

    present = forms.CharField(
        label=_("Your present password"),
        strip=False,
        max_length=200,
        widget=PasswordInput("current-password"),
    )

    def __init__(self, person: Person, data: Any = None) -> None:
        self.person = person
        super().__init__(data)

    def clean_present(self) -> str:
        given: str = self.cleaned_data["present"]
        if not self.person.check_password(given):
            raise forms.ValidationError(_("This is not your present password."))
        return given


class ChangePasswordForm(PresentPasswordForm):
    """Another password."""

    password = new_password_field()

    def __init__(self, person: Person, data: Any = None) -> None:
        super().__init__(person, data)
        self.fields["password"].label = _("New password")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        check_password(self, data.get("password"), self.person)
        return data


class AddressForm(PresentPasswordForm):
    """Another email address."""

    email = email_field()
    field_order = ("email", "present")

    def __init__(self, person: Person, data: Any = None) -> None:
        super().__init__(person, data)
        self.fields["email"].label = _("New email address")

    def clean_email(self) -> str:
        return clean_new_email(self.cleaned_data["email"])


class DeleteForm(PresentPasswordForm):
    """Deleting the account."""

    sure = forms.BooleanField(label=_("I know that this can't be undone"))
    field_order = ("sure", "present")
