"""The arithmetic of docs/operate/scale.md, and that the document shows what it gives."""

from pathlib import Path

import pytest

from deploy import capacity
from deploy.capacity import DAYS, Day, need, table

SCALE = Path(__file__).resolve().parents[2] / "docs/operate/scale.md"


def test_document_shows_the_table_as_it_is_reckoned():
    shown = {line.replace(" ", "") for line in SCALE.read_text().splitlines()}
    assert [line for line in table(DAYS).splitlines() if line.replace(" ", "") not in shown] == []


def test_document_names_the_figures_it_reckons_with():
    text = SCALE.read_text()
    assert f"makes one in {capacity.EMPTY_VIEW_MS} ms" in text
    for reckoned in (capacity.MADE, capacity.MADE_DATABASE, capacity.SIGNED_IN, capacity.SIGNED_IN_DATABASE):
        assert f"reckoned {reckoned:.0f}" in text
    assert f"A million votes: {capacity.WAL_BYTES / 1000:.1f} GB of WAL" in text
    assert f"{capacity.DISK_BYTES / 1000:.1f} GB of disk" in text


def test_twice_the_votes_need_twice_what_votes_need():
    once, twice = need(Day("a", 0, 10, 0, 0)), need(Day("b", 0, 20, 0, 0))
    assert twice.application == pytest.approx(2 * once.application)
    assert twice.wal_mbit == pytest.approx(2 * once.wal_mbit)


def test_pages_are_made_anew_only_as_often_as_their_seconds_pass():
    assert need(Day("many", 30_000, 0, 0, 300)).made == pytest.approx(10)
    assert need(Day("few", 4, 0, 0, 300)).made == 4


def test_faster_core_needs_fewer_except_for_passwords():
    day = Day("a", 100, 10, 0, 100)
    assert need(day, 0.08).application == pytest.approx(need(day, 0.16).application / 2)
    passwords = Day("b", 0, 0, 10, 0)
    assert need(passwords, 0.08).application == need(passwords, 0.16).application == pytest.approx(0.4)


def test_command_takes_figures_of_ones_own(capsys):
    capacity.main(["--day", "2000", "80", "20", "--hot", "600", "--empty-view", "0.1"])
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "|  | yours |"
    assert "| votes a second | 80 |" in lines
    capacity.main([])
    assert "national" in capsys.readouterr().out
