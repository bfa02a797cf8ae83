"""Forms with pieces of evidence: each is stored by itself and kept while something else is mended."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rembuk.access.rights import acting
from rembuk.accounts.models import Person
from rembuk.common.errors import Invalid
from rembuk.files.actions import store_upload
from rembuk.files.models import StoredFile
from rembuk.programs.actions.milestones.evidence import NewEvidence
from rembuk.programs.choices import DocumentClass
from rembuk.programs.models import Milestone
from rembuk.web.programs.news.kept import Slot, find_kept
from rembuk.web.programs.steering.forms import DayField
from rembuk.web.programs.steering.update_form import PURPOSE

SLOTS = 3
CLASSES = [
    (DocumentClass.OPEN, _("Open: everybody can see it")),
    (DocumentClass.EXCLUDED, _("Excluded: staff only, on no page, in no search, in no export")),
]


class EvidenceForm(forms.Form):
    """Up to three pictures or documents, each with what it shows and its class."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False
        self.kept: dict[int, StoredFile] = {}
        for number in range(1, SLOTS + 1):
            self.fields[f"file_{number}"] = forms.FileField(
                label=_("Picture or document"),
                required=False,
                help_text=_("PDF, JPEG, PNG or WebP, at most 10 MB."),
            )
            self.fields[f"title_{number}"] = forms.CharField(
                label=_("What does it show?"), max_length=200, required=False
            )
            self.fields[f"class_{number}"] = forms.ChoiceField(
                label=_("Class of information"),
                choices=CLASSES,
                initial=DocumentClass.OPEN,
                required=False,
            )

    def keep(self, by: Person) -> bool:
        """Store what was sent, find what was sent with an earlier try; whether the whole form stands."""
        self.is_valid()
        for number in range(1, SLOTS + 1):
            self._keep_one(number, by)
            if number in self.kept and not self.data.get(f"title_{number}", "").strip():
                self.add_error(f"title_{number}", _("Say what the evidence shows."))
        if not self.kept and not self.errors.get("file_1"):
            self.add_error("file_1", _("Show it: at least one picture or document that everybody can see."))
        return self.is_valid()

    @property
    def evidence(self) -> list[NewEvidence]:
        """The stored pieces in order."""
        given = self.cleaned_data
        return [
            NewEvidence(file, given[f"title_{n}"], given[f"class_{n}"] or DocumentClass.OPEN)
            for n, file in sorted(self.kept.items())
        ]

    @property
    def slots(self) -> list[Slot]:
        """The places, for the page."""
        return [
            Slot(n, self[f"file_{n}"], self[f"title_{n}"], self[f"class_{n}"], self.kept.get(n))
            for n in range(1, SLOTS + 1)
        ]

    def _keep_one(self, number: int, by: Person) -> None:
        self.kept |= find_kept({number: self.data.get(f"kept_{number}", "")}, by, purpose=PURPOSE).files
        upload = self.files.get(f"file_{number}")
        if upload is None or f"file_{number}" in self.errors:
            return
        try:
            self.kept[number] = store_upload(upload, by=acting(by), purpose=PURPOSE)
        except Invalid as refusal:
            self.kept.pop(number, None)
            self.add_error(f"file_{number}", str(refusal))


class ReachForm(EvidenceForm):
    """A milestone called done: when, and what shows it."""

    began_on = DayField(label=_("Really begun on"), help_text=_("The real day, today or before."))
    on = DayField(label=_("Done on"), help_text=_("The real day, today or before."))

    def __init__(self, *args: Any, row: Milestone, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if row.actual_start_on is not None:
            del self.fields["began_on"]
