"""Reading the texts of the demonstration: TOML files, with the years of the present put in."""

import tomllib
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "content"

type Entry = dict[str, Any]


def entries(pattern: str, name: str, year: int) -> list[Entry]:
    """The tables called ``name`` of all files that match, in the order of file names.

    ``{tahun}`` in a text is this year, ``{tahun+1}`` and ``{tahun-1}`` its neighbours.
    """
    found: list[Entry] = []
    for path in sorted(FOLDER.glob(pattern)):
        text = path.read_text(encoding="utf-8")
        for shift in (-1, 0, 1, 2):
            text = text.replace(f"{{tahun{shift:+d}}}" if shift else "{tahun}", str(year + shift))
        found += tomllib.loads(text).get(name, [])
    return found
