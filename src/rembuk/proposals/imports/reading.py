"""From a file to records: rows that can be read, and rows refused with their reason."""

from dataclasses import dataclass, field, replace
from pathlib import Path

from django.utils.translation import gettext as _

from rembuk.common.errors import Invalid
from rembuk.proposals.imports import sheets
from rembuk.proposals.imports.layouts import Layout
from rembuk.proposals.imports.records import BadRow, Record
from rembuk.proposals.imports.sheets import SheetRow


@dataclass(slots=True)
class Reading:
    """Records by number in file order, and bad rows with their reasons; together they are all data rows."""

    records: dict[str, Record] = field(default_factory=dict)
    bad: list[tuple[SheetRow, str]] = field(default_factory=list)
    rows: dict[int, SheetRow] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """Data rows of the file."""
        return len(self.rows)


def read_file(path: Path, layout: Layout) -> Reading:
    """All rows of a file in a layout. A row without a number gets one from its content, so that it goes in once.

    Raises:
        Invalid: when the file can't be read or lacks required columns.
    """
    reading = Reading()
    for row in sheets.read(path):
        if not reading.rows and (missing := layout.missing(row)):
            raise Invalid(_("The file lacks these columns: %(names)s.") % {"names": ", ".join(missing)})
        reading.rows[row.number] = row
        try:
            _add(reading, layout.read(row))
        except BadRow as bad:
            reading.bad.append((row, bad.reason))
    return reading


def _add(reading: Reading, record: Record) -> None:
    if not record.number:
        record = replace(record, number=f"isi-{record.digest[:24]}")
    if record.number in reading.records:
        first = reading.records[record.number].row
        raise BadRow(
            _("The number %(number)s stands in row %(row)s already.")
            % {"number": record.number, "row": first}
        )
    reading.records[record.number] = record
