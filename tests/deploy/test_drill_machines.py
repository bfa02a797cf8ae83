"""Machines of the drill are real processes: lost all at once, started again, and nobody else's are touched."""

import subprocess
import threading
import time
from pathlib import Path

import pytest

from deploy.drill import costs, readers, voters
from deploy.drill.clients import Clients
from deploy.drill.machines import Failed, Machine, wait_for
from rembuk.runtime.processes import command_line, is_running

PARENT = ["sh", "-c", "sleep 600 & echo $! > child; wait"]


@pytest.fixture
def machine(tmp_path):
    made = Machine("m", tmp_path / "m", tmp_path / "m" / "data")
    (tmp_path / "m" / "data").mkdir(parents=True)
    yield made
    made.lose()


def started(machine: Machine) -> tuple[int, int]:
    """Numbers of a program and of its child."""
    machine.run("parent", PARENT)
    wait_for(
        "the child",
        lambda: (machine.home / "child").exists() and (machine.home / "child").read_text() != "",
        20,
    )
    process = machine.programs["parent"].process
    assert process is not None
    return process.pid, int((machine.home / "child").read_text())


def test_lost_machine_loses_children_and_what_works_in_its_data(machine):
    parent, child = started(machine)
    # As PostgreSQL does: no child of ours, its folder is the data.
    shell = "cd data && { setsid sleep 600 & echo $! > ../loose; }"
    subprocess.run(["sh", "-c", shell], cwd=machine.home, check=True)
    loose = int((machine.home / "loose").read_text())
    wait_for("it to work in the data", lambda: Path(f"/proc/{loose}/cwd").resolve().name == "data", 20)
    bystander = subprocess.Popen(["sleep", "600"])
    try:
        machine.lose()
        assert [is_running(pid) for pid in (parent, child, loose)] == [False, False, False]
        assert bystander.poll() is None
    finally:
        bystander.kill()
        bystander.wait()


def test_ended_program_is_started_again_but_not_on_a_lost_machine(machine):
    parent, _child = started(machine)
    process = machine.programs["parent"].process
    process.kill()
    process.wait()
    machine.look_after()
    assert machine.programs["parent"].process.pid != parent
    assert machine.restarts() == {"parent": 1}
    machine.lose()
    machine.look_after()
    assert machine.programs["parent"].process.poll() is not None
    assert machine.restarts() == {"parent": 1}


def test_frozen_machine_stands_still_and_goes_on(machine):
    machine.run("clock", ["sh", "-c", "while :; do echo . >> ticks; sleep 0.05; done"])
    ticks = machine.home / "ticks"
    wait_for("the clock to tick", ticks.exists, 20)
    machine.freeze()
    time.sleep(0.2)
    before = ticks.stat().st_size
    time.sleep(0.4)
    assert ticks.stat().st_size == before
    machine.thaw()
    wait_for("the clock to go on", lambda: ticks.stat().st_size > before, 20)


def test_one_process_of_the_data_stands_still_by_its_title(machine):
    parent, child = started(machine)
    shell = "cd data && { setsid sleep 599 & echo $! > ../sender; setsid sleep 600 & echo $! > ../other; }"
    subprocess.run(["sh", "-c", shell], cwd=machine.home, check=True)
    sender, other = (int((machine.home / name).read_text()) for name in ("sender", "other"))
    wait_for("both to work in the data", lambda: machine.pids_in_data() >= {sender, other}, 20)
    wait_for("its title", lambda: "599" in command_line(sender), 20)
    machine.freeze_those("sleep 599")
    wait_for("the sender to stand still", lambda: state_of(sender) == "T", 20)
    assert "T" not in {state_of(pid) for pid in (other, parent, child)}
    with pytest.raises(Failed, match="m has no walsender"):
        machine.freeze_those("walsender")


def state_of(pid: int) -> str:
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]


def test_waiting_in_vain_says_for_what():
    with pytest.raises(Failed, match="in vain: the moon"):
        wait_for("the moon", lambda: False, 0.3)


def test_clients_work_side_by_side_until_all_have_ended():
    class Counting(Clients):
        def _go_on(self, number: int) -> None:
            meeting.wait(20)
            self._stopping.wait()
            ended.append(number)

    meeting, ended = threading.Barrier(4), list[int]()
    counting = Counting("counter", 3)
    counting.start()
    meeting.wait(20)
    assert ended == []
    counting.stop()
    assert sorted(ended) == [0, 1, 2]


def test_every_person_votes_once_on_every_code():
    people, codes = list(range(7)), [f"c{number}" for number in range(5)]
    found = list(voters.pairs(people, codes))
    assert len(found) == len(set(found)) == 35


def test_reads_are_summed():
    reads = [readers.Read(0, 1, 200), readers.Read(1, 4, 503), readers.Read(2, 2.5, 0)]
    assert str(readers.summed(reads)) == "3 pages read, 2 refused, longest wait 3.0 s"
    assert readers.summed([]).pages == 0


def test_costs_are_told_in_units_of_the_web_processes():
    before = costs.Meter({"web": 10.0, "nginx": 1.0}, wal=1_000, votes=50)
    after = costs.Meter({"web": 12.0, "nginx": 1.5, "postgres, primary": 1.0}, wal=51_000, votes=150)
    told = costs.told(before, after)
    assert told.startswith("in calm: 100 votes")
    assert "nginx 0.25, postgres, primary 0.50, web 1.00" in told
    assert "500 bytes of WAL" in told


def test_costs_without_votes_are_refused():
    still = costs.Meter({"web": 1.0}, wal=0, votes=0)
    with pytest.raises(ValueError, match="nobody voted"):
        costs.told(still, still)
