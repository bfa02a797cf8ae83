#!/usr/bin/env python3
"""Fills in the configuration of one machine from the description of all: ``python3 deploy/render.py cluster.toml db1 --to /``.

The templates lie in the folders beside this file; ``cluster.toml`` beside it is a sample. Python's standard library only.
The drill (``deploy/drill``) renders the same templates with other ports and folders.
"""

import argparse
import re
import sys
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

TEMPLATES = Path(__file__).resolve().parent
PLACE = re.compile(r"@([A-Z][A-Z_]*)@")
# Passwords stand in addresses, quotes of SQL and YAML: these letters mean nothing there.
PLAIN = re.compile(r"[A-Za-z0-9_-]{16,}")
OWNER_ONLY, ALL_READ, OWNER_RUNS = 0o600, 0o644, 0o700

FILES: dict[str, tuple[tuple[str, str, int], ...]] = {
    "etcd": (("etcd/rembuk.yml", "etc/etcd/rembuk.yml", ALL_READ),),
    "database": (
        ("patroni/config.yml", "etc/patroni/config.yml", OWNER_ONLY),
        ("patroni/post-bootstrap.sh", "etc/patroni/post-bootstrap.sh", OWNER_RUNS),
    ),
    "application": (
        ("haproxy/haproxy.cfg", "etc/haproxy/haproxy.cfg", ALL_READ),
        ("pgbouncer/pgbouncer.ini", "etc/pgbouncer/pgbouncer.ini", ALL_READ),
        ("pgbouncer/userlist.txt", "etc/pgbouncer/userlist.txt", OWNER_ONLY),
        ("application/site.env", "etc/rembuk/site.env", OWNER_ONLY),
        ("application/worker.env", "etc/rembuk/worker.env", OWNER_ONLY),
        ("application/owner.env", "etc/rembuk/owner.env", OWNER_ONLY),
        ("application/rembuk-web.conf", "etc/systemd/system/rembuk-web.service.d/cluster.conf", ALL_READ),
        (
            "application/rembuk-worker.conf",
            "etc/systemd/system/rembuk-worker.service.d/cluster.conf",
            ALL_READ,
        ),
    ),
    "front": (("nginx/rembuk-hosts.conf", "etc/nginx/conf.d/rembuk-hosts.conf", ALL_READ),),
}
"""By role of a machine: template, place below the root, mode."""

DEFAULTS: dict[str, str] = {
    "CLUSTER": "rembuk",
    "ETCD_PORT": "2379",
    "ETCD_PEER_PORT": "2380",
    "ETCD_DATA": "/var/lib/etcd/rembuk",
    "PATRONI_PORT": "8008",
    "POSTGRES_PORT": "5432",
    "POSTGRES_DATA": "/var/lib/postgresql/17/rembuk",
    "POSTGRES_BIN": "/usr/lib/postgresql/17/bin",
    "POSTGRES_SOCKETS": "/var/run/postgresql",
    "PGPASS": "/var/lib/postgresql/.pgpass-patroni",
    "POST_BOOTSTRAP": "/etc/patroni/post-bootstrap.sh",
    "ARCHIVE_COMMAND": "pgbackrest --stanza=rembuk archive-push %p",
    "MAX_LAG": "1048576",
    "SYNCHRONOUS": "true",
    "SYNCHRONOUS_COMMIT": "on",
    "MAX_CONNECTIONS": "200",
    "SHARED_BUFFERS": "2GB",
    "HAPROXY_USER": "user haproxy\n    group haproxy",
    "PRIMARY_PORT": "5000",
    "REPLICA_PORT": "5001",
    "POOL_PORT": "6432",
    "POOL_SIZE": "20",
    "POOL_USERS": "/etc/pgbouncer/userlist.txt",
    "WEB_PORT": "8000",
    "WEB_WORKERS": "2",
    "VAR": "/var/lib/rembuk",
    "UPLOADS": "/srv/rembuk/uploads",
}


class Incomplete(ValueError):
    """The description lacks something or holds what can't be used; the text names it."""


@dataclass(frozen=True, slots=True)
class Host:
    """A machine: what it is for, and values of its own (``ADDRESS`` at least)."""

    name: str
    roles: tuple[str, ...]
    values: Mapping[str, str]

    def value(self, name: str) -> str:
        """A value of its own, else the default."""
        found = self.values.get(name, DEFAULTS.get(name))
        if found is None:
            raise Incomplete(f"{name} of the machine {self.name} is missing.")
        return found


@dataclass(frozen=True, slots=True)
class Cluster:
    """All machines, and the values they share."""

    hosts: tuple[Host, ...]
    values: Mapping[str, str] = field(default_factory=dict)

    def host(self, name: str) -> Host:
        """A machine by its name."""
        for host in self.hosts:
            if host.name == name:
                return host
        raise Incomplete(
            f"There is no machine {name}: {', '.join(host.name for host in self.hosts) or 'none at all'}."
        )

    def of(self, role: str) -> list[Host]:
        """The machines with a role."""
        return [host for host in self.hosts if role in host.roles]


