"""The one page on which a consultation is made or edited. Rules are asked of the actions; here is the shape of input."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rembuk.access import permissions as izin
from rembuk.access import rights
from rembuk.accounts.models import Person
from rembuk.common import clock
from rembuk.common.errors import NotVisible
from rembuk.consultations import doors
from rembuk.consultations.actions.making.changes import SCHEDULE, Contents, contents_of
from rembuk.consultations.choices import Audience, Kind, Moment, Zone
from rembuk.consultations.models import Consultation
from rembuk.consultations.schedule import has_opened
from rembuk.consultations.states import State
from rembuk.programs import doors as programs
from rembuk.programs.choices import Nature
from rembuk.programs.kinds import kind_of
from rembuk.programs.models import Phase, Program
from rembuk.siteconfig.selectors import current
from rembuk.taxonomy.models import Category
from rembuk.taxonomy.selectors import choosable
from rembuk.web.consultations.making.fields import LocalMomentField, OrganisationsField, written
from rembuk.web.desk.place_field import PlaceField
from rembuk.web.desk.unit_field import UnitChoice
from rembuk.web.programs.steering.forms import TreeField
from rembuk.workunits.models import WorkUnit

# Fields that lie folded away: nobody needs them to begin.
FOLDED = ("category", "region", "has_overall_stance", "needs_second_person", "answer_days", "previous")
# As the public page says it.
MOMENTS = ((Moment.AT_ONCE, _("From the opening on")), (Moment.AFTER_CLOSING, _("After closing")))
_OPENS_IN, _OPEN_FOR = timedelta(days=7), timedelta(days=14)


class ConsultationForm(forms.Form):
    """Words, schedule and settings. ``consultation`` is the one that is edited; what is fixed is shown and not taken."""

    title = forms.CharField(label=_("Title"), min_length=10, max_length=200)
    kind = forms.ChoiceField(label=_("What is it?"), choices=Kind.choices)
    unit = UnitChoice(label=_("Responsible work unit"))
    contact = forms.CharField(
        label=_("Whom people can ask"),
        max_length=300,
        help_text=_("A name or office with telephone or email. It stands on the page."),
    )
    summary = forms.CharField(
        label=_("In plain words"),
        min_length=30,
        max_length=1500,
        widget=forms.Textarea({"rows": 4}),
        help_text=_(
            "What is planned, whom it concerns, and what you want to know. A few sentences everybody understands."
        ),
    )
    body = forms.CharField(
        label=_("Full description"),
        max_length=50_000,
        required=False,
        widget=forms.Textarea({"rows": 8}),
        help_text=_("Headings with ##, lists with -, bold with **."),
    )
    zone = forms.ChoiceField(label=_("Time zone"), choices=Zone.choices)
    opens_at = LocalMomentField(label=_("Opens"), required=False)
    closes_at = LocalMomentField(label=_("Closes"), required=False)
    audience = forms.ChoiceField(
        label=_("Who may answer?"), choices=Audience.choices, widget=forms.RadioSelect
    )
    invited = OrganisationsField(
        label=_("Named organisations"),
        max_length=30_000,
        required=False,
        widget=forms.Textarea({"rows": 4}),
        help_text=_(
            "One a line: the name, a comma, the email address its member signs in with. Only names are public."
        ),
    )
    submissions_shown = forms.ChoiceField(
        label=_("When are names and submissions shown?"), choices=MOMENTS, widget=forms.RadioSelect
    )
    totals_shown = forms.ChoiceField(
        label=_("When are figures shown?"),
        choices=MOMENTS,
        widget=forms.RadioSelect,
        help_text=_("Those per clause too."),
    )
    category = TreeField(
        label=_("Category"),
        queryset=Category.objects.none(),
        to_field_name="slug",
        required=False,
        empty_label=_("Without a category"),
    )
    region = PlaceField(
        label=_("Village, urban village or subdistrict"),
        max_length=150,
        required=False,
        help_text=_("Where it concerns one place alone."),
    )
    has_overall_stance = forms.BooleanField(
        label=_("Ask for an overall stance with a reason"), required=False
    )
    needs_second_person = forms.BooleanField(
        label=_("A second person approves each answer before it is published"), required=False
    )
    answer_days = forms.IntegerField(
        label=_("Working days for the answers"),
        min_value=5,
        max_value=250,
        help_text=_("Counted from closing. The deadline is public."),
    )
    previous = forms.CharField(
        label=_("Earlier consultation on the same matter"),
        max_length=20,
        required=False,
        help_text=_("Its code, such as UJP-2026-0003. Both pages link to each other."),
    )

    def __init__(
        self, *args: Any, by: Person, consultation: Consultation | None = None, **kwargs: Any
    ) -> None:
        kwargs["initial"] = {**_begin(consultation), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False
        self.by, self.consultation = by, consultation
        fields: dict[str, Any] = self.fields
        units = rights.units_for(by, izin.CONSULTATION_EDIT)
        if consultation is not None:
            units = units | WorkUnit.objects.filter(pk=consultation.unit_id)
        fields["unit"].offer(units, izin.CONSULTATION_EDIT)
        fields["category"].queryset = choosable(consultation.category if consultation else None)
        self.fixed = _fixed(consultation)
        for name in self.fixed:
            fields[name].disabled = True

    def clean_previous(self) -> Consultation | None:
        """The consultation with this code, one she may read and another than this."""
        code = self.cleaned_data["previous"].strip()
        if not code:
            return None
        try:
            found = doors.for_reader(code, self.by)
        except NotVisible:
            raise forms.ValidationError(_("There is no consultation with this code.")) from None
        if self.consultation is not None and found.pk == self.consultation.pk:
            raise forms.ValidationError(_("This is the consultation itself."))
        return found

    def clean(self) -> dict[str, Any]:
        """The instants in their zone; a named audience has names."""
        values: dict[str, Any] = super().clean() or self.cleaned_data
        zone = clock.zone_named(values.get("zone") or Zone.WIB)
        for name in ("opens_at", "closes_at"):
            if isinstance(values.get(name), datetime):
                values[name] = values[name].replace(tzinfo=zone)
        if values.get("audience") == Audience.ORGANISATIONS and values.get("invited") == ():
            self.add_error("invited", _("Name at least one organisation."))
        return values

    @property
    def contents(self) -> Contents:
        """What was entered, for the action; what is fixed as it is stored, to the microsecond."""
        names = Contents.__dataclass_fields__
        entered = Contents(**{name: value for name, value in self.cleaned_data.items() if name in names})
        if self.consultation is None:
            return entered
        stored = contents_of(self.consultation)
        return replace(entered, **{name: getattr(stored, name) for name in self.fixed})

    @property
    def has_folded_errors(self) -> bool:
        """Whether a folded field holds a fault, so that the fold must stand open."""
        return any(name in self.errors for name in FOLDED)


class NewForm(ConsultationForm):
    """A new one: beside the words a document, and the programme it is about."""

    file = forms.FileField(
        label=_("Document"),
        required=False,
        help_text=_(
            "The draft, a study, a map: PDF, JPEG, PNG or WebP, at most 10 MB. More can be added later."
        ),
    )
    program = forms.CharField(
        label=_("Work programme it is about"),
        max_length=20,
        required=False,
        help_text=_("Its code, such as PRG-2026-0012. Both pages link to each other."),
    )
    phase = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    def clean_program(self) -> Program | None:
        """The programme with this code that she may read."""
        return program_called(self.cleaned_data["program"], self.by)

    @property
    def chosen_phase(self) -> Phase | None:
        """The phase of the programme she came from."""
        program, number = self.cleaned_data.get("program"), self.cleaned_data.get("phase")
        return program.phases.filter(position=number).first() if program and number else None

    @property
    def has_folded_errors(self) -> bool:
        """Whether a folded field holds a fault, or the programme is chosen already."""
        return "program" in self.errors or super().has_folded_errors


def program_called(code: str, by: Person) -> Program | None:
    """The programme with this code that she may read; ``None`` for an empty field.

    Raises:
        ValidationError: when there is none.
    """
    if not code.strip():
        return None
    try:
        return programs.for_reader(code.strip(), by)
    except NotVisible:
        raise forms.ValidationError(_("There is no work programme with this code.")) from None


def offered(query: Mapping[str, str], by: Person) -> dict[str, Any]:
    """What the page of a programme (``?program=`` and ``?fase=``) gives a new consultation to begin with."""
    try:
        program = program_called(query.get("program", "")[:20], by)
    except forms.ValidationError:
        return {}
    if program is None:
        return {}
    number = query.get("fase", "")
    phase = program.phases.filter(position=number).first() if number.isdecimal() and len(number) < 4 else None
    is_evaluation = phase is not None and kind_of(phase.kind).nature == Nature.EVALUATION
    return {
        "program": program.code,
        "phase": phase.position if phase else None,
        "kind": Kind.EVALUATION if is_evaluation else Kind.PLAN,
        "unit": program.unit,
        "category": program.category.slug if program.category else "",
    }


def _begin(consultation: Consultation | None) -> dict[str, Any]:
    """What the form shows first: of a new one the defaults of the instansi and a fortnight from next week."""
    if consultation is not None:
        return _values(consultation)
    site = current()
    opens = (clock.now().astimezone(site.tz) + _OPENS_IN).replace(hour=8, minute=0, tzinfo=None)
    return {
        "zone": site.zone,
        "opens_at": opens,
        "closes_at": (opens + _OPEN_FOR).replace(hour=16),
        "audience": Audience.MEMBERS,
        "submissions_shown": Moment.AT_ONCE,
        "totals_shown": Moment.AT_ONCE,
        "has_overall_stance": True,
        "needs_second_person": site.matrix_second_person,
        "answer_days": site.matrix_days,
        "contact": site.contact_email,
    }


def _values(consultation: Consultation) -> dict[str, Any]:
    contents = contents_of(consultation)
    values = {name: getattr(contents, name) for name in Contents.__dataclass_fields__}
    values["category"] = contents.category.slug if contents.category else ""
    values["region"] = contents.region.full_name if contents.region else ""
    values["previous"] = contents.previous.code if contents.previous else ""
    values["invited"] = written(contents.invited)
    for name in ("opens_at", "closes_at"):
        moment = values[name]
        values[name] = moment.astimezone(contents.tz).replace(tzinfo=None) if moment else None
    return values


def _fixed(consultation: Consultation | None) -> frozenset[str]:
    """Fields that stand fast now: the schedule once announced, the settings once open."""
    if consultation is None or consultation.state == State.DRAFT:
        return frozenset()
    if has_opened(consultation, clock.now()):
        return frozenset({*Consultation.FIXED, "closes_at", "invited"})
    return frozenset(SCHEDULE)
