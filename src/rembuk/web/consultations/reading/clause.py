"""Pages of one clause, of one version, and of what changed between two versions."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from rembuk.common import clock
from rembuk.common.difference import Part, word_difference
from rembuk.consultations import schedule, selectors
from rembuk.consultations.choices import Change
from rembuk.consultations.models import Clause, ClauseText, Consultation, DraftVersion
from rembuk.web.consultations.reading.page import head, version_rows
from rembuk.web.consultations.reading.submission import remark_rows
from rembuk.web.consultations.reading.text import (
    Look,
    clause_rows,
    rows_of,
    stance_row,
    text_context,
    words_of,
)
from rembuk.web.engagement.context import talk_for
from rembuk.web.lists import pager
from rembuk.web.paging import page_of

type Row = dict[str, Any]

REMARKS = 10
# Of an article with very many parts below it, so many stand on its page; the rest is read in the text.
MOST_BELOW = 60


def clause_context(consultation: Consultation, clause: Clause, request: HttpRequest) -> Row:
    """One clause: its words now, how they came about, what people say of it."""
    moment = clock.now()
    stage = schedule.stage(consultation, moment)
    versions = list(consultation.versions.filter(published_at__isnull=False).order_by("-number"))
    texts = list(
        ClauseText.objects.filter(clause=clause, version__in=versions)
        .select_related("version")
        .order_by("version__number")
    )
    current = texts[-1]
    current.clause = clause
    is_removed = current.version_id != versions[0].pk
    look = Look(consultation=consultation, is_open=stage is schedule.Stage.OPEN and not is_removed)
    return {
        **head(consultation, stage, request, here=current.full_label),
        "clause": clause,
        "label": current.full_label,
        "heading": current.heading,
        "body": current.body,
        "is_removed": is_removed,
        "version": current.version,
        "newest": versions[0],
        "take_clause_url": f"{look.base}ikut/butir/{clause.number}/" if look.is_open else "",
        "past": _past(texts, versions),
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
        "in_text_url": f"{reverse('consultations:version', args=[look.consultation.code, current.version.number])}"
        f"#butir-{current.clause.number}",
    }


def _neighbour(rows: Sequence[Row], look: Look) -> Row | None:
    if not rows:
        return None
    return {"label": rows[0]["full_label"], "url": f"{look.base}butir/{rows[0]['clause__number']}/"}


def _past(texts: Sequence[ClauseText], versions: Sequence[DraftVersion]) -> list[Row]:
    """What each published version did to the clause, the newest first; versions that left it alone are named too."""
    by_version = {text.version_id: text for text in texts}
    found: list[Row] = []
    before: ClauseText | None = None
    for version in reversed(versions):
        text = by_version.get(version.pk)
        if text is None and before is None:
            continue  # it did not exist yet
        found.append({"number": version.number, "at": version.published_at, **_did(before, text)})
        before = text
    return found[::-1]


def _did(before: ClauseText | None, text: ClauseText | None) -> Row:
    if text is None:
        return {"word": _("Removed"), "tone": "bad", "parts": []}
    if before is None:
        return {"word": Change(text.change).label, "tone": "info", "parts": []}
    old, new = words_of(before.heading, before.body), words_of(text.heading, text.body)
    moved = before.full_label if before.full_label != text.full_label else ""
    if old != new:
        return {
            "word": Change.CHANGED.label,
            "tone": "warn",
            "parts": word_difference(old, new),
            "moved": moved,
        }
    return {
        "word": Change.MOVED.label if moved else Change.UNCHANGED.label,
        "tone": "info" if moved else "mute",
        "parts": [],
        "moved": moved,
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
    shows = has_opened and selectors.shows_totals(consultation, moment)
    counts = selectors.stances_by_clause(consultation, clause).get(clause.pk, {}) if shows else {}
    remarks = selectors.shown_remarks(consultation, moment).filter(clause=clause)
    remarks = remarks.select_related("submission__author", "text_version", "clause")
    page = page_of(remarks, order=("-id",), after=request.GET.get("after"), size=REMARKS)
    for remark in page.items:
        remark.submission.consultation = consultation
    wordings = {(text.clause_id, text.version_id): text for text in texts}
    return {
        "stances": stance_row(counts),
        "has_opened": has_opened,
        "remarks_wait": has_opened and not selectors.shows_submissions(consultation, moment),
        "remarks": remark_rows(page.items, wordings, selectors.answers_to(page.items)),
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
    before, after = rows_of(old), rows_of(new)
    causes = _causes(consultation, old, new)
    base = reverse("consultations:detail", args=[consultation.code])
    changes = [
        {**row, "url": f"{base}butir/{row['number']}/", "causes": causes.get(row["number"], [])}
        for row in changed_rows(before, after)
    ]
    words = {"old": old.number, "new": new.number}
    title = _("From version %(old)s to version %(new)s") % words
    return {
        **head(consultation, stage, request, here=title),
        "title": title,
        "old": old,
        "new": new,
        "changes": changes,
        "unchanged": len(after) - sum(1 for row in changes if row["change"] != "removed"),
        "versions": version_rows(consultation, versions),
    }


def changed_rows(before: Sequence[Row], after: Sequence[Row]) -> list[Row]:
    """The clauses that are not the same in both versions: changed, moved and new ones in the order of the later
    version, a removed one where it stood.
    """
    old = {row["clause_id"]: row for row in before}
    kept = {row["clause_id"] for row in after}
    gone: dict[int | None, list[Row]] = {}
    last: int | None = None
    for row in before:
        if row["clause_id"] in kept:
            last = row["clause_id"]
        else:
            gone.setdefault(last, []).append(row)
    found = [_change(row, None) for row in gone.get(None, [])]
    for row in after:
        found += [_change(old.get(row["clause_id"]), row)]
        found += [_change(lost, None) for lost in gone.get(row["clause_id"], [])]
    return [row for row in found if row["change"] != "same"]


def _change(before: Row | None, after: Row | None) -> Row:
    row = after or before
    assert row is not None
    old = words_of(before["heading"], before["body"]) if before else ""
    new = words_of(after["heading"], after["body"]) if after else ""
    made: Row = {"number": row["clause__number"], "label": row["full_label"], "was": "", "parts": []}
    if after is None:
        return made | {"change": "removed", "word": _("Removed"), "tone": "bad", "parts": [Part("del", old)]}
    if before is None:
        parts = [Part("ins", new)] if new else []
        return made | {"change": "new", "word": Change.NEW.label, "tone": "ok", "parts": parts}
    was = before["full_label"] if before["full_label"] != after["full_label"] else ""
    if old != new:
        parts = word_difference(old, new)
        return made | {
            "change": "changed",
            "word": Change.CHANGED.label,
            "tone": "warn",
            "parts": parts,
            "was": was,
        }
    if was:
        return made | {"change": "moved", "word": Change.MOVED.label, "tone": "info", "was": was}
    return made | {"change": "same"}


def _causes(consultation: Consultation, old: DraftVersion, new: DraftVersion) -> dict[int, list[Row]]:
    """Published answers that name a clause changed between the versions, by the clause's number. Nobody is named."""
    rows = selectors.published_rows(consultation).filter(
        changed_clause__isnull=False,
        changed_version__number__gt=old.number,
        changed_version__number__lte=new.number,
    )
    found: dict[int, list[Row]] = {}
    for row in rows.select_related("submission", "changed_clause"):
        assert row.changed_clause is not None
        found.setdefault(row.changed_clause.number, []).append(
            {
                "code": row.submission.code,
                "url": reverse("consultations:submission", args=[consultation.code, row.submission.number])
                + f"#tanggapan-{row.number}",
                "verdict": row.verdict,
                "change": row.change,
            }
        )
    return found
