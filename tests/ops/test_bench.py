"""What `./rembuk bench` reads from programs and processes, what it writes for them, and what it refuses."""

import argparse
import dataclasses
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client

from rembuk.audit.models import AuditEntry
from rembuk.engagement import folding
from rembuk.engagement.actions.recount import find_drift
from rembuk.engagement.models import Ballot, Vote
from rembuk.ops.bench import processes, readers, running, scripts, sites, table, tools
from rembuk.ops.bench.amounts import QUICK
from rembuk.ops.bench.inside.people import cast
from rembuk.runtime import env
from rembuk.runtime.places import describe
from tests import people, scenes
from tests.environment import SERVER

WRK = """Running 1s test @ http://127.0.0.1:8000
  1 threads and 8 connections
  2034 requests in 1.00s, 13.85MB read
{more}Requests/sec:   2030.25
Transfer/sec:     13.83MB
"""
PGBENCH = """transaction type: votes.sql
number of transactions actually processed: {done}/320
number of failed transactions: 0 (0.000%)
initial connection time = {connecting} ms
tps = 1203.456789 (without initial connection time)
"""
PAGES = {
    "empty view": {
        "empty": 0.001,
        "application": 0.001,
        "database": 0.0,
        "queries": 0,
        "bytes": 20_000,
        "calls": 1_000,
        "growth": 1.0,
        "is_often": 1,
    },
    "search": {
        "empty": 0.001,
        "application": 0.02,
        "database": 0.002,
        "queries": 4,
        "bytes": 20_000,
        "calls": 1_000,
        "growth": 1.0,
        "is_often": 1,
    },
    "list of proposals": {
        "empty": 0.001,
        "application": 0.03,
        "database": 0.001,
        "queries": 3,
        "bytes": 20_000,
        "calls": 1_000,
        "growth": 1.0,
        "is_often": 1,
    },
    "desk: log": {
        "empty": 0.001,
        "application": 0.02,
        "database": 0.002,
        "queries": 5,
        "bytes": 20_000,
        "calls": 1_000,
        "growth": 1.0,
        "is_often": 0,
    },
}
COOKIES = ("rembuk_session", "rembuk_csrf")


def test_answers_are_read_from_the_report_of_wrk() -> None:
    assert tools.read_wrk(WRK.format(more="")) == tools.Answers(2034, 2030.25)


@pytest.mark.parametrize(
    "more",
    [
        "  Non-2xx or 3xx responses: 3\n",
        "  Socket errors: connect 0, read 4, write 0, timeout 0\n",
    ],
)
def test_report_with_errors_is_no_figure(more: str) -> None:
    with pytest.raises(sites.Failed, match=more.strip()):
        tools.read_wrk(WRK.format(more=more))
    with pytest.raises(sites.Failed, match="no report"):
        tools.read_wrk("unable to connect")


def test_load_that_nobody_answered_in_time_is_sent_once_more_for_longer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sent: list[str] = []
    reports = [WRK.format(more="").replace("2034", "0"), WRK.format(more="")]

    def run(words: list[str], more: object) -> str:
        sent.append(words[3])
        return reports[min(len(sent), len(reports)) - 1]

    monkeypatch.setattr(tools, "_run", run)
    assert tools.wrk(tools.Load("http://127.0.0.1:8000/", 8, 1)).count == 2034
    assert sent == ["-d1s", "-d10s"]
    reports[1] = reports[0]
    with pytest.raises(sites.Failed, match="no answers"):
        tools.wrk(tools.Load("http://127.0.0.1:8000/", 8, 1))


def test_report_of_pgbench_is_read_only_when_all_transactions_were_done() -> None:
    assert tools.read_pgbench(PGBENCH.format(done=320, connecting="31.250")) == 0.03125
    # Some of it passed while the run was stopped.
    assert tools.read_pgbench(PGBENCH.format(done=320, connecting="812.5")) == 0.25
    with pytest.raises(sites.Failed):
        tools.read_pgbench(PGBENCH.format(done=319, connecting="31.250"))


