"""Where an uploaded sheet waits between its preview and the confirmation. Private: no page serves it."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.core.files.base import File
from django.core.files.storage import default_storage

_FOLDER = "sheets"


def lay(sheet: "File[bytes]") -> str:
    """Keep a sheet; returns the token it is found by."""
    token = uuid.uuid4().hex
    default_storage.save(f"{_FOLDER}/{token}", sheet)
    return token


def is_there(token: str) -> bool:
    """Whether a sheet waits under this token."""
    return token.isalnum() and default_storage.exists(f"{_FOLDER}/{token}")


@contextmanager
def taken(token: str) -> Iterator[Path]:
    """A copy of the sheet as a file on this machine, for the length of a block.

    Raises:
        FileNotFoundError: when nothing waits under this token.
    """
    with default_storage.open(f"{_FOLDER}/{token}") as kept, NamedTemporaryFile(suffix=".sheet") as copy:
        for chunk in kept.chunks():
            copy.write(chunk)
        copy.flush()
        yield Path(copy.name)


def clear(token: str) -> None:
    """Remove a sheet; nothing happens where none waits."""
    if token.isalnum():
        default_storage.delete(f"{_FOLDER}/{token}")


def clear_old(before: datetime) -> int:
    """Remove sheets that were laid aside before an instant and never confirmed; returns how many."""
    try:
        names = default_storage.listdir(_FOLDER)[1]
    except FileNotFoundError:
        return 0
    old = [name for name in names if default_storage.get_modified_time(f"{_FOLDER}/{name}") < before]
    for name in old:
        clear(name)
    return len(old)
