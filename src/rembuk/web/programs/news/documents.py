"""Documents that go with an update: each with its title and class, kept when something else is refused."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rembuk.access.rights import acting
from rembuk.accounts.models import Person
from rembuk.common.errors import Invalid
from rembuk.files.actions import store_upload
from rembuk.files.models import StoredFile
from rembuk.programs.actions.report import NewDocument
from rembuk.programs.choices import DocumentClass
from rembuk.web.programs.news.kept import TAKEN, Slot, find_kept
from rembuk.web.programs.steering.update_form import PURPOSE

SLOTS = 3


class NewsDocuments(forms.Form):
    """Up to three documents of an update."""

    def __init__(self, data: Mapping[str, Any] | None = None, files: Any = None) -> None:
        super().__init__(data, files)
        self.use_required_attribute = False
        self.kept: dict[int, StoredFile] = {}
        for number in range(1, SLOTS + 1):
            self.fields[f"document_{number}"] = forms.FileField(label=_("File"), required=False)
            self.fields[f"document_title_{number}"] = forms.CharField(
                label=_("Title of the document"), max_length=200, required=False
            )
            self.fields[f"document_class_{number}"] = forms.ChoiceField(
                label=_("Class of information"),
                choices=[
                    (DocumentClass.OPEN, _("Open: everybody can read it")),
                    (
                        DocumentClass.EXCLUDED,
                        _("Excluded: staff only, on no page, in no search, in no export"),
                    ),
                ],
                initial=DocumentClass.OPEN,
                required=False,
            )

    def keep(self, by: Person) -> bool:
        """Store each new file by itself, find those of an earlier try, and say whether the whole form stands."""
        keys = {number: self.data.get(f"kept_document_{number}", "") for number in range(1, SLOTS + 1)}
        found = find_kept(keys, by, purpose=PURPOSE)
        self.kept = found.files
        is_valid = self.is_valid()
        for number in range(1, SLOTS + 1):
            upload = self.files.get(f"document_{number}")
            if upload is not None:
                is_valid = self._store(number, upload, by) and is_valid
            elif number in found.taken:
                self.add_error(f"document_{number}", TAKEN)
                is_valid = False
            is_valid = self._is_named(number) and is_valid
        return is_valid

    def _store(self, number: int, upload: Any, by: Person) -> bool:
        try:
            self.kept[number] = store_upload(upload, by=acting(by), purpose=PURPOSE)
        except Invalid as refusal:
            self.add_error(f"document_{number}", str(refusal))
            return False
        return True

    def _is_named(self, number: int) -> bool:
        named = str(self.data.get(f"document_title_{number}", "")).strip()
        if number in self.kept and not named:
            self.add_error(f"document_title_{number}", _("Give the document a title."))
            return False
        if named and number not in self.kept and f"document_{number}" not in self.errors:
            self.add_error(f"document_{number}", _("Choose the file that belongs to this title."))
            return False
        return True

    @property
    def documents(self) -> list[NewDocument]:
        """The stored documents with title and class, in order."""
        typed = self.cleaned_data
        return [
            NewDocument(
                self.kept[number],
                typed[f"document_title_{number}"],
                typed[f"document_class_{number}"] or DocumentClass.OPEN,
            )
            for number in sorted(self.kept)
        ]

    @property
    def slots(self) -> list[Slot]:
        """The places, for the page."""
        return [
            Slot(
                number,
                self[f"document_{number}"],
                self[f"document_title_{number}"],
                self[f"document_class_{number}"],
                self.kept.get(number),
            )
            for number in range(1, SLOTS + 1)
        ]

    @property
    def is_open(self) -> bool:
        """Whether the folded part holds a document or a fault, so that it must stand open."""
        return bool(self.kept or self.errors)
