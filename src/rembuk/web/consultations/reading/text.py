"""The draft text as a page shows it: clauses as rows, the table of contents, long texts cut into parts.

A text that one page has room for stands there whole. A longer one is read part by part (``?bagian=2``; ``?butir=30`` is the
part with that clause), cut where ``cuts`` says; ``?bagian=semua`` is the whole, to search in and to print.
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
from rembuk.web.consultations.cuts import HEADS, listed, parts_of, whole_bytes

type Row = dict[str, Any]

ALL = "semua"
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
    chosen = _chosen(request, rows, cuts)
    first, end = cuts[chosen] if chosen is not None else (0, len(rows))
    is_cut = len(cuts) > 1
    has_next = chosen is not None and chosen + 1 < len(cuts)
    return {
        "text": {
            "version": version,
            "count": len(rows),
            "clauses": clause_rows(rows[first:end], look),
            "contents": contents(rows, cuts, chosen),
            "is_cut": is_cut,
            "range": _range(rows[first:end]) if is_cut else "",
            "previous_url": f"?bagian={chosen}#naskah" if chosen else "",
            "next_url": f"?bagian={(chosen or 0) + 2}#naskah" if has_next else "",
            "whole_url": f"?bagian={ALL}#naskah" if is_cut and chosen is not None else "",
            "whole_bytes": whole_bytes(rows),
        }
    }


def in_text_url(code: str, version: int, number: int) -> str:
    """The address of a clause in the text of a version, in whatever part of it that stands."""
    return f"{reverse('consultations:version', args=[code, version])}?butir={number}#butir-{number}"


def _chosen(request: HttpRequest, rows: Sequence[Row], cuts: Sequence[tuple[int, int]]) -> int | None:
    """The part to show; ``None`` is the whole text."""
    part, clause = request.GET.get("bagian", ""), request.GET.get("butir", "")
    if len(cuts) == 1 or part == ALL:
        return None
    if not part and clause:
        return _part_of(clause, rows, cuts)
    number = int(part) if part.isdecimal() and len(part) < 5 else 1
    return min(max(number, 1), len(cuts)) - 1


def _part_of(clause: str, rows: Sequence[Row], cuts: Sequence[tuple[int, int]]) -> int:
    """The part with a clause; the first where the text has no such clause."""
    place = next((place for place, row in enumerate(rows) if str(row["clause__number"]) == clause), 0)
    return next(part for part, (_first, end) in enumerate(cuts) if place < end)


def _range(rows: Sequence[Row]) -> str:
    first, last = rows[0]["full_label"], rows[-1]["full_label"]
    return _("%(first)s to %(last)s") % {"first": first, "last": last}


def contents(rows: Sequence[Row], cuts: Sequence[tuple[int, int]], chosen: int | None) -> list[Row]:
    """The table of contents for ``components/tree.html``: headings and articles, else whatever stands at the top."""
    return [
        {
            "label": row["label"] or row["heading"] or row["full_label"],
            "note": row["heading"] if row["label"] else "",
            "depth": min(row["depth"], 5),
            "url": _address(row, part, chosen, is_cut=len(cuts) > 1),
        }
        for row, part in ((rows[place], part) for place, part in listed(rows, cuts, chosen))
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
    is_head = row["kind"] in HEADS or row["kind"] == ClauseKind.ARTICLE
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
