"""The application machines and the web server in front, with the settings that ``deploy/render.py`` wrote for them."""

import json
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import Any

from deploy.drill import front
from deploy.drill.database import find
from deploy.drill.layout import APPLICATIONS, FRONT, LOCAL
from deploy.drill.machines import Failed, Machine, plain_environment, wait_for
from deploy.render import Cluster
from rembuk.runtime import env

STEP_SECONDS = 300


class Site:
    """Two machines with HAProxy, PgBouncer, web server and worker each, and nginx before them."""

    def __init__(self, cluster: Cluster, folder: Path) -> None:
        self._cluster = cluster
        self.machines = {name: Machine(name, folder / name) for name in APPLICATIONS}
        self.front = Machine(FRONT, folder / FRONT)

    @property
    def address(self) -> str:
        """Where visitors come in."""
        return self._cluster.values["SITE_URL"]

    def start_ways(self) -> None:
        """HAProxy and PgBouncer: the ways to the database."""
        for machine in self.machines.values():
            machine.run(
                "haproxy", [find("haproxy"), "-W", "-db", "-f", f"{machine.home}/etc/haproxy/haproxy.cfg"]
            )
            machine.run("pgbouncer", [find("pgbouncer"), f"{machine.home}/etc/pgbouncer/pgbouncer.ini"])

    def start_pages(self) -> None:
        """Web server and worker on each machine, then nginx; ready when every one answers."""
        for name, machine in self.machines.items():
            port = self._cluster.host(name).value("WEB_PORT")
            machine.run("web", self.command("serve", "--host", LOCAL, "--port", port), self.settings(name))
            machine.run("worker", self.command("worker"), self.settings(name, "worker"))
        for name in self.machines:
            self.wait_until_ready(name)
        configuration = self.front.home / "nginx.conf"
        configuration.write_text(front.configuration(self._cluster, self.front.home), encoding="utf-8")
        self.front.run(
            "nginx", [find("nginx"), "-p", str(self.front.home), "-c", str(configuration), "-e", "stderr"]
        )
        wait_for("nginx to answer", lambda: answers(f"{self.address}/readyz"), STEP_SECONDS)

    def wait_until_ready(self, name: str) -> float:
        """Wait until a machine's pages, its database and a worker answer; returns the seconds it took."""
        port = self._cluster.host(name).value("WEB_PORT")
        return wait_for(f"{name} to be ready", lambda: answers(f"http://{LOCAL}:{port}/readyz"), STEP_SECONDS)

    def settings(self, name: str, *more: str) -> dict[str, str]:
        """The environment of a machine's process: the files its systemd unit reads, in their order."""
        unset = dict.fromkeys(env.read_dotenv(env.ROOT / ".env"), "")
        found = {**unset, "PYTHONPATH": f"{env.ROOT}/src:{env.ROOT}"}
        for file in ("site", *more):
            found |= env.read_dotenv(self.machines[name].home / f"etc/rembuk/{file}.env")
        return found

    def command(self, *words: str) -> list[str]:
        """The words that run a command of Rembuk."""
        return [sys.executable, "-m", "rembuk.ops", *words]

    def run(self, words: list[str], **more: str) -> str:
        """Run a command as the owner on the first machine, as an operator does; returns what it printed."""
        name = APPLICATIONS[0]
        home = self.machines[name].home
        done = subprocess.run(
            words,
            env=plain_environment(home) | self.settings(name, "worker", "owner") | more,
            cwd=home,
            capture_output=True,
            text=True,
            timeout=STEP_SECONDS,
            check=False,
        )
        if done.returncode:
            raise Failed(f"{' '.join(words[1:])}\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
        return done.stdout

    def ask(self, part: str, **numbers: int) -> Any:
        """Ask ``inside`` in a process with the site's settings; returns what it found."""
        options = [f"--{name}={value}" for name, value in numbers.items()]
        return json.loads(
            self.run([sys.executable, "-m", "deploy.drill.inside", part, *options]).splitlines()[-1]
        )


def answers(url: str) -> bool:
    """Whether an address answers with 200."""
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False
