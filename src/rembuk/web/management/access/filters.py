"""The filters of the list of grants, and what they find."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from rembuk.access.models import Grant, Role, Standing
from rembuk.accounts.models import Person
from rembuk.management.granting import selectors
from rembuk.management.selectors import grants_by_time, managed_grants
from rembuk.web.desk.unit_field import UnitField
from rembuk.web.management.fields import ManagedForm

TIMES = (
    ("", _("In force")),
    ("berakhir", _("Ending within 30 days")),
    ("mendatang", _("Still to come")),
    ("lewat", _("Ended")),
)
STANDINGS = (("", _("All")), (selectors.OWN_POST, _("Own post")), *Standing.choices)


class GrantFilter(ManagedForm):
    """Person, role, unit with all below it, time, how the task is held, and who gave it."""

    q = forms.CharField(
        label=_("Name or email address"), required=False, max_length=150, widget=forms.SearchInput
    )
    waktu = forms.ChoiceField(label=_("Time"), choices=TIMES, required=False)
    peran = forms.ChoiceField(label=_("Role"), required=False)
    satuan = UnitField(label=_("Work unit and all below it"), required=False, help_text="")
    jenis = forms.ChoiceField(label=_("How it is held"), choices=STANDINGS, required=False)
    oleh = forms.CharField(label=_("Given by"), required=False, max_length=150)
    hide_optional = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = Role.objects.exclude(permissions=[])
        self.field("peran").choices = [("", _("All roles")), *((role.slug, role.label) for role in roles)]

    def found(self, by: Person) -> QuerySet[Grant]:
        """What they find among the grants this person manages; nothing where a filter makes no sense."""
        grants = managed_grants(by)
        if not self.is_valid():
            return grants.none()
        wanted = self.cleaned_data
        grants = grants.filter(grants_by_time(wanted["waktu"] or "berlaku"))
        if wanted["q"]:
            grants = grants.filter(selectors.of_people(wanted["q"]))
        if wanted["peran"]:
            grants = grants.filter(role__slug=wanted["peran"])
        if wanted["satuan"]:
            grants = grants.filter(unit__path__startswith=wanted["satuan"].path)
        if wanted["jenis"]:
            grants = grants.filter(selectors.of_standing(wanted["jenis"]))
        if wanted["oleh"]:
            grants = grants.filter(selectors.given_by(wanted["oleh"]))
        return grants

    def asked(self) -> dict[str, str]:
        """The filters in force as they were sent."""
        return {name: str(self.data[name]) for name in self.fields if self.data.get(name)}
