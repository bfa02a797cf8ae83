"""The form of an update with its pictures: each travels and is checked alone, and none costs the text."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rembuk.accounts.models import Person
from rembuk.files.models import FileKind, StoredFile
from rembuk.programs.actions.report import Picture
from rembuk.programs.choices import Moment
from rembuk.programs.kinds import name_of
from rembuk.programs.models import Phase
from rembuk.web.programs.news.kept import TAKEN, find_kept

PURPOSE = "program"
SLOTS, SHOWN = 6, 2


@dataclass(frozen=True, slots=True)
class Slot:
    """A place for one picture: the file field, its words, and the file kept from an earlier try."""

    number: int
    file: forms.BoundField
    alternative: forms.BoundField
    moment: forms.BoundField
    kept: StoredFile | None


class UpdateForm(forms.Form):
    """News of a phase, with up to six pictures, each with words for those who can't see it."""

    phase = forms.TypedChoiceField(label=_("Phase"), coerce=int)
    title = forms.CharField(label=_("Title"), max_length=200)
    body = forms.CharField(
        label=_("What happened?"),
        max_length=20_000,
        widget=forms.Textarea({"rows": 8}),
        help_text=_("Headings with ##, lists with -, bold with **."),
    )

    def __init__(self, *args: Any, phases: Sequence[Phase], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False
        fields: dict[str, Any] = self.fields
        fields["phase"].choices = [(str(row.position), name_of(row.kind)) for row in phases]
        for number in range(1, SLOTS + 1):
            self.fields[f"picture_{number}"] = forms.FileField(
                label=_("Picture"), required=False, widget=forms.FileInput({"accept": "image/*"})
            )
            self.fields[f"alternative_{number}"] = forms.CharField(
                label=_("What can be seen on it?"), max_length=200, required=False
            )
            self.fields[f"moment_{number}"] = forms.ChoiceField(
                label=_("Before or after the work?"),
                choices=[("", _("Neither")), *Moment.choices],
                required=False,
            )
        self.kept: dict[int, StoredFile] = {}
        self.taken: frozenset[int] = frozenset()

    def recall(self, by: Person) -> None:
        """Find the pictures she sent with an earlier try and that no update has yet."""
        keys = {number: self.data.get(f"kept_{number}", "") for number in range(1, SLOTS + 1)}
        found = find_kept(keys, by, purpose=PURPOSE, kind=FileKind.PICTURE)
        self.kept, self.taken = found.files, found.taken

    def uploads(self) -> dict[int, Any]:
        """New files by slot."""
        return {
            number: self.files[f"picture_{number}"]
            for number in range(1, SLOTS + 1)
            if f"picture_{number}" in self.files
        }

    def refuse_taken(self) -> None:
        """Tell of pictures that were saved with an earlier sending, unless another was chosen."""
        for number in sorted(self.taken - self.uploads().keys()):
            self.add_error(f"picture_{number}", TAKEN)

    def refuse_wordless(self) -> None:
        """Ask for the words of each picture that has none, and for the picture of words that have none."""
        for number in range(1, SLOTS + 1):
            words = self.data.get(f"alternative_{number}", "").strip()
            if number in self.kept and not words:
                self.add_error(
                    f"alternative_{number}", _("Describe the picture for people who can't see it.")
                )

    def pictures(self) -> list[Picture]:
        """The stored pictures with their words, in order."""
        typed = self.cleaned_data
        return [
            Picture(self.kept[n], typed[f"alternative_{n}"], typed[f"moment_{n}"]) for n in sorted(self.kept)
        ]

    @property
    def first_slots(self) -> list[Slot]:
        """The places shown at once."""
        return self._slots(1, SHOWN)

    @property
    def more_slots(self) -> list[Slot]:
        """The places folded away."""
        return self._slots(SHOWN + 1, SLOTS)

    @property
    def has_more(self) -> bool:
        """Whether the folded places hold a picture or a fault, so that they must stand open."""
        return any(slot.kept or slot.file.errors or slot.alternative.errors for slot in self.more_slots)

    def _slots(self, first: int, last: int) -> list[Slot]:
        return [
            Slot(n, self[f"picture_{n}"], self[f"alternative_{n}"], self[f"moment_{n}"], self.kept.get(n))
            for n in range(first, last + 1)
        ]
