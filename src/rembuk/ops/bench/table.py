"""The rows of the table, and how they are printed."""

from collections.abc import Iterable
from dataclasses import dataclass

_TIMES, _MB, _MS, _SHARE = "×", "MB", "ms", "%"


@dataclass(frozen=True, slots=True)
class Row:
    """One figure: what was measured, how much (``unit`` follows it), what is aimed at, and what stands beside it."""

    what: str
    figure: float
    aim: str = ""
    beside: str = ""
    unit: str = _TIMES


def times(what: str, figure: float, aim: str = "", beside: str = "") -> Row:
    """A ratio."""
    return Row(what, figure, aim, beside)


def milliseconds(what: str, seconds: float, beside: str = "") -> Row:
    """A time of a processor, which is no ratio: what a row of another machine is to be compared by."""
    return Row(what, seconds * 1000, "", beside, _MS)


def megabytes(what: str, figure: float, beside: str = "") -> Row:
    """Memory or disk in MB."""
    return Row(what, figure, "", beside, _MB)


def share(what: str, figure: float, aim: str = "", beside: str = "") -> Row:
    """A part of a whole, between 0 and 1."""
    return Row(what, figure * 100, aim, beside, _SHARE)


def printed(rows: Iterable[Row]) -> str:
    """All rows as one table of Markdown."""
    lines = ["| what | figure | aim | beside |", "|---|---|---|---|"]
    for row in rows:
        figure = f"{row.figure:.2f}" if row.figure < 10 else f"{row.figure:.1f}"
        lines.append(f"| {row.what} | {figure} {row.unit} | {row.aim} | {row.beside} |")
    return "\n".join(lines)
