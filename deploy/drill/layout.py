"""The machines of the drill as ``deploy/render.py`` knows them: all on this one, each with ports and a folder of its own."""

import secrets
import socket
from pathlib import Path

from deploy.render import Cluster, Host

LOCAL = "127.0.0.1"
ETCD, DATABASES, APPLICATIONS = ("etcd1", "etcd2", "etcd3"), ("db1", "db2"), ("app1", "app2")
FRONT = "front"
_PORTS = {
    "etcd": ("ETCD_PORT", "ETCD_PEER_PORT"),
    "database": ("PATRONI_PORT", "POSTGRES_PORT"),
    "application": ("PRIMARY_PORT", "REPLICA_PORT", "POOL_PORT", "WEB_PORT"),
    "front": ("FRONT_PORT",),
}
_PASSWORDS = ("SUPERUSER", "REPLICATION", "REWIND", "PATRONI", "OWNER", "APPLICATION")


def describe(folder: Path, *, is_synchronous: bool) -> Cluster:
    """Three members of etcd, two databases, two application machines and the web server in front, with free ports."""
    roles = {
        **dict.fromkeys(ETCD, "etcd"),
        **dict.fromkeys(DATABASES, "database"),
        **dict.fromkeys(APPLICATIONS, "application"),
        FRONT: "front",
    }
    ports = iter(free_ports(sum(len(_PORTS[role]) for role in roles.values())))
    hosts = tuple(
        Host(
            name,
            (role,),
            {**_places(folder, name, role), **{port: str(next(ports)) for port in _PORTS[role]}},
        )
        for name, role in roles.items()
    )
    front = hosts[-1]
    return Cluster(
        hosts,
        {
            "CLUSTER": "drill",
            "SITE_HOSTS": LOCAL,
            "SITE_URL": f"http://{LOCAL}:{front.value('FRONT_PORT')}",
            "SECRET_KEY": secrets.token_urlsafe(48),
            **{f"{name}_PASSWORD": secrets.token_urlsafe(24) for name in _PASSWORDS},
            "SYNCHRONOUS": "true" if is_synchronous else "false",
            # The control wants the replica that lacks votes to lead.
            **({} if is_synchronous else {"MAX_LAG": str(1 << 30)}),
            "ARCHIVE_COMMAND": "/bin/true",
            "HAPROXY_USER": "# as whoever runs the drill",
            "MAX_CONNECTIONS": "100",
            "SHARED_BUFFERS": "128MB",
            "WEB_WORKERS": "1",
            "UPLOADS": str(folder / "uploads"),
        },
    )


def _places(folder: Path, name: str, role: str) -> dict[str, str]:
    home = folder / name
    shared = {"ADDRESS": LOCAL}
    if role == "etcd":
        return {**shared, "ETCD_DATA": str(home / "data")}
    if role == "database":
        return {
            **shared,
            "POSTGRES_DATA": str(home / "data"),
            "POSTGRES_SOCKETS": str(home),
            "PGPASS": str(home / "pgpass"),
            "POST_BOOTSTRAP": str(home / "etc/patroni/post-bootstrap.sh"),
        }
    return {**shared, "VAR": str(home / "var"), "POOL_USERS": str(home / "etc/pgbouncer/userlist.txt")}


def free_ports(count: int) -> list[int]:
    """Ports nobody listens on now, all different."""
    taken = [socket.socket() for _ in range(count)]
    try:
        for each in taken:
            each.bind((LOCAL, 0))
        return [each.getsockname()[1] for each in taken]
    finally:
        for each in taken:
            each.close()
