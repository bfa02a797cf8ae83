"""The tree of a text as one flat list in reading order, and the labels by which the law names its parts.

``label`` is the part's own («huruf b»), ``full_label`` the whole («Pasal 7 ayat (2) huruf b»). The labels are texts of the
law and the same in every language of the site.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Self

from rembuk.consultations.choices import ClauseKind

LONGEST_LABEL = 120
LONGEST_FULL_LABEL = 300
LONGEST_HEADING = 500
DEEPEST = 12
K = ClauseKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of a text; its parent is the nearest part before it with a smaller ``depth``."""

    kind: str
    depth: int = 0
    label: str = ""
    full_label: str = ""
    heading: str = ""
    body: str = ""

    @property
    def words(self) -> str:
        """Heading and body as one text."""
        return f"{self.heading}\n{self.body}".strip()

    def to_json(self) -> dict[str, Any]:
        """As JSON; ``full_label`` is derived and left out."""
        plain = {**asdict(self), "kind": str(self.kind)}
        del plain["full_label"]
        return plain

    @classmethod
    def from_json(cls, plain: dict[str, Any]) -> Self:
        """From JSON as ``to_json`` writes it."""
        return cls(**plain)


def settled(parts: Sequence[Part]) -> list[Part]:
    """The same with depths that leave no gap, labels within their lengths, and full labels made anew."""
    made: list[Part] = []
    open_parts: list[Part] = []
    given: list[int] = []  # depths as they came, of the open parts
    counts: dict[int, int] = {}
    for part in parts:
        while given and given[-1] >= part.depth:
            given.pop()
            open_parts.pop()
        depth = min(len(open_parts), DEEPEST)
        counts = {level: count for level, count in counts.items() if level <= depth}
        if part.kind == K.TEXT and not part.label:
            counts[depth] = counts.get(depth, 0) + 1
        elif depth in counts and part.kind != K.TEXT:
            del counts[depth]
        placed = _fitted(replace(part, depth=depth))
        placed = replace(placed, full_label=_full_label(placed, open_parts, counts.get(depth, 1)))
        made.append(placed)
        open_parts.append(placed)
        given.append(part.depth)
    return made


def parents(depths: Sequence[int]) -> list[int | None]:
    """For each part the index of its parent."""
    found: list[int | None] = []
    open_ones: list[int] = []
    for index, depth in enumerate(depths):
        while open_ones and depths[open_ones[-1]] >= depth:
            open_ones.pop()
        found.append(open_ones[-1] if open_ones else None)
        open_ones.append(index)
    return found


def end_of(depths: Sequence[int], index: int) -> int:
    """The index after the last part below ``index``."""
    after = index + 1
    while after < len(depths) and depths[after] > depths[index]:
        after += 1
    return after


def _fitted(part: Part) -> Part:
    """Labels and heading within their lengths; what doesn't fit of a heading goes before the body."""
    label = part.label[:LONGEST_LABEL]
    if len(part.heading) <= LONGEST_HEADING:
        return replace(part, label=label)
    cut = part.heading.rfind(" ", 0, LONGEST_HEADING)
    cut = cut if cut > 0 else LONGEST_HEADING
    rest = f"{part.heading[cut:].strip()}\n\n{part.body}".strip()
    return replace(part, label=label, heading=part.heading[:cut], body=rest)


_ALONE = {K.PREAMBLE, K.BASIS, K.DECISION, K.BOOK, K.ANNEX, K.ELUCIDATION}
_FRAME = {K.BOOK, K.CHAPTER, K.PART, K.SECTION}


def _full_label(part: Part, above: Sequence[Part], count: int) -> str:
    own = _own_label(part, count)
    words = f"{_prefix(part, above)} {own}".strip()
    return words if len(words) <= LONGEST_FULL_LABEL else words[: LONGEST_FULL_LABEL - 1].rstrip() + "…"


def _own_label(part: Part, count: int) -> str:
    if part.kind == K.DICTUM and part.label:
        return f"Diktum {part.label}"
    if part.label and part.kind == K.HEADING and part.heading:
        return f"{part.label} {part.heading}"
    if part.label:
        return part.label
    if part.kind == K.TEXT:
        return f"alinea {count}"
    return part.heading or ClauseKind(part.kind).name.capitalize()


def _prefix(part: Part, above: Sequence[Part]) -> str:
    """What stands before the own label: the nearest part above that the law names with it."""
    if part.kind in _ALONE or not above:
        return ""
    region = next((p for p in reversed(above) if p.kind in {K.ANNEX, K.ELUCIDATION}), None)
    changing = next((p for p in reversed(above) if p.kind in {K.NUMBER, K.LETTER, K.ARTICLE}), None)
    if part.kind == K.ARTICLE:
        return (changing or region or part).full_label
    if part.kind in _FRAME:
        frames = [p for p in above if p.kind in _FRAME and p.kind != part.kind]
        nearest = frames[-1] if frames else changing or region
        return nearest.full_label if nearest else ""
    if part.kind == K.HEADING:
        return region.full_label if region else ""
    if part.kind == K.TEXT and part.label:
        return ""
    if above[-1].kind == K.HEADING and region is None:
        return f"{above[-1].full_label},"
    return above[-1].full_label
