"""The members of a group as staff see them: each text once, however many sent it, with the words in common marked."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.urls import reverse

from rembuk.accounts.models import Person
from rembuk.consultations.actions.grouping.suggesting import GROUPABLE
from rembuk.consultations.likeness.marking import Segments, marked
from rembuk.consultations.models import MatrixGroup, MatrixRow
from rembuk.consultations.selectors.reach import rows_for_staff

# Unlike texts on one page. A larger group says almost always the same in few of them.
MOST = 200
_FIELDS = ("pk", "public_id", "number", "text", "state", "submission__code", "submission__stance")


@dataclass(slots=True)
class Member:
    """One text: its pieces, the rows that say it, the first of them by code and address."""

    key: str
    text: str
    url: str
    code: str
    stance: str
    state: str
    rows: int = 0
    is_movable: bool = False
    pieces: Segments = field(default_factory=list)
    score: int | None = None
    note: str = ""


def key_of(text: str) -> str:
    """The same for texts that differ in blanks and capitals alone."""
    plain = " ".join(text.lower().split())
    return hashlib.md5(plain.encode(), usedforsecurity=False).hexdigest()


def row_url(code: str, row: UUID) -> str:
    """The staff page of a row."""
    return reverse("desk_consultations:row", args=[code, row])


def members_of(group: MatrixGroup, code: str, by: Person) -> tuple[list[Member], int]:
    """The unlike texts of the rows of a group that this person reads, those of most rows first, at most ``MOST``; and how
    many more there are. One query.
    """
    found: dict[str, Member] = {}
    for row in group.rows.filter(rows_for_staff(by)).order_by("id").values(*_FIELDS):
        key = key_of(row["text"])
        member = found.setdefault(key, _member(key, row, code))
        member.rows += 1
        member.is_movable = member.is_movable or row["state"] in GROUPABLE
    shown = sorted(found.values(), key=lambda member: -member.rows)[:MOST]
    mark(shown)
    return shown, len(found) - len(shown)


def mark(members: Sequence[Member]) -> None:
    """Mark the words in common."""
    for member, pieces in zip(members, marked([member.text for member in members]), strict=True):
        member.pieces = pieces


def ticked(group: MatrixGroup, keys: Iterable[str], by: Person) -> list[MatrixRow]:
    """The rows that say one of the ticked texts and may still be moved."""
    wanted = set(keys)
    rows = group.rows.filter(rows_for_staff(by), state__in=GROUPABLE).order_by("id")
    return [row for row in rows if key_of(row.text) in wanted]


def _member(key: str, row: dict[str, Any], code: str) -> Member:
    return Member(
        key=key,
        text=row["text"],
        url=row_url(code, row["public_id"]),
        code=f"{row['submission__code']}#{row['number']}",
        stance=row["submission__stance"],
        state=row["state"],
    )
