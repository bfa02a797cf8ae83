"""Public codes as they are written, and as people type them."""

import pytest

from rembuk.common.codes import Code, Receipt, read_code, read_receipt


@pytest.mark.parametrize(
    ("code", "written"),
    [
        (Code("USL", 2026, 123), "USL-2026-000123"),
        (Code("PRG", 2026, 12), "PRG-2026-0012"),
        (Code("UJP", 2026, 12345), "UJP-2026-12345"),
    ],
)
def test_code_is_written_with_its_zeros(code: Code, written: str) -> None:
    assert str(code) == written


@pytest.mark.parametrize(
    "typed", ["USL-2026-000123", "usl 2026 123", " usl/2026/123 ", "usl2026000123", "USL.2026.0123"]
)
def test_code_is_read_however_it_is_typed(typed: str) -> None:
    assert read_code(typed) == Code("USL", 2026, 123)


@pytest.mark.parametrize("typed", ["", "jembatan", "XYZ-2026-1", "USL-26-1", "USL-2026-", "USL-2026-1 rusak"])
def test_what_is_no_code_is_none(typed: str) -> None:
    assert read_code(typed) is None


@pytest.mark.parametrize(
    "typed",
    ["UJP-2026-0002-00003", "ujp 2026 2 3", " ujp/2026/0002/3 ", "UJP2026.0002#3", "ujp-2026-0002 - 00003"],
)
def test_receipt_is_read_however_it_is_typed(typed: str) -> None:
    assert read_receipt(typed) == Receipt(Code("UJP", 2026, 2), 3)


@pytest.mark.parametrize(
    "typed", ["", "UJP-2026-0002", "USL-2026-000002-3", "UJP-2026-0002-", "UJP-2026-2-3 a"]
)
def test_what_is_no_receipt_is_none(typed: str) -> None:
    assert read_receipt(typed) is None
