"""Copies of the project as it stands in the checkout, changed files included, where faults may be put in."""

import hashlib
import os
import shutil
import subprocess
from pathlib import Path

from tools.mutants.faults import ROOT


def names() -> list[str]:
    """The files of the project: tracked ones and new ones that are not ignored, relative to its root."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    ).stdout
    return sorted(name for name in set(listed.split("\0")) if name and (ROOT / name).is_file())


def fingerprint() -> str:
    """A hash of all files of the project but the list of faults: what was found holds for this state alone."""
    digest = hashlib.sha256()
    for name in names():
        if not name.startswith(("tools/", "docs/", "bench/")):
            digest.update(name.encode() + b"\0" + (ROOT / name).read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def prepare(folder: Path) -> Path:
    """Make or bring up to date a copy under `folder`; its own `var/`, with the databases of its tests, stays.

    The copy shares the checkout's environment and is a repository of its own, as some tests ask Git for files.
    """
    folder.mkdir(parents=True, exist_ok=True)
    wanted = names()
    for name in wanted:
        _copy(ROOT / name, folder / name)
    kept = {folder / name for name in wanted}
    for place in ("src", "tests", "tools", "docs", "deploy", "requirements"):
        for path in (folder / place).rglob("*"):
            if path.is_file() and path not in kept and path.suffix not in {".pyc", ".mo"}:
                path.unlink()
    if not (folder / ".venv").is_symlink():
        (folder / ".venv").symlink_to(ROOT / ".venv")
    if not (folder / ".git").exists():
        subprocess.run(["git", "init", "-q"], cwd=folder, check=True)
    subprocess.run(["git", "add", "-A"], cwd=folder, check=True)
    return folder


def _copy(source: Path, target: Path) -> None:
    if target.is_file() and target.read_bytes() == source.read_bytes():
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(source, target)
    os.utime(target)  # Python tells by the time of a file whether what it compiled is still of it
