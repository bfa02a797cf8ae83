"""The matches of the version in work beside each other: words that differ, and the submissions behind the change."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db.models import Prefetch, Q, prefetch_related_objects
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from rembuk.accounts.models import Person
from rembuk.common.errors import Invalid
from rembuk.common.text import excerpt
from rembuk.consultations.models import Clause, ClauseText, Consultation, DraftVersion, MatrixRow, Remark
from rembuk.consultations.selectors import wording
from rembuk.consultations.states import COUNTED
from rembuk.consultations.text_history import ClauseChange, Fate, changes_between
from rembuk.web.consultations.drafting.board import Place, address, in_work, page_links
from rembuk.web.consultations.tabs import desk_frame

type Row = dict[str, Any]

A_PAGE = 40
# Of very many submissions on one clause so many stand beside it; the matrix has all.
MOST_BESIDE = 5
TONES = {
    Fate.CHANGED: "warn",
    Fate.MOVED: "info",
    Fate.NEW: "ok",
    Fate.REMOVED: "bad",
    Fate.UNCHANGED: "mute",
    Fate.FIRST: "mute",
}


def matches_context(consultation: Consultation, by: Person, place: Place) -> Row:
    """Doubtful matches first, then all that differs in reading order; the choice of the part asked for is open."""
    version = in_work(consultation)
    base = wording.published_version(consultation)
    changes = _changes(base, version) if base and version.tree is None else []
    pages = max(1, -(-len(changes) // A_PAGE))
    page = min(max(place.page, 1), pages)
    shown = changes[(page - 1) * A_PAGE : page * A_PAGE]
    free = [row.old for row in changes if row.change is Fate.REMOVED and row.old]
    causes = _causes(consultation, version, shown)
    rows = [_row(row, free, causes, place.part) for row in shown]
    return {
        **desk_frame(
            consultation, by, "text", _("What changes in version %(number)s") % {"number": version.number}
        ),
        "version": version,
        "base": base,
        "rows": rows,
        "has_choices": any(row["choices"] for row in rows),
        "count": len(changes),
        "doubtful": sum(1 for row in changes if row.new is not None and row.new.is_doubtful),
        "pages": page_links(address(consultation, "matches"), page, pages),
        "page": page,
        "publish_url": address(consultation, "text_publish"),
        "is_mending": version.tree is not None,
    }


def decisions_of(data: QueryDict) -> dict[int, int | None]:
    """What was chosen: «match-<position>» is the number of an older clause, or «new».

    Raises:
        Invalid: for anything else, or when nothing was chosen.
    """
    found: dict[int, int | None] = {}
    for name, value in data.items():
        prefix, _dash, position = name.partition("-")
        if prefix != "match" or not value:
            continue
        if not position.isdecimal() or not (value == "new" or str(value).isdecimal()) or len(str(value)) > 6:
            raise Invalid(
                _("Each earlier clause can be carried on by one part only. Look at the matches again.")
            )
        found[int(position)] = None if value == "new" else int(str(value))
    if not found:
        raise Invalid(_("Choose what at least one part carries on."))
    return found


def _changes(base: DraftVersion, version: DraftVersion) -> list[ClauseChange]:
    rows = changes_between(base, version, with_unchanged=True)
    differing = [row for row in rows if row.change is not Fate.UNCHANGED or _is_doubtful(row)]
    return sorted(differing, key=lambda row: not _is_doubtful(row))


def _is_doubtful(row: ClauseChange) -> bool:
    return row.new is not None and row.new.is_doubtful


def _row(row: ClauseChange, free: Sequence[ClauseText], causes: dict[int, list[Row]], asked: int) -> Row:
    doubtful = _is_doubtful(row)
    position = row.new.position if row.new else -1
    return {
        "position": position,
        "label": row.label,
        "was": row.was,
        "old_label": row.old.full_label if row.old else "",
        "word": row.change.label,
        "tone": TONES[row.change],
        "parts": row.parts,
        "body": "" if row.parts else (row.new.body if row.new else ""),
        "is_doubtful": doubtful,
        "number": row.clause.number,
        "can_choose": row.new is not None,
        "choices": _choices(row, free) if row.new and (doubtful or position == asked) else [],
        "causes": causes.get(row.clause.pk, [])[:MOST_BESIDE],
        "more": max(0, len(causes.get(row.clause.pk, [])) - MOST_BESIDE),
    }


def _choices(row: ClauseChange, free: Sequence[ClauseText]) -> list[Row]:
    own = [row.old] if row.old else []
    offered = [
        {
            "value": text.clause.number,
            "label": _("carries on %(label)s: %(words)s")
            % {"label": text.full_label, "words": excerpt(f"{text.heading} {text.body}", 60)},
            "selected": text is row.old,
        }
        for text in [*own, *free]
    ]
    return [*offered, {"value": "new", "label": _("is new"), "selected": row.old is None}]


def _causes(
    consultation: Consultation, version: DraftVersion, rows: Sequence[ClauseChange]
) -> dict[int, list[Row]]:
    """By clause: answers of the matrix that name it as changed, then remarks of submissions on it. Two queries."""
    clauses = list({row.clause.pk: row.clause for row in rows}.values())
    if not clauses:
        return {}
    found: dict[int, list[Row]] = defaultdict(list)
    answers = MatrixRow.objects.filter(consultation=consultation, changed_clause__in=clauses)
    answers = answers.filter(Q(changed_version=version) | Q(changed_version=None)).select_related(
        "submission"
    )
    for answer in answers.order_by("pk")[:500]:
        if answer.changed_clause_id is not None:
            found[answer.changed_clause_id].append(_answer(consultation, answer))
    remarks = Remark.objects.filter(submission__state__in=COUNTED).exclude(comment="", suggestion="")
    ordered = remarks.select_related("submission").order_by("-pk")[: MOST_BESIDE + 1]
    prefetch_related_objects(clauses, Prefetch("remarks", queryset=ordered, to_attr="latest_remarks"))
    for clause in clauses:
        found[clause.pk] += [_remark(consultation, remark) for remark in _latest(clause)]
    return found


def _latest(clause: Clause) -> list[Remark]:
    return list(getattr(clause, "latest_remarks", []))


def _answer(consultation: Consultation, row: MatrixRow) -> Row:
    return {
        "code": row.submission.code,
        "url": _submission(consultation, row.submission.number),
        "verdict": row.verdict,
        "text": excerpt(row.text, 300),
        "change": row.change,
    }


def _remark(consultation: Consultation, remark: Remark) -> Row:
    return {
        "code": remark.submission.code,
        "url": _submission(consultation, remark.submission.number),
        "stance": remark.stance,
        "text": excerpt(remark.comment, 300),
        "suggestion": excerpt(remark.suggestion, 300),
    }


def _submission(consultation: Consultation, number: int | None) -> str:
    return reverse("desk_consultations:submission", args=[consultation.code, number])
