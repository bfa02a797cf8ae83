"""Forms of the entrance: registration, sign-in, confirmation, passwords."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rembuk.accounts.entering import fits
from rembuk.accounts.mailboxes import is_throwaway
from rembuk.accounts.models import Consent, OneTimeCode, Person
from rembuk.common.text import clean_line, has_link
from rembuk.siteconfig.selectors import privacy_version


class PasswordInput(forms.PasswordInput):
    """A password field that can be shown while typing, where script runs."""

    def __init__(self, autocomplete: str) -> None:
        super().__init__(
            attrs={
                "autocomplete": autocomplete,
                "data-reveal": _("Show the password"),
                "data-conceal": _("Hide the password"),
            }
        )


def email_field() -> forms.EmailField:
    """The address of an account."""
    widget = forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email", "spellcheck": "false"})
    # The sentence is Django's; named here, our catalogue says it with the word for email that all other pages use.
    faults = {"invalid": _("Enter a valid email address.")}
    return forms.EmailField(label=_("Email address"), max_length=254, widget=widget, error_messages=faults)


def name_field() -> forms.CharField:
    """The one name field: Indonesian names have no first and last part."""
    return forms.CharField(
        label=_("Full name"),
        help_text=_("Shown beside what you publish. One word is fine."),
        min_length=2,
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )


def new_password_field() -> forms.CharField:
    """A password to be chosen: typed once, shown on request."""
    return forms.CharField(
        label=_("Password"),
        help_text=_("At least 10 characters. A sentence of several words is good and easy to remember."),
        max_length=200,
        strip=False,
        widget=PasswordInput("new-password"),
    )


def clean_name(name: str) -> str:
    """The name on one line; names are no place for advertising."""
    cleaned = clean_line(name)
    if len(cleaned) < 2:
        raise forms.ValidationError(_("Enter your name."))
    if has_link(cleaned) or "@" in cleaned or "www." in cleaned.lower():
        raise forms.ValidationError(_("Enter a name without web or email addresses."))
    return cleaned


def clean_new_email(email: str) -> str:
    """The address in lower case, not of a throw-away mailbox."""
    if is_throwaway(email):
        raise forms.ValidationError(
            _(
                "This address is of a mailbox that disappears. Use one that you read, so that answers reach you."
            )
        )
    return email.lower()


class RegisterForm(forms.Form):
    """Registration. ``website`` is a trap for programs; people don't see it."""

    name = name_field()
    email = email_field()
    password = new_password_field()
    adult = forms.BooleanField(
        label=_("I am 18 years old or older"),
        error_messages={
            "required": _("Accounts are for people of 18 years or older. Nothing you entered was stored.")
        },
    )
    privacy = forms.BooleanField(
        error_messages={"required": _("Please read the privacy notice and tick that you know it.")}
    )
    consents = forms.MultipleChoiceField(
        label=_("If you like"),
        help_text=_("These are voluntary. You can change them at any time."),
        choices=Consent.Purpose.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    privacy_version = forms.IntegerField(widget=forms.HiddenInput)
    website = forms.CharField(
        required=False, max_length=200, widget=forms.TextInput(attrs={"tabindex": "-1"})
    )

    def __init__(self, data: Any = None) -> None:
        self.version = privacy_version()
        super().__init__(data, initial={"privacy_version": self.version})
        name_the_notice(self.fields["privacy"], self.version)

    def clean_name(self) -> str:
        """See ``clean_name``."""
        return clean_name(self.cleaned_data["name"])

    def clean_email(self) -> str:
        """See ``clean_new_email``."""
        return clean_new_email(self.cleaned_data["email"])

    def clean(self) -> dict[str, Any]:
        """The password against the rules, and the notice that was read against the one in force."""
        data = super().clean() or {}
        check_password(self, data.get("password"), Person(name=data.get("name", ""), email=data.get("email")))
        if data.get("privacy") and data.get("privacy_version") != self.version:
            self.add_error(
                "privacy", _("The privacy notice was changed just now. Please read the new version.")
            )
        return data


class SignInForm(forms.Form):
    """Sign-in: with an email address, or with what a desk printed for somebody who has none."""

    email = forms.CharField(
        label=_("Email address or sign-in name"),
        max_length=254,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "username",
                "inputmode": "email",
                "autocapitalize": "none",
                "spellcheck": "false",
            }
        ),
    )
    password = forms.CharField(
        label=_("Password"),
        help_text=_("The first time with a slip from the desk: the code that is printed on it."),
        strip=False,
        max_length=200,
        widget=PasswordInput("current-password"),
    )


class ConfirmForm(forms.Form):
    """Confirming an address in another browser than the one that registered: the password proves who it is."""

    password = forms.CharField(
        label=_("The password you chose"),
        strip=False,
        max_length=200,
        widget=PasswordInput("current-password"),
    )


class ForgottenForm(forms.Form):
    """Asking for a new password."""

    email = email_field()


class ChoosePasswordForm(forms.Form):
    """A new password by the link in a letter; people who were invited also see the privacy notice."""

    password = new_password_field()
    adult = forms.BooleanField(label=_("I am 18 years old or older"))
    privacy = forms.BooleanField()

    def __init__(self, person: Person, data: Any = None) -> None:
        self.person, self.version = person, privacy_version()
        super().__init__(data)
        name_the_notice(self.fields["privacy"], self.version)
        if person.privacy_version is not None:
            del self.fields["adult"], self.fields["privacy"]

    @property
    def acknowledged_version(self) -> int | None:
        """The version of the notice acknowledged now, or ``None`` for people who did so before."""
        return self.version if "privacy" in self.fields else None

    def clean(self) -> dict[str, Any]:
        """The password against the rules."""
        data = super().clean() or {}
        check_password(self, data.get("password"), self.person)
        return data


class FirstPasswordForm(forms.Form):
    """A password of one's own, after coming in with a one-time code."""

    password = new_password_field()

    def __init__(self, code: OneTimeCode, data: Any = None) -> None:
        self.code = code
        super().__init__(data)

    def clean(self) -> dict[str, Any]:
        """The password against the rules; the desk knows the code, so it can't be the password."""
        data = super().clean() or {}
        password = data.get("password")
        check_password(self, password, self.code.person)
        if password and not self.errors and fits(self.code, password):
            self.add_error("password", _("This is the printed code. Choose a password that only you know."))
        return data


def check_password(form: forms.Form, password: str | None, person: Person, field: str = "password") -> None:
    """Put what is wrong with a new password at its field."""
    try:
        if password:
            validate_password(password, person)
    except forms.ValidationError as problem:
        form.add_error(field, problem)


def name_the_notice(field: forms.Field, version: int) -> None:
    """Say at its box which version of the privacy notice is meant; the link leaves this page open."""
    field.label = gettext("I have read the privacy notice (version %(version)s)") % {"version": version}
    field.help_text = format_html(
        '<a href="{}" target="_blank" rel="noopener">{}</a>',
        reverse("pages:privacy"),
        gettext("Read the privacy notice (opens in a new tab)"),
    )
