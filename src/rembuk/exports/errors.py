"""What stops a file while it is written."""

from typing import Final

from rembuk.common.errors import Denied

# Rows of a sheet without its head.
MOST_ROWS_XLSX: Final = 1_048_575


class Unreadable(Denied):
    """One of the filters can't be read any more: without it there would be more rows than were asked for."""


class TooLong(Exception):
    """More rows than a spreadsheet holds."""
