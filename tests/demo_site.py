"""The filled demo, made once by `./rembuk demo` and kept until the source or the day changes; every test works on a copy."""

import fcntl
import hashlib
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import psycopg

from rembuk.ops.archive import postgres
from rembuk.runtime import binaries, env, localdb
from rembuk.runtime.places import describe
from tests import database
from tests.commands import support

SRC = env.ROOT / "src" / "rembuk"
_NOT_OF_THE_CONTENT = ("web", "locale", "ops/bench", "ops/scale")


def made() -> Path:
    """The `var/` of a demo that was filled, served and stopped; made under a lock by the first. Nobody may change it."""
    root = database.server_var().parent / "test-demo"
    root.mkdir(parents=True, exist_ok=True)
    with _locked(root):
        kept = root / _fingerprint()
        if not (kept / "done").exists():
            for old in root.glob("*-*"):
                _delete(old)
            _make(kept / "var")
            postgres.dump(_served(kept / "var"), kept / "database.dump")
            localdb.stop(kept / "var")
            (kept / "done").touch()
        return kept / "var"


def copy_to(var: Path) -> Path:
    """A `var/` of one's own with the demo in it; a second, not half a minute."""
    kept = made()
    subprocess.run(["cp", "-a", str(kept), str(var)], check=True)
    shutil.rmtree(var / "metrics", ignore_errors=True)
    data = describe(kept).state_dir
    if kept not in data.parents:  # kept elsewhere, for a server whose user cannot pass
        (var / "postgres.json").unlink()
        subprocess.run(["cp", "-a", str(data), str(var / "postgres")], check=True)
    return var


def template(owner_url: str) -> str:
    """The name of a database of the test server that holds the demo, to copy from."""
    kept = made().parent
    name = f"demo_{kept.name.replace('-', '_')}"
    with _locked(kept.parent), psycopg.connect(owner_url, autocommit=True) as owner:
        known = [
            each for (each,) in owner.execute("SELECT datname FROM pg_database WHERE datname LIKE 'demo%'")
        ]
        if name not in known:
            for old in known:
                database.drop_test_database(owner_url, old)
            draft = f"{name}_draft"
            _restore(database.create_test_database(owner_url, draft), kept / "database.dump")
            owner.execute(f"ALTER DATABASE {draft} RENAME TO {name}")
    return name


def _fingerprint() -> str:
    digest = hashlib.sha256()
    passed = tuple(str(SRC / part) for part in _NOT_OF_THE_CONTENT)
    for path in sorted(SRC.rglob("*")):
        if path.is_file() and path.suffix != ".pyc" and not str(path).startswith(passed):
            digest.update(path.read_bytes())
    return f"{datetime.now(UTC):%Y%m%d}-{digest.hexdigest()[:12]}"


def _make(var: Path) -> None:
    var.mkdir(parents=True)
    localdb.ensure_running(var, durable=False)
    with support.Running(var, "--port", "0") as demo:
        demo.url()


def _restore(url: str, dump: Path) -> None:
    """With the rights of the roles, which are the same on every private server."""
    program = binaries.find(postgres.server_major(url), binaries.CLIENT).program("pg_restore")
    command = [
        program,
        f"--dbname={url}",
        "--no-owner",
        "--no-comments",
        "--jobs=2",
        "--exit-on-error",
        str(dump),
    ]
    subprocess.run(command, check=True)


def _served(var: Path) -> str:
    return localdb.ensure_running(var, durable=False).owner_url


def _delete(old: Path) -> None:
    state = describe(old / "var").state_dir
    localdb.stop(old / "var")
    shutil.rmtree(old, ignore_errors=True)
    shutil.rmtree(state, ignore_errors=True)


@contextmanager
def _locked(root: Path) -> Iterator[None]:
    with (root / "lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
