"""Pages of one clause, of one version, and of what changed between two versions."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from rembuk.common import clock
from rembuk.consultations import schedule
from rembuk.consultations.models import Clause, ClauseText, Consultation, DraftVersion
from rembuk.consultations.selectors import answered, heard
from rembuk.consultations.text_history import ClauseChange, Fate, changes_between, clause_history
from rembuk.web.consultations.reading.page import head, version_rows
from rembuk.web.consultations.reading.submission import remark_rows
from rembuk.web.consultations.reading.text import (
    Look,
    clause_rows,
    in_text_url,
    rows_of,
    stance_row,
    text_context,
)
from rembuk.web.engagement.context import talk_for
from rembuk.web.lists import pager
from rembuk.web.paging import page_of

type Row = dict[str, Any]

REMARKS = 10
# Of an article with very many parts below it, so many stand on its page; the rest is read in the text.
MOST_BELOW = 60
TONES = {
    Fate.FIRST: "mute",
    Fate.UNCHANGED: "mute",
    Fate.CHANGED: "warn",
    Fate.MOVED: "info",
    Fate.NEW: "ok",
    Fate.REMOVED: "bad",
}


def clause_context(consultation: Consultation, clause: Clause, request: HttpRequest) -> Row:
    """One clause: its words now, how they came about, what people say of it."""
    moment = clock.now()
    stage = schedule.stage(consultation, moment)
    history = clause_history(clause)
    texts = [row.new for row in history if row.new is not None]
    current, newest = texts[-1], history[-1].version
    current.clause, current.version = clause, next(row.version for row in history if row.new is current)
    is_removed = history[-1].new is None
    look = Look(consultation=consultation, is_open=stage is schedule.Stage.OPEN and not is_removed)
    return {
        **head(consultation, stage, request, here=current.full_label),
        "clause": clause,
        "label": current.full_label,
        "heading": current.heading,
        "body": current.body,
        "is_removed": is_removed,
        "version": current.version,
        "newest": newest,
        "take_clause_url": f"{look.base}ikut/butir/{clause.number}/" if look.is_open else "",
        "past": [_past_row(row) for row in reversed(history)],
        **_around(current, look),
        **_said(consultation, clause, texts, request, moment),
        "talk": talk_for(clause.subject, request.user, request) if clause.subject else {},
    }


def _around(current: ClauseText, look: Look) -> Row:
    """What stands before, below and after a clause in its version, in one query."""
    near = rows_of(current.version, current.position - 1, current.position + MOST_BELOW)
    before = [row for row in near if row["position"] < current.position]
    after = [row for row in near if row["position"] > current.position]
    below = []
    for row in after:
        if row["depth"] <= current.depth:
            break
        below.append(row)
    return {
        "below": clause_rows(below, look),
        "before": _neighbour(before, look),
        "after": _neighbour(after[len(below) :] or after[:1], look),
        "in_text_url": in_text_url(look.consultation.code, current.version.number, current.clause.number),
    }


def _neighbour(rows: Sequence[Row], look: Look) -> Row | None:
    if not rows:
        return None
    return {"label": rows[0]["full_label"], "url": f"{look.base}butir/{rows[0]['clause__number']}/"}


def _past_row(row: ClauseChange) -> Row:
    """What a version did to the clause; the difference only where words changed."""
    return {
        "number": row.version.number,
        "at": row.version.published_at,
        "word": row.change.label,
        "tone": TONES[row.change],
        "parts": row.parts if row.change is Fate.CHANGED else [],
        "moved": row.was,
    }


def _said(
    consultation: Consultation,
    clause: Clause,
    texts: Sequence[ClauseText],
    request: HttpRequest,
    moment: datetime,
) -> Row:
    """Stances, where figures are shown, and the remarks of submissions, where those are shown."""
    has_opened = schedule.has_opened(consultation, moment)
    shows = has_opened and heard.shows_totals(consultation, moment)
    counts = heard.stances_by_clause(consultation, clause).get(clause.pk, {}) if shows else {}
    remarks = heard.shown_remarks(consultation, moment).filter(clause=clause)
    remarks = remarks.select_related("submission__author", "text_version", "clause")
    page = page_of(remarks, order=("-id",), after=request.GET.get("after"), size=REMARKS)
    for remark in page.items:
        remark.submission.consultation = consultation
    wordings = {(text.clause_id, text.version_id): text for text in texts}
    return {
        "stances": stance_row(counts),
        "has_opened": has_opened,
        "remarks_wait": has_opened and not heard.shows_submissions(consultation, moment),
        "remarks": remark_rows(page.items, wordings, answered.answers_to(page.items)),
        **pager(request, page.next_token),
    }


def version_context(consultation: Consultation, version: DraftVersion, request: HttpRequest) -> Row:
    """The text of one published version."""
    stage = schedule.stage(consultation, clock.now())
    versions = list(consultation.versions.filter(published_at__isnull=False).order_by("-number"))
    is_newest = versions[0].pk == version.pk
    look = Look(consultation=consultation, is_open=stage is schedule.Stage.OPEN and is_newest)
    title = _("Version %(number)s") % {"number": version.number}
    return {
        **head(consultation, stage, request, here=title),
        **text_context(version, look, request),
        "title": title,
        "version": version,
        "newest": versions[0],
        "versions": version_rows(consultation, versions),
    }


def compare_context(
    consultation: Consultation, old: DraftVersion, new: DraftVersion, request: HttpRequest
) -> Row:
    """What changed from one version to a later one, clause by clause, with the submissions that led to it."""
    stage = schedule.stage(consultation, clock.now())
    versions = list(consultation.versions.filter(published_at__isnull=False).order_by("-number"))
    rows = changes_between(old, new, with_unchanged=True)
    changed = [row for row in rows if row.change is not Fate.UNCHANGED]
    causes = _causes(consultation, old, new)
    base = reverse("consultations:detail", args=[consultation.code])
    words = {"old": old.number, "new": new.number}
    title = _("From version %(old)s to version %(new)s") % words
    return {
        **head(consultation, stage, request, here=title),
        "title": title,
        "old": old,
        "new": new,
        "changes": [_changed_row(row, base, causes) for row in changed],
        "unchanged": len(rows) - len(changed),
        "versions": version_rows(consultation, versions),
    }


def _changed_row(row: ClauseChange, base: str, causes: Mapping[int, list[Row]]) -> Row:
    """One clause that is not the same in both versions, with the answers that name it."""
    return {
        "number": row.clause.number,
        "label": row.label,
        "word": row.change.label,
        "tone": TONES[row.change],
        "was": row.was,
        "parts": row.parts,
        "url": f"{base}butir/{row.clause.number}/",
        "causes": causes.get(row.clause.number, []),
    }


def _causes(consultation: Consultation, old: DraftVersion, new: DraftVersion) -> dict[int, list[Row]]:
    """Published answers that name a clause changed between the versions, by the clause's number. Nobody is named.

    Several points of one submission with the same words of what changed stand once, with each of their verdicts.
    """
    rows = answered.published_rows(consultation).filter(
        changed_clause__isnull=False,
        changed_version__number__gt=old.number,
        changed_version__number__lte=new.number,
    )
    found: dict[int, dict[tuple[int, str], Row]] = {}
    for row in rows.select_related("submission", "changed_clause"):
        assert row.changed_clause is not None
        url = reverse("consultations:submission", args=[consultation.code, row.submission.number])
        first: Row = {
            "code": row.submission.code,
            "url": f"{url}#tanggapan-{row.number}",
            "verdicts": [],
            "change": row.change,
        }
        at_clause = found.setdefault(row.changed_clause.number, {})
        cause = at_clause.setdefault((row.submission_id, row.change), first)
        if row.verdict not in cause["verdicts"]:
            cause["verdicts"].append(row.verdict)
    return {number: list(causes.values()) for number, causes in found.items()}
