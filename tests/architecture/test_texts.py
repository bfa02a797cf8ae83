"""Things that must not stand in the project: inline script or style, other hosts' assets, raw clocks."""

import re
from pathlib import Path

import pytest

SRC = Path(__file__).resolve().parents[2] / "src" / "rembuk"
TEMPLATES = list((SRC / "web" / "templates").rglob("*.html"))
IDS = [str(path.relative_to(SRC)) for path in TEMPLATES]
INLINE = re.compile(
    r"<script(?![^>]*\bsrc=)|<style\b|\sstyle=|\son(click|change|submit|load|input)=|javascript:", re.I
)
FOREIGN = re.compile(r"(src|href)=\"https?://(?!(www\.)?lapor\.go\.id)", re.I)


@pytest.mark.parametrize("path", TEMPLATES, ids=IDS)
def test_template_has_nothing_inline(path: Path) -> None:
    assert INLINE.search(path.read_text(encoding="utf-8")) is None


@pytest.mark.parametrize("path", TEMPLATES, ids=IDS)
def test_template_loads_nothing_from_elsewhere(path: Path) -> None:
    for line in path.read_text(encoding="utf-8").splitlines():
        if "<a " not in line:
            assert FOREIGN.search(line) is None, line


def test_clock_is_read_in_one_place() -> None:
    calls = re.compile(r"\b(timezone\.now|datetime\.now|datetime\.utcnow|date\.today)\(")
    guilty = [
        str(path.relative_to(SRC))
        for path in SRC.rglob("*.py")
        if path.name != "clock.py"
        and "runtime" not in path.parts
        and "migrations" not in path.parts
        and calls.search(path.read_text(encoding="utf-8"))
    ]
    assert guilty == []
