"""The one way to open a workbook that somebody uploaded: looked through before the reader may allocate for it.

The reader makes a grid up to the outermost filled cell, so one cell at XFD1048576 would cost it 549 GB and end the
process, which nothing can catch. An XLSX is therefore measured first: its archive, the reach of each sheet, and the text
that its cells would copy out of the shared strings. The reader then gets exactly the parts that were looked through, in
an archive of our own: it never sees one that two programs could read in two ways.
"""

import io
import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile, ZipInfo

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook

from rembuk.common.errors import Invalid

MOST_PARTS = 500
MOST_BYTES = 40 * 1024 * 1024
MOST_COLUMNS = 200
MOST_ROWS = 20_000
MOST_TEXT = 40_000_000
# Tags that are looked at one by one, in all sheets together: a second or two of work.
MOST_TAGS = 1_000_000
_DEEPEST = 100
_NEEDED = {"[content_types].xml", "xl/workbook.xml"}
# What the reader would take for a workbook of another kind, whose sheets are not looked through here.
_OTHERS = {"content.xml", "xl/workbook.bin"}
_STRINGS = "xl/sharedstrings.xml"
_SHEET = b"sheetData"
_REFERENCE = re.compile(r"\$?([A-Za-z]{1,7})\$?([0-9]{1,10})")


def open_workbook(path: Path) -> CalamineWorkbook:
    """An XLSX file that is safe to read whole.

    Raises:
        Invalid: when it is no XLSX, is broken, or is larger than anybody fills in.
    """
    try:
        checked = io.BytesIO()
        with ZipFile(path) as archive, ZipFile(checked, "w") as copy:
            for name, data in _looked_through(archive):
                copy.writestr(name, data)
        checked.seek(0)
        return CalamineWorkbook.from_filelike(checked)
    except _UNREADABLE as error:
        raise Invalid(_("The XLSX file can't be read.")) from error


# The errors of a broken archive, of a sheet that is not well formed, and of the reader.
_UNREADABLE = (
    BadZipFile,
    CalamineError,
    EOFError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
    expat.ExpatError,
    zlib.error,
)


def _looked_through(archive: ZipFile) -> Iterator[tuple[str, bytes]]:
    parts = archive.infolist()
    names = [_name(part) for part in parts]
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_BYTES:
        raise _too_large()
    if not set(names) >= _NEEDED or _OTHERS & set(names) or len(set(names)) != len(names):
        raise BadZipFile
    left, tags = MOST_BYTES, 0
    strings: list[int] = []
    # The shared strings come first: how much text a sheet copies depends on them.
    for part in sorted(parts, key=lambda one: _name(one) != _STRINGS):
        data = _unpacked(archive, part, left)
        left -= len(data)
        if _name(part) == _STRINGS or _SHEET in data:
            tags += data.count(b"<")
        if tags > MOST_TAGS:
            raise _too_large()
        if _name(part) == _STRINGS:
            strings = _Strings(data).lengths
        if _SHEET in data:
            _Sheet(data, strings)
        yield part.filename, data


def _name(part: ZipInfo) -> str:
    return part.filename.replace("\\", "/").casefold()


def _unpacked(archive: ZipFile, part: ZipInfo, left: int) -> bytes:
    """A part, never more of it than is left: what the archive says of itself may be a lie."""
    with archive.open(part) as handle:
        data = handle.read(left + 1)
    if len(data) > left:
        raise _too_large()
    return data


def _too_large() -> Invalid:
    words = {"columns": MOST_COLUMNS, "rows": MOST_ROWS}
    return Invalid(
        _(
            "This workbook is too large: a sheet may have at most %(columns)s columns and %(rows)s rows. Delete what "
            "stands outside the table, or copy the table into a new workbook."
        )
        % words
    )


class _Parts:
    """Reads XML as a stream of elements; refuses declarations of its own, which could multiply its text."""

    def __init__(self, data: bytes) -> None:
        self.depth = 0
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = _refuse
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self.text
        parser.Parse(data, True)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise _too_large()
        self.start(name.rpartition(":")[2], attributes)

    def _end(self, name: str) -> None:
        self.depth -= 1
        self.end(name.rpartition(":")[2])

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""

    def text(self, data: str) -> None:
        """Text of an element."""


def _refuse(*_declaration: Any) -> None:
    raise ValueError


class _Strings(_Parts):
    """How long each shared string is."""

    def __init__(self, data: bytes) -> None:
        self.lengths: list[int] = []
        super().__init__(data)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "si":
            self.lengths.append(0)

    def text(self, data: str) -> None:
        if self.lengths:
            self.lengths[-1] += len(data)


class _Sheet(_Parts):
    """The outermost cell of a sheet, by its reference or, where it has none, by its place; and the text it copies."""

    def __init__(self, data: bytes, strings: list[int]) -> None:
        self.row = self.column = self.copied = 0
        self.strings = strings
        self.is_shared = False
        self.value = ""
        super().__init__(data)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "row":
            self.row = int(attributes.get("r", self.row + 1))
            self.column = 0
            self._check_reach()
        elif name == "c":
            self.column += 1
            if (reference := attributes.get("r")) is not None:
                self.column, self.row = _place(reference)
            self.is_shared = attributes.get("t") == "s"
            self._check_reach()
        self.value = ""

    def text(self, data: str) -> None:
        if self.is_shared:
            self.value += data

    def end(self, name: str) -> None:
        if name == "v" and self.is_shared:
            number = int(self.value)
            self.copied += self.strings[number] if 0 <= number < len(self.strings) else 0
            if self.copied > MOST_TEXT:
                raise _too_large()
        elif name == "c":
            self.is_shared = False

    def _check_reach(self) -> None:
        if self.column > MOST_COLUMNS or self.row > MOST_ROWS:
            raise _too_large()


def _place(reference: str) -> tuple[int, int]:
    """Column and row of ``C7``, from 1."""
    found = _REFERENCE.fullmatch(reference)
    if found is None:
        raise ValueError
    column = 0
    for letter in found[1].upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return column, int(found[2])
