"""Ayat, huruf, angka and their like: whether a line begins one, and below which part it stands."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Protocol

from rembuk.consultations.choices import ClauseKind
from rembuk.consultations.drafts import markers
from rembuk.consultations.drafts.building import QUOTED, RANKS, Open, Tree
from rembuk.consultations.drafts.lines import Line
from rembuk.consultations.drafts.markers import Marker
from rembuk.consultations.drafts.regions import Region

K = ClauseKind
# What a number of a law that changes another says it does.
_CHANGING = re.compile(
    r"^(Ketentuan|Di\s?antara|Setelah|Sesudah|Sebelum|Penjelasan|Judul|Pasal|Bab|BAB|Bagian|Paragraf|Ayat|Huruf|Angka"
    r"|Lampiran|Mengubah|Menambah|Menghapus|Menyisipkan)\b.*?"
    r"\b(diubah|disisipkan|dihapus|ditambah(kan)?|berbunyi|diganti|tetap)\b",
    re.S,
)
LONGEST_TITLE = 100
MOST_ITEM_LINES = 6


class Reading(Protocol):
    """What is asked of the reader."""

    tree: Tree
    region: Region
    before: str

    @property
    def is_ready(self) -> bool: ...
    @property
    def is_reference(self) -> bool: ...
    def next_text(self, index: int, count: int = 1) -> str: ...
    def following(self, index: int) -> list[str]: ...


def following(lines: Sequence[Line], index: int) -> list[str]:
    """The lines after one, up to where the second item of a list that begins there would be found."""
    return [line.text for line in lines[index + 1 : index + 1 + MOST_ITEM_LINES]]


def item_for(reader: Reading, index: int, line: Line, *, is_inner: bool = False) -> tuple[Open, str] | None:
    """The part a line opens in the lists that are open, with what follows its number on the line; ``None`` for none.

    ``is_inner``: the line is the rest of one that has just opened a part («(1) a. …»), so only a first item may begin.
    """
    text = line.text.removeprefix(":").strip()
    found = _named(reader, index, text) if reader.region is Region.ELUCIDATION else None
    if found is not None:
        return found
    if reader.is_reference and not is_inner:
        return None
    marker = markers.paragraph(text)
    if marker is not None:
        opened = _paragraph(reader, marker, is_inner=is_inner)
        return (opened, marker.rest) if opened else None
    candidates = [m for m in _candidates(reader, text) if not is_inner or (m.value == 1 and not m.suffix)]
    outer = _outer(reader, candidates, f"{text} {reader.next_text(index, 3)}")
    if outer is not None:
        return outer
    return _item(reader, candidates, line, reader.following(index))


def _candidates(reader: Reading, text: str) -> list[Marker]:
    found = markers.items(text)
    if reader.region is not Region.ANNEX:
        general = reader.region is Region.ELUCIDATION
        found = [m for m in found if m.style[0] not in "AI" or general]
    elif decimal := markers.decimal(text):
        found.append(decimal)
    return found


def _paragraph(reader: Reading, marker: Marker, *, is_inner: bool) -> Open | None:
    """Ayat below the open article; elsewhere «(1)» is an item like others."""
    tree = reader.tree
    article = tree.find(K.ARTICLE)
    if article is None or reader.region is Region.ELUCIDATION:
        label = f"angka ({marker.label.split('(')[1]}" if "(" in marker.label else marker.label
        as_item = replace(marker, kind=K.NUMBER, label=label)
        found = _item(reader, [as_item], Line("", after_blank=False), [])
        return found[0] if found else None
    last = tree.find(K.PARAGRAPH)
    last = last if last is not None and tree.branch.index(last) > tree.branch.index(article) else None
    if last is None:
        # Numbers of the first ones may have been lost in a scan.
        fits = not article.body or (marker.value <= 5 and reader.is_ready)
    else:
        fits = last.goes_on(marker) or (reader.is_ready and last.is_near(marker))
        fits = fits and not is_inner
    rank = RANKS[K.PARAGRAPH] + article.rank // QUOTED * QUOTED
    return tree.open(K.PARAGRAPH, rank, marker) if fits else None


def _outer(reader: Reading, candidates: Iterable[Marker], words: str) -> tuple[Open, str] | None:
    """The next number of a law that changes another, after its quotation of an article; or the first of an excerpt."""
    outer = reader.tree.outer_item()
    if outer is None and reader.tree.find_roman() is not None and reader.is_ready:
        for marker in candidates:
            if marker.style == "1." and marker.value > 1 and _CHANGING.match(words.split(". ", 1)[-1][:500]):
                return reader.tree.open_below(marker), marker.rest
    if outer is None or reader.tree.branch[-1] is outer:
        return None
    for marker in candidates:
        if outer.goes_on(marker) and _CHANGING.match(words.split(". ", 1)[-1][:500]):
            return reader.tree.open_beside(outer, marker), marker.rest
    return None


def _item(
    reader: Reading, candidates: list[Marker], line: Line, following: list[str]
) -> tuple[Open, str] | None:
    tree = reader.tree
    if not tree.branch:
        return None
    levels = list(tree.items())
    for level in levels:
        for marker in candidates:
            if level.goes_on(marker):
                return tree.open_beside(level, marker), marker.rest
    holder = tree.branch[-1]
    is_title = reader.region is Region.ANNEX and len(reader.before) <= LONGEST_TITLE
    begins = reader.is_ready or line.after_blank or not holder.body or is_title
    styles = {level.style for level in levels}
    for marker in candidates:
        is_first = marker.value == 1 and not marker.suffix and marker.style not in styles
        if is_first and (begins or is_followed(marker, following)):
            return tree.open_below(marker), marker.rest
    for level in levels:
        for marker in candidates:
            is_second_list = reader.region is Region.ANNEX and line.after_blank and marker.value == 1
            if (reader.is_ready and level.is_near(marker)) or (
                is_second_list and level.style == marker.style
            ):
                return tree.open_beside(level, marker), marker.rest
    return None


def is_followed(marker: Marker, following: list[str]) -> bool:
    """Whether a second item of the list comes soon: then it is one, even where the words before it lack their colon."""
    nexts = (other for text in following for other in markers.items(text))
    return any(other.style == marker.style and other.value == marker.value + 1 for other in nexts)


def _named(reader: Reading, index: int, text: str) -> tuple[Open, str] | None:
    """«Ayat (1)», «Huruf a», «Angka 2» in the elucidation of an article."""
    marker = markers.named(text)
    tree = reader.tree
    if marker is None or tree.find(K.ARTICLE) is None or reader.is_reference:
        return None
    if marker.rest and not marker.rest[0].isupper():
        return None
    outer = tree.outer_item()
    if outer is not None and tree.branch[-1] is not outer:
        quotes = re.match(r"^(Pasal|Cukup)\b", marker.rest or reader.next_text(index))
        if quotes and outer.style == marker.style and outer.value < marker.value:
            return tree.open_beside(outer, marker), marker.rest
    if marker.kind == K.PARAGRAPH:
        article = tree.find(K.ARTICLE)
        assert article is not None
        rank = RANKS[K.PARAGRAPH] + article.rank // QUOTED * QUOTED
        return tree.open(K.PARAGRAPH, rank, marker), marker.rest
    for level in tree.items():
        if level.style == marker.style and level.value < marker.value:
            return tree.open_beside(level, marker), marker.rest
    return tree.open_below(marker), marker.rest
