"""What a vote costs on each machine while nothing happens: CPU by program, in units of the web processes', and WAL."""

import time
from collections.abc import Mapping
from dataclasses import dataclass

import psycopg

from deploy.drill.machines import Machine
from deploy.drill.trials import Stage
from rembuk.ops.bench.processes import cpu_seconds, memory_mb

CALM_SECONDS = 30.0
_LSN = "SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::bigint"


@dataclass(frozen=True, slots=True)
class Meter:
    """CPU seconds by kind of program, bytes of WAL, votes that count, at one moment."""

    used: Mapping[str, float]
    wal: int
    votes: int


def calm(stage: Stage, address: str) -> str:
    """Let people vote for half a minute and tell what each vote cost."""
    machines = [stage.site.front, *stage.site.machines.values(), *stage.databases.etcd.values()]
    before = _read(stage, machines, address)
    time.sleep(CALM_SECONDS)
    after = _read(stage, machines, address)
    memory = {
        name: memory_mb(stage.site.machines["app1"].pids_of(name))
        for name in ("web", "worker", "pgbouncer", "haproxy")
    }
    return (
        told(before, after) + "\nmemory (MB): " + ", ".join(f"{name} {mb:.0f}" for name, mb in memory.items())
    )


def told(before: Meter, after: Meter) -> str:
    """The costs in words; raises ValueError when nobody voted."""
    votes = after.votes - before.votes
    used = {name: after.used[name] - before.used.get(name, 0.0) for name in after.used}
    if votes < 1 or used.get("web", 0.0) <= 0:
        raise ValueError("nobody voted")
    shares = ", ".join(f"{name} {seconds / used['web']:.2f}" for name, seconds in sorted(used.items()))
    return (
        f"in calm: {votes} votes; CPU beside that of the web processes (1.00): {shares}; "
        f"{(after.wal - before.wal) / votes:.0f} bytes of WAL for each vote"
    )


def _read(stage: Stage, machines: list[Machine], address: str) -> Meter:
    used: dict[str, float] = {}
    for machine in machines:
        for name in machine.programs:
            used[name] = used.get(name, 0.0) + cpu_seconds(machine.pids_of(name))
    leader = stage.databases.primary()
    for name, machine in stage.databases.machines.items():
        part = "postgres, primary" if name == leader else "postgres, replica"
        used[part] = cpu_seconds(machine.pids_in_data())
        used["patroni"] = used.get("patroni", 0.0) + cpu_seconds(machine.pids_of("patroni"))
    with psycopg.connect(address) as connection:
        ((wal,),) = connection.execute(_LSN).fetchall()
    votes = sum(1 for each in stage.attempts() if each.is_acknowledged)
    return Meter(used, wal, votes)
