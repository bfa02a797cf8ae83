"""``deploy/drill/run``: starts everything, lets people vote, kills, and compares. Ends with 0 when no vote is lost or doubled."""

import argparse
import os
import pwd
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import psycopg

from deploy import render
from deploy.drill import compare, costs, database, layout, trials, voters
from deploy.drill.machines import Caretaker, Failed, wait_for
from deploy.drill.readers import Readers
from deploy.drill.site import Site
from deploy.render import Cluster
from rembuk.ops.launch import catalogue

_ROWS = """
    SELECT vote.voter_id, subject.code, array_agg(vote.value)
    FROM engagement_vote vote JOIN engagement_ballot ballot ON ballot.id = vote.ballot_id
    JOIN engagement_subject subject ON subject.id = ballot.subject_id
    WHERE vote.voter_id = ANY(%s) GROUP BY 1, 2
"""
_TRAIL = """
    SELECT actor_person_id, target_key, count(*) FROM (
        SELECT verb, actor_person_id, target_key FROM audit_entry
        UNION ALL SELECT entry::json ->> 'verb', actor_person_id, entry::json ->> 'target_key' FROM engagement_votedelta
    ) AS entry WHERE verb = 'ballot.voted' AND actor_person_id = ANY(%s) GROUP BY 1, 2
"""
SHOWN = 10


def main() -> int:
    """Run the drill."""
    given = _arguments()
    if absent := database.missing():
        print(f"First: apt install --no-install-recommends {' '.join(absent)}", file=sys.stderr)
        return 2
    catalogue.compile_if_older()  # while the drill may still write into the code
    folder = _private_folder(given.folder)
    _become_unprivileged(folder)
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _interrupt)
    began = time.monotonic()
    try:
        return _drill(folder, given)
    except Failed as error:
        print(f"The drill did not come to its end: {error}\nLogs: {folder}", file=sys.stderr)
        given.keep = True
        return 2
    except KeyboardInterrupt:
        print("Interrupted.", file=sys.stderr)
        return 130
    finally:
        print(f"{(time.monotonic() - began) / 60:.1f} minutes")
        if not given.keep:
            shutil.rmtree(folder, ignore_errors=True)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="deploy/drill/run", description=__doc__)
    parser.add_argument("--kills", type=int, default=5, help="how often the primary is killed (default: 5)")
    parser.add_argument("--clients", type=int, default=12, help="clients that vote at once (default: 12)")
    parser.add_argument("--people", type=int, default=360, help="people who vote (default: 360)")
    parser.add_argument("--pause", type=float, default=0.1, help="seconds between a client's votes (0.1)")
    parser.add_argument(
        "--asynchronous",
        action="store_true",
        help="control: one kill without synchronous replication, and the replica cut off before it: votes must be lost",
    )
    parser.add_argument("--only-kills", action="store_true", help="leave out what is done after the kills")
    parser.add_argument("--folder", type=Path, help="private folder (default: a new one of the system's)")
    parser.add_argument("--keep", action="store_true", help="leave the folder with all logs")
    return parser.parse_args()


def _drill(folder: Path, given: argparse.Namespace) -> int:
    cluster = layout.describe(folder, is_synchronous=not given.asynchronous)
    for host in cluster.hosts:
        render.write(cluster, host.name, folder / host.name)
    (folder / "uploads").mkdir()
    databases, site = database.Databases(cluster, folder), Site(cluster, folder)
    with _running(databases, site):
        print(f"Everything is in {folder}.", flush=True)
        crowd = _set_up(databases, site, given.people)
        crowd_of = voters.Voters(site.address, crowd, folder, clients=given.clients, pause=given.pause)
        paths = ["/", "/usulan/", *(f"/usulan/{code}/" for code in crowd.codes[:3])]
        stage = trials.Stage(databases, site, crowd_of, Readers(site.address, paths))
        stage.voters.start()
        stage.readers.start()
        try:
            print(costs.calm(stage, _owner_address(cluster)), flush=True)
            for act in _acts(given):
                act(stage)
        finally:
            stage.voters.stop()
            stage.readers.stop()
        return _judge(stage, cluster, crowd, is_control=given.asynchronous)


