"""The filled demo, made once by `./rembuk demo` and kept until the source or the day changes; every test works on a copy."""

import shutil
import subprocess
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from rembuk.ops.archive import postgres
from rembuk.runtime import binaries, env, localdb
from rembuk.runtime.places import describe
from tests import database
from tests.commands import support

SRC = env.ROOT / "src" / "rembuk"
_NOT_OF_THE_CONTENT = ("web", "locale", "ops/bench", "ops/scale")


@cache
def made() -> Path:
    """The `var/` of a demo that was filled, served and stopped; made under a lock by the first. Nobody may change it."""
    root = database.server_var().parent / "test-demo"
    root.mkdir(parents=True, exist_ok=True)
    kept = root / _fingerprint()
    with database.locked(root / "lock"):
        if not (kept / "done").exists():
            for old in root.glob("*-*"):
                _delete(old)
            _make(kept / "var", kept / "database.dump")
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

    def restore(name: str) -> None:
        """With the rights of the roles, which are the same on every private server; older ones go."""
        for old in database.names_like(owner_url, "demo\\_%"):
            if old != name:
                database.drop_test_database(owner_url, old)
        url = database.address_of(owner_url, name)
        program = binaries.find(postgres.server_major(url), binaries.CLIENT).program("pg_restore")
        options = ["--no-owner", "--no-comments", "--jobs=2", "--exit-on-error"]
        subprocess.run([program, f"--dbname={url}", *options, str(kept / "database.dump")], check=True)

    return database.made_once(owner_url, f"demo_{kept.name.replace('-', '_')}", restore)


def _fingerprint() -> str:
    passed = tuple(str(SRC / part) for part in _NOT_OF_THE_CONTENT)
    source = database.fingerprint(
        path
        for path in SRC.rglob("*")
        if path.is_file() and path.suffix != ".pyc" and not str(path).startswith(passed)
    )
    return f"{datetime.now(UTC):%Y%m%d}-{source}"


def _make(var: Path, dump: Path) -> None:
    var.mkdir(parents=True)
    url = localdb.ensure_running(var, durable=False).owner_url
    with support.Running(var, "--port", "0") as demo:
        demo.url()
    postgres.dump(url, dump)
    localdb.stop(var)


def _delete(old: Path) -> None:
    state = describe(old / "var").state_dir
    localdb.stop(old / "var")
    shutil.rmtree(old, ignore_errors=True)
    shutil.rmtree(state, ignore_errors=True)
