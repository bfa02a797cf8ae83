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


# As many characters as the site keeps of a record's number, an office's prefix included.
NUMBER_MAX = 40


def read_file(path: Path, layout: Layout, *, scope: str = "") -> Reading:
    """All rows of a file in a layout. A row without a number gets one from its content, so that it goes in once.

    ``scope`` stands before every number: what one office calls "1" is not what another calls so.

    Raises:
        Invalid: when the file can't be read or lacks required columns.
    """
    reading = Reading()
    for row in sheets.read(path):
        if not reading.rows and (missing := layout.missing(row)):
            raise Invalid(_("The file lacks these columns: %(names)s.") % {"names": ", ".join(missing)})
        reading.rows[row.number] = row
        try:
            _add(reading, layout.read(row), scope)
        except BadRow as bad:
            reading.bad.append((row, bad.reason))
    return reading


def _add(reading: Reading, record: Record, scope: str) -> None:
    number = scope + (record.number or f"isi-{record.digest[:24]}")
    if len(number) > NUMBER_MAX:
        raise BadRow(_("The number %(number)s is too long.") % {"number": record.number[:60]})
    if number in reading.records:
        first = reading.records[number].row
        raise BadRow(
            _("The number %(number)s stands in row %(row)s already.")
            % {"number": record.number or f"“{record.title[:40]}”", "row": first}
        )
    parent = scope + record.parent if record.parent else ""
    reading.records[number] = replace(record, number=number, parent=parent)
