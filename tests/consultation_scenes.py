"""Consultations for the tests, in any stage, with text, questions, submissions and rows of the matrix.

Made straight by rows: an instant in the past can't be announced. ``at`` is the instant of the test, and the schedule
lies around it: ``opened(place, at=MORNING)`` opened two days before and closes twelve days after. Without ``at`` it is
the present one, as the pages see it.
"""

import itertools
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from rembuk.accounts.models import Person
from rembuk.common.clock import instant
from rembuk.common.text import render_plain, render_staff
from rembuk.consultations.choices import (
    Change,
    ClauseKind,
    QuestionKind,
    RowSource,
    Stance,
    Tie,
    Verdict,
)
from rembuk.consultations.content import AnswerContent, Content, RemarkContent
from rembuk.consultations.models import (
    Answer,
    Clause,
    ClauseText,
    Consultation,
    ConsultationEvent,
    DraftVersion,
    InvitedOrganisation,
    MatrixRow,
    ProgramTie,
    Question,
    ReceiptSeries,
    Remark,
    Submission,
    SubmissionVersion,
)
from rembuk.consultations.states import RowState, State, SubmissionState
from rembuk.engagement.actions.subjects import draw_codes, open_ballot, open_subject, show_subject
from rembuk.engagement.models import Ballot, Subject
from rembuk.programs.models import Program
from rembuk.regions.models import Region
from rembuk.workdays.clock import add_working_days
from tests import people
from tests.scenes import Regency

DAY = timedelta(days=1)
SUMMARY = "Peraturan ini mengatur jam angkut sampah dan iuran warga agar sampah tidak menumpuk di tepi jalan."
REASON = "Alasan ini cukup panjang untuk dibaca oleh setiap orang."
# Kind, depth, label, full label, heading, words: three levels, as in a short regulation.
TEXT: tuple[tuple[ClauseKind, int, str, str, str, str], ...] = (
    (ClauseKind.CHAPTER, 0, "BAB I", "BAB I", "KETENTUAN UMUM", ""),
    (
        ClauseKind.ARTICLE,
        1,
        "Pasal 1",
        "Pasal 1",
        "",
        "Dalam Peraturan Bupati ini yang dimaksud dengan sampah adalah sisa kegiatan sehari-hari manusia.",
    ),
    (ClauseKind.ARTICLE, 1, "Pasal 2", "Pasal 2", "", ""),
    (
        ClauseKind.PARAGRAPH,
        2,
        "ayat (1)",
        "Pasal 2 ayat (1)",
        "",
        "Pengangkutan sampah rumah tangga dilakukan paling sedikit 2 (dua) kali seminggu.",
    ),
    (
        ClauseKind.PARAGRAPH,
        2,
        "ayat (2)",
        "Pasal 2 ayat (2)",
        "",
        "Iuran sebesar Rp15.000,00 (lima belas ribu rupiah) dibayar setiap bulan.",
    ),
)
_numbers = itertools.count(1)


def manager(place: Regency, name: str = "Dewi Anggraini") -> Person:
    """Somebody who runs the consultations of the public works agency."""
    return people.staff("consultation-manager", place.works, name)


def draft(
    place: Regency, /, *, by: Person | None = None, at: datetime | None = None, **fields: object
) -> Consultation:
    """A draft of the public works agency with words and settings, without a schedule; ``fields`` replace columns."""
    moment = instant(at)
    values: dict[str, Any] = {
        "kind": "regulation",
        "title": "Rancangan Peraturan Bupati tentang Pengangkutan Sampah",
        "summary": SUMMARY,
        "body": "Rancangan ini disusun bersama **pengurus RT**.",
        "contact": "Bidang Kebersihan, surel kebersihan@contoh.id",
        "unit": place.works,
        "category": place.category,
        **fields,
    }
    (code,) = draw_codes("UJP", moment.year)
    subject = open_subject(
        kind=Subject.Kind.CONSULTATION,
        code=code,
        title=values["title"],
        path=f"/uji-publik/{code}/",
        unit=values["unit"],
        author=None,
        at=moment,
    )
    made = Consultation.objects.create(
        code=code,
        subject=subject,
        html=render_staff(values["body"]),
        created_by=by,
        created_at=moment,
        changed_at=moment,
        **values,
    )
    ReceiptSeries.objects.create(consultation=made)
    return made


