"""What happens to the site under load, one thing after the other, and the report of each."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial

from deploy.drill import voters as voting
from deploy.drill.compare import Attempt, longest_gap, read
from deploy.drill.database import Databases
from deploy.drill.layout import APPLICATIONS, ETCD
from deploy.drill.machines import Failed, wait_for
from deploy.drill.readers import Readers
from deploy.drill.site import Site

CALM_SECONDS = 4.0
CALM_VOTES = 100
AFTER_SECONDS = 5.0
PATIENCE = 150.0
UNSENT_VOTES = 50
UNSENT_SECONDS = 12.0
"""Less than ``wal_receiver_timeout``, after which the replica would connect anew."""


@dataclass(slots=True)
class Trial:
    """One thing that happened: its name, when it began and ended, and what is to be told of it."""

    name: str
    begin: float
    end: float = 0.0
    words: str = ""


class Stage:
    """The running site with its voters and readers."""

    def __init__(self, databases: Databases, site: Site, voters: voting.Voters, readers: Readers) -> None:
        self.databases, self.site, self.voters, self.readers = databases, site, voters, readers
        self.trials: list[Trial] = []

    def attempts(self) -> list[Attempt]:
        """All that voters were told so far, in the order in which each client was told."""
        return [
            attempt
            for path in self.voters.logs()
            for attempt in read(path.read_text().splitlines(keepends=True))
        ]

    @contextmanager
    def trial(self, name: str) -> Iterator[Trial]:
        """Let votes go on before, measure until they go on after, and tell."""
        time.sleep(CALM_SECONDS)
        before = time.monotonic()
        wait_for("votes to come in", lambda: self.counted_since(before) >= CALM_VOTES, PATIENCE)
        trial = Trial(name, time.monotonic())
        yield trial
        wait_for("votes to count again", lambda: self._count_after(trial), PATIENCE)
        time.sleep(AFTER_SECONDS)
        trial.end = time.monotonic()
        self.trials.append(trial)
        print(self.told(trial), flush=True)

    def told(self, trial: Trial) -> str:
        """The line of a trial in the report."""
        gap = longest_gap(self.attempts(), trial.begin, trial.end)
        return f"{trial.name}: longest gap in votes {gap:.1f} s; {self.readers.seen(trial.begin, trial.end)}{trial.words}"

    def counted_since(self, moment: float) -> int:
        """How many votes that were sent after a moment were acknowledged."""
        return sum(1 for each in self.attempts() if each.is_acknowledged and each.sent > moment)

    def _count_after(self, trial: Trial) -> bool:
        """Whether a vote that was sent after the trial's acts were done counts."""
        trial.end = trial.end or time.monotonic()
        return self.counted_since(trial.end) > 0


def kill_primary(stage: Stage, number: int, *, is_cut_off: bool = False) -> None:
    """The primary loses its power; the replica takes over; the old one comes back and follows.

    ``is_cut_off``: shortly before, its WAL reaches the replica no more.
    """
    databases = stage.databases
    databases.wait_until_whole(PATIENCE)
    with stage.trial(f"kill {number}") as trial:
        lost = databases.primary()
        if is_cut_off:
            _cut_off(stage, lost)
        databases.machines[lost].lose()
        promoted = wait_for(
            "the replica to take over", lambda: databases.primary() not in ("", lost), PATIENCE
        )
        back = time.monotonic()
        databases.machines[lost].start()
        whole = databases.wait_until_whole(PATIENCE)
        trial.words = (
            f"; {lost} killed, {databases.primary()} leads after {promoted:.1f} s, "
            f"{lost} follows {whole:.1f} s after it came back"
        )
        trial.end = back


def _cut_off(stage: Stage, primary: str) -> None:
    """Votes that are acknowledged from here on are on the primary alone; it and the replica notice nothing yet."""
    stage.databases.machines[primary].freeze_those("walsender")
    since = time.monotonic()
    wait_for(
        "votes that the replica lacks", lambda: stage.counted_since(since) >= UNSENT_VOTES, UNSENT_SECONDS
    )


