"""Checking PDF documents: whole, not encrypted, nothing that acts by itself, no other file hidden in it.

They are kept as they came. This reads names, not the whole grammar: it refuses what it can't look into.
"""

import re
import zlib

from django.utils.translation import gettext_lazy as _

from rembuk.common.errors import Invalid

_HEADER = re.compile(rb"%PDF-[12]\.\d")
_ACTIVE = re.compile(
    rb"/(?:JavaScript|Launch|EmbeddedFiles?|RichMedia|Movie|Sound|XFA|SubmitForm|ImportData|GoToE|Rendition)"
    rb"(?![A-Za-z])"
)
_ENCRYPTED = re.compile(rb"/Encrypt(?![A-Za-z])")
_ESCAPED_NAME = re.compile(rb"/[A-Za-z0-9#]*#[0-9A-Fa-f]{2}[A-Za-z0-9#]*")
_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
_OBJECT_STREAM = re.compile(rb"/ObjStm\b.{0,1000}?stream\r?\n", re.DOTALL)
_OTHER_FORMAT = re.compile(rb"<(?:!doctype|html|script|svg|\?php)", re.IGNORECASE)
_ZIP_END = b"PK\x05\x06"
_TAIL, _ZIP_TAIL, _HEAD = 2048, 66_000, 2048
MOST_UNPACKED = 64 * 1024 * 1024


def check_pdf(data: bytes) -> None:
    """Return when the document may be kept.

    Raises:
        Invalid: when it is broken, protected by a password, active, or also something else than a PDF.
    """
    if not _HEADER.match(data) or b"%%EOF" not in data[-_TAIL:] or b"startxref" not in data[-_TAIL:]:
        raise Invalid(_("This PDF is damaged or incomplete. Save it anew and try again."))
    if _OTHER_FORMAT.search(data[:_HEAD]) or _ZIP_END in data[-_ZIP_TAIL:]:
        raise Invalid(_("This file is not only a PDF. Save it anew as PDF and try again."))
    if _ENCRYPTED.search(data):
        raise Invalid(_("This PDF is protected by a password. Remove the protection and try again."))
    for part in (data, *_unpacked(data)):
        if _ACTIVE.search(part) or _hides_a_name(part):
            raise Invalid(
                _("This PDF has scripts, forms or files in it. Print it to PDF and attach the result.")
            )


def _hides_a_name(part: bytes) -> bool:
    names = (_ESCAPE.sub(_unescaped, name) for name in _ESCAPED_NAME.findall(part))
    return any(_ACTIVE.search(name) or _ENCRYPTED.search(name) for name in names)


def _unescaped(match: re.Match[bytes]) -> bytes:
    return bytes([int(match[1], 16)])


def _unpacked(data: bytes) -> list[bytes]:
    """The content of the object streams, in which objects may be packed out of sight."""
    parts: list[bytes] = []
    left = MOST_UNPACKED
    for found in _OBJECT_STREAM.finditer(data):
        unpacker = zlib.decompressobj()
        try:
            part = unpacker.decompress(data[found.end() :], left)
        except zlib.error:
            raise Invalid(_("This PDF is damaged or incomplete. Save it anew and try again.")) from None
        left -= len(part)
        if left <= 0:
            raise Invalid(_("This PDF can't be checked because it unpacks to an unusual size."))
        parts.append(part)
    return parts
