"""Consultations with a text in clauses, submissions, remarks and the matrix."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from psycopg.types.json import Jsonb

from rembuk.common.text import render_plain, render_staff
from rembuk.consultations.models import (
    Clause,
    ClauseText,
    Consultation,
    ConsultationEvent,
    DraftVersion,
    MatrixRow,
    ReceiptSeries,
    Remark,
    Submission,
    SubmissionVersion,
)
from rembuk.engagement.models import Subject
from rembuk.ops.scale import trail, wording
from rembuk.ops.scale.making import Making
from rembuk.ops.scale.trail import Office

# By tenths: one announced, two open, two being answered, five concluded.
_STATES = ("scheduled", "open", "open", "closed", "closed", *["concluded"] * 5)
# Days from now to opening and closing.
_DAYS = {"scheduled": (5, 35), "open": (-10, 20), "closed": (-40, -10), "concluded": (-120, -80)}
_STEPS = (
    ("announce", "draft", "scheduled", "announced"),
    ("open", "scheduled", "open", "opened"),
    ("close", "open", "closed", "closed"),
    ("conclude", "closed", "concluded", "concluded"),
)
_CLAUSES = 12
# Answers are proposed and published, then the result, and it is concluded: each a day after the other.
_BEFORE_END = timedelta(days=1)
_REASON = "Masukan ini kami terima; rumusan pasal yang bersangkutan diperbaiki pada naskah akhir."
_ORDER = (
    ReceiptSeries, ConsultationEvent, DraftVersion, Clause, ClauseText, Submission, SubmissionVersion, Remark, MatrixRow,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Asked:
    """What all rows of one consultation need."""

    number: int
    code: str
    state: str
    title: str
    office: Office
    announced: datetime
    opens: datetime
    closes: datetime
    version: int

    @property
    def is_over(self) -> bool:
        return self.state in ("closed", "concluded")


def consult(making: Making, count: int, submissions: int) -> list[int]:
    """Write ``count`` consultations with ``submissions`` in all; returns the subjects that need figures."""
    taking = [place for place in range(count) if _state_of(place) != "scheduled"]
    said = dict(zip(taking, making.draw.shares(len(taking), submissions, steepness=0.8), strict=True))
    asked = [_one(making, place, said.get(place, 0)) for place in range(count)]
    making.write(Consultation, _ORDER)
    # A published version takes no more clauses, so it is published last.
    for one in asked:
        DraftVersion.objects.filter(pk=one.version).update(published_at=one.announced)
    return [row["id"] for row in making.rows[Subject]]


def _state_of(place: int) -> str:
    return _STATES[place % len(_STATES)]


def _one(making: Making, place: int, said: int) -> _Asked:
    draw, site, state = making.draw, making.site, _state_of(place)
    opens, closes = (site.now + timedelta(days=day) for day in _DAYS[state])
    title = f"Rancangan {wording.title(draw, wording.place(draw)).lower()}"
    asked = _Asked(
        making.loader.number(Consultation), f"UJP-{site.now.year}-{place + 1:04}", state, title, draw.choice(site.offices),
        min(opens - timedelta(days=14), site.now), opens, closes, making.loader.number(DraftVersion),
    )  # fmt: skip
    _head(making, asked)
    clauses = _text(making, asked)
    most = min(said, len(site.citizens))
    making.add(ReceiptSeries, id=asked.number, consultation_id=asked.number, last=most)
    for number, author in enumerate(draw.sample(site.citizens, most), 1):
        clause = draw.choice(clauses) if draw.random() < 0.6 else None
        _points(making, asked, *_submission(making, asked, number, author), clause)
    _events(making, asked)
    return asked


def _head(making: Making, asked: _Asked) -> None:
    body, now, office = wording.body(making.draw, 4), making.site.now, asked.office
    created: dict[str, object] = {"title": asked.title, "kind": "regulation", "unit": office.unit.code}
    _deed(making, asked, asked.announced, "consultation.created", (None, created))
    path, is_concluded = f"/uji-publik/{asked.code}/", asked.state == "concluded"
    making.words[asked.number] = (asked.title, asked.code, body)
    result = {
        "result_body": _REASON,
        "result_html": f"<p>{_REASON}</p>",
        "result_published_at": now - _BEFORE_END,
        "ended_at": now,
    }
    making.add(
        Consultation, id=asked.number, code=asked.code, state=asked.state,
        subject_id=making.subject("consultation", asked.code, asked.title, path, office, asked.announced),
        kind="regulation", title=asked.title, summary=body[:250], body=body, html=render_staff(body),
        contact="Bagian Hukum, telepon 0293 000000", unit_id=office.unit.pk,
        category_id=making.draw.choice(making.site.categories), audience="members", submissions_shown="at_once",
        totals_shown="at_once", has_overall_stance=True, opens_at=asked.opens, closes_at=asked.closes,
        answer_due_at=asked.closes + timedelta(days=85), announced_at=asked.announced, has_answers=asked.is_over,
        created_by_id=office.head, created_at=asked.announced, changed_at=asked.announced, **(result if is_concluded else {}),
    )  # fmt: skip


def _events(making: Making, asked: _Asked) -> None:
    days = (asked.announced, asked.opens, asked.closes, making.site.now)
    past = {"scheduled": 1, "open": 2, "closed": 3, "concluded": 4}[asked.state]
    for (step, before, after, verb), at in list(zip(_STEPS, days, strict=True))[:past]:
        # The clock opens and closes.
        office = None if step in ("open", "close") else asked.office
        making.add(
            ConsultationEvent, consultation_id=asked.number, step=step, from_state=before, to_state=after, at=at,
            by_id=office and office.head, office_id=office and office.unit.pk,
        )  # fmt: skip
        if step == "conclude":
            _deed(making, asked, at - _BEFORE_END, "consultation.result_published")
        if office:
            _deed(making, asked, at, f"consultation.{verb}", ({"state": before}, {"state": after}))


def _deed(
    making: Making,
    asked: _Asked,
    at: datetime,
    verb: str,
    facts: tuple[dict[str, object] | None, dict[str, object] | None] = (None, None),
) -> None:
    office = asked.office
    making.deeds.append(
        trail.Deed(at, verb, office.head, "consultation", asked.code, office.unit, office, *facts)
    )


def _text(making: Making, asked: _Asked) -> list[int]:
    """A version with its clauses; returns their numbers."""
    making.add(
        DraftVersion, id=asked.version, consultation_id=asked.number, number=1, created_by_id=asked.office.head,
        created_at=asked.announced,
    )  # fmt: skip
    clauses = []
    for place in range(1, _CLAUSES + 1):
        label, path = f"Pasal {place}", f"/uji-publik/{asked.code}/butir/{place}/"
        subject = making.subject(
            "clause", f"{asked.code}-B{place}", f"{label}: {asked.title}", path, asked.office, asked.announced
        )
        clauses.append(making.add(Clause, consultation_id=asked.number, number=place, subject_id=subject))
        making.add(
            ClauseText, version_id=asked.version, clause_id=clauses[-1], position=place, depth=0, kind="article",
            label=label, full_label=label, body=wording.body(making.draw, 2), change="first",
        )  # fmt: skip
    _deed(making, asked, asked.announced, "draft_version.published", (None, {"version": 1, "note": ""}))
    return clauses


def _submission(making: Making, asked: _Asked, place: int, author: int) -> tuple[int, str]:
    receipt, reason = f"{asked.code}-{place:05}", wording.saying(making.draw)
    at = making.draw.between(asked.opens, min(asked.closes, making.site.now))
    subject = making.subject(
        "submission", receipt, f"{receipt}: {asked.title}", f"/uji-publik/{asked.code}/masukan/{place}/", asked.office, at,
        author_id=author, comments_open=False,
    )  # fmt: skip
    number = making.add(
        Submission, public_id=making.public_id(), consultation_id=asked.number, state="sent", number=place, code=receipt,
        subject_id=subject, author_id=author, stance=making.draw.choice(("agree", "with_notes", "disagree")), reason=reason,
        html=render_plain(reason), text_version_id=asked.version, version=1, channel="web", created_at=at, changed_at=at,
        sent_at=at,
    )  # fmt: skip
    making.add(
        SubmissionVersion, submission_id=number, number=1, content=Jsonb({"reason": reason}), created_at=at
    )
    return number, reason


def _points(making: Making, asked: _Asked, submission: int, reason: str, clause: int | None) -> None:
    """A remark where there is a clause; rows of the matrix once closed, answered once concluded."""
    points: list[tuple[str, str, int | None, int | None]] = [("overall", reason, None, None)]
    if clause is not None:
        words = wording.saying(making.draw)
        remark = making.add(
            Remark, submission_id=submission, clause_id=clause, text_version_id=asked.version, stance="with_notes",
            comment=words,
        )  # fmt: skip
        points.append(("remark", words, remark, clause))
    now, office = making.site.now, asked.office
    answer = {
        "state": "published", "verdict": "accepted", "reason": _REASON, "reason_digest": _DIGEST,
        "change": "Rumusan diperbaiki.", "office_id": office.unit.pk, "proposed_by_id": office.head,
        "proposed_at": now - 3 * _BEFORE_END, "published_by_id": office.head, "published_at": now - 2 * _BEFORE_END,
    }  # fmt: skip
    receipt = making.rows[Submission][-1]["code"]
    for place, (source, text, of_remark, of_clause) in enumerate(points if asked.is_over else [], 1):
        making.add(
            MatrixRow, public_id=making.public_id(), consultation_id=asked.number, submission_id=submission, number=place,
            source=source, remark_id=of_remark, clause_id=of_clause, text=text, unit_id=office.unit.pk, created_at=asked.closes,
            **(answer if asked.state == "concluded" else {}),
        )  # fmt: skip
        if asked.state == "concluded":
            _answered(making, asked, f"{receipt}#{place}")


def _answered(making: Making, asked: _Asked, row: str) -> None:
    """The entries of an answer that one person proposed and published: nobody has to approve here."""
    now, office = making.site.now, asked.office
    for times, verb, before, after in (
        (3, "row.proposed", "open", "proposed"),
        (2, "row.published", "proposed", "published"),
    ):
        facts: tuple[dict[str, object], dict[str, object]] = (
            {"state": before}, {"state": after, "verdict": "accepted"},
        )  # fmt: skip
        making.deeds.append(
            trail.Deed(
                now - times * _BEFORE_END, verb, office.head, "matrix_row", row, office.unit, office, *facts
            )
        )


_DIGEST = hashlib.md5(_REASON.encode(), usedforsecurity=False).hexdigest()
