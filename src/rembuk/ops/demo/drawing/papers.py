"""Small PDF letters for attachments and documents: one page, two type faces, nothing that acts by itself."""

from collections.abc import Sequence
from textwrap import wrap

from django.core.files.base import ContentFile

_LEFT, _TOP, _LEADING, _COLUMNS = 64, 770, 17, 84


def paper(title: str, lines: Sequence[str], name: str) -> "ContentFile[bytes]":
    """A letter on A4 as a file to be uploaded; each line is a paragraph."""
    content = _content(title, lines)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R /Lang (id) >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R /F2 6 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>",
        b"<< /Title (%s) >>" % _escaped(title),
    ]
    return ContentFile(_joined(objects), name=f"{name}.pdf")


def _content(title: str, lines: Sequence[str]) -> bytes:
    parts = [b"BT /F2 15 Tf %d %d Td %d TL" % (_LEFT, _TOP, _LEADING + 4)]
    parts += [b"(%s) Tj T*" % _escaped(line) for line in wrap(title, 58)]
    parts.append(b"/F1 11 Tf %d TL T*" % _LEADING)
    for paragraph in lines:
        parts += [b"(%s) Tj T*" % _escaped(line) for line in wrap(paragraph, _COLUMNS)]
        parts.append(b"T*")
    parts.append(b"ET")
    return b"\n".join(parts)


def _escaped(text: str) -> bytes:
    safe = text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
    return safe.encode("cp1252", "replace")


def _joined(objects: Sequence[bytes]) -> bytes:
    out = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R /Info %d 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        len(objects),
        start,
    )
    return bytes(out)
