"""Writes an archive: the dump first, so that every upload a row names is in it too."""

import io
import os
import tarfile
import tempfile
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from rembuk.exports import shelf
from rembuk.ops.archive import postgres
from rembuk.ops.archive.manifest import DUMP, FORMAT, NAME, UPLOADS, Manifest, sha256_of

PATTERN = "rembuk-????????-??????.tar"


def write_archive(owner_url: str, uploads_dir: Path, folder: Path, at: datetime) -> Path:
    """Write `rembuk-YYYYMMDD-HHMMSS.tar`, readable by its owner alone, and return its path.

    The file has its name only when it is whole. Raises PostgresFailed, or OSError when the disk is full.
    """
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"rembuk-{at:%Y%m%d-%H%M%S}.tar"
    with tempfile.TemporaryDirectory(prefix=".rembuk-", dir=folder) as scratch:
        dump = Path(scratch) / DUMP
        postgres.dump(owner_url, dump)
        half = Path(scratch) / "archive"
        half.touch(mode=0o600)
        with tarfile.open(half, "w", format=tarfile.PAX_FORMAT) as archive:
            checksums = {DUMP: _add(archive, dump, DUMP)}
            for upload in sorted(each for each in uploads_dir.rglob("*") if _is_kept(each, uploads_dir)):
                name = UPLOADS + upload.relative_to(uploads_dir).as_posix()
                checksums[name] = _add(archive, upload, name)
            manifest = Manifest(
                FORMAT, at.isoformat(), _release(), postgres.server_major(owner_url), checksums
            )
            _add_manifest(archive, manifest, at)
        _to_disk(half)
        half.rename(target)
    return target


def _is_kept(path: Path, uploads_dir: Path) -> bool:
    """Files of exports stay out: copies of what the dump has, which are to be gone after a week."""
    return path.is_file() and path.relative_to(uploads_dir).parts[0] != shelf.FOLDER


def remove_older(folder: Path, keep: int) -> list[Path]:
    """Delete the archives beyond the newest `keep`, and return them."""
    doomed = sorted(folder.glob(PATTERN), reverse=True)[keep:]
    for archive in doomed:
        archive.unlink()
    return doomed


def _add(archive: tarfile.TarFile, path: Path, name: str) -> str:
    archive.add(path, arcname=name, recursive=False)
    with path.open("rb") as content:
        return sha256_of(content)


def _add_manifest(archive: tarfile.TarFile, manifest: Manifest, at: datetime) -> None:
    content = manifest.to_bytes()
    member = tarfile.TarInfo(NAME)
    member.size, member.mtime, member.mode = len(content), int(at.timestamp()), 0o600
    archive.addfile(member, io.BytesIO(content))


def _to_disk(path: Path) -> None:
    with path.open("rb") as written:
        os.fsync(written.fileno())


def _release() -> str:
    try:
        return version("rembuk")
    except PackageNotFoundError:
        return "source"
