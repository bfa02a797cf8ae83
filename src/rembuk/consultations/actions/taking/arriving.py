"""How a submission arrives: its words as rows, a version, a receipt number, its subject with the ballot, its case.

Shared by the participant's own sending and by the office that enters one for somebody. Call inside the transaction
that passed the gate or holds the consultation; the number is drawn last, because the series stays locked until the end.
"""

from collections.abc import Collection, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

from django.db import connection

from rembuk.accounts.models import Person
from rembuk.common.text import render_plain
from rembuk.consultations.content import Content
from rembuk.consultations.models import (
    Answer,
    Clause,
    Consultation,
    DraftVersion,
    Question,
    Remark,
    Submission,
    SubmissionVersion,
)
from rembuk.engagement.actions.cases import open_case
from rembuk.engagement.actions.subjects import open_ballot, open_subject
from rembuk.engagement.models import Ballot, Case, Subject
from rembuk.regions.models import Region
from rembuk.siteconfig.selectors import current
from rembuk.workdays.clock import add_working_days

_NEXT = """
    INSERT INTO consultations_receiptseries (consultation_id, last) VALUES (%s, 1)
    ON CONFLICT (consultation_id) DO UPDATE SET last = consultations_receiptseries.last + 1
    RETURNING last
"""


def keep_words(
    submission: Submission,
    content: Content,
    text_version: DraftVersion | None,
    *,
    at: datetime,
    more: Mapping[str, Any] = MappingProxyType({}),
) -> SubmissionVersion:
    """Make what was said the submission's words: its fields, one row per remark and answer, the next version.

    ``more``: what the version of an entry keeps besides, its head, and of a correction who made it and why.
    Clauses and questions that do not exist are left out; the fields are set, saved here, and nothing is rendered later.
    """
    values: dict[str, object] = {
        "participant_kind": content.participant_kind,
        "participant_name": content.participant_name,
        "is_affected": content.is_affected,
        "is_name_masked": content.is_name_masked,
        "region": Region.objects.filter(code=content.region).first() if content.region else None,
        "stance": content.stance,
        "reason": content.reason,
        "html": render_plain(content.reason),
        "text_version": text_version,
        "version": submission.version + 1,
        "working": None,
        "changed_at": at,
    }
    for name, value in values.items():
        setattr(submission, name, value)
    submission.save(update_fields=list(values))
    _keep_remarks(submission, content)
    _keep_answers(submission, content)
    return SubmissionVersion.objects.create(
        submission=submission, number=submission.version, content=content.to_json(), created_at=at, **more
    )


def _keep_remarks(submission: Submission, content: Content) -> None:
    submission.remarks.all().delete()
    if not content.remarks:
        return
    consultation = submission.consultation_id
    versions = dict(
        DraftVersion.objects.filter(consultation=consultation, published_at__isnull=False).values_list(
            "number", "pk"
        )
    )
    clauses = dict(
        Clause.objects.filter(consultation=consultation, number__in=list(content.remarks)).values_list(
            "number", "pk"
        )
    )
    Remark.objects.bulk_create(
        Remark(
            submission=submission,
            clause_id=clauses[number],
            text_version_id=versions[remark.version],
            stance=remark.stance,
            comment=remark.comment,
            suggestion=remark.suggestion,
            quote=remark.quote,
        )
        for number, remark in content.remarks.items()
        if number in clauses and remark.version in versions
    )


def _keep_answers(submission: Submission, content: Content) -> None:
    submission.answers.all().delete()
    if not content.answers:
        return
    rows = Question.objects.filter(consultation=submission.consultation_id)
    questions = dict(rows.values_list("number", "pk"))
    Answer.objects.bulk_create(
        Answer(
            submission=submission,
            question_id=questions[number],
            choices=list(answer.choices),
            number=answer.number,
            text=answer.text,
        )
        for number, answer in content.answers.items()
        if number in questions
    )


def give_receipt(submission: Submission, *, at: datetime) -> dict[str, object]:
    """Draw the next number and open the subject with its ballot; returns what the step to ``sent`` or ``held`` sets."""
    consultation = submission.consultation
    number = next_number(consultation)
    code = f"{consultation.code}-{number:05d}"
    subject = open_subject(
        kind=Subject.Kind.SUBMISSION,
        code=code,
        title=f"{code}: {consultation.title}",
        path=f"/uji-publik/{consultation.code}/masukan/{number}/",
        unit=consultation.unit,
        author=submission.author,
        at=at,
        hides_author=submission.is_name_masked,
    )
    open_ballot(subject, kind=Ballot.Kind.SUPPORT, choices=[Ballot.SUPPORT])
    return {"number": number, "code": code, "subject": subject, "sent_at": at}


def next_number(consultation: Consultation) -> int:
    """The next receipt number; whoever draws after it waits until this transaction ends, so none is lost."""
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, [consultation.pk])
        (number,) = cursor.fetchone()
    return int(number)


def await_review(submission: Submission, *, at: datetime, barred: Collection[Person | None] = ()) -> Case:
    """Open the case in the moderators' queue with its clock; who wrote or entered it may not decide."""
    site = current()
    assert submission.subject is not None
    return open_case(
        Case.Kind.SUBMISSION,
        submission.subject,
        due_at=add_working_days(at, site.moderation_days, site.tz),
        at=at,
        unit=submission.consultation.unit,
        barred=[submission.author, submission.entered_by, *barred],
    )


def moderates_first() -> bool:
    """Whether the instansi reads submissions before they are shown."""
    return current().submission_moderation == "before"
