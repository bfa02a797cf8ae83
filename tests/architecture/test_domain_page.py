"""The state tables of docs/domain.md are those of the code."""

from pathlib import Path

from tools import domain_tables

ROOT = Path(__file__).resolve().parents[2]


def test_domain_page_shows_the_tables_of_the_code() -> None:
    assert domain_tables.tables() in (ROOT / "docs" / "domain.md").read_text(encoding="utf-8")
