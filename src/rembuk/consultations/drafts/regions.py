"""Where the frame of a regulation passes from one region to the next: title, preamble, body, closing, penjelasan, lampiran."""

import re
from dataclasses import dataclass
from enum import StrEnum, auto

from rembuk.consultations.choices import ClauseKind
from rembuk.consultations.drafts import markers

K = ClauseKind


class Region(StrEnum):
    """A stretch of the frame."""

    TITLE = auto()
    PREAMBLE = auto()
    BODY = auto()
    CLOSING = auto()
    ELUCIDATION = auto()
    ANNEX = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """The beginning of a region, with the part it opens; ``kind`` empty opens none."""

    region: Region
    kind: str
    label: str
    rest: str = ""


_PREAMBLE = re.compile(
    r"^(Menimbang|Mengingat|Memperhatikan|Membaca|MENIMBANG|MENGINGAT|MEMPERHATIKAN|MEMBACA)\b\s*:?\s*(.*)$"
)
_DECIDES = re.compile(r"^M\s?E\s?M\s?U\s?T\s?U\s?S\s?K\s?A\s?N\s*:?\s*(.*)$")
# An instruction says to whom and for what, where a decree decides.
_INSTRUCTS = re.compile(r"^(Kepada|Untuk|KEPADA|UNTUK)\s*:\s*(.*)$")
_AGREED = re.compile(r"^Dengan Persetujuan Bersama\b(.*)$", re.I)
_CLOSING = re.compile(
    r"^(Agar\s+(setiap|semua)\s+orang\b|(Ditetapkan|Disahkan|Diundangkan|Dikeluarkan)\s+di\b|TAMBAHAN (LEMBARAN|BERITA)\b)"
)
_ELUCIDATION = re.compile(r"^PENJELASAN(\s+ATAS\b.*)?$")
_GENERAL = re.compile(r"^(?:(?:I|A)\.?\s*)?(UMUM|PENJELASAN UMUM)\.?$")
_ONE_BY_ONE = re.compile(r"^(?:(?:II|B)\.?\s*)?PASAL DEMI PASAL\.?$", re.I)


def region_start(text: str, region: Region, *, is_ready: bool) -> Start | None:
    """The region a line begins, seen from the one it stands in, or ``None``."""
    if region in {Region.TITLE, Region.PREAMBLE}:
        return _before_body(text)
    annex = markers.annex(text)
    if annex is not None:
        return Start(region=Region.ANNEX, kind=K.ANNEX, label=annex.label, rest=annex.rest)
    if region is Region.ANNEX:
        return None
    if _ELUCIDATION.match(text):
        return Start(region=Region.ELUCIDATION, kind=K.ELUCIDATION, label="Penjelasan")
    if is_ready and _CLOSING.match(text):
        return Start(region=Region.CLOSING, kind=K.TEXT, label="Penutup", rest=text)
    return None


def _before_body(text: str) -> Start | None:
    found = _PREAMBLE.match(text)
    if found:
        kind = K.PREAMBLE if found[1].lower() == "menimbang" else K.BASIS
        return Start(region=Region.PREAMBLE, kind=kind, label=found[1].capitalize(), rest=found[2])
    found = _DECIDES.match(text)
    if found:
        return Start(region=Region.PREAMBLE, kind=K.DECISION, label="Memutuskan", rest=found[1])
    found = _INSTRUCTS.match(text)
    if found:
        kind = K.PREAMBLE if found[1].lower() == "kepada" else K.DECISION
        return Start(region=Region.PREAMBLE, kind=kind, label=found[1].capitalize(), rest=found[2])
    if _AGREED.match(text):
        return Start(region=Region.PREAMBLE, kind=K.TEXT, label="Persetujuan bersama", rest=text)
    if text.startswith("LAMPIRAN"):
        annex = markers.annex(text)
        if annex is not None:
            return Start(region=Region.ANNEX, kind=K.ANNEX, label=annex.label, rest=annex.rest)
    return None


def elucidation_heading(text: str) -> str:
    """«Umum» or «Pasal demi Pasal» where a line is the head of that half of a penjelasan, else nothing."""
    if _GENERAL.match(text):
        return "Umum"
    return "Pasal demi Pasal" if _ONE_BY_ONE.match(text) else ""