def scheduled(
    place: Regency, /, *, by: Person | None = None, at: datetime | None = None, **fields: object
) -> Consultation:
    """Announced the day before ``at``; opens two days after it."""
    moment = instant(at)
    return _announced(place, State.SCHEDULED, by, moment, (moment + 2 * DAY, moment + 16 * DAY), fields)


def opened(
    place: Regency, /, *, by: Person | None = None, at: datetime | None = None, **fields: object
) -> Consultation:
    """Open at ``at``: since two days, for twelve more."""
    moment = instant(at)
    return _announced(place, State.OPEN, by, moment, (moment - 2 * DAY, moment + 12 * DAY), fields)


def closed(
    place: Regency, /, *, by: Person | None = None, at: datetime | None = None, **fields: object
) -> Consultation:
    """Closed the day before ``at`` after two weeks; no rows yet (``rows_for``)."""
    moment = instant(at)
    return _announced(place, State.CLOSED, by, moment, (moment - 15 * DAY, moment - DAY), fields)


def answering(
    place: Regency, /, *, by: Person | None = None, at: datetime | None = None, **fields: object
) -> Consultation:
    """Closed, with text, questions, and two submissions, each with its rows: all of the first one's are published."""
    moment = instant(at)
    made = closed(place, by=by, at=at, **fields)
    version = with_text(made, at=moment - 20 * DAY)
    with_questions(made)
    for _turn in range(2):
        sent(made, content=full_content(version), at=moment - 3 * DAY)
    first, _second = rows_for(made, at=moment - DAY)
    for row in first:
        answered(row, at=moment)
    made.refresh_from_db()
    return made


def concluded(
    place: Regency, /, *, by: Person | None = None, at: datetime | None = None, **fields: object
) -> Consultation:
    """Everything answered, the result published."""
    moment = instant(at)
    made = answering(place, by=by, at=at, **fields)
    for row in made.rows.exclude(state=RowState.PUBLISHED):
        answered(row, at=moment)
    body = "Tiga pasal berubah karena masukan warga."
    Consultation.objects.filter(pk=made.pk).update(
        state=State.CONCLUDED,
        result_body=body,
        result_html=render_staff(body),
        result_published_at=moment,
        ended_at=moment,
    )
    _event(made, "conclude", State.CLOSED, State.CONCLUDED, moment)
    made.refresh_from_db()
    show_subject(made.subject, visible=True, comments_open=False)
    return made


def all_answered(place: Regency, count: int) -> Consultation:
    """Closed, with text, questions and so many full submissions, every point accepted."""
    made = closed(place)
    version = with_text(made)
    with_questions(made)
    for _turn in range(count):
        sent(made, content=full_content(version))
    for rows in rows_for(made):
        for row in rows:
            answered(row, Verdict.ACCEPTED)
    return made