def test_scripts_under_pgbench_take_turns_and_each_is_told_its_own_time(tmp_path: Path) -> None:
    slow, quick = tmp_path / "slow.sql", tmp_path / "quick.sql"
    slow.write_text("SELECT pg_sleep(0.02);")
    quick.write_text("SELECT 1;")
    began = time.monotonic()
    found = tools.run_pgbench([slow, quick], tools.Clients(SERVER.app_url, 2, 40, {}))
    assert 40 < found[0] <= 2 / 0.02
    assert found[1] > 2 * found[0]
    assert time.monotonic() - began > 40 * 0.02


def test_failed_transaction_under_pgbench_ends_all_runs(tmp_path: Path) -> None:
    wrong, endless = tmp_path / "wrong.sql", tmp_path / "endless.sql"
    wrong.write_text("SELECT 1 / (:client_id - 1);")
    endless.write_text("SELECT pg_sleep(0.01);")
    with pytest.raises(sites.Failed, match="division by zero"):
        tools.run_pgbench([wrong, endless], tools.Clients(SERVER.app_url, 2, 30, {}))
    listed = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True).stdout
    assert str(tmp_path) not in listed


def test_missing_programs_are_named_with_how_to_install_them(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(tools, "find", lambda name: None)
    with pytest.raises(SystemExit) as ended:
        running.run([])
    assert ended.value.code == 1
    assert capsys.readouterr().err == (
        "The measurement needs nginx and wrk, which this machine lacks (Debian: apt install nginx wrk).\n"
    )


@pytest.mark.parametrize("words", ["", "x", "0", "101", "1,2,3", "-1,1"])
def test_scale_that_no_site_has_is_refused(words: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError):
        running._scales(words)


def test_scales_come_in_order() -> None:
    assert running._scales("100,1") == (1.0, 100.0)
    assert running._scales("2,2") == (2.0,)


def test_cpu_and_memory_are_those_of_a_process_and_its_children() -> None:
    spin = "while True: pass"
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {spin!r}])"
    started = subprocess.Popen([sys.executable, "-c", parent], start_new_session=True)
    try:
        while len(seen := processes.tree(started.pid)) < 2 or processes.cpu_seconds(seen) < 0.3:
            assert started.poll() is None
        assert processes.cpu_seconds({started.pid}) < processes.cpu_seconds(seen)
        assert 0 < processes.memory_mb({started.pid}) < processes.memory_mb(seen)
        assert os.getpid() not in seen
    finally:
        os.killpg(started.pid, 9)
        started.wait()
    assert processes.cpu_seconds({started.pid}) == processes.memory_mb({started.pid}) == 0


def test_pages_stand_beside_the_empty_view() -> None:
    unit, search, listed = readers.page_rows(PAGES, 1)
    assert (unit.what, unit.figure, unit.unit) == ("empty view, N = 1", 1, "ms")
    assert (search.what, search.figure, search.aim) == ("search, N = 1 / empty view", 20, "")
    assert (listed.figure, listed.aim) == (pytest.approx(30), "20")
    assert listed.beside == "queries: 3 (aim 6); database 1.0 ×"


def test_makings_of_the_worker_are_summed_apart_from_the_pages() -> None:
    costs = {"units": 0.3, "programs": 0.2, "months": 0.05, "states": 0.05}
    makings = {
        f"made once a minute: {name}": {**PAGES["desk: log"], "application": 0.01, "database": cost - 0.01}
        for name, cost in costs.items()
    }
    figures = {**PAGES, **makings}
    (row,) = readers.making_rows(figures, 100)
    assert (row.what, round(row.figure), row.unit) == (
        "made once a minute: all figures, N = 100",
        600,
        "ms",
    )
    assert row.beside == "with the database; 1.50% of a core; units 300 ms, programs 200 ms, months 50 ms"
    assert not list(readers.making_rows(PAGES, 1)), "where one scale is measured, they are not made"
    assert len(list(readers.growth_rows(figures, figures, (1, 100)))) == 3


def test_growth_is_that_of_the_larger_site_with_what_it_asks_and_shows() -> None:
    large = {name: {**seen, "growth": 2} for name, seen in PAGES.items()}
    search, listed, log = readers.growth_rows(PAGES, large, (1, 100))
    assert (search.what, search.figure, search.aim) == ("search, N = 100 / N = 1", pytest.approx(2), "1.5")
    assert log.beside == "queries: 5, then 5; KB: 20, then 20; calls 1.00 ×"
    assert (listed.aim, log.what, log.aim) == ("1.1", "desk: log, N = 100 / N = 1", "1.1")


