"""Backup and restore: everything comes back, and nothing is touched before the archive is proven."""

import re
import tarfile
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from rembuk.runtime import localdb
from rembuk.runtime.places import describe
from tests.commands.support import rembuk

pytestmark = pytest.mark.commands
NEVER_SAME = {"procrastinate_workers", "cache_entry"}


def contents(var: Path) -> dict[str, tuple[int, str | None]]:
    """Rows and a checksum over all of them, for every table of the site and its trail."""
    localdb.ensure_running(var)
    found = {}
    with psycopg.connect(describe(var).owner_url) as owner:
        tables = owner.execute(
            "SELECT relname FROM pg_class"
            " WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')"
        ).fetchall()
        for (table,) in tables:
            if table in NEVER_SAME:
                continue
            query = "SELECT count(*), md5(string_agg(t::text, '|' ORDER BY t::text)) FROM {} t"
            found[table] = owner.execute(sql.SQL(query).format(sql.Identifier(table))).fetchone()
    return found


def archive_of(var: Path, folder: Path) -> Path:
    answer = rembuk("backup", "--to", str(folder), var=var)
    assert answer.returncode == 0, answer.stderr
    return next(folder.glob("rembuk-*.tar"))


def test_backup_restored_into_an_empty_site_is_the_same_site(var, place):
    (var / "uploads" / "2026").mkdir(parents=True, exist_ok=True)
    (var / "uploads" / "2026" / "surat.pdf").write_bytes(b"%PDF-1.7 \x00\xff")
    archive = archive_of(var, place / "backups")
    answer = rembuk("restore", str(archive), var=place / "new")
    assert answer.returncode == 0, answer.stderr
    assert contents(place / "new") == contents(var)
    assert (place / "new" / "uploads" / "2026" / "surat.pdf").read_bytes() == b"%PDF-1.7 \x00\xff"


def test_restored_application_role_can_still_only_add_to_the_trail(var, place):
    rembuk("restore", str(archive_of(var, place / "backups")), var=place / "new")
    refused = pytest.raises(psycopg.errors.InsufficientPrivilege)
    localdb.ensure_running(place / "new")
    with psycopg.connect(describe(place / "new").app_url) as application, refused:
        application.execute("DELETE FROM audit_entry")


def test_archive_is_dated_private_and_whole(var, place):
    archive = archive_of(var, place / "backups")
    assert re.fullmatch(r"rembuk-\d{8}-\d{6}\.tar", archive.name)
    assert archive.stat().st_mode & 0o077 == 0
    with tarfile.open(archive) as opened:
        assert {"database.dump", "manifest.json"} <= set(opened.getnames())
    assert list((place / "backups").iterdir()) == [archive]


def test_damaged_archive_changes_nothing(var, place):
    archive = archive_of(var, place / "backups")
    damaged = bytearray(archive.read_bytes())
    damaged[3000] ^= 0xFF
    archive.write_bytes(damaged)
    answer = rembuk("restore", str(archive), var=place / "new")
    assert answer.returncode == 1
    assert "Nothing was restored" in answer.stderr
    assert "django_migrations" not in contents(place / "new")


def test_archive_cut_off_is_refused(var, place):
    archive = archive_of(var, place / "backups")
    archive.write_bytes(archive.read_bytes()[: archive.stat().st_size // 2])
    assert rembuk("restore", "--verify-only", str(archive), var=place / "new").returncode == 1


def test_restore_into_a_site_with_people_is_refused(var, place):
    archive = archive_of(var, place / "backups")
    before = contents(var)
    answer = rembuk("restore", str(archive), var=var)
    assert answer.returncode == 1
    assert "the database holds people" in answer.stderr
    assert contents(var) == before


def test_backup_keeps_the_newest(var, place):
    backups = place / "backups"
    backups.mkdir()
    for day in ("20260101", "20260102", "20260103"):
        (backups / f"rembuk-{day}-013000.tar").touch()
    (backups / "other.tar").touch()
    rembuk("backup", "--to", str(backups), "--keep", "2", var=var)
    names = sorted(each.name for each in backups.iterdir())
    assert names[:2] == ["other.tar", "rembuk-20260103-013000.tar"]
    assert len(names) == 3