def with_text(
    consultation: Consultation,
    parts: Sequence[tuple[ClauseKind, int, str, str, str, str]] = TEXT,
    *,
    at: datetime | None = None,
) -> DraftVersion:
    """A first version of the text, published: clauses with numbers from 1 in reading order, each with its subject."""
    moment = instant(at)
    version = DraftVersion.objects.create(
        consultation=consultation, number=1, source="", created_at=moment, created_by=None
    )
    parents: dict[int, ClauseText] = {}
    is_public = consultation.announced_at is not None
    for position, (kind, depth, label, full_label, heading, body) in enumerate(parts):
        number = position + 1
        subject = open_subject(
            kind=Subject.Kind.CLAUSE,
            code=f"{consultation.code}-B{number}",
            title=f"{full_label}: {consultation.title}",
            path=f"/uji-publik/{consultation.code}/butir/{number}/",
            unit=consultation.unit,
            author=None,
            at=moment,
        )
        show_subject(subject, visible=is_public, comments_open=is_public)
        clause = Clause.objects.create(consultation=consultation, number=number, subject=subject)
        parents[depth] = ClauseText.objects.create(
            version=version,
            clause=clause,
            parent=parents.get(depth - 1),
            position=position,
            depth=depth,
            kind=kind,
            label=label,
            full_label=full_label,
            heading=heading,
            body=body,
            change=Change.FIRST,
        )
    DraftVersion.objects.filter(pk=version.pk).update(published_at=moment)
    version.refresh_from_db()
    return version


def second_version(consultation: Consultation, *, at: datetime | None = None) -> DraftVersion:
    """Version 2 of ``TEXT``, published: clause 4 says three times a week, clause 5 is gone, the others as they were."""
    moment = instant(at)
    first = consultation.versions.get(number=1)
    version = DraftVersion.objects.create(
        consultation=consultation, number=2, note="Jadwal diubah.", created_at=moment
    )
    parents: dict[int, ClauseText] = {}
    for text in first.texts.exclude(clause__number=5).select_related("clause").order_by("position"):
        is_changed = text.clause.number == 4
        parents[text.depth] = ClauseText.objects.create(
            version=version,
            clause=text.clause,
            parent=parents.get(text.depth - 1),
            position=text.position,
            depth=text.depth,
            kind=text.kind,
            label=text.label,
            full_label=text.full_label,
            heading=text.heading,
            body=text.body.replace("2 (dua)", "3 (tiga)"),
            change=Change.CHANGED if is_changed else Change.UNCHANGED,
        )
    DraftVersion.objects.filter(pk=version.pk).update(published_at=moment)
    version.refresh_from_db()
    return version


def with_questions(consultation: Consultation, *kinds: QuestionKind) -> list[Question]:
    """One question of each kind (of all five unless told), numbers from 1, on page 1; only the first is required."""
    made = []
    for number, kind in enumerate(kinds or tuple(QuestionKind), 1):
        has_options = kind in {QuestionKind.SINGLE, QuestionKind.MULTIPLE}
        labels = ("Dua kali seminggu", "Tiga kali seminggu", "Setiap hari") if has_options else ()
        options = [{"value": value, "label": label} for value, label in enumerate(labels, 1)]
        made.append(
            Question.objects.create(
                consultation=consultation,
                number=number,
                position=number - 1,
                kind=kind,
                text=f"Pertanyaan {number}: bagaimana sebaiknya sampah diangkut?",
                is_required=number == 1,
                options=options,
                has_other=kind == QuestionKind.SINGLE,
                scale_from_label="Tidak puas" if kind == QuestionKind.SCALE else "",
                scale_to_label="Sangat puas" if kind == QuestionKind.SCALE else "",
            )
        )
    return made


def invite(consultation: Consultation, *emails: str) -> None:
    """Only these named organisations may answer."""
    for email in emails:
        name = f"Forum {email.partition('@')[0]}"
        InvitedOrganisation.objects.create(consultation=consultation, name=name, email=email)
    consultation.audience = "organisations"
    consultation.save(update_fields=["audience"])


def tie(consultation: Consultation, program: Program, kind: Tie = Tie.ABOUT) -> ProgramTie:
    """The consultation is about this programme, or it came out of it."""
    return ProgramTie.objects.create(
        consultation=consultation, program=program, kind=kind, added_at=instant(None)
    )


def content(**fields: object) -> Content:
    """An overall stance with a reason; ``fields`` replace single values."""
    values: dict[str, object] = {
        "stance": Stance.WITH_NOTES,
        "reason": "Jadwal perlu disesuaikan dengan pasar pagi.",
    }
    return Content(**{**values, **fields})  # type: ignore[arg-type]


