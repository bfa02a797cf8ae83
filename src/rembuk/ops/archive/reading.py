"""Proves an archive before anything is touched, then puts it into an empty site."""

import tarfile
import tempfile
from pathlib import Path, PurePosixPath

import psycopg

from rembuk.ops.archive import postgres
from rembuk.ops.archive.manifest import DUMP, NAME, UPLOADS, BadArchive, Manifest, sha256_of


class SiteNotEmpty(RuntimeError):
    """The site holds people or uploads, which a restore would mix up; the message names what."""


def verify(path: Path) -> Manifest:
    """Read the whole archive, compare every member with its checksum, and raise BadArchive if one differs."""
    found: dict[str, str] = {}
    manifest: Manifest | None = None
    try:
        with tarfile.open(path, "r:") as archive:
            for member in archive:
                content = archive.extractfile(member) if member.isfile() else None
                if content is None or not _is_expected(member.name):
                    raise BadArchive(f"unexpected member {member.name}")
                if member.name == NAME:
                    manifest = Manifest.from_bytes(content.read())
                else:
                    found[member.name] = sha256_of(content)
    except (tarfile.TarError, OSError) as error:
        raise BadArchive(f"{path} cannot be read: {error}") from error
    if manifest is None or DUMP not in found:
        raise BadArchive(f"{path} is cut off, or not an archive of Rembuk")
    differing = sorted(set(found.items()) ^ set(manifest.sha256.items()))
    if differing:
        raise BadArchive(f"{differing[0][0]} differs from its checksum: the archive is damaged")
    return manifest


def require_empty(owner_url: str, uploads_dir: Path) -> None:
    """Raise SiteNotEmpty unless the database has no people and the uploads folder no files."""
    with psycopg.connect(owner_url) as connection:
        has_table = connection.execute("SELECT to_regclass('public.accounts_person')").fetchone()
        if has_table and has_table[0]:
            people = connection.execute("SELECT EXISTS (SELECT FROM public.accounts_person)").fetchone()
            if people and people[0]:
                raise SiteNotEmpty("the database holds people; restore only into an empty database")
    if uploads_dir.is_dir() and any(each.is_file() for each in uploads_dir.rglob("*")):
        raise SiteNotEmpty(f"{uploads_dir} holds files; restore only into an empty folder")


def restore_archive(path: Path, owner_url: str, uploads_dir: Path) -> None:
    """Replace the empty database by the archive's and unpack the uploads; verify and require_empty first."""
    with (
        tempfile.TemporaryDirectory(prefix="rembuk-restore-") as scratch,
        tarfile.open(path, "r:") as archive,
    ):
        archive.extract(DUMP, scratch, filter="data")
        with psycopg.connect(owner_url, autocommit=True) as connection:
            connection.execute(
                "DROP OWNED BY CURRENT_USER CASCADE"
            )  # what `migrate` made, never the database
        postgres.restore(owner_url, Path(scratch) / DUMP)
        uploads_dir.mkdir(parents=True, exist_ok=True)
        for member in archive:
            if member.name.startswith(UPLOADS):
                member.name = member.name.removeprefix(UPLOADS)
                archive.extract(member, uploads_dir, filter="data")


def _is_expected(name: str) -> bool:
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts:
        return False
    return name in (NAME, DUMP) or name.startswith(UPLOADS)
