"""Reading a regulation, decree or decision: its frame as UU 12/2011 (lampiran II) lays it down.

Each line either begins a part or goes on with the last one. A reference («Pasal 7 ayat (2)» inside a sentence, also when
the line is broken before it) begins nothing: the words before it and the order of numbers tell.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from rembuk.consultations.choices import ClauseKind
from rembuk.consultations.drafts import markers
from rembuk.consultations.drafts.building import QUOTED, RANKS, Open, Tree
from rembuk.consultations.drafts.lines import Line, is_complete
from rembuk.consultations.drafts.listing import following, item_for
from rembuk.consultations.drafts.markers import Marker
from rembuk.consultations.drafts.parts import Part
from rembuk.consultations.drafts.regions import Region, Start, elucidation_heading, region_start

K = ClauseKind
_FRAMES = {K.BOOK, K.CHAPTER, K.PART, K.SECTION}
_DANGLING = re.compile(
    r"(\b(ayat|huruf|angka|pasal|dan|atau|dan/atau|serta|dalam|pada|dengan|dimaksud|ketentuan|bab|bagian|paragraf|oleh"
    r"|dari|nomor|diktum|lampiran|butir|antara|terhadap|tentang|atas|untuk|yang|jo\.?)|,|\()$",
    re.I,
)
_REFERENCE = re.compile(
    r"^(ayat|huruf|angka|undang|peraturan|keputusan|sampai|s/d|s\.d|dan|atau|jo|[a-z,.;)])"
)
_TAIL = re.compile(r"\s+(?=(?:Bagian\s+(?:Ke|Pertama)|Paragraf\s+\d|Pasal\s+\d+[A-Z]?$))")
LONGEST_HEADING_LINE = 160


class LegalReader:
    """Reads lines into a tree; ``region`` is the part of the frame it stands in."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = list(lines)
        self.tree = Tree()
        self.region = Region.TITLE
        self.before = ""  # the line before, without its marker
        self.is_basis_waiting = False
        self.last_article: dict[str, tuple[int, str]] = {}

    def read(self) -> list[Part]:
        """The parts in reading order."""
        for index, line in enumerate(self.lines):
            for piece in (
                _TAIL.split(line.text) if re.match(r"^(BAB|Bagian)\s", line.text, re.I) else [line.text]
            ):
                self._take(index, replace(line, text=piece))
        return [part.as_part() for part in self.tree.parts]

    def next_text(self, index: int, count: int = 1) -> str:
        """The lines after one, as one text."""
        return " ".join(line.text for line in self.lines[index + 1 : index + 1 + count])

    def following(self, index: int) -> list[str]:
        """The lines after one, up to where the second item of a list would be found."""
        return following(self.lines, index)

    def _take(self, index: int, line: Line) -> None:
        taken = self._region(index, line) or self._frame(index, line) or self._numbered(index, line)
        if not taken:
            self._text(line)
        current = self.tree.current
        if taken and current is not None:
            self.before = current.body[-1] if current.body else ""
        else:
            self.before = line.text

    @property
    def is_ready(self) -> bool:
        """Whether what stands before is finished, so that a part may begin."""
        return is_complete(self.before)

    @property
    def is_reference(self) -> bool:
        """Whether the words before ask for a number: what follows belongs to the sentence."""
        return not self.is_ready and bool(_DANGLING.search(self.before))

    def _region(self, index: int, line: Line) -> bool:
        if self.region is Region.ELUCIDATION and (heading := elucidation_heading(line.text)):
            self.tree.open(K.HEADING, 1).heading.append(heading)
            self.last_article.clear()
            return True
        start = region_start(line.text, self.region, is_ready=self.is_ready or line.after_blank)
        if start is None or (start.region is Region.CLOSING is self.region):
            return False
        if start.region is Region.ANNEX and self._is_same_annex(start.label):
            return True
        self.region = start.region
        self.tree.close()
        if start.region in {Region.ANNEX, Region.ELUCIDATION}:
            self.last_article.clear()
        opened = self.tree.open(start.kind, 0, label=start.label)
        self.before = ""
        if start.kind == K.ANNEX:
            opened.heading.extend(filter(None, [start.rest]))
        elif start.rest:
            self._rest(index, start.rest)
        self._watch_columns(start)
        return True

    def _is_same_annex(self, label: str) -> bool:
        """A header that is repeated on each page of an annex."""
        first = self.tree.branch[0] if self.tree.branch else None
        return self.region is Region.ANNEX and first is not None and first.label == label

    def _watch_columns(self, start: Start) -> None:
        """«Menimbang» and «Mengingat» side by side, as PDFs give two columns: the texts of both follow."""
        parts = self.tree.parts
        if start.kind != K.BASIS or start.rest or len(parts) < 2:
            return
        if parts[-2].kind == K.PREAMBLE and not parts[-2].body:
            parts.pop()
            self.tree.close()
            self.tree.branch.append(parts[-1])
            self.is_basis_waiting = True

    def _frame(self, index: int, line: Line) -> bool:
        if self.region is Region.CLOSING:
            return False
        marker = markers.frame(line.text)
        if marker is None or not self._may_open(marker, index, line):
            return False
        if self.region is Region.PREAMBLE and not self._may_end_preamble(marker, line):
            return False
        if self.region in {Region.TITLE, Region.PREAMBLE}:
            self.tree.close()
            self.region = Region.BODY
        quoted = QUOTED if marker.style != "roman" and self.tree.outer_item() is not None else 0
        opened = self.tree.open(marker.kind, RANKS[marker.kind] + quoted, marker)
        if marker.kind == K.ARTICLE:
            self.last_article["quoted" if quoted else marker.style] = (marker.value, marker.suffix)
            self._rest(index, marker.rest)
        elif marker.rest:
            opened.heading.append(marker.rest)
        return True

    def _rest(self, index: int, rest: str) -> None:
        """What stands on the line of an article after its number."""
        if rest and not self._numbered(index, Line(rest)):
            self._text(Line(rest))

    def _may_open(self, marker: Marker, index: int, line: Line) -> bool:
        if marker.kind != K.ARTICLE:
            is_heading = not marker.rest or marker.rest[-1] not in ".;,:"
            if marker.kind == K.CHAPTER and marker.rest and not line.text.startswith("BAB"):
                is_heading = is_heading and len(marker.rest.split()) <= 12
            ready = self.is_ready or line.after_blank or self._is_in_heading()
            ready = ready or self._is_next_chapter(marker, line)
            return is_heading and ready and len(line.text) <= LONGEST_HEADING_LINE and not self.is_reference
        if self.is_reference:
            return False
        follows = marker.rest or self.next_text(index)
        if marker.rest and not re.match(r"^\(1\)|^Cukup jelas", marker.rest):
            return self.is_ready and self._is_expected(marker) and not _REFERENCE.match(marker.rest)
        if self._is_expected(marker):
            return self.is_ready or self._is_in_heading() or not _REFERENCE.match(follows)
        ready = self.is_ready or self._is_in_heading()
        return ready and not _REFERENCE.match(follows) and self._is_possible(marker)

    def _is_next_chapter(self, marker: Marker, line: Line) -> bool:
        """«BAB» with the next number, alone or with its heading in capitals: certain even where nothing ended before."""
        if marker.kind != K.CHAPTER or line.text != line.text.upper():
            return False
        reset = (K.CHAPTER, K.ANNEX, K.ELUCIDATION, K.BOOK)
        last = next((part for part in reversed(self.tree.parts) if part.kind in reset), None)
        if last is None:
            return True
        return marker.value == (last.value if last.kind == K.CHAPTER else 0) + 1

    def _is_in_heading(self) -> bool:
        current = self.tree.current
        return current is not None and current.kind in _FRAMES and not current.body

    def _is_expected(self, marker: Marker) -> bool:
        last = self.last_article.get(self._series(marker))
        if last is None:
            return marker.value == 1 and not marker.suffix
        value, suffix = last
        if marker.suffix:
            return marker.value == value and marker.suffix[0] == (chr(ord(suffix[0]) + 1) if suffix else "a")
        return marker.value == value + 1

    def _is_possible(self, marker: Marker) -> bool:
        """Out of order: the first of an excerpt, a gap, or a quotation in a law that changes another."""
        if self._series(marker) == "quoted" or self.region is Region.ELUCIDATION:
            return True
        last = self.last_article.get(self._series(marker))
        return last is None or (marker.value, marker.suffix) > last

    def _series(self, marker: Marker) -> str:
        if marker.style == "roman":
            return "roman"
        return "quoted" if self.tree.outer_item() is not None else ""

    def _may_end_preamble(self, marker: Marker, line: Line) -> bool:
        """After «Memutuskan» anything; in a draft pasted without it, the first chapter, book or article of its own."""
        if any(part.kind == K.DECISION for part in self.tree.parts):
            return True
        is_first = marker.value == 1 and marker.kind in {K.BOOK, K.CHAPTER, K.ARTICLE}
        is_alone = marker.kind != K.ARTICLE or not marker.rest
        return is_first and is_alone and (line.after_blank or self.is_ready)

    def _numbered(self, index: int, line: Line) -> bool:
        if self.region in {Region.TITLE, Region.CLOSING}:
            return False
        if self.region in {Region.BODY, Region.PREAMBLE} and self._dictum(line):
            return True
        self._leave_first_column(line)
        opened = item_for(self, index, line)
        if opened is None:
            return False
        made, rest = opened
        self.before = ""
        inner = item_for(self, index, Line(rest), is_inner=True) if rest else None
        if inner is not None:
            made, rest = inner
        made.body.extend(filter(None, [rest]))
        return True

    def _leave_first_column(self, line: Line) -> None:
        """With both columns side by side, «Mengingat» begins with its number 1."""
        if not self.is_basis_waiting or self.region is not Region.PREAMBLE:
            return
        bare = line.text.removeprefix(":").strip()
        if re.match(r"^1\.\s", bare):
            self.tree.close()
            self.tree.open(K.BASIS, 0, label="Mengingat")
            self.is_basis_waiting = False
            self.before = ""

    def _dictum(self, line: Line) -> bool:
        if self.tree.find(K.ARTICLE) is not None or self.tree.find(*_FRAMES) is not None:
            return False
        last = self.last_article.get("dictum", (0, ""))[0]
        decided = any(part.kind == K.DECISION for part in self.tree.parts)
        marker = markers.dictum(line.text, is_old=decided) if decided or last else None
        if marker is None or not last < marker.value <= last + 2:
            return False
        self.region = Region.BODY
        self.tree.close()
        opened = self.tree.open(K.DICTUM, RANKS[K.DICTUM], marker)
        self.last_article["dictum"] = (marker.value, "")
        opened.body.extend(filter(None, [marker.rest]))
        return True

    def _text(self, line: Line) -> None:
        current = self.tree.current
        text = line.text.removeprefix(":").strip()
        if not text:
            return
        if current is None:
            current = self.tree.open(K.HEADING if self.region is Region.TITLE else K.TEXT, 0)
        if self._is_heading(current, text):
            current.heading.append(text)
            return
        if self._ends_list(current, line):
            current = self.tree.open_after_list(K.TEXT)
        if current.body and (
            line.is_bullet or (line.after_blank and is_complete(self.before) and text[:1].isupper())
        ):
            current.body.append("")
        current.body.append(text)

    def _is_heading(self, current: Open, text: str) -> bool:
        """Whether a line goes on with the heading of a part that has no text yet."""
        if current.body:
            return False
        if current.kind == K.HEADING and self.region is Region.TITLE:
            return not re.match(r"^(DENGAN RAHMAT|ATAS BERKAT)", text, re.I)
        if current.kind in {K.BOOK, K.CHAPTER, K.ANNEX, K.ELUCIDATION}:
            return text == text.upper() and (not current.heading or text[-1] not in ".;")
        if current.kind in {K.PART, K.SECTION}:
            return (not current.heading and text[-1] not in ".;:") or self.before[-1:] in {"-", ","}
        return False

    def _ends_list(self, current: Open, line: Line) -> bool:
        """Words after a finished list belong to what holds the list, not to its last item."""
        if not current.is_item or not line.after_blank or self.region is Region.PREAMBLE:
            return False
        last = self.before.rstrip()[-1:]
        return (last == "." and line.text[:1].isupper()) or (last == ";" and line.text[:1].islower())
