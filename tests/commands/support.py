"""Running `./rembuk` as an operator does: own processes, own `var/`, nothing of the suite's environment."""

import os
import pwd
import re
import shutil
import signal
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rembuk.runtime import env, localdb
from rembuk.runtime.places import describe

FOREIGN = ("REMBUK_", "DATABASE_URL", "DJANGO_", "PYTHON", "PYTEST", "COV_", "COVERAGE", "VIRTUAL_ENV")
START_SECONDS = 300  # a busy machine with two cores


def environment(var: Path, **more: str) -> dict[str, str]:
    """The variables of a fresh terminal, and the place of the local state."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(FOREIGN)}
    return {**kept, "REMBUK_VAR": str(var), **more}


def rembuk(
    *arguments: str, var: Path, root: Path = env.ROOT, **more: str
) -> subprocess.CompletedProcess[str]:
    """Run a command to its end and return what it printed."""
    return subprocess.run(
        [root / "rembuk", *arguments],
        env=environment(var, **more),
        capture_output=True,
        text=True,
        timeout=START_SECONDS,
        check=False,
        cwd="/",
    )


@contextmanager
def folder() -> Iterator[Path]:
    """A folder that every user may pass, unlike pytest's own, and whose servers are stopped at the end."""
    with tempfile.TemporaryDirectory(prefix="rembuk-test-", dir="/tmp", ignore_cleanup_errors=True) as made:
        Path(made).chmod(0o755)
        try:
            yield Path(made)
        finally:
            for record in Path(made).rglob("postgres.json"):
                state = describe(record.parent).state_dir
                localdb.stop(record.parent)
                if Path(made) not in state.parents:  # kept elsewhere, for a user who cannot pass
                    shutil.rmtree(state, ignore_errors=True)


class Running:
    """A demo that runs, or tries to, in its own process group."""

    def __init__(self, var: Path, *arguments: str, root: Path = env.ROOT, user: str | None = None) -> None:
        self.last_output = ""
        self.log = Path(tempfile.mkstemp(prefix="rembuk-test-", suffix=".log")[1])
        more = {"HOME": pwd.getpwnam(user).pw_dir} if user else {}
        with self.log.open("w") as output:
            self.process = subprocess.Popen(
                [root / "rembuk", "demo", *arguments],
                env=environment(var, **more),
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                user=user,
                group=pwd.getpwnam(user).pw_gid if user else None,
                extra_groups=[] if user else None,
                cwd="/",
            )

    def __enter__(self) -> "Running":
        return self

    def __exit__(self, *_exception: object) -> None:
        self.interrupt()
        self.last_output = self.output
        self.log.unlink()

    @property
    def output(self) -> str:
        """All it has printed so far."""
        return self.log.read_text()

    def url(self) -> str:
        """Wait until it says where it serves, and return that."""
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            served = re.search(r"Rembuk serves (http://\S+)", self.output)
            if served:
                return served[1]
            assert self.process.poll() is None, self.output
            time.sleep(0.1)
        raise AssertionError(f"not served within {START_SECONDS} s:\n{self.output}")

    def interrupt(self) -> int:
        """Send what Ctrl-C sends, and return the exit code."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        return self.process.wait(40)

    def kill(self) -> None:
        """End it in the hardest way."""
        self.process.kill()
        self.process.wait()


def status(url: str) -> int:
    """The status of a page, or 0 when nobody answers."""
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0


def eventually(condition: object, seconds: float) -> bool:
    """Whether a condition holds at some moment within that time."""
    deadline = time.monotonic() + seconds
    while not condition():  # type: ignore[operator]
        if time.monotonic() > deadline:
            return False
        time.sleep(0.2)
    return True


def clone_to(target: Path, owner: str | None) -> None:
    """Copy the project as a clone would hold it, given to its owner, with the prepared environment."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=env.ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    for name in listed.stdout.split("\0"):
        source = env.ROOT / name
        if name and source.is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, target / name)
    if owner:
        give(target, owner)
    environment_of_suite = str(env.ROOT / ".venv")
    linked = subprocess.run(
        ["cp", "-al", environment_of_suite, str(target)], capture_output=True, check=False
    )
    if linked.returncode:  # another file system
        subprocess.run(["cp", "-a", environment_of_suite, str(target)], check=True)


def give(folder: Path, owner: str) -> None:
    """Make a user the owner of a folder and all in it."""
    account = pwd.getpwnam(owner)
    subprocess.run(["chown", "-R", f"{account.pw_uid}:{account.pw_gid}", str(folder)], check=True)