def full_content(version: DraftVersion, **fields: object) -> Content:
    """Stance and reason, a remark with suggested wording on clause 4, and answers to the five questions."""
    remark = RemarkContent(
        version=version.number,
        stance=Stance.DISAGREE,
        comment="Dua kali seminggu kurang untuk pasar.",
        suggestion="Pengangkutan sampah rumah tangga dilakukan paling sedikit 3 (tiga) kali seminggu.",
    )
    answers = {
        1: AnswerContent(choices=(1,)),
        2: AnswerContent(choices=(1, 3)),
        3: AnswerContent(number=4),
        4: AnswerContent(text="Pagi hari"),
        5: AnswerContent(text="Tambah bak sampah di depan pasar agar tidak berserakan."),
    }
    return content(**{"remarks": {4: remark}, "answers": answers, **fields})


def writing(
    consultation: Consultation, author: Person | None, said: Content | None = None, at: datetime | None = None
) -> Submission:
    """A submission being written; with author ``None`` a visitor's."""
    moment = instant(at)
    return Submission.objects.create(
        consultation=consultation,
        author=author,
        working=(said or content()).to_json(),
        created_at=moment,
        changed_at=moment,
    )


@transaction.atomic
def sent(
    consultation: Consultation,
    /,
    author: Person | None = None,
    content: Content | None = None,
    *,
    at: datetime | None = None,
    **fields: object,
) -> Submission:
    """A submission that arrived; ``fields`` replace columns (``state``, ``channel``, ``on_behalf_of``, …)."""
    moment = instant(at)
    said = content or globals()["content"]()
    series, _made = ReceiptSeries.objects.get_or_create(consultation=consultation)
    series.last += 1
    series.save()
    number = series.last
    code = f"{consultation.code}-{number:05d}"
    is_offline = "channel" in fields and fields["channel"] != "web"
    writer = author or (None if is_offline else people.citizen(f"Peserta {next(_numbers)}"))
    state = str(fields.pop("state", SubmissionState.SENT))
    subject = _submission_subject(consultation, code, number, writer, said, moment)
    version = consultation.versions.filter(published_at__isnull=False).order_by("-number").first()
    values = {
        "participant_kind": said.participant_kind,
        "participant_name": said.participant_name,
        "is_affected": said.is_affected,
        "is_name_masked": said.is_name_masked,
        "region": Region.objects.filter(code=said.region).first(),
        "stance": said.stance,
        "reason": said.reason,
        "html": render_plain(said.reason),
        "text_version": version,
        "version": 1,
        "created_at": moment,
        "changed_at": moment,
        "sent_at": moment,
        **fields,
    }
    made = Submission.objects.create(
        consultation=consultation,
        state=state,
        number=number,
        code=code,
        subject=subject,
        author=writer,
        **values,
    )
    SubmissionVersion.objects.create(submission=made, number=1, content=said.to_json(), created_at=moment)
    _say(made, said)
    show_subject(subject, visible=state == SubmissionState.SENT, comments_open=False)
    return made


def rows_for(consultation: Consultation, *, at: datetime | None = None) -> list[list[MatrixRow]]:
    """Open rows for each counted submission, as the closing makes them: reason, remarks, answers with words; one at least."""
    moment = instant(at)
    return [
        _rows_of(found, moment)
        for found in consultation.submissions.exclude(
            state__in=[SubmissionState.DRAFT, SubmissionState.WITHDRAWN]
        ).order_by("number")
    ]


def answered(
    row: MatrixRow, verdict: Verdict = Verdict.PARTLY, *, by: Person | None = None, at: datetime | None = None
) -> MatrixRow:
    """A row with its answer published."""
    moment = instant(at)
    row.state, row.verdict, row.reason = RowState.PUBLISHED, verdict, REASON
    row.office = row.unit
    row.proposed_by = row.published_by = by
    row.proposed_at = row.published_at = moment
    row.save()
    Consultation.objects.filter(pk=row.consultation_id).update(has_answers=True)
    return row


