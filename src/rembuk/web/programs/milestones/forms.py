"""The forms of milestones: what one is, on which day it really began, new days of all of them."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from rembuk.programs.actions.milestones.changing import MAX_WEIGHT, Days, MilestoneWords, day_name
from rembuk.programs.kinds import name_of
from rembuk.programs.models import Milestone, Phase
from rembuk.programs.states import MilestoneState
from rembuk.web.desk.unit_field import UnitChoice
from rembuk.web.programs.reading.words import points
from rembuk.web.programs.steering.forms import DayField
from rembuk.workunits.selectors import active_units

SETTLED = frozenset({MilestoneState.DONE, MilestoneState.DROPPED})


class WeightField(forms.DecimalField):
    """A number above 0 with at most two decimals, after a comma or a point."""

    widget = forms.TextInput({"inputmode": "decimal", "autocomplete": "off"})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            max_digits=9, decimal_places=2, min_value=Decimal("0.01"), max_value=MAX_WEIGHT, **kwargs
        )

    def prepare_value(self, value: Any) -> Any:
        """A stored weight as people write it; what was typed stays."""
        return points(value) if isinstance(value, Decimal) else value

    def to_python(self, value: Any) -> Any:
        """Both ways of writing decimals."""
        return super().to_python(value.replace(",", ".") if isinstance(value, str) else value)


class MilestoneForm(forms.Form):
    """A milestone as staff write it."""

    title = forms.CharField(
        label=_("What is reached?"),
        max_length=200,
        help_text=_("A result that everybody can see, not an activity."),
    )
    phase = forms.TypedChoiceField(label=_("Phase"), coerce=int)
    starts_on = DayField(label=_("Planned start"))
    ends_on = DayField(label=_("Planned end"))
    weight = WeightField(
        label=_("Weight"),
        help_text=_(
            "Relative to the others: with 2 it counts twice as much as one with 1. Shares add up to 100%."
        ),
    )
    office = UnitChoice(
        label=_("Office in charge"),
        required=False,
        empty_label=_("The responsible work unit"),
    )
    description = forms.CharField(
        label=_("Explanation"), max_length=2000, required=False, widget=forms.Textarea({"rows": 4})
    )

    def __init__(
        self, *args: Any, phases: Sequence[Phase], row: Milestone | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **{"initial": _values(phases, row), **kwargs})
        self.use_required_attribute = False
        self.phases = {phase.position: phase for phase in phases}
        fields: dict[str, Any] = self.fields
        fields["phase"].choices = [
            (str(row.position), f"{row.position}. {name_of(row.kind)}") for row in phases
        ]
        fields["office"].offer(active_units())

    def clean(self) -> dict[str, Any]:
        """It ends after it starts."""
        values: dict[str, Any] = super().clean() or self.cleaned_data
        start, end = values.get("starts_on"), values.get("ends_on")
        if start and end and end < start:
            self.add_error("ends_on", _("A milestone can't end before it starts."))
        return values

    @property
    def words(self) -> MilestoneWords:
        """What was entered."""
        return MilestoneWords(**{**self.cleaned_data, "phase": self.phases[self.cleaned_data["phase"]]})


class BegunForm(forms.Form):
    """On which day it really began."""

    on = DayField(label=_("On which day?"), help_text=_("The real day, today or before."))


class DatesForm(forms.Form):
    """New planned days of the milestones of a public plan; what is done or dropped is left out.

    Fields are named by milestone, not by place: places change while the form is open.
    """

    def __init__(self, *args: Any, rows: Sequence[Milestone], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = [row for row in rows if row.state not in SETTLED]
        for row in self.rows:
            for name, label, day in (
                ("start", _("Begins"), row.planned_start_on),
                ("end", _("Ends"), row.planned_end_on),
            ):
                self.fields[day_name(name, row)] = DayField(label=label, initial=day)

    def clean(self) -> dict[str, Any]:
        """Each ends after it starts."""
        values: dict[str, Any] = super().clean() or self.cleaned_data
        for row in self.rows:
            start, end = values.get(day_name("start", row)), values.get(day_name("end", row))
            if start and end and end < start:
                self.add_error(day_name("end", row), _("A milestone can't end before it starts."))
        return values

    @property
    def about(self) -> dict[str, str]:
        """The milestone of each field, where it stands outside of its row."""
        return {day_name(name, row): row.title for row in self.rows for name in ("start", "end")}

    @property
    def days(self) -> dict[UUID, Days]:
        """The days by milestone."""
        given = self.cleaned_data
        return {
            row.public_id: Days(given[day_name("start", row)], given[day_name("end", row)])
            for row in self.rows
        }

    def of_phase(self, phase: Phase) -> list[dict[str, Any]]:
        """The milestones of a phase with their two fields, for the page."""
        return [
            {"milestone": row, "start": self[day_name("start", row)], "end": self[day_name("end", row)]}
            for row in self.rows
            if row.phase_id == phase.pk
        ]


def _values(phases: Sequence[Phase], row: Milestone | None) -> dict[str, Any]:
    """What the form shows first: a milestone, or a new one in the leading phase that weighs 1."""
    if row is None:
        leading = next((phase.position for phase in phases if phase.is_leading), 1)
        return {"phase": leading, "weight": Decimal(1)}
    return {
        "title": row.title,
        "phase": row.phase.position,
        "starts_on": row.planned_start_on,
        "ends_on": row.planned_end_on,
        "weight": row.weight,
        "office": row.office,
        "description": row.description,
    }
