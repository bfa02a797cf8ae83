"""The arithmetic of docs/operate/scale.md, and that the document shows what it gives."""

from dataclasses import replace
from pathlib import Path

import pytest

from deploy import capacity
from deploy.capacity import DAYS, Day, made_anew, need, table

SCALE = Path(__file__).resolve().parents[2] / "docs/operate/scale.md"


def test_document_shows_the_tables_as_they_are_measured_and_reckoned():
    shown = {line.replace(" ", "") for line in SCALE.read_text().splitlines()}
    printed = [*capacity.acts().splitlines(), *table(DAYS).splitlines()]
    assert [line for line in printed if line.replace(" ", "") not in shown] == []


def test_document_names_the_figures_it_reckons_with():
    text = " ".join(SCALE.read_text().split())
    assert f"makes one in {capacity.EMPTY_VIEW_MS} ms" in text
    assert f"Measured {capacity.MEASURED}" in text
    assert f"in the drill: {capacity.beside()}." in text
    assert f"A million votes: {capacity.WAL_BYTES / 1000:.1f} GB of WAL" in text
    assert f"{capacity.DISK_BYTES / 1000:.1f} GB of disk" in text


def test_twice_the_votes_need_twice_what_votes_need():
    once, twice = need(Day("a", 0, 10, 0, 0)), need(Day("b", 0, 20, 0, 0))
    assert twice.application == pytest.approx(2 * once.application)
    assert twice.wal_mbit == pytest.approx(2 * once.wal_mbit)


def test_pages_are_made_anew_only_as_often_as_their_seconds_pass():
    many, few = Day("many", 30_000, 0, 0, 300), Day("few", 4, 0, 0, 300)
    assert made_anew(many, 1) == pytest.approx(10, rel=0.05)  # each of 300 pages once in 30 seconds
    assert 2.5 < made_anew(few, 1) < 3.2  # in 30 seconds four in ten are opened, some of them twice
    assert made_anew(few, 64) == pytest.approx(4, rel=0.03)  # nearly each visit meets a process without it


def test_each_process_that_is_asked_makes_a_page_and_a_shield_asks_one():
    day = Day("many", 30_000, 0, 0, 300)
    assert made_anew(day, 2) == pytest.approx(20, rel=0.1)
    assert 8 * 10 > made_anew(day, 8) > 6 * 10  # nginx asks nearly each second, so nearly all are asked
    assert made_anew(day, 10_000) == pytest.approx(300, rel=0.02)
    assert made_anew(replace(day, is_shielded=True), 8) == pytest.approx(10)
    assert made_anew(Day("nothing", 0, 0, 0, 0), 8) == 0


def test_processes_reckoned_with_are_those_of_the_machines_it_comes_to():
    for day in DAYS:
        found = need(day)
        assert found.made == pytest.approx(made_anew(day, day.size * found.count(day.size)))


def test_faster_core_needs_fewer_except_for_passwords():
    day = Day("a", 100, 10, 0, 100)
    assert need(day, 0.08).application == pytest.approx(need(day, 0.16).application / 2)
    passwords = Day("b", 0, 0, 10, 0)
    assert need(passwords, 0.08).application == need(passwords, 0.16).application == pytest.approx(0.4)


def test_one_machine_more_than_needed_except_where_one_carries_everything():
    small, larger, large = (need(Day("a", 0, votes, 0, 0), 0.3) for votes in (1, 50, 500))
    assert small.machines(4) == "1 with 4 cores, PostgreSQL on it"
    assert larger.machines(8) == "1 + 1 with 8 cores"
    assert int(large.machines(8).split()[0]) * 8 >= large.cores > (int(large.machines(8).split()[0]) - 1) * 8


def test_command_takes_figures_of_ones_own(capsys):
    capacity.main(["--day", "2000", "80", "20", "--hot", "600", "--empty-view", "0.1"])
    lines = capsys.readouterr().out.splitlines()
    assert "|  | yours |" in lines
    assert "| votes a second | 80 |" in lines
    capacity.main([])
    assert "national" in capsys.readouterr().out
