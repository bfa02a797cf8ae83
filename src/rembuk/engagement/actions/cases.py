"""Opening and closing cases of the moderation queue; claiming and notes are the moderator's own acts."""

import uuid
from collections.abc import Iterable
from datetime import datetime

from rembuk.accounts.models import Person
from rembuk.engagement.models import Case, Comment, Subject
from rembuk.workunits.models import WorkUnit


def open_case(  # noqa: PLR0913
    kind: Case.Kind,
    subject: Subject,
    *,
    due_at: datetime,
    at: datetime,
    comment: Comment | None = None,
    unit: WorkUnit | None = None,
    released_by_unit: WorkUnit | None = None,
    barred: Iterable[Person | None] = (),
) -> Case:
    """The open case of this kind, made if there is none; an open one keeps its clock and gains the barred people."""
    case, _made = Case.objects.get_or_create(
        kind=kind,
        subject=subject,
        comment=comment,
        closed_at=None,
        defaults={
            "public_id": uuid.uuid4(),
            "unit": unit or subject.unit,
            "released_by_unit": released_by_unit,
            "opened_at": at,
            "due_at": due_at,
        },
    )
    case.barred.add(*[person for person in barred if person is not None])
    return case


def close_cases(
    subject: Subject,
    kinds: Iterable[Case.Kind],
    *,
    outcome: str,
    by: Person | None,
    at: datetime,
    comment: Comment | None = None,
) -> int:
    """Close the open cases of these kinds with an outcome (the step's name); returns how many."""
    return Case.objects.filter(subject=subject, comment=comment, kind__in=list(kinds), closed_at=None).update(
        closed_at=at, closed_by=by, outcome=outcome
    )
