"""Where the files lie: a folder of the stored uploads, under names that nobody guesses."""

import os
import secrets
from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO, Final

from django.conf import settings

FOLDER: Final = "ekspor"
_GRACE = timedelta(days=1)


def new_key(form: str) -> str:
    """A name for a file that is going to be written."""
    return f"{FOLDER}/{secrets.token_hex(20)}.{form}"


def place(key: str) -> Path:
    """The path of a key; its folder is there."""
    path = Path(settings.MEDIA_ROOT) / key
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def close_to_others(key: str) -> int:
    """Let nobody but the site's own user and group read a file that is written; returns its bytes."""
    path = place(key)
    os.chmod(path, settings.FILE_UPLOAD_PERMISSIONS)
    return path.stat().st_size


def opened(key: str) -> IO[bytes]:
    """The file to send.

    Raises:
        FileNotFoundError: when it is gone.
    """
    return place(key).open("rb")


def remove(*keys: str) -> None:
    """Remove files; those that are gone already are passed over."""
    for key in keys:
        if key:
            place(key).unlink(missing_ok=True)


def remove_strays(known: Collection[str], at: datetime) -> int:
    """Remove files that no row knows and that nobody wrote to for a day; returns how many."""
    gone = 0
    for path in sorted(place(f"{FOLDER}/x").parent.iterdir()):
        written = datetime.fromtimestamp(path.stat().st_mtime, UTC)
        if f"{FOLDER}/{path.name}" not in known and written < at - _GRACE:
            path.unlink(missing_ok=True)
            gone += 1
    return gone