def freeze_primary(stage: Stage) -> None:
    """The primary stands still with open connections, is replaced, and comes back believing that it leads."""
    databases = stage.databases
    databases.wait_until_whole(PATIENCE)
    with stage.trial("primary frozen") as trial:
        frozen = databases.primary()
        machine = databases.machines[frozen]
        machine.freeze()
        machine.is_up = False
        try:
            wait_for("the replica to take over", lambda: databases.primary() not in ("", frozen), PATIENCE)
        finally:
            machine.thaw()
            machine.is_up = True
        trial.end = time.monotonic()
        whole = databases.wait_until_whole(PATIENCE)
        trial.words = f"; {frozen} thawed while {databases.primary()} led, follows after {whole:.1f} s"


def switch_over(stage: Stage) -> None:
    """Handed over by hand, as before work on a machine."""
    stage.databases.wait_until_whole(PATIENCE)
    with stage.trial("switchover by hand") as trial:
        trial.words = f"; {stage.databases.switch_over()} leads"


def lose_application(stage: Stage) -> None:
    """One application machine loses its power; nginx goes on with the other; it comes back."""
    name = APPLICATIONS[0]
    machine = stage.site.machines[name]
    with stage.trial(f"{name} killed") as trial:
        machine.lose()
        time.sleep(10)
        machine.start()
        trial.end = time.monotonic()
        trial.words = f"; ready {stage.site.wait_until_ready(name):.1f} s after it came back"


def lose_member(stage: Stage) -> None:
    """One of three members of etcd is lost; nobody notices."""
    machine = stage.databases.etcd[ETCD[0]]
    with stage.trial(f"{machine.name} killed") as trial:
        before = stage.databases.primary()
        machine.lose()
        time.sleep(25)  # longer than the lease
        machine.start()
        after = stage.databases.primary()
        trial.words = f"; {before} led before, {after or 'nobody'} after"


def write_files(stage: Stage) -> None:
    """A file of all proposals is read on the replica; with the replica lost on the primary, and votes go on."""
    databases = stage.databases
    databases.wait_until_whole(PATIENCE)
    with stage.trial("file written") as trial:
        trial.words = f"; {_written_file(stage, is_from_replica=True)}"
    databases.wait_until_whole(PATIENCE)
    replica = databases.replica()
    with stage.trial("replica killed, file written") as trial:
        databases.machines[replica].lose()
        told = _written_file(stage, is_from_replica=False)
        trial.end = time.monotonic()
        databases.machines[replica].start()
        trial.words = (
            f"; {told}; {replica} follows {databases.wait_until_whole(PATIENCE):.1f} s after it came back"
        )


def _written_file(stage: Stage, *, is_from_replica: bool) -> str:
    """Who told the rows of a file that is asked for now; raises Failed where it should have been the other."""
    number, found = stage.site.ask("ask-file")["number"], {}

    def is_written() -> bool:
        found.update(stage.site.ask("see-file", number=number))
        return found["state"] in ("ready", "failed")

    seconds = wait_for("a file to be written", is_written, PATIENCE)
    if found["state"] != "ready" or found["is_from_replica"] is not is_from_replica:
        raise Failed(f"The file was not written as it should be: {found}")
    place = "replica" if found["is_from_replica"] else "primary"
    return f"{found['rows']} rows read on the {place}, ready after {seconds:.1f} s"


def all_of(kills: int) -> list[Callable[[Stage], None]]:
    """The drill: the kills first, then what else may happen."""
    return [*only_kills(kills), write_files, freeze_primary, switch_over, lose_application, lose_member]


def only_kills(kills: int) -> list[Callable[[Stage], None]]:
    """The primary killed so often."""
    return [partial(kill_primary, number=number) for number in range(1, kills + 1)]


def control() -> list[Callable[[Stage], None]]:
    """One kill that has to lose votes where replication is not synchronous."""
    return [partial(kill_primary, number=1, is_cut_off=True)]
