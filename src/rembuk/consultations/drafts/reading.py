"""The entrance: a typed or pasted text to its tree of parts."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from rembuk.common.errors import Invalid
from rembuk.consultations.drafts import markers
from rembuk.consultations.drafts.legal import LegalReader
from rembuk.consultations.drafts.lines import Line, lines_of
from rembuk.consultations.drafts.parts import Part, settled
from rembuk.consultations.drafts.plain import PlainReader

LONGEST = 300_000
MOST_PARTS = 2_000
_LEGAL = re.compile(r"^(Menimbang|MENIMBANG|Mengingat|MENGINGAT|MEMUTUSKAN|Menetapkan)\b\s*:?")


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read: the parts in reading order, and the lines left out as page numbers, headers and catchwords."""

    parts: list[Part]
    left_out: list[str]


def read_text(source: str) -> Reading:
    """The tree of a text: a regulation by its frame, any other by headings and paragraphs.

    Raises:
        Invalid: for a text that is empty, longer than ``LONGEST`` or of more than ``MOST_PARTS`` parts, or that is no
            text but the bytes of a file.
    """
    if len(source) > LONGEST:
        _refuse(
            _(
                "The text has %(length)s characters; at most %(most)s are possible. Divide it, or add it as a document."
            )
            % {"length": f"{len(source):,}".replace(",", "."), "most": f"{LONGEST:,}".replace(",", ".")}
        )
    if source.lstrip()[:5] in {"%PDF-", "{\\rtf"} or source[:2] == "PK" or "\x00" in source:
        _refuse(_("This is a file, not text. Open it, select the text in it and paste that."))
    lines, left_out = lines_of(source)
    if not any(re.search(r"\w{2}", line.text) for line in lines):
        _refuse(_("Paste or type the text first."))
    parts = settled(_read(lines))
    if len(parts) > MOST_PARTS:
        _refuse(
            _("The text has %(count)s parts; at most %(most)s are possible. Divide it.")
            % {"count": len(parts), "most": MOST_PARTS}
        )
    return Reading(parts, left_out)


def is_legal(lines: Sequence[Line]) -> bool:
    """Whether the text has the frame of a regulation or decree: considerations, articles or dictums."""
    if sum(1 for line in lines if _LEGAL.match(line.text)) >= 2:
        return True
    articles = [
        m for line in lines if (m := markers.article(line.text)) and (not m.rest or m.rest[:1] == "(")
    ]
    dictums = [m for line in lines if (m := markers.dictum(line.text))]
    return len(articles) >= 2 or len(dictums) >= 2 or (len(articles) == 1 and len(lines) <= 20)


def _read(lines: Sequence[Line]) -> list[Part]:
    return LegalReader(lines).read() if is_legal(lines) else PlainReader(lines).read()


def _refuse(message: str) -> None:
    raise Invalid(message, fields={"source": [message]})
