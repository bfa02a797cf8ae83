"""Where a long text is cut, so that no page of it grows heavy.

Not the number of clauses makes a page heavy but all that stands on it, so everything is counted in letters that would weigh as
much. Measured on made-up words, which pack worse than those of a language: 0.47 bytes of a packed page for a letter, 58 for a
clause beside its own letters (number, links, figures), 8 for a line of the table of contents, 5,100 for a page without a text.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rembuk.consultations.choices import ClauseKind

# Letters for which the later view of a member, who is sent the page anew each time, has room.
ROOM = 16_000
PER_CLAUSE, PER_LINE = 120, 16
# Percent of its room that a part has filled, at least, when it ends before a chapter or an article that doesn't fit in the rest.
SOME = 30
# Lines up to which the table of contents names every article on each page of a text.
LINES = 250
# What a page weighs, for words of a language; made-up ones weigh a tenth more.
PER_PAGE, PER_LETTER = 5_000, 0.4
HEADS = frozenset(
    {
        ClauseKind.HEADING,
        ClauseKind.BOOK,
        ClauseKind.CHAPTER,
        ClauseKind.PART,
        ClauseKind.SECTION,
        ClauseKind.ELUCIDATION,
        ClauseKind.ANNEX,
    }
)
UNITS = HEADS | {
    ClauseKind.ARTICLE,
    ClauseKind.DICTUM,
    ClauseKind.PREAMBLE,
    ClauseKind.BASIS,
    ClauseKind.DECISION,
}

type Row = Mapping[str, Any]


def is_unit(row: Row) -> bool:
    """Whether the table of contents names it: headings and articles, and whatever stands at the top."""
    return row["kind"] in UNITS or row["depth"] == 0


def parts_of(rows: Sequence[Row]) -> list[tuple[int, int]]:
    """First and end of each part of a text. What one page has room for is one part; so is a clause longer than that."""
    room = ROOM - PER_LINE * min(_lines(rows), LINES)
    below = _sizes_below(rows)
    if sum(map(_size, rows)) <= room:
        return [(0, len(rows))]
    cuts, filled = [0], 0
    for place, row in enumerate(rows):
        left = room - filled
        has_some = filled * 100 >= room * SOME and is_unit(row)
        if filled and (_size(row) > left or (has_some and below[place] > left)):
            cuts.append(place)
            filled = 0
        filled += _size(row)
    return list(zip(cuts, [*cuts[1:], len(rows)], strict=True))


def whole_bytes(rows: Sequence[Row]) -> int:
    """About how many bytes come over the wire for the whole text on one page."""
    letters = sum(map(_size, rows)) + PER_LINE * _lines(rows)
    return round(int(PER_PAGE + PER_LETTER * letters), -4)


def listed(rows: Sequence[Row], cuts: Sequence[tuple[int, int]], chosen: int | None) -> list[tuple[int, int]]:
    """What the table of contents names, each as its place and its part.

    Where that would be more than ``LINES``, each part names its own, and of the others headings and the first line; where
    there are as many headings, the first line alone.
    """
    found = [
        (place, part)
        for part, (first, end) in enumerate(cuts)
        for place in range(first, end)
        if is_unit(rows[place])
    ]
    if chosen is None or len(found) <= LINES:
        return found
    firsts = {part: place for place, part in reversed(found)}
    short = {(place, part) for place, part in found if part == chosen or firsts[part] == place}
    with_heads = [line for line in found if line in short or rows[line[0]]["kind"] in HEADS]
    return with_heads if len(with_heads) <= LINES else sorted(short)


def _size(row: Row) -> int:
    return PER_CLAUSE + len(row["heading"]) + len(row["body"])


def _sizes_below(rows: Sequence[Row]) -> list[int]:
    """For each row its size with all below it: of a chapter, an article."""
    sizes = [_size(row) for row in rows]
    waiting: list[tuple[int, int]] = []  # depth and size of what no row above has taken yet, the nearest last
    for place in reversed(range(len(rows))):
        depth = rows[place]["depth"]
        while waiting and waiting[-1][0] > depth:
            sizes[place] += waiting.pop()[1]
        waiting.append((depth, sizes[place]))
    return sizes


def _lines(rows: Iterable[Row]) -> int:
    return sum(map(is_unit, rows))
