"""Forms of programmes: filters, words, plan, steps, reports. Rules are asked of the actions; here is the
shape of input.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rembuk.access import permissions as izin
from rembuk.access import rights
from rembuk.accounts.models import Person
from rembuk.common.clock import local_date
from rembuk.common.errors import Invalid
from rembuk.programs.choices import DocumentClass
from rembuk.programs.kinds import name_of, templates
from rembuk.programs.models import Phase, PhaseTemplate, Program
from rembuk.programs.plan.days import day_fault
from rembuk.programs.plan.overlap import Span, overlapping
from rembuk.programs.states import PhaseState
from rembuk.regions.models import Region
from rembuk.taxonomy.models import Category
from rembuk.taxonomy.selectors import choosable
from rembuk.web.desk.unit_field import UnitChoice
from rembuk.web.programs.editing.fields import RegionField
from rembuk.web.programs.filters import years

DEEP = "\u2003"


def show_refusal(form: forms.Form, refusal: Invalid) -> None:
    """Put an action's refusal where the person can mend it."""
    known = {name: texts for name, texts in refusal.fields.items() if name in form.fields}
    for name, texts in known.items():
        form.add_error(name, [str(text) for text in texts])
    if not known:
        form.add_error(None, str(refusal.message))


class DayField(forms.DateField):
    """A day, typed or picked, in the years that can be meant."""

    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})

    def validate(self, value: Any) -> None:
        """A mistyped year is told here."""
        super().validate(value)
        if fault := day_fault(value):
            raise forms.ValidationError(fault)


class TreeField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A tree as one list, deeper nodes set in."""

    def label_from_instance(self, obj: Any) -> str:
        """The node's word behind its depth."""
        name = obj.label if isinstance(obj, Category) else obj.name
        return f"{DEEP * (obj.path.count('.') - 1)}{name}"


