"""The forms of the second factor: the code at the sign-in, setting it up, and proving who one is before a change."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rembuk.accounts.actions.second_factor import NOT_OF_THIS_APP
from rembuk.accounts.models import Person
from rembuk.accounts.second_factor.recovery import plain
from rembuk.accounts.second_factor.totp import matching_step
from rembuk.common.clock import now
from rembuk.web.accounts.own.forms import PresentPasswordForm


def code_field(*, is_recovery: bool = False) -> forms.CharField:
    """A code of the app, or a recovery code; either is taken in either field."""
    attrs = {"autocomplete": "one-time-code", "spellcheck": "false", "autocapitalize": "characters"}
    label, hint = _("Code of your app"), _("Six digits, new every 30 seconds.")
    if is_recovery:
        label, hint = _("Recovery code"), _("Ten letters and digits, such as ACD34-EFG67. Each works once.")
        attrs["autocomplete"] = "off"
    else:
        attrs["inputmode"] = "numeric"
    return forms.CharField(label=label, help_text=hint, max_length=40, widget=forms.TextInput(attrs=attrs))


class CodeForm(forms.Form):
    """The step after the password."""

    code = code_field()

    def __init__(self, data: Any = None, *, is_recovery: bool = False) -> None:
        super().__init__(data)
        if is_recovery:
            self.fields["code"] = code_field(is_recovery=True)


class ProofForm(PresentPasswordForm):
    """Password and a code of the app that is set up, or a recovery code."""

    code = code_field()
    field_order = ("present", "code")

    def __init__(self, person: Person, data: Any = None) -> None:
        super().__init__(person, data)
        self.fields["code"].label = _("Code of your app, or a recovery code")
        self.fields["code"].help_text = ""
        self.fields["code"].widget.attrs.pop("inputmode")


class SetupForm(PresentPasswordForm):
    """The first code of a new app, with the password; whoever has an app already also proves that one."""

    code = code_field()
    old_code = code_field()
    field_order = ("code", "old_code", "present")

    def __init__(self, person: Person, data: Any = None, *, secret: str, is_change: bool) -> None:
        self.secret = secret
        super().__init__(person, data)
        self.fields["code"].label = _("The code that the app shows now")
        if not is_change:
            del self.fields["old_code"]
            return
        self.fields["old_code"].label = _("A code of your app until now, or a recovery code")
        self.fields["old_code"].help_text = ""
        self.fields["old_code"].widget.attrs.pop("inputmode")

    def clean_code(self) -> str:
        """The digits alone; looked at before the old code, which would be used up."""
        code = plain(self.cleaned_data["code"])
        if matching_step(self.secret, code, at=now()) is None:
            raise forms.ValidationError(NOT_OF_THIS_APP)
        return code
