"""What stops a file while it is written."""

from typing import Final

# Rows of a sheet without its head.
MOST_ROWS_XLSX: Final = 1_048_575


class TooLong(Exception):
    """More rows than a spreadsheet holds."""
