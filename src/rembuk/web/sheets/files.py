"""What files to download have in common: their name, and CSV piece by piece."""

import csv
from collections.abc import Iterable, Iterator

from rembuk.common.clock import local_date
from rembuk.siteconfig.selectors import current

BOM = "\ufeff"
"""The mark by which spreadsheets know UTF-8."""


class Echo:
    """Hands back what a CSV writer writes."""

    def write(self, value: str) -> str:
        """The line as it was given."""
        return value


def csv_lines(rows: Iterable[Iterable[str]]) -> Iterator[str]:
    """A CSV file piece by piece; the cells are safe in a spreadsheet already."""
    writer = csv.writer(Echo())
    yield BOM
    for row in rows:
        yield writer.writerow(row)


def dated(stem: str, kind: str) -> str:
    """The name of a file of today, where the office is."""
    return f"{stem}-{local_date(None, current().tz).isoformat()}.{kind}"