def test_page_that_a_small_site_cannot_fill_has_the_growth_of_one_with_as_many_rows_beside() -> None:
    few = "programmes of a unit without a budget"
    wanted = "programmes without a budget"
    small = {name: {**PAGES["desk: log"], "growth": 1} for name in (wanted, few)}
    large = {
        wanted: {**small[few], "bytes": 29_000, "calls": 1_420, "growth": 1.3},
        few: {**small[few], "growth": 0.97},
    }
    wide, narrow = readers.growth_rows(small, large, (1, 100))
    assert (wide.figure, wide.aim) == (pytest.approx(1.3), "")
    assert (
        wide.beside
        == "shows more; with as many at both 0.97 ×; queries: 5, then 5; KB: 20, then 29; calls 1.42 ×"
    )
    assert (narrow.figure, narrow.aim) == (pytest.approx(0.97), "1.1")


class Drifting:
    """A site with one page, on a machine that takes 1.4 times as long each time; no process, as the times are the matter."""

    def __init__(self, cost: float, machine: list[float]) -> None:
        self.cost, self.machine = cost, machine

    @contextmanager
    def told(self, part: str, **numbers: int) -> Iterator["Drifting"]:
        yield self

    def hear(self) -> dict[str, dict[str, int]]:
        return {"desk": {"queries": 3, "bytes": 20_000, "calls": 1_000, "is_often": 0}}

    def tell(self, order: object) -> dict[str, float]:
        self.machine[0] *= 1.4
        used = self.cost * self.machine[0]
        return {"application": used, "database": 0, "quarter": used}


def test_growth_is_taken_within_a_turn_so_that_a_machine_that_slows_down_moves_it_little() -> None:
    machine = [1.0]
    amounts = dataclasses.replace(QUICK, processes=3, rounds=4)
    found = readers.anew([Drifting(0.01, machine), Drifting(0.02, machine)], amounts, are_all=True)  # type: ignore[list-item]
    [row] = readers.growth_rows(*found, (1, 100))
    assert row.figure == pytest.approx(2, rel=0.1)
    assert machine[0] > 1_000


class Restless:
    """A site with two pages, one of which costs another thing in each process; it notes who was measured."""

    def __init__(self, *costs: float) -> None:
        self.costs, self.measured = list(costs), [""]

    @contextmanager
    def told(self, part: str, **numbers: int) -> Iterator["Restless"]:
        self.cost = self.costs.pop(0)
        yield self

    def hear(self) -> dict[str, dict[str, int]]:
        return {
            page: {"queries": 3, "bytes": 20_000, "calls": 1_000, "is_often": 0}
            for page in ("calm", "restless")
        }

    def tell(self, order: list[str]) -> dict[str, float]:
        self.measured.append(order[0])
        used = self.cost if order[0] == "restless" else 0.01
        return {"application": used, "database": 0, "quarter": used}


def test_page_above_what_it_may_cost_more_is_measured_in_as_many_processes_again_and_all_count() -> None:
    small, large = Restless(*[0.01] * 6), Restless(0.012, 0.012, 0.010, 0.010, 0.0104, 0.0102)
    amounts = dataclasses.replace(QUICK, processes=3, rounds=1)
    found = readers.anew([small, large], amounts, are_all=True)  # type: ignore[list-item]
    calm, restless = readers.growth_rows(*found, (1, 100))
    assert (calm.figure, restless.figure) == (pytest.approx(1), pytest.approx(1.03))
    assert [large.measured.count(page) for page in ("calm", "restless")] == [3, 6]


def test_table_is_markdown_with_a_row_for_each_figure() -> None:
    rows = [table.times("votes", 0.7123, "at least 0.7"), table.megabytes("database", 75.04)]
    assert table.printed(rows).splitlines()[2:] == [
        "| votes | 0.71 × | at least 0.7 |  |",
        "| database | 75.0 MB |  |  |",
    ]


