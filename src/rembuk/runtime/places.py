"""Names and places of the private server: which user runs it, where data, programs, socket and log lie.

Everything is computed from the path of `var/` and what `var/postgres.json` records, so that addresses can be
known without starting anything. Starting and stopping is `localdb`.
"""

import hashlib
import json
import os
import pwd
import stat
import subprocess
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from rembuk.runtime import binaries
from rembuk.runtime.binaries import Binaries

DATABASE = "rembuk"
BOOTSTRAP_ROLE = "postgres"
OWNER_ROLE = "rembuk_owner"
APP_ROLE = "rembuk_app"
STATE_ROOT = Path("/var/lib/rembuk")


class UnsafePlace(RuntimeError):
    """A directory we need belongs to somebody else; the message names it."""


@dataclass(frozen=True)
class LocalDatabase:
    """Addresses and places of one private server."""

    var: Path
    state_dir: Path
    socket_dir: Path
    user: str

    @property
    def data_dir(self) -> Path:
        """The database cluster."""
        return self.state_dir / "data"

    @property
    def log_file(self) -> Path:
        """What the server writes about itself."""
        return self.state_dir / "postgres.log"

    @property
    def owner_url(self) -> str:
        """Address for migrations, restore and test set-up: owns the database, may create others."""
        return self._url(OWNER_ROLE, DATABASE)

    @property
    def app_url(self) -> str:
        """Address for the running application: owns nothing."""
        return self._url(APP_ROLE, DATABASE)

    @property
    def bootstrap_url(self) -> str:
        """Address of the superuser, for the launcher alone."""
        return self._url(BOOTSTRAP_ROLE, "postgres")

    @property
    def binaries(self) -> Binaries:
        """Programs of the major that wrote the data, readable by the user who runs the server."""
        try:
            major = int((self.data_dir / "PG_VERSION").read_text())
        except FileNotFoundError:
            major = None
        found = binaries.find(major)
        return found if self._can_run(found) else binaries.copy_to(found, self.state_dir)

    def _can_run(self, found: Binaries) -> bool:
        return _succeeds_as(self.user, [found.program("initdb"), "--version"])

    def _url(self, role: str, database: str) -> str:
        return f"postgresql://{role}@/{database}?host={self.socket_dir}"


def server_user() -> str:
    """Name of the user who runs the server: this one, but never root, whom PostgreSQL refuses."""
    if os.geteuid() != 0:
        return pwd.getpwuid(os.geteuid()).pw_name
    try:
        return pwd.getpwnam("postgres").pw_name
    except KeyError:
        return "nobody"


def describe(var: Path) -> LocalDatabase:
    """Return the places of the server of this `var/` without creating or starting anything."""
    var = var.absolute()
    digest = hashlib.sha256(os.fsencode(os.path.realpath(var))).hexdigest()[:12]
    user = server_user()
    recorded = _record(var)
    if recorded is not None:
        state_dir = var / recorded
    elif os.geteuid() != 0 or _succeeds_as(user, ["/usr/bin/test", "-x", str(var)]):
        state_dir = var / "postgres"
    else:
        state_dir = STATE_ROOT / digest
    return LocalDatabase(var, state_dir, Path(f"/tmp/rembuk-{os.geteuid()}-{digest}"), user)  # noqa: S108


def prepare(var: Path, say: Callable[[str], None]) -> LocalDatabase:
    """Create the directory for data and log, record where it is, and return the places."""
    database = describe(var)
    inside = database.var in database.state_dir.parents
    if not inside and _record(database.var) is None:
        database = replace(database, state_dir=_unused(database.state_dir))
    if not database.state_dir.is_dir():
        if not inside and not STATE_ROOT.is_dir():
            STATE_ROOT.mkdir(parents=True)
            STATE_ROOT.chmod(0o755)
        database.state_dir.mkdir(mode=0o700)
        if os.geteuid() == 0:
            account = pwd.getpwnam(database.user)
            os.chown(database.state_dir, account.pw_uid, account.pw_gid)
        if not inside:
            say(f"The user {database.user} cannot reach {var}: the database is kept in {database.state_dir}.")
    owner = database.state_dir.stat().st_uid
    if owner != pwd.getpwnam(database.user).pw_uid:
        name = _name_of(owner)
        raise UnsafePlace(
            f"{database.state_dir} belongs to {name}: run as that user (root, if {name} is a system user), "
            "or choose another place with REMBUK_VAR"
        )
    recorded = database.state_dir.name if inside else str(database.state_dir)  # a moved `var/` stays whole
    (database.var / "postgres.json").write_text(json.dumps({"state_dir": recorded}) + "\n")
    return database


def prepare_socket_dir(database: LocalDatabase) -> None:
    """Make the socket directory private to the server's user, and refuse one that somebody else made."""
    account = pwd.getpwnam(database.user)
    try:
        database.socket_dir.mkdir(mode=0o700)
        os.chown(database.socket_dir, account.pw_uid, account.pw_gid)
    except FileExistsError:
        pass
    found = database.socket_dir.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != account.pw_uid or found.st_mode & 0o077:
        raise UnsafePlace(f"{database.socket_dir} is not a private directory of {database.user}: remove it")


def as_server_user(database: LocalDatabase) -> dict[str, Any]:
    """Arguments for `subprocess` that run a program as the server's user in a clean environment."""
    how: dict[str, Any] = {"cwd": "/", "env": {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"}}
    return how | _identity(database.user)


def _identity(user: str) -> dict[str, Any]:
    if os.geteuid() != 0:
        return {}
    account = pwd.getpwnam(user)
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def _succeeds_as(user: str, command: list[str]) -> bool:
    try:
        done = subprocess.run(  # noqa: S603
            command, capture_output=True, check=False, cwd="/", timeout=20, **_identity(user)
        )
    except OSError:
        return False
    return done.returncode == 0


def _unused(state_dir: Path) -> Path:
    """Return this place, or the next one where a deleted `var/` of the same path left its data behind."""
    found, number = state_dir, 1
    while found.exists():
        number += 1
        found = state_dir.with_name(f"{state_dir.name}-{number}")
    return found


def _record(var: Path) -> str | None:
    try:
        return str(json.loads((var / "postgres.json").read_text())["state_dir"])
    except (OSError, ValueError, KeyError):
        return None


def _name_of(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"user {uid}"