def _acts(given: argparse.Namespace) -> list[Callable[[trials.Stage], None]]:
    if given.asynchronous:
        return trials.control()
    return trials.only_kills(given.kills) if given.only_kills else trials.all_of(given.kills)


@contextmanager
def _running(databases: database.Databases, site: Site) -> Iterator[None]:
    machines = [site.front, *site.machines.values(), *databases.machines.values(), *databases.etcd.values()]
    caretaker = Caretaker(machines)
    try:
        yield
    finally:
        caretaker.stop()
        for machine in machines:
            machine.stop()


def _set_up(databases: database.Databases, site: Site, people: int) -> voters.Crowd:
    print("etcd, Patroni, PostgreSQL …", flush=True)
    databases.start()
    site.start_ways()
    print("Migrations, content, people …", flush=True)
    wait_for("a way to the primary", lambda: _reaches(site), 30)
    site.run(site.command("migrate"))
    site.run(site.command("seed", "--scale", "0.1"), REMBUK_ENV="demo")
    found = site.ask("voters", people=people)
    site.start_pages()
    sessions = {int(number): key for number, key in found["sessions"].items()}
    session, csrf = found["cookies"]
    return voters.Crowd(sessions, found["codes"], (session, csrf), found["token"])


def _reaches(site: Site) -> bool:
    try:
        site.run(
            [
                sys.executable,
                "-c",
                "import os, psycopg; psycopg.connect(os.environ['REMBUK_OWNER_URL']).close()",
            ]
        )
    except Failed:
        return False
    return True


def _judge(stage: trials.Stage, cluster: Cluster, crowd: voters.Crowd, *, is_control: bool) -> int:
    wait_for("votes to be folded", lambda: stage.site.ask("drift")["waiting"] == 0, 120)
    drift = stage.site.ask("drift")["drift"]
    attempts = stage.attempts()
    verdict = compare.judge(attempts, _held(cluster, crowd))
    restarts = {m.name: m.restarts() for m in stage.site.machines.values() if m.restarts()}
    print("\nAnswers: " + ", ".join(f"{answer} {n}" for answer, n in voters.count_answers(attempts).items()))
    print(f"Started again: {restarts or 'nothing'}")
    for trial in stage.trials:
        print(stage.told(trial))
    for name, cases in (
        ("lost", verdict.lost),
        ("doubled", verdict.doubled),
        ("sent by nobody", verdict.strange),
    ):
        print(f"{name}: {len(cases)}" + "".join(f"\n  {case}" for case in cases[:SHOWN]))
    print(
        f"acknowledged: {verdict.acknowledged}, without an answer or refused: {verdict.unknown}, drift: {drift}"
    )
    code, words = compare.outcome(verdict, drift, is_control=is_control)
    print(words)
    return code


def _held(cluster: Cluster, crowd: voters.Crowd) -> dict[compare.Pair, compare.Held]:
    people = list(crowd.sessions)
    with psycopg.connect(_owner_address(cluster)) as connection:
        rows = {(voter, code): tuple(found) for voter, code, found in connection.execute(_ROWS, [people])}
        trail = {(voter, code): count for voter, code, count in connection.execute(_TRAIL, [people])}
    return {pair: compare.Held(rows.get(pair, ()), trail.get(pair, 0)) for pair in rows.keys() | trail.keys()}


def _owner_address(cluster: Cluster) -> str:
    application = cluster.of("application")[0]
    return (
        f"postgresql://rembuk_owner:{cluster.values['OWNER_PASSWORD']}"
        f"@{layout.LOCAL}:{application.value('PRIMARY_PORT')}/rembuk"
    )


def _private_folder(wanted: Path | None) -> Path:
    """A new folder for its owner alone; short, since PostgreSQL's socket lies in it."""
    if wanted is not None:
        wanted.mkdir(mode=0o700, parents=True)
        return wanted.resolve()
    return Path(tempfile.mkdtemp(prefix="rembuk-drill-"))


def _become_unprivileged(folder: Path) -> None:
    """PostgreSQL does not run as root: from here on the drill is the user postgres, as are all it starts."""
    if os.geteuid() == 0:
        user = pwd.getpwnam("postgres")
        os.chown(folder, user.pw_uid, user.pw_gid)
        os.setgroups([])
        os.setgid(user.pw_gid)
        os.setuid(user.pw_uid)
        os.environ["HOME"] = str(folder)


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
