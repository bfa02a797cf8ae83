"""The forms of a work unit: what is said of it, its place, its end."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rembuk.access.models import Grant
from rembuk.management.facts import Succession, UnitFacts
from rembuk.management.units.records import CODE, RESERVED
from rembuk.web.desk.unit_field import UnitField
from rembuk.web.management.fields import ManagedForm, ReasonForm, RegionField, check_reserved
from rembuk.workunits.models import WorkUnit

BELOW = [(value, label) for value, label in WorkUnit.Kind.choices if value != WorkUnit.Kind.INSTANSI]


class UnitForm(ManagedForm):
    """What is said of a unit; its place is changed on a page of its own."""

    sections = (
        (_("Name"), ("code", "name", "short_name", "kind", "region")),
        (_("How to reach it"), ("email", "phone", "address")),
        (_("Who leads it"), ("head_title", "head_name")),
    )

    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        help_text=_(
            "As in official lists, for example 1.03.01. Letters, digits, dot, hyphen and underscore. Addresses with an "
            "earlier code lead on."
        ),
    )
    name = forms.CharField(label=_("Name in full"), max_length=200)
    short_name = forms.CharField(label=_("Short name"), max_length=60, required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=BELOW)
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
    head_title = forms.CharField(
        label=_("Title of the head"),
        required=False,
        max_length=120,
        help_text=_("The post, for example Kepala Dinas Kesehatan."),
    )
    head_name = forms.CharField(
        label=_("Name of the head"),
        required=False,
        max_length=120,
        help_text=_("Public, on the page of the work unit. No other member of staff is named there."),
    )

    def __init__(self, *args: Any, unit: WorkUnit | None = None, **kwargs: Any) -> None:
        super().__init__(*args, initial=_initial(unit), **kwargs)
        if unit is not None and unit.kind == WorkUnit.Kind.INSTANSI:
            self.field("kind").choices = [(unit.kind, unit.get_kind_display())]

    def clean_code(self) -> str:
        """A code that stands in addresses as it is."""
        code = str(self.cleaned_data["code"])
        if not CODE.fullmatch(code):
            raise forms.ValidationError(_("Use letters, digits, dot, hyphen and underscore only."))
        return check_reserved(code, RESERVED)

    def facts(self) -> UnitFacts:
        """What was entered."""
        return UnitFacts(**self.cleaned_data)


class MoveForm(ReasonForm):
    """Where to, and why; ``seen`` is the place whose effect on rights was shown."""

    field_order = ("parent", "reason")
    parent = UnitField(label=_("New place: below which work unit"))
    seen = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput())

    def shown_sections(self) -> list[dict[str, Any]]:
        """The two questions; what was seen is hidden."""
        return [{"title": "", "fields": [self["parent"], self["reason"]]}]

    @property
    def is_sure(self) -> bool:
        """Whether what is asked was shown before."""
        return bool(self.cleaned_data["seen"] == self.cleaned_data["parent"].code)


class RetireForm(ReasonForm):
    """Who carries on, whether units below go along, which roles go on, and why."""

    field_order = ("successor", "takes_children", "give_on", "reason")
    successor = UnitField(
        label=_("Successor: who carries on the work"),
        required=False,
        help_text=_(
            "Needed while anything is open. Type a part of the name and choose from the suggestions."
        ),
    )
    takes_children = forms.BooleanField(
        label=_("The work units below go along to the successor"), required=False
    )
    give_on = forms.MultipleChoiceField(
        label=_("Roles that go on in the successor"),
        required=False,
        help_text=_("Those not chosen end. You can only give on what you may give there."),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self, *args: Any, grants: list[Grant], children: int, is_loaded: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.field("successor").required = is_loaded
        self.field("reason").help_text = _(
            "Public: it stands in the history of everything that moves. Write no personal data."
        )
        self.field("give_on").choices = [(str(row.pk), _role_words(row)) for row in grants]
        if not grants:
            del self.fields["give_on"]
        if not children:
            del self.fields["takes_children"]

    def succession(self) -> Succession:
        """What was chosen."""
        kept = self.cleaned_data
        return Succession(
            successor=kept["successor"],
            takes_children=kept.get("takes_children", False),
            give_on=frozenset(int(key) for key in kept.get("give_on", ())),
        )


class ManyMoveForm(MoveForm):
    """One new place for several."""


class ManyRetireForm(ReasonForm):
    """Several end, with the same successor where anything is open."""

    field_order = ("successor", "reason")
    successor = UnitField(label=_("Successor: who carries on the work"), required=False)


class ManyKindForm(ReasonForm):
    """One kind for several."""

    field_order = ("kind", "reason")
    kind = forms.ChoiceField(label=_("Kind"), choices=BELOW)


class ManyRegionForm(ReasonForm):
    """One region for several."""

    field_order = ("region", "reason")
    region = RegionField(label=_("Region"), help_text=_("Its code, or a name that only one region has."))


def _role_words(grant: Grant) -> str:
    return f"{grant.person.shown_name}: {grant.role.label}"


def _initial(unit: WorkUnit | None) -> dict[str, Any]:
    if unit is None:
        return {"kind": WorkUnit.Kind.AGENCY}
    names = (*UnitForm.base_fields,)
    return {name: getattr(unit, name) for name in names}
