"""Files of an earlier try: sent with a form that was refused, found again by their keys while nothing has them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext_lazy as _

from rembuk.accounts.models import Person
from rembuk.common.codes import read_uuid
from rembuk.files.models import StoredFile
from rembuk.programs.models import Document, Evidence, Realisation, UpdatePicture

# A form that was sent twice, by a double click or after going back.
TAKEN = _(
    "This file belongs to what was saved before. Look whether it is there already; else choose the file again."
)


@dataclass(frozen=True, slots=True)
class Kept[Place]:
    """Her files by their place in the form, and the places whose file has been saved with something already."""

    files: dict[Place, StoredFile]
    taken: frozenset[Place]


@dataclass(frozen=True, slots=True)
class Slot:
    """A place for one file: its fields, and the file kept from an earlier try."""

    number: int
    file: forms.BoundField
    title: forms.BoundField
    access_class: forms.BoundField
    kept: StoredFile | None


def find_kept[Place](keys: Mapping[Place, str], by: Person, *, purpose: str, kind: str = "") -> Kept[Place]:
    """The files she sent with an earlier try; never those of somebody else, nor one that is in use."""
    wanted = {place: key for place, text in keys.items() if (key := read_uuid(text)) is not None}
    if not wanted:
        return Kept({}, frozenset())
    mine = StoredFile.objects.filter(public_id__in=wanted.values(), uploaded_by_id=by.pk, purpose=purpose)
    stored = {row.public_id: row for row in (mine.filter(kind=kind) if kind else mine)}
    used = _used([row.pk for row in stored.values()])
    found = {place: stored[key] for place, key in wanted.items() if key in stored}
    return Kept(
        {place: row for place, row in found.items() if row.pk not in used},
        frozenset(place for place, row in found.items() if row.pk in used),
    )


def _used(files: Collection[int]) -> set[int]:
    pictures = UpdatePicture.objects.filter(file__in=files).values_list("file", flat=True)
    documents = Document.objects.filter(file__in=files).values_list("file", flat=True)
    proofs = Evidence.objects.filter(file__in=files).values_list("file", flat=True)
    bills = Realisation.objects.filter(evidence__in=files).values_list("evidence", flat=True)
    rows = pictures.union(documents, proofs, bills).order_by()
    return {pk for pk in rows if pk is not None} if files else set()
