"""Allowed types: the name's ending, the first bytes and an independent detector must agree."""

from dataclasses import dataclass
from pathlib import PurePosixPath

import puremagic
from django.utils.translation import gettext_lazy as _

from rembuk.common.errors import Invalid
from rembuk.common.text import clean_line
from rembuk.files.models import FileKind

LARGEST = 10 * 1024 * 1024
LONGEST_NAME = 100
_FORBIDDEN_IN_NAMES = dict.fromkeys(map(ord, '\\/:*?"<>|'), "_")


@dataclass(frozen=True, slots=True)
class FileType:
    """An allowed type; ``pillow`` is the decoder's name for pictures."""

    content_type: str
    kind: FileKind
    extensions: tuple[str, ...]
    signature: bytes
    pillow: str = ""


PDF = FileType("application/pdf", FileKind.DOCUMENT, ("pdf",), b"%PDF-")
TYPES = (
    PDF,
    FileType("image/jpeg", FileKind.PICTURE, ("jpg", "jpeg"), b"\xff\xd8\xff", "JPEG"),
    FileType("image/png", FileKind.PICTURE, ("png",), b"\x89PNG\r\n\x1a\n", "PNG"),
    FileType("image/webp", FileKind.PICTURE, ("webp",), b"RIFF", "WEBP"),
)


def clean_name(name: str) -> str:
    """The name to show: no folders or special characters; at most ``LONGEST_NAME`` and the ending."""
    bare = clean_line(name.replace("\\", "/").rpartition("/")[2]).translate(_FORBIDDEN_IN_NAMES).lstrip(".")
    path = PurePosixPath(bare or "file")
    return f"{path.stem[:LONGEST_NAME]}{path.suffix.lower()[:10]}"


def type_of(name: str, data: bytes) -> FileType:
    """The type of a file whose ending and content agree.

    Raises:
        Invalid: when it is empty, too large, not allowed, or its ending and content differ.
    """
    if not data:
        raise Invalid(_("This file is empty."))
    if len(data) > LARGEST:
        raise Invalid(_("This file is larger than 10 MB. Make it smaller and try again."))
    ending = PurePosixPath(name).suffix.lower().lstrip(".")
    named = next((known for known in TYPES if ending in known.extensions), None)
    if named is None:
        raise Invalid(_("Only PDF, JPEG, PNG and WebP files can be attached."))
    if not _begins_as(named, data) or not _is_detected_as(named, data):
        raise Invalid(
            _("The content of this file doesn't match its name. Save it anew as PDF, JPEG, PNG or WebP.")
        )
    return named


def _begins_as(named: FileType, data: bytes) -> bool:
    if named.pillow == "WEBP" and data[8:12] != b"WEBP":
        return False
    return data.startswith(named.signature)


def _is_detected_as(named: FileType, data: bytes) -> bool:
    try:
        found = puremagic.magic_string(data[:8192])
    except puremagic.PureError:
        return False
    return any(match.mime_type == named.content_type for match in found)
