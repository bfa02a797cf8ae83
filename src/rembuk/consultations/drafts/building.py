"""The tree while it is read: the parts opened so far, which of them are still open, and where a list goes on."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from rembuk.consultations.choices import ClauseKind
from rembuk.consultations.drafts.lines import joined
from rembuk.consultations.drafts.markers import Marker
from rembuk.consultations.drafts.parts import Part

K = ClauseKind
RANKS: dict[str, int] = {
    K.ANNEX: 0,
    K.ELUCIDATION: 0,
    K.BOOK: 1,
    K.CHAPTER: 2,
    K.PART: 3,
    K.SECTION: 4,
    K.ARTICLE: 5,
    K.DICTUM: 5,
    K.PARAGRAPH: 6,
}
LIST = 10
# Parts quoted in an article that changes another law stand below the number that quotes them.
QUOTED = 100
MOST_MISSING = 10


@dataclass(slots=True)
class Open:
    """A part that may still get text and parts below it. ``rank`` orders kinds; ``style`` is set for list items."""

    kind: str
    rank: int
    depth: int
    label: str = ""
    style: str = ""
    value: int = 0
    suffix: str = ""
    indent: int = 0
    heading: list[str] = field(default_factory=list)
    body: list[str] = field(default_factory=list)

    @property
    def is_item(self) -> bool:
        """Whether it is an item of a list."""
        return bool(self.style) and self.rank % QUOTED >= LIST

    def goes_on(self, marker: Marker) -> bool:
        """Whether the marker is the next item of this one's list."""
        if self.style != marker.style:
            return False
        if marker.suffix:
            before = chr(ord(marker.suffix) - 1) if marker.suffix > "a" else ""
            return marker.value == self.value and self.suffix == before
        return marker.value == self.value + 1

    def is_near(self, marker: Marker) -> bool:
        """Whether the marker follows in this one's list with some items missing between."""
        return self.style == marker.style and self.value + 1 < marker.value <= self.value + MOST_MISSING

    def as_part(self) -> Part:
        """As it stands in the tree."""
        return Part(
            kind=self.kind,
            depth=self.depth,
            label=self.label,
            heading=joined(self.heading),
            body=joined(self.body),
        )


class Tree:
    """The parts in reading order and the branch that is open."""

    def __init__(self) -> None:
        self.parts: list[Open] = []
        self.branch: list[Open] = []

    @property
    def current(self) -> Open | None:
        """The part that text goes to."""
        return self.parts[-1] if self.parts else None

    def find(self, *kinds: str) -> Open | None:
        """The innermost open part of these kinds."""
        return next((part for part in reversed(self.branch) if part.kind in kinds), None)

    def items(self) -> Iterator[Open]:
        """Open list items, the innermost first, up to the article, paragraph, dictum or heading that holds them."""
        for part in reversed(self.branch):
            if part.is_item:
                yield part
            elif part.rank % QUOTED < LIST:
                return

    def outer_item(self) -> Open | None:
        """The open number of an article that changes another law, below which its quotations stand."""
        article = self.find_roman()
        if article is None:
            return None
        after = self.branch[self.branch.index(article) + 1 :]
        return next((part for part in after if part.is_item and part.rank < QUOTED), None)

    def find_roman(self) -> Open | None:
        """The open article with a Roman number: a law that changes another."""
        return next((p for p in self.branch if p.kind == K.ARTICLE and p.style == "roman"), None)

    def open(self, kind: str, rank: int, marker: Marker | None = None, *, label: str = "") -> Open:
        """Open a part below the nearest open one of a smaller rank."""
        while self.branch and self.branch[-1].rank >= rank:
            self.branch.pop()
        return self._push(kind, rank, marker, label)

    def open_beside(self, sibling: Open, marker: Marker) -> Open:
        """Open the next item of a list."""
        del self.branch[self.branch.index(sibling) :]
        return self._push(marker.kind, sibling.rank, marker, "")

    def open_below(self, marker: Marker) -> Open:
        """Open the first item of a list below the innermost open part."""
        rank = LIST
        if self.branch:
            top = self.branch[-1].rank
            rank = max(top + 1, top // QUOTED * QUOTED + LIST)
        return self._push(marker.kind, rank, marker, "")

    def open_after_list(self, kind: str) -> Open:
        """Open a part that ends the outermost open list: at its level, after its items."""
        outermost = list(self.items())[-1]
        del self.branch[self.branch.index(outermost) :]
        return self._push(kind, outermost.rank, None, "")

    def close(self) -> None:
        """Close everything."""
        self.branch.clear()

    def _push(self, kind: str, rank: int, marker: Marker | None, label: str) -> Open:
        made = Open(kind=kind, rank=rank, depth=len(self.branch), label=label)
        if marker is not None:
            made.label, made.style = marker.label, marker.style
            made.value, made.suffix = marker.value, marker.suffix
        self.parts.append(made)
        self.branch.append(made)
        return made
