"""The form of a proposal, as its author writes and changes it. Withdrawing, appealing, objecting: ``forms_own``.

It is lenient: whatever was typed can be kept as a draft. What is missing before sending is asked
of ``proposals.content``, so the form and the action mean the same.
"""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from rembuk.common.clock import local_date
from rembuk.common.errors import Words
from rembuk.common.money import read_rupiah, write_rupiah
from rembuk.proposals.choices import ParticipantKind
from rembuk.proposals.content import (
    BODY_LENGTH,
    MOST_RUPIAH,
    PLACE_LENGTH,
    TITLE_LENGTH,
    Content,
)
from rembuk.proposals.models import Proposal
from rembuk.regions.models import Region
from rembuk.taxonomy.models import Category
from rembuk.taxonomy.selectors import active_categories, choosable
from rembuk.web.proposals.writing.places import find_places
from rembuk.workunits.models import WorkUnit
from rembuk.workunits.selectors import active_units

YEARS_AHEAD = 5
_TARGETS = (WorkUnit.Kind.AGENCY, WorkUnit.Kind.DIVISION, WorkUnit.Kind.UPT, WorkUnit.Kind.SUBDISTRICT)
_CHOOSE = _("Choose one of the places below.")
_NO_PLACE = _("No place is called so. Check the spelling, or leave it empty and use your own words.")
FOLDED = (
    "target_unit",
    "estimate",
    "beneficiaries",
    "participant_kind",
    "participant_name",
    "planning_year",
    "attachment",
    "is_name_masked",
)


class CategoryField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """The tree of categories as one list, deeper ones set in."""

    def label_from_instance(self, obj: Category) -> str:
        return f"{_set_in(obj.path)}{obj.label}"


class UnitField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """The tree of work units as one list, deeper ones set in."""

    def label_from_instance(self, obj: WorkUnit) -> str:
        return f"{_set_in(obj.path)}{obj.name}"


def _set_in(path: str) -> str:
    return "\u2003" * (path.count(".") - 1)


class ManyFiles(forms.FileInput):
    """A file field that takes several at once."""

    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> "list[UploadedFile[Any]]":
        return files.getlist(name) if hasattr(files, "getlist") else []


