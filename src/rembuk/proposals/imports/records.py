"""Record: what a row of any layout becomes before it is written, with a digest that tells whether it changed."""

import hashlib
from dataclasses import astuple, dataclass
from datetime import datetime

from rembuk.common.errors import Words


class BadRow(ValueError):
    """A row that can't go in; the reason is for people."""

    def __init__(self, reason: Words) -> None:
        super().__init__(str(reason))
        self.reason = str(reason)


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One row, read. ``parent`` is the number of the record of the previous stage, or empty."""

    row: int
    number: str
    parent: str
    source: str
    stage_label: str
    activity: str
    title: str
    body: str
    district: str
    village: str
    place: str
    executor: str
    on_behalf_of: str
    happened_at: datetime | None
    planning_year: int | None

    @property
    def digest(self) -> str:
        """Changes exactly when a cell that we keep changes; the row's place in the file does not count."""
        return hashlib.blake2b(repr(astuple(self)[1:]).encode(), digest_size=16).hexdigest()
