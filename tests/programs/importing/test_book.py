"""Reading a workbook: rows with their numbers, cells as people type them, refusals that say what to mend."""

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from rembuk.common.errors import Invalid
from rembuk.programs.choices import Fund, Level
from rembuk.programs.sheets import cells
from rembuk.programs.sheets.book import MOST_ROWS, BookRow, read_book
from rembuk.programs.sheets.cells import BadCell
from rembuk.programs.sheets.layout import PAGU, SPENDINGS
from tests.sheet_scenes import WHOLE, read


def row(**texts: str) -> BookRow:
    """A row with these cells."""
    return BookRow("Pagu", 7, texts)


def test_rows_keep_their_number_and_skip_empty_lines(tmp_path: Path) -> None:
    book = read(tmp_path, {"Pagu": [["apbd", 1_500_000], ["", ""], ["grant", 2.5]], "Catatan": [["x"]]})
    assert [(one.number, one.get("sumber_dana"), one.get("jumlah")) for one in book.of(PAGU)] == [
        (2, "apbd", "1500000"),
        (4, "grant", "2,5"),
    ]
    assert (book.of(SPENDINGS), book.total) == ([], 2)


def test_heads_may_be_written_in_words(tmp_path: Path) -> None:
    book = read(tmp_path, {"Pagu": [["apbd", "1"]]}, {"Pagu": ["Sumber Dana", "JUMLAH"]})
    assert book.of(PAGU)[0].get("sumber_dana") == "apbd"


@pytest.mark.parametrize(
    ("sheets", "heads", "says"),
    [
        ({"Lain": [["x"]]}, {}, "Tonggak"),
        ({"Pagu": [["x"]]}, {"Pagu": ["jumlah"]}, "sumber_dana"),
        ({"Pagu": []}, {}, "heads|kepala|judul"),
        ({"Pagu": [["apbd", 1]] * (MOST_ROWS + 1)}, {}, str(MOST_ROWS)),
    ],
)
def test_book_that_can_not_be_used_says_why(
    tmp_path: Path, sheets: dict[str, list[list[object]]], heads: dict[str, list[str]], says: str
) -> None:
    with pytest.raises(Invalid, match=says):
        read(tmp_path, sheets, heads)


def test_empty_sheet_is_no_fault(tmp_path: Path) -> None:
    import xlsxwriter

    path = tmp_path / "kosong.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("Pagu").write_row(1, 0, ["sumber_dana", "jumlah"])
        book.add_worksheet("Realisasi")
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet = book.add_worksheet("Rencana kas")
        sheet.write_row(0, 0, ["bulan", "jumlah"])
        sheet.write_datetime(1, 0, datetime(2027, 3, 9), day)
        sheet.write(1, 1, 5)
    found = read_book(path)
    assert {name: [one.cells for one in rows] for name, rows in found.rows.items()} == {
        "Pagu": [],
        "Rencana kas": [{"bulan": "2027-03-09", "jumlah": "5"}],
        "Realisasi": [],
    }


def test_file_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    path.write_text("bukan lembar kerja")
    with pytest.raises(Invalid):
        read_book(path)


def test_whole_book_is_read(tmp_path: Path) -> None:
    assert read(tmp_path, WHOLE).total == sum(len(rows) for rows in WHOLE.values())


@pytest.mark.parametrize("text", ["2027-03-31", "31/03/2027", "31-3-2027", "31.03.2027"])
def test_day_is_read_in_the_usual_shapes(text: str) -> None:
    assert cells.day(row(hari=text), "hari") == date(2027, 3, 31)


@pytest.mark.parametrize("text", ["2027-03", "03/2027", "3/2027", "2027-03-15", "15/03/2027"])
def test_month_is_read_in_the_usual_shapes(text: str) -> None:
    assert cells.month(row(bulan=text), "bulan") == date(2027, 3, 1)


def test_amount_number_and_words_are_read() -> None:
    one = row(a="1,5 M", b="1.250,5", c="KELUARAN", d="Output", e="apbd")
    assert cells.amount(one, "a") == Decimal(1_500_000_000)
    assert cells.number(one, "b") == Decimal("1250.5")
    assert {cells.choice(one, "d", Level), cells.choice(row(c="output"), "c", Level)} == {"output"}
    assert cells.choice(one, "e", Fund) == "apbd"


@pytest.mark.parametrize("text", ["", "kapan-kapan", "2027-13", "31/02/2027", "2027"])
def test_bad_cell_names_its_column(text: str) -> None:
    for read_cell in (cells.day, cells.month):
        with pytest.raises(BadCell) as bad:
            read_cell(row(kapan=text), "kapan")
        assert bad.value.column == "kapan"
    with pytest.raises(BadCell):
        cells.choice(row(kapan=text), "kapan", Fund)
