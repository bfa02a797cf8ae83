"""What stands around a proposal on its page, read in one query: files, stages, offices, their findings.

Not here: decisions and answers (``selectors``), and who may see it (``doors``).
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Model, OuterRef, QuerySet
from django.db.models.functions import JSONObject

from rembuk.common.composed import Composed, Given
from rembuk.proposals.models import Assessment, Attachment, Disposition, Proposal, StageEntry


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file: its public id, name, type, size in bytes, and for pictures their size and smaller copies."""

    public_id: UUID
    name: str
    content_type: str
    size: int
    width: int | None
    height: int | None

    @property
    def is_picture(self) -> bool:
        """Whether it can be shown in the page."""
        return self.content_type.startswith("image/")


@dataclass(frozen=True, slots=True)
class StageRow:
    """The same proposal at a later stage of planning."""

    label: str
    number: str
    unit: str
    place: str
    note: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class OfficeRow:
    """An office it was handed to, until when, and whether it is responsible for the answer."""

    unit_id: int
    unit: str
    code: str
    is_responsible: bool
    due_at: datetime
    is_closed: bool


@dataclass(frozen=True, slots=True)
class FindingRow:
    """A telaah: which office found what, and why; ``standing`` as what somebody found it by a delegation."""

    unit_id: int
    unit: str
    verdict: str
    reason: str
    standing: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Belongings:
    """All four, each in its own order."""

    files: list[FileRow]
    stages: list[StageRow]
    offices: list[OfficeRow]
    findings: list[FindingRow]


# Which fields of each list are read, by the name of the row's field.
_FILE = {name: f"file__{name}" for name in ("public_id", "name", "content_type", "size", "width", "height")}
_STAGE = {
    **{name: name for name in ("label", "number", "place", "note")},
    "unit": "executing_unit__name",
    "at": "occurred_at",
}
_OFFICE = {
    **{name: name for name in ("unit_id", "is_responsible", "due_at", "closed_at")},
    "unit": "unit__name",
    "code": "unit__code",
}
_FINDING = {
    **{name: name for name in ("unit_id", "verdict", "reason", "standing", "at")},
    "unit": "unit__name",
}


def belongings_of(proposal: Proposal) -> Belongings:
    """Everything around a proposal, in one query."""
    (read,) = _BELONGINGS.rows(proposal=proposal.pk)
    return Belongings(
        files=[FileRow(**{**row, "public_id": UUID(row["public_id"])}) for row in read[0]],
        stages=[StageRow(**{**row, "unit": row["unit"] or "", "at": _instant(row["at"])}) for row in read[1]],
        offices=[_office(row) for row in read[2]],
        findings=[FindingRow(**{**row, "at": datetime.fromisoformat(row["at"])}) for row in read[3]],
    )


def _rows(model: type[Model], fields: dict[str, str]) -> ArraySubquery:
    of_it = model._default_manager.filter(proposal=OuterRef("pk"))
    return ArraySubquery(of_it.values(row=JSONObject(**fields)))


def _lists() -> QuerySet[Proposal, tuple[Any, ...]]:
    lists = ((Attachment, _FILE), (StageEntry, _STAGE), (Disposition, _OFFICE), (Assessment, _FINDING))
    found = Proposal.objects.filter(pk=Given("proposal"))
    return found.values_list(*[_rows(*each) for each in lists])


_BELONGINGS = Composed(_lists)


def _office(row: dict[str, Any]) -> OfficeRow:
    closed_at = row.pop("closed_at")
    return OfficeRow(
        **{**row, "due_at": datetime.fromisoformat(row["due_at"]), "is_closed": closed_at is not None}
    )


def _instant(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)
