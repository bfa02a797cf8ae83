"""Opening a stored file. The caller has decided that the reader may see it, and sends the headers."""

from dataclasses import dataclass
from typing import Any

from django.core.files.base import File
from django.core.files.storage import default_storage

from .models import StoredFile


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """A file to send: its bytes, type, length, name to offer, and a tag that changes only with the bytes."""

    content: "File[bytes]"
    content_type: str
    length: int
    name: str
    tag: str


def open_file(stored: StoredFile, size: int | None = None) -> OpenedFile:
    """Open the file itself, or with ``size`` (a width in pixels) the smallest picture at least so wide.

    Raises:
        FileNotFoundError: when the storage has lost the bytes.
    """
    variant = variant_for(stored, size) if size is not None else None
    if variant is None:
        content = default_storage.open(stored.storage_key, "rb")
        return OpenedFile(content, stored.content_type, stored.size, stored.name, stored.sha256[:32])
    content = default_storage.open(variant["key"], "rb")
    name = f"{stored.name.rpartition('.')[0]}.{variant['key'].rpartition('.')[2]}"
    tag = f"{stored.sha256[:24]}-{variant['width']}"
    return OpenedFile(content, variant["content_type"], variant["size"], name, tag)


def variant_for(stored: StoredFile, width: int) -> dict[str, Any] | None:
    """The smallest size of a picture that is at least so wide, else its largest; ``None`` for documents."""
    sizes = sorted(stored.variants, key=lambda variant: int(variant["width"]))
    wide_enough = [variant for variant in sizes if variant["width"] >= width]
    return next(iter(wide_enough or sizes[-1:]), None)