def _announced(
    place: Regency,
    state: State,
    by: Person | None,
    moment: datetime,
    span: tuple[datetime, datetime],
    fields: dict[str, object],
) -> Consultation:
    opens_at, closes_at = span
    announced = min(moment, opens_at) - DAY
    days = int(str(fields.get("answer_days", 60)))
    schedule = {
        "opens_at": opens_at,
        "closes_at": closes_at,
        "announced_at": announced,
        "answer_due_at": add_working_days(closes_at, days),
    }
    made = draft(place, by=by, at=announced - DAY, **{**schedule, "state": state, **fields})
    _event(made, "announce", State.DRAFT, State.SCHEDULED, announced, by=by)
    if state in {State.OPEN, State.CLOSED}:
        _event(made, "open", State.SCHEDULED, State.OPEN, opens_at)
    if state == State.CLOSED:
        _event(made, "close", State.OPEN, State.CLOSED, closes_at)
    show_subject(made.subject, visible=True, comments_open=True)
    return made


def _event(
    made: Consultation, step: str, before: State, after: State, at: datetime, by: Person | None = None
) -> None:
    ConsultationEvent.objects.create(
        consultation=made,
        step=step,
        from_state=before,
        to_state=after,
        at=at,
        by=by,
        office=None if step in {"open", "close"} else made.unit,
    )


def _submission_subject(
    consultation: Consultation, code: str, number: int, writer: Person | None, said: Content, at: datetime
) -> Subject:
    subject = open_subject(
        kind=Subject.Kind.SUBMISSION,
        code=code,
        title=f"{code}: {consultation.title}",
        path=f"/uji-publik/{consultation.code}/masukan/{number}/",
        unit=consultation.unit,
        author=writer,
        at=at,
        hides_author=said.is_name_masked,
    )
    open_ballot(subject, kind=Ballot.Kind.SUPPORT, choices=[1])
    return subject


def _say(made: Submission, said: Content) -> None:
    """Remarks and answers as rows."""
    versions = {row.number: row for row in made.consultation.versions.all()}
    clauses = {row.number: row for row in made.consultation.clauses.all()}
    for number, remark in said.remarks.items():
        Remark.objects.create(
            submission=made,
            clause=clauses[number],
            text_version=versions[remark.version],
            stance=remark.stance,
            comment=remark.comment,
            suggestion=remark.suggestion,
            quote=remark.quote,
        )
    questions = {row.number: row for row in made.consultation.questions.all()}
    for number, answer in said.answers.items():
        Answer.objects.create(
            submission=made,
            question=questions[number],
            choices=list(answer.choices),
            number=answer.number,
            text=answer.text,
        )


def _rows_of(found: Submission, moment: datetime) -> list[MatrixRow]:
    parts: list[dict[str, Any]] = []
    if found.reason:
        parts.append({"source": RowSource.OVERALL, "text": found.reason})
    for remark in found.remarks.all():
        quote = f"Kutipan: “{remark.quote}”" if remark.quote else ""
        wording = f"Usulan rumusan: {remark.suggestion}" if remark.suggestion else ""
        text = "\n\n".join(filter(None, [quote, remark.comment, wording]))
        if text:
            parts.append(
                {"source": RowSource.REMARK, "text": text, "remark": remark, "clause_id": remark.clause_id}
            )
    for answer in found.answers.exclude(text="").order_by("question__page", "question__position"):
        parts.append({"source": RowSource.ANSWER, "text": answer.text, "question_id": answer.question_id})
    return [
        MatrixRow.objects.create(
            consultation=found.consultation,
            submission=found,
            number=number,
            unit=found.consultation.unit,
            created_at=moment,
            **part,
        )
        for number, part in enumerate(parts or [{"source": RowSource.OVERALL, "text": ""}], 1)
    ]
