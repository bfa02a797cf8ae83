"""docs/rights.md as it is read by people: the cells of its tables, by address and method."""

from pathlib import Path

PAGE = Path(__file__).resolve().parents[3] / "docs" / "rights.md"


def cells() -> dict[tuple[str, str], dict[str, str]]:
    """For each (address, method) what stands under each column after the description."""
    found: dict[tuple[str, str], dict[str, str]] = {}
    columns: list[str] = []
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        fields = [text.strip() for text in line.strip("| ").split(" | ")]
        if line.startswith("| address |"):
            columns = fields
        elif line.startswith("| `/"):
            address, methods = fields[0].split("`")[1], fields[1]
            first = 4 if "guard" in columns else 3
            for method in methods.split():
                assert (address, method) not in found, f"{method} {address} stands twice in the document"
                found[address, method] = dict(zip(columns[first:], fields[first:], strict=True))
    return found


def letters(cell: str) -> str:
    """The places of a cell."""
    return {"all": "IPOCX", "–": ""}.get(cell, cell)
