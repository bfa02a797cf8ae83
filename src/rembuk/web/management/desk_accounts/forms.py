"""The forms of a desk: search, a new account, a new code."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rembuk.access import permissions as izin
from rembuk.access import rights
from rembuk.accounts.models import Person
from rembuk.management.actions.desk_accounts import Visitor
from rembuk.management.desk import rules
from rembuk.management.desk.selectors import ALL, ENDED, IN_USE, WAITING
from rembuk.siteconfig.selectors import privacy_version
from rembuk.web.accounts.forms_entrance import clean_name
from rembuk.web.desk.unit_field import UnitField, written
from rembuk.web.management.fields import ManagedForm, ReasonForm
from rembuk.workunits.models import WorkUnit

STATES = (
    (ALL, _("All")),
    (WAITING, _("Not here yet")),
    (ENDED, _("Code has ended")),
    (IN_USE, _("In use")),
)
_IDENTITY = _("I have seen an identity document, and it is of the person who stands here")
_IDENTITY_MISSING = _("Nobody gets an account or a code without showing who they are.")


class AccountSearch(ManagedForm):
    """Name or sign-in name, and how far the account is."""

    q = forms.CharField(required=False, max_length=150)
    keadaan = forms.ChoiceField(choices=STATES, required=False)


class OpenForm(ManagedForm):
    """Who stands at the desk, and what was shown and signed there."""

    sections = (
        (_("Person"), ("name", "is_namesake", "language", "unit")),
        (_("At the desk"), ("identity", "adult", "privacy")),
    )

    name = forms.CharField(
        label=_("Name in full"), help_text=_("As on the identity document."), min_length=2, max_length=120
    )
    is_namesake = forms.BooleanField(label=_("This is another person of the same name"), required=False)
    language = forms.ChoiceField(
        label=_("Language of the slip and of the pages"),
        choices=Person.Language.choices,
        initial=Person.Language.INDONESIAN,
    )
    unit = UnitField(label=_("Opened at"))
    identity = forms.BooleanField(label=_IDENTITY, error_messages={"required": _IDENTITY_MISSING})
    adult = forms.BooleanField(
        label=_("The person is 18 years old or older"),
        error_messages={"required": _("Accounts are for people of 18 years or older.")},
    )
    privacy = forms.BooleanField(
        error_messages={"required": _("Without the signed privacy notice no account is opened.")}
    )
    privacy_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, by: Person) -> None:
        self.by, self.version = by, privacy_version()
        office = rights.units_for(by, izin.ACCOUNT_OPEN).first()
        initial = {"privacy_version": self.version, "unit": written(office) if office else ""}
        super().__init__(data, initial=initial)
        self.fields["privacy"].label = gettext(
            "The person knows the privacy notice (version %(version)s) and has signed for it on paper"
        ) % {"version": self.version}

    def shown_sections(self) -> list[dict[str, Any]]:
        """The box for a namesake only where there is one."""
        parts = super().shown_sections()
        if not (self["is_namesake"].errors or self["is_namesake"].value()):
            parts[0]["fields"] = [field for field in parts[0]["fields"] if field.name != "is_namesake"]
        return parts

    def clean_name(self) -> str:
        """See ``clean_name``."""
        return clean_name(self.cleaned_data["name"])

    def clean_unit(self) -> WorkUnit:
        """One of the officer's own units."""
        unit: WorkUnit = self.cleaned_data["unit"]
        verdict = rules.may_open_account(self.by, unit)
        if not verdict.ok:
            raise forms.ValidationError(str(verdict))
        return unit

    def clean(self) -> dict[str, Any]:
        """The notice that was signed against the one in force."""
        data = super().clean() or {}
        if data.get("privacy") and data.get("privacy_version") != self.version:
            self.add_error(
                "privacy", _("The privacy notice was changed just now. Show the person the new version.")
            )
        return data

    def visitor(self) -> Visitor:
        """Whom the account is for."""
        given = self.cleaned_data
        names = ("name", "unit", "language", "is_namesake")
        return Visitor(**{name: given[name] for name in names}, privacy_version=self.version)


class NewCodeForm(ReasonForm):
    """Why, and that the person stands here."""

    field_order = ("identity", "reason")
    identity = forms.BooleanField(label=_IDENTITY, error_messages={"required": _IDENTITY_MISSING})
