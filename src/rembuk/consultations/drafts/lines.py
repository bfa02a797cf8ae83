"""From pasted text to lines worth reading: page numbers, running headers and catchwords out, wrapped lines joined."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rembuk.common.text import clean_text


@dataclass(frozen=True, slots=True)
class Line:
    """A line without its margins. ``level`` is the Markdown heading level (0 for none), ``indent`` how far it was set in,
    in columns; the text of a bullet keeps its sign.
    """

    text: str
    after_blank: bool = False
    level: int = 0
    indent: int = 0
    is_bullet: bool = False


_PAGE = re.compile(
    r"^[-–—]\s*\d{1,4}\s*[-–—]?$|^(Halaman|Hal\.?)\s+\d+(\s+dari\s+\d+)?$|^\d{1,4}\s*/\s*\d{1,4}$", re.I
)
_BARE = re.compile(r"^\d{1,4}$")
_RUNNING = re.compile(
    r"^(PRES\s?IDEN\s*REPU\s?BLIK\s*INDONESIA|REPUBLIK\s+INDONESIA|SK\s+No\.?\s*\d+\s*[A-Z]?"
    r"|(https?://|www\.)\S+|jdih\.\S+|peraturan\.go\.id|SALINAN"
    r"|\d{4}\s*,\s*No\.?\s*\d+(\s+\d+)?|(\d+\s+)?\d{4}\s*,\s*No\.?\s*\d+)$",
    re.I,
)
# The notice under each page of a document that was signed electronically.
_SIGNED = re.compile(
    r"(ditandatangani secara elektronik|Balai (Besar )?Sertifikasi( Elektronik)?\b|Dokumen digital yang asli dapat diperoleh"
    r"|memindai QR Code|memasukkan kode pada Aplikasi)",
    re.I,
)
_CODE = re.compile(r"^(?=.*\d)(?=.*[A-F])[0-9A-F]{8,}$")
# Where a text that came without line breaks is opened up. What is cut too often is joined again by the reader.
_LONG = 600
_SEAMS = re.compile(
    r"\s+(?=(?:Menimbang|Mengingat|Memperhatikan|Menetapkan)\s*:)|\s+(?=M\s?E\s?M\s?U\s?T\s?U\s?S\s?K\s?A\s?N\b)"
    r"|\s+(?=DENGAN RAHMAT TUHAN)"
    r"|\s+(?=(?:PERTAMA|KE(?:SATU|DUA|TIGA|EMPAT|LIMA|ENAM|TUJUH|DELAPAN|SEMBILAN|SEPULUH|SEBELAS)"
    r"(?:\s?(?:BELAS|PULUH))?)\s*:)"
    r"|(?<=[.;:])\s+(?=(?:\d{1,3}|[a-z])[.)]\s+[A-Za-z])|(?<=[.;:])\s+(?=\(\d{1,2}[a-z]?\)\s)"
    r"|(?<=[;,] (?:dan))\s+(?=(?:\d{1,3}|[a-z])[.)]\s+[A-Za-z])|(?<=[;,] (?:atau))\s+(?=(?:\d{1,3}|[a-z])[.)]\s+[A-Za-z])"
    r"|(?<=[;,] dan/atau)\s+(?=(?:\d{1,3}|[a-z])[.)]\s+[A-Za-z])"
    r"|\s+(?=BAB\s+[IVXLC]+\s+[A-Z]{3})|(?<=[.;A-Z])\s+(?=Pasal\s+\d+[A-Z]?\s+(?:\(1\)|[A-Z][a-z]))"
    r"|(?<=[A-Z.;])\s+(?=Bagian\s+Ke[a-z]+\s+[A-Z])|(?<=[.,])\s+(?=(?:Ditetapkan|Disahkan)\s+di\b)"
    r"|(?<=[a-z.])\s+(?=Dokumen ini telah ditandatangani)"
)
_CATCH = re.compile(r"(\.\s){2,}\.?$|\.\s?\.\s?\.$|…$")
_MARKUP = re.compile(r"<!--.*?-->|<missing-text>|\*\*|__(?=\S)|(?<=\S)__")
_HEADING = re.compile(r"^(#{1,6})\s+(.*)$")
_BULLET = re.compile(r"^[-*•▪➢]\s+(?=(\(?\w{1,3}[.)]|:)\s)")
_POINT = re.compile(r"^[-*•▪➢]\s+(?=\S*[^\W\d_]{2})")
_JUST = re.compile(r"^(Pasal|BAB|Paragraf)$", re.I)
# What scanners make of «(1)», «(2)», «Pasal 31», «Pasal 40» at the beginning of a line.
_SCANNED = (
    (re.compile(r"^\([lI]\)\s"), "(1) "),
    (re.compile(r"^\((\d{1,2}[a-z]?)[1lI]\s+(?=[A-Z])"), r"(\1) "),
    (re.compile(r"^(Pasal \d) (\d)$"), r"\1\2"),
    (re.compile(r"^(Pasal \d+)O$"), r"\g<1>0"),
)
_SPACES = re.compile(r"[ \t\u00a0\u2000-\u200a\u3000]+")
_NUMBERISH = re.compile(r"^(\d{1,3}[A-Z]?|[IVXLC]+)$")
_ANNEX = re.compile(r"^LAMPIRAN\b")
LONGEST_CATCH = 70
REPEATED = 3


def lines_of(text: str) -> tuple[list[Line], list[str]]:
    """The lines of a text, and those left out as page numbers, running headers and catchwords."""
    rows = _rows(text)
    rows = _rejoined(rows)
    headers = _headers(rows)
    kept: list[Line] = []
    dropped: list[str] = []
    after_blank, page, is_annex = True, 0, False
    for row in rows:
        if not row.text:
            after_blank = True
            continue
        is_annex = is_annex or bool(_ANNEX.match(row.text))
        number = _page_number(row.text, page, is_annex=is_annex)
        if number or _is_noise(row.text, headers, is_first=len(kept) < 2):
            page = number or page
            dropped.append(row.text)
            continue
        kept.append(replace(row, after_blank=after_blank or row.after_blank))
        after_blank = False
    return kept, dropped


def joined(lines: Sequence[str]) -> str:
    """Wrapped lines as one text, hyphens at line ends undone; an empty string in ``lines`` begins a new paragraph."""
    text = ""
    for line in lines:
        if not line:
            text = text.rstrip() + "\n\n" if text else ""
        elif not text or text.endswith("\n"):
            text += line
        elif line.startswith("|") or text.rsplit("\n", 1)[-1].startswith("|"):
            text += "\n" + line
        else:
            text = _glued(text, line)
    return text.strip()


def is_complete(text: str) -> bool:
    """Whether a text may end here: nothing, or a sentence, an item or a lead-in that is finished."""
    bare = text.rstrip().rstrip("\"”’')")
    return not bare or bare[-1] in ".;:!?" or bool(re.search(r"[;,]\s*(dan|atau|dan/atau|serta)$", bare))


def _rows(text: str) -> list[Line]:
    rows: list[Line] = []
    for raw in clean_text(text.replace("\f", "\n").replace("\u00ad", "")).split("\n"):
        line = _SPACES.sub(" ", _MARKUP.sub("", raw)).replace("\\_", "_").strip()
        heading = _HEADING.match(line)
        level = len(heading[1]) if heading else 0
        line = _BULLET.sub("", heading[2] if heading else line).strip()
        for pattern, right in _SCANNED:
            line = pattern.sub(right, line)
        pieces = _SEAMS.split(line) if len(line) > _LONG else [line]
        first = Line("", level=level, indent=_indent(raw), is_bullet=bool(_POINT.match(line)))
        rows.extend(replace(first, text=re.sub(r"^:\s+", ": ", piece)) for piece in pieces)
    return rows


def _indent(raw: str) -> int:
    wide = raw.expandtabs(4)
    return len(wide) - len(wide.lstrip())


def _rejoined(rows: Sequence[Line]) -> list[Line]:
    """«Pasal» and its number on two lines are one."""
    made: list[Line] = []
    waiting: Line | None = None
    for row in rows:
        if waiting is not None and row.text:
            if _NUMBERISH.match(row.text):
                made.append(replace(waiting, text=f"{waiting.text} {row.text}"))
                waiting = None
                continue
            made.append(waiting)
            waiting = None
        if _JUST.match(row.text):
            waiting = row
        elif waiting is None or not row.text:
            made.append(row)
    return [*made, waiting] if waiting is not None else made


def _headers(rows: Sequence[Line]) -> frozenset[str]:
    """Short lines that stand again and again beside page numbers."""
    beside: Counter[str] = Counter()
    full = [row.text for row in rows if row.text]
    for index, text in enumerate(full):
        near = full[max(0, index - 2) : index + 3]
        if len(text) <= LONGEST_CATCH and any(_PAGE.match(other) for other in near if other is not text):
            beside[text] += 1
    return frozenset(
        text
        for text, count in beside.items()
        if count >= REPEATED
        and not re.match(r"^(Pasal|Ayat|Huruf|Angka|Cukup|\(|[a-z0-9]{1,3}[.)])", text, re.I)
    )


def _page_number(text: str, last: int, *, is_annex: bool) -> int:
    """The page a line numbers, or 0. In annexes a bare number may be a cell of a table, so it stays."""
    if _PAGE.match(text):
        return int(re.findall(r"\d+", text)[0]) or 1
    if _BARE.match(text) and not is_annex and int(text) in {last + 1, last + 2}:
        return int(text)
    return 0


def _is_noise(text: str, headers: frozenset[str], *, is_first: bool) -> bool:
    if text in headers:
        return True
    if _CODE.match(text) or _SIGNED.search(text):
        return True
    if _RUNNING.match(text):
        return not (is_first and text.isupper() and "INDONESIA" in text and "PRES" not in text)
    return len(text) <= LONGEST_CATCH and bool(_CATCH.search(text))


def _glued(text: str, line: str) -> str:
    cut = re.search(r"(\w+)-$", text)
    if not cut or not line[:1].islower():
        return f"{text} {line}"
    before, after = cut[1].lower(), re.match(r"\w*", line)[0].lower()  # type: ignore[index]
    # «undang-undang», «perundang-undangan», «sebesar-besarnya» keep their hyphen.
    if after[:4] in before or before in after or before in {"non", "pasca", "pra", "anti", "antar"}:
        return text + line
    return text[:-1] + line
