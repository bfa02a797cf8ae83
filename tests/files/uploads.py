"""Files as people, and attackers, upload them."""

import struct
import zlib
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image


def picture(form: str = "JPEG", size: tuple[int, int] = (640, 480), mode: str = "RGB", **how: Any) -> bytes:
    """A picture with a gradient, so that it doesn't shrink to nothing."""
    image = Image.linear_gradient("L").resize(size).convert(mode)
    out = BytesIO()
    image.save(out, form, **how)
    return out.getvalue()


def photo_with_position() -> bytes:
    """A JPEG as a phone makes it: turned on its side, with GPS position and a comment."""
    exif = Image.Exif()
    exif[0x0112] = 6  # rotated
    exif[0x010F] = "Telepon Sari"
    gps = exif.get_ifd(0x8825)
    gps[1], gps[2] = "S", (6.0, 12.0, 30.0)
    return picture(size=(400, 200), exif=exif, comment=b"RAHASIA")


def pdf(body: bytes = b"", tail: bytes = b"", header: bytes = b"%PDF-1.7\n") -> bytes:
    """A small document with something more in its middle or after its end."""
    return (
        header
        + b"1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [] /Count 0 >>\nendobj\n"
        + body
        + b"\ntrailer\n<< /Root 1 0 R >>\nstartxref\n9\n%%EOF\n"
        + tail
    )


def packed(inner: bytes) -> bytes:
    """An object stream, in which PDF 1.5 packs objects out of sight."""
    data = zlib.compress(inner)
    head = b"5 0 obj\n<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length %d >>\nstream\n" % len(data)
    return head + data + b"\nendstream\nendobj\n"


def png_claiming(width: int, height: int) -> bytes:
    """A PNG of a few bytes whose header promises a huge picture."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack("!I", len(data)) + name + data + struct.pack("!I", zlib.crc32(name + data))

    header = struct.pack("!IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 1000))
        + chunk(b"IEND", b"")
    )


def upload(name: str, data: bytes) -> SimpleUploadedFile:
    """What a browser sends; the content type it claims is a lie on purpose."""
    return SimpleUploadedFile(name, data, content_type="image/png")
