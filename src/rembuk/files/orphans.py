"""Removing uploads that nothing refers to, and stored bytes without a row (of a rolled-back upload)."""

from datetime import datetime, timedelta

from django.core.files.storage import default_storage

from rembuk.audit.actors import SYSTEM
from rembuk.common.clock import instant

from . import selectors, storing
from .actions import keys_of, remove_file
from .models import StoredFile

GRACE = timedelta(days=1)


def remove_orphans(*, at: datetime | None = None) -> int:
    """Remove what has been orphaned for a day; returns how many files and stray bytes went."""
    moment = instant(at)
    gone = 0
    for stored in selectors.orphans(moment - GRACE).order_by("pk")[:1000]:
        remove_file(stored, by=SYSTEM, reason="orphan", at=at)
        gone += 1
    return gone + _remove_strays(moment)


def _remove_strays(at: datetime) -> int:
    """Look through this month's folder and the one before."""
    folders = {storing.folder_of(at), storing.folder_of(at.replace(day=1) - timedelta(days=1))}
    gone = 0
    for folder in sorted(folders):
        keys = {f"{folder}/{name}" for name in _names_in(folder)}
        strays = [key for key in sorted(keys - _known(folder)) if _is_old(key, at)]
        storing.remove(strays)
        gone += len(strays)
    return gone


def _names_in(folder: str) -> list[str]:
    try:
        return default_storage.listdir(folder)[1]
    except FileNotFoundError:
        return []


def _known(folder: str) -> set[str]:
    rows = StoredFile.objects.filter(storage_key__startswith=f"{folder}/").only("storage_key", "variants")
    return {key for row in rows.iterator() for key in keys_of(row)}


def _is_old(key: str, at: datetime) -> bool:
    return default_storage.get_modified_time(key) < at - GRACE
