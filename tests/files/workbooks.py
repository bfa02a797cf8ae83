"""Workbooks as nobody fills them in: small files that would cost a reader all its memory."""

import io
import zipfile
from collections.abc import Mapping

import xlsxwriter


def reaching(row: int, column: int, name: str = "Tonggak") -> bytes:
    """A workbook with one cell, as far out as said (from 0)."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    book.add_worksheet(name).write(row, column, "x")
    book.close()
    return out.getvalue()


def changed(book: bytes, parts: Mapping[str, bytes]) -> bytes:
    """The workbook with these parts in place of its own, or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in dict.fromkeys([*old.namelist(), *parts]):
            new.writestr(name, parts[name] if name in parts else old.read(name))
    return out.getvalue()


def bomb() -> bytes:
    """A file of some 100 kB whose shared strings unpack to 100 MB."""
    text = b"<sst><si><t>" + b"x" * 100_000_000 + b"</t></si></sst>"
    return changed(reaching(0, 0), {"xl/sharedStrings.xml": text})
