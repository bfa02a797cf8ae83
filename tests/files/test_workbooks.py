"""Opening uploaded workbooks: what would cost the process its memory is refused before the reader sees it."""

import struct
from pathlib import Path

import pytest

from rembuk.common.errors import Invalid
from rembuk.files.checking.workbooks import MOST_COLUMNS, MOST_ROWS, open_workbook
from tests.files import workbooks

SHEET = "xl/worksheets/sheet1.xml"
LARGE = "terlalu besar"
UNREADABLE = "tidak dapat dibaca"


def keep(tmp_path: Path, content: bytes) -> Path:
    path = tmp_path / "buku.xlsx"
    path.write_bytes(content)
    return path


def sheet(rows: str, before: str = "") -> bytes:
    """A workbook whose only sheet has these rows."""
    text = f'{before}<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    text += f"<sheetData>{rows}</sheetData></worksheet>"
    return workbooks.changed(workbooks.reaching(0, 0), {SHEET: text.encode()})


def table(path: Path) -> list[list[object]]:
    return open_workbook(path).get_sheet_by_index(0).to_python(skip_empty_area=False)  # type: ignore[return-value]


def test_the_outermost_cell_allowed_is_read(tmp_path: Path) -> None:
    found = table(keep(tmp_path, workbooks.reaching(MOST_ROWS - 1, MOST_COLUMNS - 1)))
    assert (len(found), len(found[0]), found[-1][-1]) == (MOST_ROWS, MOST_COLUMNS, "x")


@pytest.mark.parametrize(("row", "column"), [(MOST_ROWS, 0), (0, MOST_COLUMNS), (1_048_575, 16_383)])
def test_a_cell_further_out_is_refused(tmp_path: Path, row: int, column: int) -> None:
    with pytest.raises(Invalid, match="200 kolom dan 20000 baris"):
        open_workbook(keep(tmp_path, workbooks.reaching(row, column)))


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1048576"><c><v>1</v></c></row>',
        '<row r="20000"/><row><c><v>1</v></c></row>',
        f"<row>{'<c><v>1</v></c>' * 201}</row>",
        '<row r="1"><c s=">" r="XFD1"><v>1</v></c></row>',
        '<!-- <c " --><row r="1"><c r="XFD1048576"><v>1</v></c></row>',
        "<a>" * 101 + "</a>" * 101,
    ],
)
def test_no_way_of_writing_hides_a_cell_that_is_far_out(tmp_path: Path, rows: str) -> None:
    with pytest.raises(Invalid, match=LARGE):
        open_workbook(keep(tmp_path, sheet(rows)))


@pytest.mark.parametrize(
    "rows",
    ['<row r="1"><c r="1A"><v>1</v></c></row>', '<row r="one"/>', "<row>", '<c t="s"><v>one</v></c>'],
)
def test_a_sheet_that_is_not_well_formed_is_unreadable(tmp_path: Path, rows: str) -> None:
    with pytest.raises(Invalid, match=UNREADABLE):
        open_workbook(keep(tmp_path, sheet(rows)))


def test_declared_entities_are_refused_and_never_expanded(tmp_path: Path) -> None:
    before = '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    with pytest.raises(Invalid, match=UNREADABLE):
        open_workbook(keep(tmp_path, sheet('<row><c t="str"><v>&b;</v></c></row>', before)))


def test_a_bomb_is_refused_whether_or_not_it_tells_its_size(tmp_path: Path) -> None:
    content = workbooks.bomb()
    assert len(content) < 200_000
    with pytest.raises(Invalid, match=LARGE):
        open_workbook(keep(tmp_path, content))
    size = len(b"<sst><si><t></t></si></sst>") + 100_000_000
    lying = content.replace(struct.pack("<L", size), struct.pack("<L", 100))
    assert lying != content
    with pytest.raises(Invalid, match=UNREADABLE):
        open_workbook(keep(tmp_path, lying))


def test_a_long_text_that_many_cells_copy_is_refused(tmp_path: Path) -> None:
    rows = "".join(f'<row r="{row}"><c t="s"><v>0</v></c></row>' for row in range(1, 2001))
    text = b"<sst><si><t>" + b"x" * 30_000 + b"</t></si></sst>"
    content = workbooks.changed(sheet(rows), {"xl/sharedStrings.xml": text})
    with pytest.raises(Invalid, match=LARGE):
        open_workbook(keep(tmp_path, content))
    few = workbooks.changed(sheet(rows[: rows.index('<row r="3">')]), {"xl/sharedStrings.xml": text})
    assert [len(str(row[0])) for row in table(keep(tmp_path, few))] == [30_000, 30_000]


def test_a_cell_that_names_no_shared_text_copies_none(tmp_path: Path) -> None:
    open_workbook(keep(tmp_path, sheet('<row><c t="s"><v>99</v></c></row>')))


def test_more_tags_than_can_be_looked_at_in_a_moment_are_refused(tmp_path: Path) -> None:
    with pytest.raises(Invalid, match=LARGE):
        open_workbook(keep(tmp_path, sheet("<row>" + "<c/>" * 150 + "</row>" + "<!--x-->" * 1_000_000)))


def test_too_many_parts_are_refused(tmp_path: Path) -> None:
    parts = {f"xl/media/{number}.txt": b"" for number in range(500)}
    with pytest.raises(Invalid, match=LARGE):
        open_workbook(keep(tmp_path, workbooks.changed(workbooks.reaching(0, 0), parts)))


@pytest.mark.parametrize("name", ["content.xml", "XL/workbook.bin", "XL/Workbook.xml"])
def test_a_workbook_of_two_kinds_is_unreadable(tmp_path: Path, name: str) -> None:
    content = workbooks.changed(workbooks.reaching(0, 0), {name: b"<a/>"})
    with pytest.raises(Invalid, match=UNREADABLE):
        open_workbook(keep(tmp_path, content))


def test_what_is_no_archive_is_unreadable(tmp_path: Path) -> None:
    with pytest.raises(Invalid, match=UNREADABLE):
        open_workbook(keep(tmp_path, b"PK\x03\x04 bukan arsip"))
