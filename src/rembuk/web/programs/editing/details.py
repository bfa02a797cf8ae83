"""What an office may add to a programme: nomenclature, office that carries it out, beneficiaries, further places."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rembuk.programs.actions.editing.places import MOST_PLACES, Spot, places_of
from rembuk.programs.choices import is_nomenclature
from rembuk.programs.models import Program
from rembuk.web.desk.unit_field import UnitChoice
from rembuk.web.programs.editing.fields import RegionField
from rembuk.workunits.selectors import active_units

BLANK = 3
"""How many empty places are offered behind those that are filled."""


class DetailsForm(forms.Form):
    """Everything that may stay empty. Places are numbered from 2: the first one stands with the words."""

    nomenclature = forms.CharField(
        label=_("Code of the nomenclature"),
        max_length=40,
        required=False,
        help_text=_(
            "Program, kegiatan or sub kegiatan after Permendagri 90/2019, such as 1.03.10, 1.03.10.2.01 or "
            "1.03.10.2.01.0005."
        ),
    )
    executing_unit = UnitChoice(
        label=_("Work unit that carries it out"),
        required=False,
        empty_label=_("The responsible work unit"),
    )
    beneficiaries = forms.CharField(
        label=_("Who benefits?"),
        max_length=300,
        required=False,
        help_text=_("Such as 1,200 families in three villages."),
    )
    is_public_service = forms.BooleanField(
        label=_("It is a public service"),
        required=False,
        help_text=_("Its ratings then follow the survey of Permen PANRB 14/2017 (SKM) with nine elements."),
    )

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, of: Program | None = None, **kwargs: Any
    ) -> None:
        spots = places_of(of) if of else ()
        initial = {**_values(of, spots), **kwargs.pop("initial", {})}
        super().__init__(data, initial=initial, **kwargs)
        self.use_required_attribute = False
        fields: dict[str, Any] = self.fields
        fields["executing_unit"].offer(active_units())
        self.numbers = _numbers({**initial, **dict(data or {})}, len(spots))
        for number in self.numbers:
            named = {"number": number}
            region = _("Place %(number)s: village, urban village or subdistrict") % named
            words = _("Place %(number)s: in your own words") % named
            self.fields[f"region_{number}"] = RegionField(label=region)
            self.fields[f"place_{number}"] = forms.CharField(label=words, max_length=300, required=False)

    def clean_nomenclature(self) -> str:
        """A code as the regulation writes it."""
        code = str(self.cleaned_data["nomenclature"]).strip().rstrip(".")
        if code and not is_nomenclature(code):
            raise forms.ValidationError(
                _("A code of the nomenclature looks like 1.03.10, 1.03.10.2.01 or 1.03.10.2.01.0005.")
            )
        return code

    @property
    def values(self) -> dict[str, Any]:
        """What was entered, as ``Contents`` takes it."""
        typed = self.cleaned_data
        names = ("nomenclature", "executing_unit", "beneficiaries", "is_public_service")
        further = [Spot(typed[f"region_{number}"], typed[f"place_{number}"]) for number in self.numbers]
        return {**{name: typed[name] for name in names}, "further": further}

    @property
    def places(self) -> list[dict[str, Any]]:
        """Each further place with its two fields and the regions that are called as was typed."""
        fields: dict[str, Any] = self.fields
        return [
            {
                "number": number,
                "region": self[f"region_{number}"],
                "words": self[f"place_{number}"],
                "found": fields[f"region_{number}"].found,
            }
            for number in self.numbers
        ]

    @property
    def is_open(self) -> bool:
        """Whether the folded part holds something, or a fault, so that it must stand open."""
        return bool(self.errors) or any(bound.value() for bound in self)


def _values(program: Program | None, spots: tuple[Spot, ...]) -> dict[str, Any]:
    if program is None:
        return {}
    values: dict[str, Any] = {
        "nomenclature": program.nomenclature,
        "executing_unit": program.executing_unit,
        "beneficiaries": program.beneficiaries,
        "is_public_service": program.is_public_service,
    }
    for number, spot in enumerate(spots[1:], 2):
        values |= {
            f"region_{number}": spot.region.full_name if spot.region else "",
            f"place_{number}": spot.words,
        }
    return values


def _numbers(given: Mapping[str, Any], stored: int) -> range:
    """The numbers of the places offered: those stored or sent, and some empty ones."""
    sent = [number for number in range(2, MOST_PLACES + 1) if f"place_{number}" in given]
    last = max([*sent, min(max(stored, 1) + BLANK, MOST_PLACES)])
    return range(2, last + 1)
