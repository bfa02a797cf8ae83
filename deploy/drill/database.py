"""etcd, Patroni and PostgreSQL: started, asked who is who, and waited for."""

import json
import os
import shutil
import urllib.error
import urllib.request
from pathlib import Path

from deploy.drill.layout import DATABASES, ETCD, LOCAL
from deploy.drill.machines import Failed, Machine, wait_for
from deploy.render import DEFAULTS, Cluster

NEEDED = {
    "etcd": "etcd-server",
    "patroni": "patroni",
    "haproxy": "haproxy",
    "pgbouncer": "pgbouncer",
    "nginx": "nginx",
}
# What Patroni imports: its package is content with the library of another store.
LIBRARIES = {"etcd": "python3-etcd", "psycopg2": "python3-psycopg2"}
LIBRARY = Path("/usr/lib/python3/dist-packages")
PATIENCE = 120.0


def find(name: str) -> str:
    """The path of a program; raises Failed with the package that has it."""
    found = shutil.which(name, path=os.defpath + ":/usr/sbin:/sbin:/usr/local/sbin")
    if found is None:
        raise Failed(f"{name} is missing: apt install --no-install-recommends {NEEDED[name]}")
    return found


def missing() -> list[str]:
    """The packages that have to be installed first."""
    absent = [
        package
        for name, package in NEEDED.items()
        if shutil.which(name, path="/usr/bin:/usr/sbin:/bin:/sbin") is None
    ]
    absent += [package for name, package in LIBRARIES.items() if not (LIBRARY / name).exists()]
    return absent + ([] if Path(DEFAULTS["POSTGRES_BIN"], "postgres").exists() else ["postgresql-17"])


class Databases:
    """The machines of etcd and of PostgreSQL, and what their Patronis tell."""

    def __init__(self, cluster: Cluster, folder: Path) -> None:
        self._cluster = cluster
        self.etcd = {name: Machine(name, folder / name) for name in ETCD}
        self.machines = {name: Machine(name, folder / name, folder / name / "data") for name in DATABASES}

    def start(self) -> None:
        """etcd, then both databases; ready when one leads and the other follows."""
        for machine in self.etcd.values():
            machine.run("etcd", [find("etcd"), f"--config-file={machine.home}/etc/etcd/rembuk.yml"])
        for name, machine in self.machines.items():
            machine.run("patroni", [find("patroni"), f"{machine.home}/etc/patroni/config.yml"])
            wait_for(f"{name} to run", lambda name=name: self._state(name) == "running", PATIENCE)  # type: ignore[misc]
        self.wait_until_whole()

    def wait_until_whole(self, seconds: float = PATIENCE) -> float:
        """Wait until one leads and the other may take over; returns the seconds it took."""
        return wait_for("a primary and a replica that may take over", lambda: bool(self.replica()), seconds)

    def primary(self) -> str:
        """The name of the machine that leads, or nothing."""
        for name in DATABASES:
            if self.machines[name].is_up and self._answers(name, "/primary"):
                return name
        return ""

    def replica(self) -> str:
        """The name of the machine that may take over at once without loss, or nothing."""
        kind, leader = "/sync" if self._is_synchronous else "/replica?lag=1MB", self.primary()
        for name in DATABASES:
            # While it takes over, one still calls itself a replica.
            if leader and name != leader and self.machines[name].is_up and self._answers(name, kind):
                return name
        return ""

    def switch_over(self) -> str:
        """Hand over by hand, as ``patronictl switchover`` does; returns the new primary."""
        leader, candidate = self.primary(), self.replica()
        words = json.dumps({"leader": leader, "candidate": candidate}).encode()
        request = urllib.request.Request(self._url(leader, "/switchover"), words, method="POST")
        manager = urllib.request.HTTPPasswordMgrWithDefaultRealm()
        manager.add_password(
            None, self._url(leader, "/"), "patroni", self._cluster.values["PATRONI_PASSWORD"]
        )
        opener = urllib.request.build_opener(urllib.request.HTTPBasicAuthHandler(manager))
        with opener.open(request, timeout=60) as answer:
            answer.read()
        wait_for("the other to lead", lambda: self.primary() == candidate, PATIENCE)
        return candidate

    @property
    def _is_synchronous(self) -> bool:
        return self._cluster.values["SYNCHRONOUS"] == "true"

    def _state(self, name: str) -> str:
        try:
            with urllib.request.urlopen(self._url(name, "/patroni"), timeout=3) as answer:
                return str(json.load(answer).get("state"))
        except OSError:
            return ""

    def _answers(self, name: str, path: str) -> bool:
        try:
            with urllib.request.urlopen(self._url(name, path), timeout=3) as answer:
                return bool(answer.status == 200)
        except (OSError, urllib.error.HTTPError):
            return False

    def _url(self, name: str, path: str) -> str:
        return f"http://{LOCAL}:{self._cluster.host(name).value('PATRONI_PORT')}{path}"
