"""Things that must not stand in the project: inline script or style, other hosts' assets, raw clocks."""

import re
from pathlib import Path

SRC = Path(__file__).resolve().parents[2] / "src" / "rembuk"
TEMPLATES = list((SRC / "web" / "templates").rglob("*.html"))
INLINE = re.compile(
    r"<script(?![^>]*\bsrc=)|<style\b|\sstyle=|\son(click|change|submit|load|input)=|javascript:", re.I
)
FOREIGN = re.compile(r"(src|href)=\"https?://(?!(www\.)?lapor\.go\.id)", re.I)


def test_no_template_has_anything_inline() -> None:
    assert TEMPLATES
    inline = [path.name for path in TEMPLATES if INLINE.search(path.read_text(encoding="utf-8"))]
    assert inline == []


def test_no_template_loads_anything_from_elsewhere() -> None:
    lines = [
        (path.name, line) for path in TEMPLATES for line in path.read_text(encoding="utf-8").splitlines()
    ]
    assert [(name, line) for name, line in lines if "<a " not in line and FOREIGN.search(line)] == []


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
