"""Bytes in and out of the storage, under random names in a folder of the month."""

import secrets
from collections.abc import Iterable
from datetime import datetime

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

ENDINGS = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/webp": "webp"}


def folder_of(at: datetime) -> str:
    """The folder of a month: ``2026/11``."""
    return f"{at:%Y/%m}"


def write(data: bytes, content_type: str, at: datetime) -> str:
    """Store bytes and return their key, which says nothing of the name or the owner."""
    key = f"{folder_of(at)}/{secrets.token_hex(20)}.{ENDINGS[content_type]}"
    return default_storage.save(key, ContentFile(data))


def remove(keys: Iterable[str]) -> None:
    """Remove stored bytes; keys that are gone already are passed over."""
    for key in keys:
        default_storage.delete(key)