def test_what_an_operator_set_for_his_own_site_is_not_passed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DATABASE_URL", "REMBUK_OWNER_URL", "REMBUK_SECRET_KEY", "REMBUK_EMAIL_URL", "REMBUK_HOSTS"):
        monkeypatch.setenv(name, "postgresql://of-his-own")
    var = Path("/nonexistent")
    filled, copy = (sites.Site(1, var, describe(var), named) for named in ("", sites.COPY))
    assert "of-his-own" not in "".join(filled.variables.values())
    assert (filled.variables["REMBUK_ENV"], filled.variables["DATABASE_URL"]) == ("demo", "")
    assert copy.variables["DATABASE_URL"].startswith("postgresql://rembuk_app@/rembuk_writes?host=")
    assert copy.variables["REMBUK_OWNER_URL"].startswith("postgresql://rembuk_owner@/rembuk_writes?host=")


def test_no_setting_of_the_operator_reaches_a_measured_site() -> None:
    offered = re.findall(r"^#?([A-Z_]+)=", (env.ROOT / ".env.example").read_text(), re.MULTILINE)
    var = Path("/nonexistent")
    given = sites.Site(1, var, describe(var)).variables
    assert len(offered) > 20
    assert set(offered) - given.keys() == set()  # what is set, if to nothing, is not read from `.env`


def test_parts_are_not_run_on_a_production_site(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REMBUK_ENV", "production")
    with pytest.raises(CommandError, match="production"):
        call_command("bench", "voters")


@pytest.fixture
def ground(tmp_path: Path, transactional_db: None) -> dict[str, object]:
    """Five proposals of one citizen, three more citizens, and two of them signed in."""
    author, *_others = [people.citizen(name) for name in ("Ayu", "Sari", "Budi", "Wulan")]
    place = scenes.regency()
    for _ in range(5):
        scenes.published(place, author=author)
    return cast(tmp_path, 2)


@pytest.mark.parametrize(
    ("name", "places"), [(scripts.VOTE, (0, 1, 2, 3, 1, 2, 3, 4)), (scripts.HOT, (0, 0, 0, 0, 1, 1, 1, 1))]
)
def test_statement_for_pgbench_is_a_vote_with_its_trail(
    tmp_path: Path, ground: dict[str, object], name: str, places: tuple[int, ...]
) -> None:
    chosen = [number for number, _code in ground["ballots"]]  # type: ignore[attr-defined]
    first, count = ground["voters"]  # type: ignore[misc]
    script = scripts.write_for_pgbench(tmp_path, name, chosen)
    url = SERVER.app_url.replace("@/rembuk?", f"@/{connection.settings_dict['NAME']}?")
    names = {"first_voter": first, "voters": count}
    assert tools.run_pgbench([script], tools.Clients(url, 1, 2 * count, names))[0] > 0
    votes = Vote.objects.order_by("pk")
    # One ballot more than voters: whoever counts on without a turn meets the same ones again.
    assert (count, len(chosen)) == (4, 5)
    assert [vote.voter_id for vote in votes] == 2 * list(range(first, first + count))
    met = [vote.ballot_id for vote in votes]
    assert met == [chosen[place] for place in places]
    folding.run_once()
    noted = AuditEntry.objects.filter(verb="ballot.voted").values_list("actor_person_id", flat=True)
    assert sorted(noted) == sorted(vote.voter_id for vote in votes)
    assert find_drift() == []


def test_sessions_let_people_in_who_proposed_none_of_it(ground: dict[str, object]) -> None:
    assert ground["cookies"] == list(COOKIES)
    assert len(ground["sessions"]) == 2  # type: ignore[arg-type]
    author = Ballot.objects.values_list("subject__author", flat=True).distinct().get()
    for key in ground["sessions"]:  # type: ignore[attr-defined]
        browser = Client()
        browser.cookies["rembuk_session"] = key
        person = browser.get("/usulan/").wsgi_request.user
        assert person.is_authenticated
        assert person.pk != author


def test_scripts_of_wrk_name_every_session_and_address(tmp_path: Path) -> None:
    crowd = scripts.Crowd(("one", "two"), COOKIES, "t" * 32)
    votes = scripts.write_votes(tmp_path, crowd, ["USL-2026-0001"]).read_text()
    assert '{"one", "two"}' in votes
    assert '"/diskusi/usulan/USL-2026-0001/suara/"' in votes
    assert f'csrfmiddlewaretoken={"t" * 32}&" .. "value=" .. (1 - turn % 2) .. "&kiriman=" .. place' in votes
    comments = scripts.write_comments(tmp_path, crowd, ["USL-2026-0001"], 8).read_text()
    assert '/tulis/"' in comments
    assert "kiriman=00000008-%012x" in comments