class FilesField(forms.FileField):
    """Several files, each still unchecked; the action checks them one by one."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> "list[UploadedFile[Any]]":
        return [file for file in data or () if file]


class ProposalForm(forms.Form):
    """Four questions, and what is folded below them."""

    title = forms.CharField(
        label=_("Title of your proposal"),
        max_length=TITLE_LENGTH[1],
        help_text=_("Say what and where in one sentence, with 10 to 150 characters."),
    )
    body = forms.CharField(
        label=_("What do you propose, and why?"),
        max_length=BODY_LENGTH[1],
        widget=forms.Textarea({"rows": 10}),
        help_text=_("How is it now, who is affected, and what would help? At least 30 characters."),
    )
    category = CategoryField(
        label=_("Category"),
        queryset=Category.objects.none(),
        to_field_name="slug",
        empty_label=_("Choose the one that fits best"),
    )
    region_q = forms.CharField(
        label=_("Village, urban village or subdistrict"),
        help_text=_("Type the name, search, and choose it from the list."),
    )
    region = forms.CharField(required=False, max_length=13)
    place = forms.CharField(
        label=_("Place in your own words"),
        max_length=PLACE_LENGTH,
        required=False,
        help_text=_("Street, hamlet, RT/RW, or a landmark nearby."),
    )
    target_unit = UnitField(
        label=_("Meant for which office?"),
        queryset=WorkUnit.objects.none(),
        to_field_name="code",
        required=False,
        empty_label=_("I don't know; let the moderator decide"),
    )
    estimate = forms.CharField(
        label=_("Estimated cost in rupiah"),
        max_length=40,
        required=False,
        help_text=_("For example 150 juta or 150.000.000."),
    )
    beneficiaries = forms.CharField(label=_("Who benefits?"), max_length=300, required=False)
    participant_kind = forms.ChoiceField(
        label=_("You propose as"),
        choices=ParticipantKind.choices,
        initial=ParticipantKind.PERSON,
        widget=forms.RadioSelect,
        required=False,
    )
    participant_name = forms.CharField(
        label=_("Name of the group or organisation"), max_length=120, required=False
    )
    planning_year = forms.TypedChoiceField(
        label=_("For which planning year?"), coerce=int, empty_value=None, required=False
    )
    attachment = FilesField(
        label=_("Attachments"),
        widget=ManyFiles({"accept": ".pdf,.jpg,.jpeg,.png,.webp"}),
        required=False,
        help_text=_("Up to five files: PDF, JPEG, PNG or WebP, 10 MB each. Position data is removed."),
    )
    is_name_masked = forms.BooleanField(
        label=_("Hide my name from the public"),
        required=False,
        help_text=_("Officers in charge can still see it, and each time is recorded."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False
        self._field("category").queryset = active_categories()
        self._field("target_unit").queryset = active_units().filter(kind__in=_TARGETS)
        year = local_date().year
        years = [(str(n), str(n)) for n in range(year, year + YEARS_AHEAD + 1)]
        self._field("planning_year").choices = [("", _("Not decided")), *years]
        self.chosen_region: Region | None = None

    def _field(self, name: str) -> Any:
        return self.fields[name]

    def offer(self, present: Category | None) -> None:
        """Offer the category the proposal stands in as well, though it may be retired."""
        self._field("category").queryset = choosable(present)

    @classmethod
    def of(cls, proposal: Proposal, *, asked: str = "") -> "ProposalForm":
        """The form as it stands in a proposal; ``asked`` is a name of a place to look up."""
        values = answers_of(proposal)
        form = cls(initial={**values, "region_q": asked or values["region_q"]})
        form.chosen_region = proposal.region
        form.offer(proposal.category)
        return form

    @classmethod
    def faulty(cls, proposal: Proposal, problems: Mapping[str, list[Words]]) -> "ProposalForm":
        """The form as it stands in a proposal, with what is missing."""
        form = cls(answers_of(proposal))
        form.offer(proposal.category)
        form.full_clean()
        form.add_problems(problems)
        return form

    def full_clean(self) -> None:
        """Drop what is only missing: a draft may be incomplete."""
        super().full_clean()
        for name in list(self.errors if self.is_bound else ()):
            if {error.code for error in self.errors[name].as_data()} == {"required"}:
                del self.errors[name]

    def clean_region(self) -> Region | None:
        """The region chosen, or the only one that is called as typed."""
        code, typed = self.cleaned_data.get("region"), self.cleaned_data.get("region_q", "")[:100]
        if code:
            self.chosen_region = Region.objects.filter(code=code).first()
        elif typed:
            found = find_places(typed)
            self.chosen_region = found[0] if len(found) == 1 else None
        return self.chosen_region

    def clean_estimate(self) -> int | None:
        """Whole rupiah."""
        text = self.cleaned_data.get("estimate", "").strip()
        if not text:
            return None
        try:
            amount = read_rupiah(text)
        except ValueError:
            raise forms.ValidationError(_("Write an amount such as 150 juta or 150.000.000.")) from None
        if amount > MOST_RUPIAH:
            raise forms.ValidationError(_("This amount is too large. Is there a zero too many?"))
        return amount

    def add_problems(self, problems: Mapping[str, list[Words]]) -> None:
        """Show what is missing, unless the field has another fault already."""
        found = {"region_q" if name == "region" else name: texts for name, texts in problems.items()}
        if self.cleaned_data.get("region_q") and self.chosen_region is None:
            found["region_q"] = [_CHOOSE if self.places else _NO_PLACE]
        for name, texts in found.items():
            if name not in self.errors:
                self.add_error(name, [str(text) for text in texts])

    def content(self) -> Content:
        """What was typed as far as it can be read; a faulty text is kept whole as long as a draft can hold it."""
        kept = self.cleaned_data
        return Content(
            title=kept.get("title", self.data.get("title", "")[:300]),
            body=kept.get("body", self.data.get("body", "")[: 2 * BODY_LENGTH[1]]),
            category=kept.get("category"),
            region=kept.get("region"),
            place=kept.get("place", ""),
            target_unit=kept.get("target_unit"),
            estimate=kept.get("estimate"),
            beneficiaries=kept.get("beneficiaries", ""),
            participant_kind=kept.get("participant_kind") or ParticipantKind.PERSON,
            participant_name=kept.get("participant_name", ""),
            planning_year=kept.get("planning_year"),
            is_name_masked=kept.get("is_name_masked", False),
        )

    @property
    def places(self) -> list[Region]:
        """What can be chosen below the search: the region chosen, then those called as typed."""
        typed = str(self["region_q"].value() or "")[:100]
        chosen = self.chosen_region
        found = find_places(typed) if typed and (chosen is None or chosen.full_name != typed) else []
        return [*([chosen] if chosen else []), *(place for place in found if place != chosen)]

    @property
    def has_folded_values(self) -> bool:
        """Whether the folded part holds an answer or a fault, so that it must stand open."""
        if any(name in self.errors for name in FOLDED if self.is_bound):
            return True
        values = {name: self[name].value() for name in FOLDED if name != "attachment"}
        if values["participant_kind"] == ParticipantKind.PERSON:
            values["participant_kind"] = ""
        return any(values.values())


def answers_of(proposal: Proposal) -> dict[str, Any]:
    """A proposal's fields as the form's values."""
    return {
        "title": proposal.title,
        "body": proposal.body,
        "category": proposal.category.slug if proposal.category else "",
        "region": proposal.region_id or "",
        "region_q": proposal.region.full_name if proposal.region else "",
        "place": proposal.place,
        "target_unit": proposal.target_unit.code if proposal.target_unit else "",
        "estimate": write_rupiah(proposal.estimate) if proposal.estimate is not None else "",
        "beneficiaries": proposal.beneficiaries,
        "participant_kind": proposal.participant_kind,
        "participant_name": proposal.participant_name,
        "planning_year": str(proposal.planning_year or ""),
        "is_name_masked": proposal.is_name_masked,
    }


class ChangeForm(ProposalForm):
    """The same for a public proposal, with the sentence everybody reads beside the difference."""

    reason = forms.CharField(
        label=_("What did you change, and why?"),
        max_length=300,
        required=False,
        help_text=_("One sentence. Everybody sees it beside the difference, and supporters are told."),
    )