class ProgramForm(forms.Form):
    """The words of a programme. ``unit`` offers those in which she may make one."""

    title = forms.CharField(
        label=_("Title"), min_length=10, max_length=200, help_text=_("What will be done, and where.")
    )
    summary = forms.CharField(
        label=_("In plain words"),
        min_length=30,
        max_length=500,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Two or three sentences that everybody understands. They stand first on the page."),
    )
    body = forms.CharField(
        label=_("Full description"),
        max_length=20_000,
        required=False,
        widget=forms.Textarea({"rows": 8}),
        help_text=_("Headings with ##, lists with -, bold with **."),
    )
    unit = UnitChoice(label=_("Responsible work unit"))
    category = TreeField(
        label=_("Category"),
        queryset=Category.objects.none(),
        to_field_name="slug",
        required=False,
        empty_label=_("Without a category"),
    )
    year = forms.TypedChoiceField(label=_("Year"), coerce=int)
    region = RegionField(
        label=_("Village, urban village or subdistrict"),
        help_text=_("Type the name; if several are called so, you can choose."),
    )
    place = forms.CharField(label=_("Place in your own words"), max_length=300, required=False)

    def __init__(self, *args: Any, by: Person, present: Category | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False
        fields: dict[str, Any] = self.fields
        fields["unit"].offer(rights.units_for(by, izin.PROGRAM_EDIT), izin.PROGRAM_EDIT)
        fields["category"].queryset = choosable(present)
        fields["year"].choices = years()

    @property
    def found_places(self) -> list[Region]:
        """Regions that are called as was typed, where there are several."""
        fields: dict[str, Any] = self.fields
        found: list[Region] = fields["region"].found
        return found


def words_of(program: Program) -> dict[str, Any]:
    """A programme's words as the form's values."""
    return {
        "title": program.title,
        "summary": program.summary,
        "body": program.body,
        "unit": program.unit,
        "category": program.category.slug if program.category else "",
        "year": str(program.year),
        "region": program.region.full_name if program.region else "",
        "place": program.place,
    }


class PlanForm(forms.Form):
    """First and last planned day of each phase; ``required`` where the plan is public."""

    def __init__(
        self,
        *args: Any,
        phases: Sequence[Phase] = (),
        kinds: Sequence[str] = (),
        required: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kinds = [(phase.position, phase.kind, phase.state) for phase in phases] or [
            (number, kind, PhaseState.UPCOMING) for number, kind in enumerate(kinds, 1)
        ]
        for number, _kind, state in self.kinds:
            is_fixed = required and state == PhaseState.DONE
            self.fields[f"start_{number}"] = DayField(label=_("Begins"), required=required, disabled=is_fixed)
            self.fields[f"end_{number}"] = DayField(label=_("Ends"), required=required, disabled=is_fixed)
        for phase in phases:
            self.initial.setdefault(f"start_{phase.position}", phase.planned_start_on)
            self.initial.setdefault(f"end_{phase.position}", phase.planned_end_on)

    def clean(self) -> dict[str, Any]:
        """A phase ends after it starts, and shares no day with another of its kind."""
        values: dict[str, Any] = super().clean() or self.cleaned_data
        for number, _kind, _state in self.kinds:
            start, end = values.get(f"start_{number}"), values.get(f"end_{number}")
            if end and (start is None or end < start):
                self.add_error(f"end_{number}", _("A phase can't end before it starts."))
        spans = [
            Span(n, kind, values.get(f"start_{n}"), values.get(f"end_{n}")) for n, kind, _state in self.kinds
        ]
        for one, other in overlapping(spans):
            words = _("Phases %(one)s and %(other)s are of one kind and can't overlap.")
            self.add_error(f"start_{other}", words % {"one": one, "other": other})
        return values

    @property
    def plan(self) -> dict[int, tuple[date | None, date | None]]:
        """Both days by the number of the phase; of phases that may still change."""
        values = self.cleaned_data
        return {
            number: (values.get(f"start_{number}"), values.get(f"end_{number}"))
            for number, _kind, _state in self.kinds
            if not self.fields[f"start_{number}"].disabled
        }

    @property
    def about(self) -> dict[str, str]:
        """What each field is about, where it stands outside of its row."""
        return {
            f"{name}_{number}": f"{number}. {name_of(kind)}"
            for number, kind, _state in self.kinds
            for name in ("start", "end")
        }

    @property
    def rows(self) -> list[dict[str, Any]]:
        """Each phase with its two fields, for the page."""
        return [
            {
                "name": name_of(kind),
                "number": number,
                "start": self[f"start_{number}"],
                "end": self[f"end_{number}"],
            }
            for number, kind, _state in self.kinds
        ]


class TemplateForm(forms.Form):
    """The template whose phases a new programme has; nothing to choose where there is only one."""

    template = forms.ChoiceField(label=_("Template of phases"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = templates()
        fields: dict[str, Any] = self.fields
        fields["template"].choices = [
            (row.code, f"{row.label}: {', '.join(phase.kind.label for phase in row.phases.all())}")
            for row in self.rows
        ]

    @property
    def chosen(self) -> PhaseTemplate | None:
        """The chosen one, else the default one."""
        code = self.cleaned_data.get("template") if self.is_valid() else ""
        found = next((row for row in self.rows if row.code == code), None)
        return found or next(iter(self.rows), None)


class ReasonForm(forms.Form):
    """The public reason of a step."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=1000,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("Public, at least 20 characters. Those who follow the work programme are told."),
    )


class RemovalForm(forms.Form):
    """Why a document is taken away; kept in the trail."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("At least 20 characters. It is kept in the audit trail."),
    )


class DayForm(forms.Form):
    """On which day a phase really began or ended."""

    on = DayField(label=_("On which day?"), help_text=_("The real day, today or before."))

    def __init__(self, data: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        super().__init__(data, **{"initial": {"on": local_date()}, **kwargs})


class PublishForm(forms.Form):
    """Publication, and whether planning begins with it."""

    start_planning = forms.BooleanField(
        label=_("The phase of planning begins today"), required=False, initial=True
    )


class DocumentForm(forms.Form):
    """A document with its class after UU 14/2008."""

    title = forms.CharField(label=_("Title of the document"), max_length=200)
    file = forms.FileField(label=_("File"), help_text=_("PDF, JPEG, PNG or WebP, at most 10 MB."))
    access_class = forms.ChoiceField(
        label=_("Class of information"),
        choices=[
            (DocumentClass.OPEN, _("Open: everybody can read it")),
            (DocumentClass.EXCLUDED, _("Excluded: staff only, on no page, in no search, in no export")),
        ],
        initial=DocumentClass.OPEN,
        widget=forms.RadioSelect,
    )
    phase = forms.TypedChoiceField(
        label=_("Belongs to"),
        coerce=int,
        empty_value=None,
        required=False,
    )

    def __init__(self, *args: Any, phases: Sequence[Phase], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["phase"].choices = [
            ("", _("The whole work programme")),
            *[(str(row.position), name_of(row.kind)) for row in phases],
        ]
