"""The draft text as a page shows it: clauses as rows, the table of contents, long texts cut into parts.

A text of up to ``WHOLE`` clauses stands on the page whole. A longer one is read part by part (``?bagian=2``), cut where a
chapter or an article begins, so that no page grows heavy; ``?bagian=semua`` is the whole, for printing.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from rembuk.consultations.choices import Change, ClauseKind, Stance
from rembuk.consultations.models import Consultation, DraftVersion
from rembuk.web.components.words import KINDS

type Row = dict[str, Any]

WHOLE = 120
# A part ends before a chapter once it has SOME clauses, before an article once it has ENOUGH, anywhere at MOST.
SOME, ENOUGH, MOST = 40, 80, 150
ALL = "semua"
_HEADS = frozenset(
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
_UNITS = _HEADS | {
    ClauseKind.ARTICLE,
    ClauseKind.DICTUM,
    ClauseKind.PREAMBLE,
    ClauseKind.BASIS,
    ClauseKind.DECISION,
}
_CHANGES = {Change.CHANGED: "warn", Change.MOVED: "info", Change.NEW: "ok"}
_FIELDS = (
    "position",
    "depth",
    "kind",
    "label",
    "full_label",
    "heading",
    "body",
    "change",
    "clause_id",
    "clause__number",
    "clause__subject__figures__comments",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What stands beside each clause: figures per stance where they are shown, the way to answer while it is open."""

    consultation: Consultation
    is_open: bool = False
    stances: Mapping[int, Mapping[str, int]] = field(default_factory=dict)
    shows_stances: bool = False

    @property
    def base(self) -> str:
        """The address of the consultation's page; those of its clauses begin with it."""
        return reverse("consultations:detail", args=[self.consultation.code])


def rows_of(version: DraftVersion, first: int = 0, last: int | None = None) -> list[Row]:
    """The clauses of a version in reading order, in one query; only positions ``first`` to ``last`` where given."""
    rows = version.texts.filter(position__gte=first).order_by("position")
    if last is not None:
        rows = rows.filter(position__lte=last)
    return list(rows.values(*_FIELDS))


def text_context(version: DraftVersion | None, look: Look, request: HttpRequest) -> Row:
    """``text`` for ``consultations/reading/_text.html``; nothing where there is no text."""
    rows = rows_of(version) if version is not None else []
    if version is None or not rows:
        return {"text": None}
    cuts = parts_of(rows)
    asked = request.GET.get("bagian", "")
    chosen = _chosen(asked, len(cuts))
    first, end = cuts[chosen] if chosen is not None else (0, len(rows))
    is_cut = len(cuts) > 1
    return {
        "text": {
            "version": version,
            "count": len(rows),
            "clauses": clause_rows(rows[first:end], look),
            "contents": contents(rows, cuts, chosen),
            "is_cut": is_cut,
            "range": _range(rows[first:end]) if is_cut else "",
            "previous_url": f"?bagian={chosen}#naskah" if chosen else "",
            "next_url": f"?bagian={chosen + 2}#naskah"
            if chosen is not None and chosen + 1 < len(cuts)
            else "",
            "whole_url": f"?bagian={ALL}#naskah" if is_cut and chosen is not None else "",
        }
    }


def _chosen(asked: str, count: int) -> int | None:
    """The part to show; ``None`` is the whole text."""
    if count == 1 or asked == ALL:
        return None
    number = int(asked) if asked.isdecimal() and len(asked) < 5 else 1
    return min(max(number, 1), count) - 1


def parts_of(rows: Sequence[Row]) -> list[tuple[int, int]]:
    """Where a text is cut: first and end of each part. A short text is one part."""
    if len(rows) <= WHOLE:
        return [(0, len(rows))]
    cuts = [0]
    for place, row in enumerate(rows):
        length = place - cuts[-1]
        is_head = row["kind"] in _HEADS or row["depth"] == 0
        is_unit = row["kind"] in _UNITS
        if (is_head and length >= SOME) or (is_unit and length >= ENOUGH) or length >= MOST:
            cuts.append(place)
    return list(zip(cuts, [*cuts[1:], len(rows)], strict=True))


def _range(rows: Sequence[Row]) -> str:
    first, last = rows[0]["full_label"], rows[-1]["full_label"]
    return _("%(first)s to %(last)s") % {"first": first, "last": last}


def contents(rows: Sequence[Row], cuts: Sequence[tuple[int, int]], chosen: int | None) -> list[Row]:
    """The table of contents for ``components/tree.html``: headings and articles, else whatever stands at the top."""
    part_of = {place: part for part, (first, end) in enumerate(cuts) for place in range(first, end)}
    listed = [(place, row) for place, row in enumerate(rows) if row["kind"] in _UNITS or row["depth"] == 0]
    return [
        {
            "label": row["label"] or row["heading"] or row["full_label"],
            "note": row["heading"] if row["label"] else "",
            "depth": min(row["depth"], 5),
            "url": _address(row, part_of[place], chosen, is_cut=len(cuts) > 1),
        }
        for place, row in listed
    ]


def _address(row: Row, part: int, chosen: int | None, *, is_cut: bool) -> str:
    anchor = f"#butir-{row['clause__number']}"
    is_here = not is_cut or chosen is None or part == chosen
    return anchor if is_here else f"?bagian={part + 1}{anchor}"


def clause_rows(rows: Iterable[Row], look: Look) -> list[Row]:
    """The clauses for ``consultations/reading/_clauses.html``."""
    base = look.base
    return [_clause_row(row, look, base) for row in rows]


def _clause_row(row: Row, look: Look, base: str) -> Row:
    number, change = row["clause__number"], row["change"]
    is_head = row["kind"] in _HEADS or row["kind"] == ClauseKind.ARTICLE
    return {
        "number": number,
        "depth": min(row["depth"], 5),
        "level": min(3 + row["depth"], 6) if is_head else 0,
        "label": row["label"] or row["full_label"],
        "full_label": row["full_label"],
        "heading": row["heading"],
        "body": row["body"],
        "change": Change(change).label if change in _CHANGES else "",
        "tone": _CHANGES.get(change, ""),
        "url": f"{base}butir/{number}/",
        "take_url": f"{base}ikut/butir/{number}/" if look.is_open else "",
        "comments": row["clause__subject__figures__comments"] or 0,
        "stances": stance_row(look.stances.get(row["clause_id"], {})) if look.shows_stances else [],
    }


def stance_row(counts: Mapping[str, int]) -> list[Row]:
    """How many take each stance, in the order of the choices; nothing where nobody has said anything."""
    if not any(counts.values()):
        return []
    return [
        {
            "word": KINDS["stance"][stance].word,
            "tone": KINDS["stance"][stance].tone,
            "count": counts.get(stance, 0),
        }
        for stance in Stance
    ]
