"""Reading an ordinary plan: Markdown or numbered headings, numbered lists, paragraphs."""

import re
from collections.abc import Sequence

from rembuk.consultations.choices import ClauseKind
from rembuk.consultations.drafts import markers
from rembuk.consultations.drafts.building import LIST, RANKS, Open, Tree
from rembuk.consultations.drafts.lines import Line, is_complete
from rembuk.consultations.drafts.listing import following, is_followed
from rembuk.consultations.drafts.markers import Marker
from rembuk.consultations.drafts.parts import Part

K = ClauseKind
LONGEST_TITLE = 100
BULLET = "-"
_FRAMES = {K.BOOK, K.CHAPTER, K.PART, K.SECTION}


class PlainReader:
    """Headings hold what follows them; each paragraph and each item of a numbered list is a part of its own."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = list(lines)
        self.tree = Tree()
        self.before = ""
        self.is_list_of_headings: dict[str, bool] = {}

    def read(self) -> list[Part]:
        """The parts in reading order."""
        for index, line in enumerate(self.lines):
            opened = self._markdown(line) or self._frame(line) or self._bullet(line)
            if not (opened or self._numbered(index, line)):
                self._text(line)
            self.before = line.text
        return [part.as_part() for part in self.tree.parts]

    def _markdown(self, line: Line) -> bool:
        if not line.level:
            return False
        frame = markers.frame(line.text) or markers.annex(line.text)
        if frame is not None:
            return self._head(frame)
        numbered = next(iter(_headings(line.text)), None)
        opened = self.tree.open(K.HEADING, line.level, label=_heading_label(numbered) if numbered else "")
        opened.heading.append(numbered.rest if numbered else line.text)
        return True

    def _frame(self, line: Line) -> bool:
        marker = markers.frame(line.text) or (markers.annex(line.text) if line.text.isupper() else None)
        if marker is None or marker.kind == K.ARTICLE:
            return False
        is_title = len(line.text) <= LONGEST_TITLE and line.text[-1] not in ".;,"
        return is_title and (line.after_blank or is_complete(self.before)) and self._head(marker)

    def _head(self, marker: Marker) -> bool:
        opened = self.tree.open(marker.kind, RANKS[marker.kind], marker)
        opened.heading.extend(filter(None, [marker.rest]))
        return True

    def _bullet(self, line: Line) -> bool:
        if not line.is_bullet:
            return False
        points = [part for part in self._items_at(line) if part.style == BULLET]
        level = next((part for part in points if part.indent + 1 >= line.indent), None)
        marker = Marker(kind=K.TEXT, label="", style=BULLET, rest=line.text[1:].strip())
        while level is None and self.tree.branch and _ends_before(self.tree.branch[-1], line):
            self.tree.branch.pop()
        opened = self.tree.open_beside(level, marker) if level else self.tree.open_below(marker)
        opened.indent = line.indent
        opened.body.append(marker.rest)
        return True

    def _items_at(self, line: Line) -> list[Open]:
        """Open numbered parts, the innermost first; before them those that are set in as far as the line."""
        inner = [part for part in reversed(self.tree.branch) if part.style]
        return sorted(inner, key=lambda part: abs(part.indent - line.indent) > 1)

    def _numbered(self, index: int, line: Line) -> bool:
        decimal = markers.decimal(line.text)
        if decimal is not None and _is_title(decimal.rest):
            depth = int(decimal.style.split(".")[1])
            opened = self.tree.open(K.HEADING, 6 + depth, decimal)
            opened.heading.append(decimal.rest)
            return True
        items = [*markers.items(line.text), *filter(None, [markers.paragraph(line.text)])]
        return self._item(index, line, items)

    def _item(self, index: int, line: Line, items: list[Marker]) -> bool:
        for level in self._items_at(line):
            for marker in items:
                if level.goes_on(marker) and (level.is_item or _is_title(marker.rest)):
                    self._add(self.tree.open_beside(level, marker), marker, line)
                    return True
        first = next((m for m in items if m.value == 1 and not m.suffix), None)
        begins = line.after_blank or is_complete(self.before) or self._is_open_heading()
        if first is None:
            return False
        if not (begins or self._is_deeper(line) or is_followed(first, following(self.lines, index))):
            return False
        if self._is_heading(index, first):
            self._add(self.tree.open(K.HEADING, self._rank(first), first), first, line)
            return True
        while self.tree.branch and self.tree.branch[-1].kind == K.TEXT:
            self.tree.branch.pop()
        self._add(self.tree.open_below(first), first, line)
        return True

    def _is_deeper(self, line: Line) -> bool:
        """Whether a line is set in further than the item before it: a list within the item."""
        held = next((part for part in reversed(self.tree.branch) if part.is_item), None)
        return held is not None and line.indent > held.indent + 1

    def _rank(self, marker: Marker) -> int:
        """Of a numbered heading: below an open one that is numbered in another style."""
        open_headings = (p for p in reversed(self.tree.branch) if p.kind == K.HEADING and p.style)
        holder = next(open_headings, None)
        if holder is None or holder.style == marker.style:
            return 6 if marker.style[0] in "AI" else 7
        return min(holder.rank + 1, LIST - 1)

    def _is_open_heading(self) -> bool:
        return self.tree.current is not None and self.tree.current.rank < LIST and not self.tree.current.body

    def _add(self, opened: Open, marker: Marker, line: Line) -> None:
        opened.indent = line.indent
        if opened.is_item:
            opened.kind = K.NUMBER if marker.kind == K.PARAGRAPH else marker.kind
            opened.label = marker.label.replace("ayat", "angka")
            opened.body.extend(filter(None, [marker.rest]))
        else:
            opened.kind, opened.label = K.HEADING, _heading_label(marker)
            opened.heading.append(marker.rest)

    def _is_heading(self, index: int, marker: Marker) -> bool:
        """A short line without a stop, followed by text and not by the next number of a list."""
        if not _is_title(marker.rest) or any(part.is_item for part in self.tree.branch):
            return False
        after = self.lines[index + 1 : index + 2]
        follows = _headings(after[0].text) if after else []
        return bool(after) and not any(m.style == marker.style for m in follows)

    def _text(self, line: Line) -> None:
        current = self.tree.current
        goes_on = current is not None and not line.after_blank
        if goes_on and current is not None and (current.kind == K.TEXT or current.is_item):
            current.body.append(line.text)
            return
        if goes_on and current is not None and current.kind in _FRAMES and not current.heading:
            current.heading.append(line.text)
            return
        if current is not None and current.kind in _FRAMES and not current.heading and _is_title(line.text):
            current.heading.append(line.text)
            return
        if not self.tree.parts and _is_title(line.text):
            self.tree.open(K.HEADING, 0).heading.append(line.text)
            return
        self.tree.open(K.TEXT, LIST).body.append(line.text)


def _ends_before(part: Open, line: Line) -> bool:
    """Whether an open part ends where a bullet begins: a paragraph, or an item that is set in as far."""
    if part.style == BULLET:
        return False
    return part.kind == K.TEXT or (part.is_item and part.indent >= line.indent and line.after_blank)


def _headings(text: str) -> list[Marker]:
    decimal = markers.decimal(text)
    return [*([decimal] if decimal else []), *markers.items(text)]


def _heading_label(marker: Marker) -> str:
    """«1», «A», «II», «1.1» before a heading."""
    return (
        re.sub(r"^(huruf|angka|ayat)\s+", "", marker.label).rstrip(")")
        if marker.kind != K.HEADING
        else marker.label
    )


def _is_title(text: str) -> bool:
    return bool(text) and len(text) <= LONGEST_TITLE and text[-1] not in ".;,:"