def read(path: Path) -> Cluster:
    """The description in a TOML file; raises Incomplete for what can't be used."""
    told = tomllib.loads(path.read_text(encoding="utf-8"))
    hosts = []
    for name, values in told.get("hosts", {}).items():
        roles = tuple(values.pop("roles", ()))
        if unknown := set(roles) - set(FILES):
            raise Incomplete(f"The machine {name} has an unknown role: {', '.join(sorted(unknown))}.")
        hosts.append(Host(name, roles, {key: str(value) for key, value in values.items()}))
    cluster = Cluster(tuple(hosts), {key: str(value) for key, value in told.get("values", {}).items()})
    check(cluster)
    return cluster


def check(cluster: Cluster) -> None:
    """Raises Incomplete for passwords that need quoting or are short, and a number of etcd members that can't decide."""
    for name, value in cluster.values.items():
        if name.endswith(("_PASSWORD", "SECRET_KEY")) and not PLAIN.fullmatch(value):
            raise Incomplete(
                f"{name} is to be at least 16 letters and digits: openssl rand -hex 24 makes some."
            )
    members = len(cluster.of("etcd"))
    if members not in (3, 5):
        raise Incomplete(
            f"etcd needs three or five machines to decide when one is lost; there are {members}."
        )


def files_of(cluster: Cluster, name: str) -> dict[str, tuple[str, int]]:
    """Every file of a machine: its text and mode by its place below the root."""
    host = cluster.host(name)
    values = values_for(cluster, host)
    return {
        place: (fill((TEMPLATES / template).read_text(encoding="utf-8"), values, template), mode)
        for role in host.roles
        for template, place, mode in FILES[role]
    }


def write(cluster: Cluster, name: str, root: Path) -> list[Path]:
    """Write the files of a machine below ``root``, each with its mode from the first byte on."""
    written = []
    for place, (text, mode) in files_of(cluster, name).items():
        path = root / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        path.touch(mode=mode)
        path.chmod(mode)
        path.write_text(text, encoding="utf-8")
        written.append(path)
    return written


def fill(text: str, values: Mapping[str, str], what: str = "") -> str:
    """Put values in their places; raises Incomplete when one is missing."""

    def value(found: re.Match[str]) -> str:
        name = found[1]
        if name not in values:
            raise Incomplete(f"{what}: {name} is missing.")
        return values[name]

    return PLACE.sub(value, text)


def values_for(cluster: Cluster, host: Host) -> dict[str, str]:
    """All values of a machine: defaults, shared ones, its own, and the lists of the other machines."""
    return {**DEFAULTS, **cluster.values, **host.values, "HOST": host.name, **_lists(cluster)}


def _lists(cluster: Cluster) -> dict[str, str]:
    etcd, databases = cluster.of("etcd"), cluster.of("database")
    applications, fronts = cluster.of("application"), cluster.of("front")
    return {
        "ETCD_MEMBERS": ",".join(
            f"{host.name}=http://{host.value('ADDRESS')}:{host.value('ETCD_PEER_PORT')}" for host in etcd
        ),
        "ETCD_CLIENTS": ",".join(f"{host.value('ADDRESS')}:{host.value('ETCD_PORT')}" for host in etcd),
        "DATABASE_SERVERS": "\n".join(
            f"    server {host.name} {host.value('ADDRESS')}:{host.value('POSTGRES_PORT')}"
            f" check port {host.value('PATRONI_PORT')}"
            for host in databases
        ),
        "APPLICATION_SERVERS": "\n".join(
            f"    server {host.value('ADDRESS')}:{host.value('WEB_PORT')} max_fails=2 fail_timeout=5s;"
            for host in applications
        ),
        "FRONT_ADDRESSES": ",".join(host.value("ADDRESS") for host in fronts),
        "HBA_LINES": "\n".join(_admitted(databases, applications)),
    }


def _admitted(databases: list[Host], applications: list[Host]) -> list[str]:
    """Who may connect to PostgreSQL: its peers for replication and rewinding, the application machines with two roles."""
    peers = dict.fromkeys(host.value("ADDRESS") for host in databases)
    served = dict.fromkeys(host.value("ADDRESS") for host in applications)
    return [
        *(f"  - host replication replicator {address}/32 scram-sha-256" for address in peers),
        *(f"  - host all postgres,rewinder {address}/32 scram-sha-256" for address in peers),
        *(f"  - host rembuk rembuk_app,rembuk_owner {address}/32 scram-sha-256" for address in served),
    ]


def main(words: list[str] | None = None) -> int:
    """Write the files of one machine and name them."""
    parser = argparse.ArgumentParser(description="Fill in the configuration of one machine.")
    parser.add_argument("description", type=Path, help="cluster.toml with your machines")
    parser.add_argument("host", help="the machine's name in it")
    parser.add_argument("--to", type=Path, required=True, help="root below which the files are written")
    given = parser.parse_args(words)
    try:
        for path in write(read(given.description), given.host, given.to):
            print(path)
    except Incomplete as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
