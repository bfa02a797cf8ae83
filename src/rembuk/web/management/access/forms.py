"""The forms of grants: terms, giving one, filters of the list."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rembuk.access.models import Role
from rembuk.accounts.models import Person
from rembuk.accounts.selectors import holder_of
from rembuk.common.clock import local_date
from rembuk.management.facts import GrantFacts
from rembuk.management.selectors import grantable_roles
from rembuk.siteconfig.selectors import current
from rembuk.web.desk.unit_field import UnitField
from rembuk.web.management.fields import ManagedForm, day_field, first_instant, last_instant

TIMES = (
    ("", _("In force")),
    ("berakhir", _("Ending within 30 days")),
    ("mendatang", _("Still to come")),
    ("lewat", _("Ended")),
)


class GrantTermsForm(ManagedForm):
    """Which role, where, from when, until when, and why."""

    role = forms.ModelChoiceField(
        Role.objects.none(), label=_("Role"), to_field_name="slug", empty_label=_("Choose a role")
    )
    unit = UnitField(label=_("Work unit"))
    since = day_field(_("First day"), help_text=_("Empty: from now on."))
    until = day_field(_("Last day"), help_text=_("Empty: until somebody ends it."))
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        help_text=_("For example the number of the letter of appointment. Kept in the audit trail."),
    )

    def __init__(self, *args: Any, by: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = [role.pk for role in grantable_roles(by)]
        self.field("role").queryset = Role.objects.filter(pk__in=mine)

    def clean_since(self) -> Any:
        """Not before today: nobody is given a right in hindsight."""
        day = self.cleaned_data["since"]
        if day and day < local_date(zone=current().tz):
            raise forms.ValidationError(_("The first day can't lie in the past."))
        return day

    def facts(self) -> GrantFacts:
        """What was entered; today means now."""
        given = self.cleaned_data
        since, until = given.get("since"), given.get("until")
        is_now = since is None or since == local_date(zone=current().tz)
        return GrantFacts(
            role=given["role"],
            unit=given["unit"],
            reason=given["reason"],
            starts_at=None if is_now or since is None else first_instant(since),
            ends_at=last_instant(until) if until else None,
        )


class GiveGrantForm(GrantTermsForm):
    """Terms, and to whom by email address."""

    field_order = ("email", "role", "unit", "since", "until", "reason")
    email = forms.EmailField(label=_("Email address of the person"), max_length=254)

    person: Person

    def clean_email(self) -> str:
        """An address that has an account."""
        found = holder_of(self.cleaned_data["email"])
        if found is None:
            raise forms.ValidationError(
                _("Nobody has an account with this address. Invite the person under Users.")
            )
        self.person = found
        return str(self.cleaned_data["email"])


class GrantFilter(ManagedForm):
    """Role, unit with all below it, and time."""

    waktu = forms.ChoiceField(label=_("Time"), choices=TIMES, required=False)
    peran = forms.ChoiceField(label=_("Role"), required=False)
    satuan = UnitField(label=_("Work unit and all below it"), required=False, help_text="")
    hide_optional = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = Role.objects.exclude(permissions=[])
        self.field("peran").choices = [("", _("All roles")), *((role.slug, role.label) for role in roles)]
