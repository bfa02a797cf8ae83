"""Making and showing subjects, drawing codes, opening ballots: called by the domains that own a subject."""

from collections.abc import Sequence
from datetime import datetime

from django.db import connection
from django.db.models import QuerySet

from rembuk.accounts.models import Person
from rembuk.common.codes import Code
from rembuk.engagement.models import Ballot, Case, Figures, Subject
from rembuk.workunits.models import WorkUnit

_NEXT = """
    INSERT INTO engagement_codeseries (prefix, year, last) VALUES (%s, %s, %s)
    ON CONFLICT (prefix, year) DO UPDATE SET last = engagement_codeseries.last + excluded.last
    RETURNING last
"""


def draw_codes(prefix: str, year: int, count: int = 1) -> list[str]:
    """The next ``count`` public codes of a year, in order; the series stays locked until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, [prefix, year, count])
        (last,) = cursor.fetchone()
    return [str(Code(prefix, year, number)) for number in range(last - count + 1, last + 1)]


def open_subject(  # noqa: PLR0913
    *,
    kind: Subject.Kind,
    code: str,
    title: str,
    path: str,
    unit: WorkUnit,
    author: Person | None,
    at: datetime,
    hides_author: bool = False,
) -> Subject:
    """A new, still invisible subject with its figures; ``path`` is its public path without language prefix.

    With ``hides_author`` her comments there are shown as the proposer's, without her name.
    """
    subject = Subject.objects.create(
        kind=kind,
        code=code,
        title=title[:300],
        path=path,
        unit=unit,
        author=author,
        hides_author=hides_author,
        created_at=at,
    )
    Figures.objects.create(subject=subject)
    return subject


def show_subject(subject: Subject, *, visible: bool, comments_open: bool | None = None) -> None:
    """Make the subject's talk visible or not, and open or close it for comments."""
    subject.is_visible = visible
    if comments_open is not None:
        subject.comments_open = comments_open
    subject.save(update_fields=["is_visible", "comments_open"])


def place_subject(subject: Subject, *, unit: WorkUnit) -> None:
    """Let the subject's talk lie with another unit, whose moderators look after it from now on, open cases too."""
    place_subjects(Subject.objects.filter(pk=subject.pk), unit=unit)
    subject.unit = unit


def place_subjects(subjects: QuerySet[Subject], *, unit: WorkUnit) -> None:
    """The same for many, in two statements."""
    talk = [Case.Kind.COMMENT_HELD, Case.Kind.REPORT]
    Case.objects.filter(subject__in=subjects, kind__in=talk, closed_at=None).update(unit=unit)
    subjects.update(unit=unit)


def open_ballot(subject: Subject, *, kind: Ballot.Kind, choices: Sequence[int]) -> Ballot:
    """The subject's ballot of a kind, made if absent, and open."""
    ballot, _made = Ballot.objects.get_or_create(
        subject=subject, kind=kind, defaults={"choices": list(choices)}
    )
    set_ballot_open(ballot, is_open=True)
    return ballot


def set_ballot_open(ballot: Ballot, *, is_open: bool) -> None:
    """Open or close a ballot. Takes the row's full lock first, so that no vote falls between closing and counting."""
    locked = Ballot.objects.select_for_update().get(pk=ballot.pk)
    if locked.is_open != is_open:
        locked.is_open = is_open
        locked.save(update_fields=["is_open"])
    ballot.is_open = is_open


def set_ballots_open(subject: Subject, *, is_open: bool) -> None:
    """Open or close every ballot of a subject; like ``set_ballot_open``, never by a plain UPDATE."""
    differing = Ballot.objects.select_for_update().filter(subject=subject, is_open=not is_open)
    for ballot in differing.order_by("id"):
        ballot.is_open = is_open
        ballot.save(update_fields=["is_open"])
