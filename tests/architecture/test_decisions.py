"""docs/decisions/README.md is the index of the records: none is missing in it, and no line leads nowhere."""

import re
from itertools import pairwise
from pathlib import Path

RECORDS = Path(__file__).parents[2] / "docs" / "decisions"
_LINE = re.compile(r"^\| \[(?P<number>\d{4})\]\((?P<name>\d{4}-[\w-]+\.md)\) \| \S.* \| \S.* \|$")


def test_index_beside_the_records_names_each_once_and_in_order() -> None:
    rows = [line for line in (RECORDS / "README.md").read_text().splitlines() if line.startswith("| [")]
    read = [(row, _LINE.match(row)) for row in rows]
    named = [found["name"] for _, found in read if found]
    records = {path.name for path in RECORDS.glob("*.md")} - {"README.md"}

    offenders = [
        *(f"no number, title and clause: {row}" for row, found in read if not found),
        *(
            f"another number: {row}"
            for row, found in read
            if found and not found["name"].startswith(found["number"])
        ),
        *(f"not in the index: {name}" for name in sorted(records - set(named))),
        *(f"no such record: {name}" for name in sorted(set(named) - records)),
        *(f"twice, or out of order: {name}" for before, name in pairwise(named) if name <= before),
    ]
    assert offenders == []
