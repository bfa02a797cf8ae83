"""The form with which an officer enters a submission for somebody, and the filters of the staff list."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from rembuk.common.clock import local_date
from rembuk.consultations import content as limits
from rembuk.consultations.actions.enter import OFFLINE
from rembuk.consultations.choices import Audience, Channel, ParticipantKind, Stance
from rembuk.consultations.content import RemarkContent
from rembuk.consultations.models import Consultation
from rembuk.consultations.states import SubmissionState
from rembuk.web.desk.place_field import PlaceField

NO_STANCE = ("", pgettext_lazy("stance", "No stance"))
MOST_REMARKS = 400


class EntryForm(forms.Form):
    """Who said it, how and when it came, and what was said of the whole."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    kept_scan = forms.CharField(required=False, widget=forms.HiddenInput)
    channel = forms.ChoiceField(
        label=_("Came by"), choices=[(c.value, c.label) for c in OFFLINE], widget=forms.RadioSelect
    )
    received_on = forms.DateField(
        label=_("Received on"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    scan = forms.FileField(
        label=_("Scan of the letter or of the minutes"),
        required=False,
        help_text=_("PDF, JPEG, PNG or WebP, at most 10 MB. Only staff can read it."),
    )
    on_behalf_of = forms.CharField(
        label=_("Name"),
        max_length=limits.LONGEST_NAME,
        help_text=_("Of the person, group, business or organisation. Addresses and numbers are not kept."),
    )
    participant_kind = forms.ChoiceField(
        label=_("Takes part as"),
        choices=ParticipantKind.choices,
        initial=ParticipantKind.PERSON,
        widget=forms.RadioSelect,
    )
    is_affected = forms.BooleanField(label=_("Directly affected"), required=False)
    is_name_masked = forms.BooleanField(
        label=_("Hide the name from the public"),
        required=False,
        help_text=_("When the person asked for it. Each look of staff at the name is recorded."),
    )
    region = PlaceField(label=_("Village, urban village or subdistrict"), required=False, max_length=200)
    stance = forms.ChoiceField(
        label=_("Overall stance"),
        choices=[*Stance.choices, NO_STANCE],
        widget=forms.RadioSelect,
        required=False,
    )
    reason = forms.CharField(
        label=_("Reason, as it was said"),
        max_length=limits.LONGEST_REASON,
        required=False,
        widget=forms.Textarea({"rows": 7}),
    )

    def __init__(self, *args: Any, consultation: Consultation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False
        self.fields["received_on"].initial = local_date(None, consultation.tz)
        if not consultation.has_overall_stance:
            del self.fields["stance"]
        if consultation.audience == Audience.ORGANISATIONS:
            names = "; ".join(consultation.invited.values_list("name", flat=True))
            self.fields["on_behalf_of"].help_text = _(
                "One of the organisations that were named: %(names)s."
            ) % {"names": names}


class CorrectionForm(EntryForm):
    """The same, and why it is put right."""

    why = forms.CharField(
        label=_("Reason of the correction"),
        max_length=500,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("At least 20 characters. Everybody can read it; write no names."),
    )


class RemarkForm(forms.Form):
    """What was said of one clause."""

    clause = forms.TypedChoiceField(label=_("Clause"), coerce=int, empty_value=None, required=False)
    stance = forms.ChoiceField(label=_("Stance"), choices=[NO_STANCE, *Stance.choices], required=False)
    comment = forms.CharField(
        label=_("Comment"),
        max_length=limits.LONGEST_COMMENT,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )
    suggestion = forms.CharField(
        label=_("Suggested wording"),
        max_length=limits.LONGEST_SUGGESTION,
        required=False,
        widget=forms.Textarea({"rows": 4}),
    )

    def __init__(self, *args: Any, clauses: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["clause"]
        field.choices = [("", _("Choose a clause")), *clauses]

    def clean(self) -> dict[str, Any]:
        """Words need their clause, and a clause needs words or a stance."""
        kept = self.cleaned_data
        says = any(kept.get(name) for name in ("stance", "comment", "suggestion"))
        if says and kept.get("clause") is None and "clause" not in self.errors:
            self.add_error("clause", str(_("Choose the clause this is about.")))
        if kept.get("clause") is not None and not says and not self.errors:
            self.add_error("comment", str(_("Say what was said of this clause, or choose no clause.")))
        return kept

    def remark(self, version: int) -> RemarkContent:
        """What is kept of it."""
        names = ("stance", "comment", "suggestion")
        return RemarkContent(version=version, **{name: self.cleaned_data.get(name, "") for name in names})


class RemarksBase(forms.BaseFormSet):  # type: ignore[type-arg]
    """The remarks of one submission: each clause once."""

    def clean(self) -> None:
        """A second remark on a clause is a fault of that second one."""
        seen: set[int] = set()
        for form in self.forms:
            clause = form.cleaned_data.get("clause") if hasattr(form, "cleaned_data") else None
            if clause in seen:
                form.add_error("clause", str(_("This clause has a remark already. Join the two.")))
            if clause is not None:
                seen.add(clause)

    def remarks(self, version: int) -> dict[int, RemarkContent]:
        """By the number of the clause."""
        chosen = {form.cleaned_data.get("clause"): form for form in self.forms}
        return {clause: form.remark(version) for clause, form in chosen.items() if clause is not None}


Remarks = forms.formset_factory(
    RemarkForm,
    formset=RemarksBase,
    extra=1,
    max_num=MOST_REMARKS,
    absolute_max=MOST_REMARKS,
)


class SubmissionsForm(forms.Form):
    """What staff narrow the list of submissions to."""

    hide_optional = True

    q = forms.CharField(
        label=_("Words, name or receipt"), max_length=200, required=False, widget=forms.SearchInput
    )
    keadaan = forms.ChoiceField(label=_("State"), required=False)
    saluran = forms.ChoiceField(
        label=_("Came by"), choices=[("", _("All ways")), *Channel.choices], required=False
    )
    sikap = forms.ChoiceField(
        label=_("Stance"), choices=[("", _("All stances")), *Stance.choices], required=False
    )
    sebagai = forms.ChoiceField(
        label=_("Takes part as"), choices=[("", _("All kinds")), *ParticipantKind.choices], required=False
    )
    ulang = forms.BooleanField(label=_("Changed, to be read again"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        states = [(s.value, s.label) for s in SubmissionState if s != SubmissionState.DRAFT]
        field: Any = self.fields["keadaan"]
        field.choices = [("", _("All states")), *states]
