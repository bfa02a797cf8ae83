"""The forms of a work unit, and the search in the tree."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rembuk.management.facts import UnitFacts
from rembuk.web.desk.unit_field import UnitField
from rembuk.web.management.fields import ManagedForm, ReasonForm, RegionField
from rembuk.workunits.models import WorkUnit

_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_BELOW = [(value, label) for value, label in WorkUnit.Kind.choices if value != WorkUnit.Kind.INSTANSI]


class UnitForm(ManagedForm):
    """What is said of a unit; its place is changed on a page of its own."""

    sections = (
        (_("Name"), ("code", "name", "short_name", "kind", "region")),
        (_("How to reach it"), ("email", "phone", "address")),
    )

    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        help_text=_(
            "As in official lists, for example 1.03.01. Letters, digits, dot, hyphen and underscore."
        ),
    )
    name = forms.CharField(label=_("Name in full"), max_length=200)
    short_name = forms.CharField(label=_("Short name"), max_length=60, required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=_BELOW)
    region = RegionField(
        label=_("Region"),
        required=False,
        help_text=_(
            "Its code, or a name that only one region has. Holidays of the region then count for the unit."
        ),
    )
    email = forms.EmailField(label=_("Email"), required=False, max_length=254)
    phone = forms.CharField(label=_("Telephone"), required=False, max_length=30)
    address = forms.CharField(label=_("Address"), required=False, max_length=300)

    def __init__(self, *args: Any, unit: WorkUnit | None = None, **kwargs: Any) -> None:
        super().__init__(*args, initial=_initial(unit), **kwargs)
        if unit is not None and unit.kind == WorkUnit.Kind.INSTANSI:
            self.field("kind").choices = [(unit.kind, unit.get_kind_display())]

    def clean_code(self) -> str:
        """A code that stands in addresses as it is."""
        code = str(self.cleaned_data["code"])
        if not _CODE.fullmatch(code):
            raise forms.ValidationError(_("Use letters, digits, dot, hyphen and underscore only."))
        return code

    def facts(self) -> UnitFacts:
        """What was entered."""
        return UnitFacts(**self.cleaned_data)


class MoveForm(ReasonForm):
    """Where to, and why."""

    field_order = ("parent", "reason")
    parent = UnitField(label=_("New place: below which work unit"))


class UnitSearch(ManagedForm):
    """Words of a name or the beginning of a code, kind, and whether retired ones are shown."""

    q = forms.CharField(label=_("Name or code"), required=False, max_length=100)
    jenis = forms.ChoiceField(label=_("Kind"), required=False)
    nonaktif = forms.BooleanField(label=_("Show retired ones too"), required=False)
    hide_optional = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.field("jenis").choices = [("", _("All kinds")), *WorkUnit.Kind.choices]


def _initial(unit: WorkUnit | None) -> dict[str, Any]:
    if unit is None:
        return {"kind": WorkUnit.Kind.AGENCY}
    names = ("code", "name", "short_name", "kind", "region", "email", "phone", "address")
    return {name: getattr(unit, name) for name in names}
