"""Finding the bytes of a stored file. The caller has decided that the reader may see it, and sends the headers."""

from dataclasses import dataclass
from typing import Any

from django.core.files.base import File
from django.core.files.storage import default_storage

from .models import StoredFile


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file to send: where its bytes lie, type, length, name to offer, and a tag that changes only with the bytes."""

    key: str
    content_type: str
    length: int
    name: str
    tag: str

    def open(self) -> "File[bytes]":
        """Open the bytes.

        Raises:
            FileNotFoundError: when the storage has lost them.
        """
        return default_storage.open(self.key, "rb")


def find_file(stored: StoredFile, size: int | None = None) -> FoundFile:
    """The file itself, or with ``size`` (a width in pixels) the smallest picture at least so wide."""
    variant = variant_for(stored, size) if size is not None else None
    if variant is None:
        return FoundFile(
            stored.storage_key, stored.content_type, stored.size, stored.name, stored.sha256[:32]
        )
    name = f"{stored.name.rpartition('.')[0]}.{variant['key'].rpartition('.')[2]}"
    tag = f"{stored.sha256[:24]}-{variant['width']}"
    return FoundFile(variant["key"], variant["content_type"], variant["size"], name, tag)


def sizes_of(stored: StoredFile) -> list[tuple[int, int]]:
    """Width and height of the sizes of a picture, the smallest first; none for documents."""
    return sorted((int(variant["width"]), int(variant["height"])) for variant in stored.variants)


def variant_for(stored: StoredFile, width: int) -> dict[str, Any] | None:
    """The smallest size of a picture that is at least so wide, else its largest; ``None`` for documents."""
    sizes = sorted(stored.variants, key=lambda variant: int(variant["width"]))
    wide_enough = [variant for variant in sizes if variant["width"] >= width]
    return next(iter(wide_enough or sizes[-1:]), None)
