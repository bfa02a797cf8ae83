"""What the list of people is asked for: search, filters, whom it shows, its order."""

from types import SimpleNamespace
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from rembuk.access.models import Role
from rembuk.management.people.directory import ORDERS, Group, Silence, State, Wanted
from rembuk.web.desk.unit_field import UnitField
from rembuk.web.lists import active_filters
from rembuk.web.management.fields import ManagedForm, day_field

_FIRST = next(iter(ORDERS))
# Whoever looks for one of these looks among everybody, unless told otherwise.
_AMONG_ALL = ("q", "keadaan", "diam", "dari", "sampai")
# Not shown as filters that can be taken away.
_NO_CHIPS = {"siapa", "urut"}


class PeopleFilter(ManagedForm):
    """Name, email or sign-in name; state, unit with all below it, role, last visit; order."""

    hide_optional = True

    q = forms.CharField(label=_("Search"), required=False, max_length=150, widget=forms.HiddenInput)
    siapa = forms.ChoiceField(choices=Group.choices, required=False, widget=forms.HiddenInput)
    keadaan = forms.ChoiceField(
        label=_("State"), choices=[("", _("Any state")), *State.choices], required=False
    )
    satuan = UnitField(label=_("Work unit and all below it"), required=False, help_text="")
    peran = forms.ChoiceField(label=_("Role"), required=False)
    diam = forms.ChoiceField(
        label=_("Last here"), choices=[("", _("Whenever")), *Silence.choices], required=False
    )
    dari = day_field(_("Last here from"))
    sampai = day_field(_("Last here until"))
    urut = forms.ChoiceField(
        label=_("Order"), choices=[(key, label) for key, (label, _order) in ORDERS.items()], required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = Role.objects.exclude(permissions=[])
        self.field("peran").choices = [("", _("All roles")), *((role.slug, role.label) for role in roles)]

    @property
    def order(self) -> str:
        """A key of ``ORDERS``."""
        return str(getattr(self, "cleaned_data", {}).get("urut") or _FIRST)

    @property
    def group(self) -> Group:
        """Staff, unless somebody looks for more."""
        given = getattr(self, "cleaned_data", {})
        is_wide = any(given.get(name) for name in _AMONG_ALL)
        return Group(given.get("siapa") or (Group.EVERYBODY if is_wide else Group.STAFF))

    def wanted(self) -> Wanted:
        """What was asked for; ask ``is_valid`` first."""
        given = self.cleaned_data
        return Wanted(
            words=given["q"],
            group=self.group,
            state=State(given["keadaan"]) if given["keadaan"] else None,
            unit=given["satuan"],
            role=given["peran"],
            silence=Silence(given["diam"]) if given["diam"] else None,
            since=given["dari"],
            until=given["sampai"],
        )

    def chips(self, request: HttpRequest) -> list[dict[str, str]]:
        """The filters in force, each with the way without it."""
        shown = {name: field for name, field in self.fields.items() if name not in _NO_CHIPS}
        return active_filters(request, SimpleNamespace(fields=shown))
