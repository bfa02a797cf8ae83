"""What followers are told: announced, opened, a day before closing, extended, cancelled, new version, result, concluded.

Followers are those of the consultation, of its clauses and submissions, of the programmes it is about or led to with
their phases, and the named organisations that have an account. Authors of submissions hear of changes of the schedule,
and of a version that changes clauses they commented on, for themselves, at once. Words and defaults: ``kinds``.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import islice

from django.db.models import Q, QuerySet
from django.db.models.functions import Lower

from rembuk.accounts.models import Person
from rembuk.consultations import schedule
from rembuk.consultations.choices import Audience
from rembuk.consultations.models import Consultation, ConsultationEvent, DraftVersion, Submission
from rembuk.consultations.notices import kinds
from rembuk.consultations.states import COUNTED, SubmissionState
from rembuk.consultations.text_history import Fate, changes_between
from rembuk.engagement.models import Follow
from rembuk.notifications import outbox
from rembuk.notifications.kinds import Kind

CHUNK = 2000
# Authors of what stands or is still being written.
_STANDING = COUNTED | {SubmissionState.DRAFT}


def moved(consultation: Consultation, event: ConsultationEvent) -> int:
    """A step of the public history that has words in ``kinds.STEPS``; returns how many people are told."""
    own = kinds.OWN_STEPS.get(event.step)
    if own is None:
        return _tell(consultation, kinds.STEPS[event.step], event, audience(consultation))
    writers = set(_authors(consultation, _STANDING).values_list("author_id", flat=True))
    told = _tell(consultation, own, event, writers)
    return told + _tell(consultation, kinds.STEPS[event.step], event, audience(consultation, without=writers))


def named_later(consultation: Consultation) -> int:
    """To named organisations with an account that were not told of the announcement yet; returns how many are told."""
    event = consultation.events.filter(step="announce").select_related("office").order_by("-id").first()
    if event is None:
        return 0
    people = _invited(consultation).values_list("pk", flat=True)
    return _tell(consultation, kinds.STEPS[event.step], event, people)


def version_published(consultation: Consultation, event: ConsultationEvent, number: int) -> int:
    """A new version of the text can be read; not told of the first one, which comes with the announcement.

    While it is open, authors of sent remarks on clauses it changed or removed hear of that instead, for themselves and
    at once: they can still change what they sent.
    """
    path = f"/uji-publik/{consultation.code}/versi/{number}/"
    writers = _touched(consultation, number) if schedule.is_open(consultation, event.at) else set()
    review = f"/uji-publik/{consultation.code}/ikut/tinjau/"
    told = _tell(consultation, kinds.OWN_VERSION, event, writers, review, number=number)
    others = audience(consultation, without=writers)
    return told + _tell(consultation, kinds.VERSION, event, others, path, number=number)


def _touched(consultation: Consultation, number: int) -> set[int]:
    """Authors of sent remarks whose clause this version changed against the version before, or no longer has."""
    newer = DraftVersion.objects.get(consultation=consultation, number=number)
    before = consultation.versions.filter(published_at__isnull=False, number__lt=number).order_by("-number")
    changes = changes_between(before[0], newer)
    clauses = {row.clause.pk for row in changes if row.change in {Fate.CHANGED, Fate.REMOVED}}
    rows = _authors(consultation, COUNTED).filter(remarks__clause__in=clauses)
    return {key for key in rows.values_list("author_id", flat=True) if key is not None}


def closing_tomorrow(consultation: Consultation, at: datetime) -> int:
    """A day is left: to followers who may answer and have not, and to those whose answer is not sent yet.

    Once a person for each instant of closing: who was reminded before an extension is reminded again before the real end.
    """
    answered = set(_authors(consultation, COUNTED).values_list("author_id", flat=True))
    writing = set(_authors(consultation, {SubmissionState.DRAFT}).values_list("author_id", flat=True))
    people = followers_of(consultation)
    if consultation.audience == Audience.ORGANISATIONS:
        people = people.filter(pk__in=_invited(consultation))
    ids = (set(people.values_list("pk", flat=True)) | writing) - answered
    assert consultation.closes_at is not None
    key = f"{kinds.CLOSING.key}:{consultation.code}:{consultation.closes_at.astimezone(UTC).isoformat()}"
    path = f"/uji-publik/{consultation.code}/"
    return outbox.enqueue(
        key, kind=kinds.CLOSING.key, recipients=ids, params=_params(consultation), url=path, at=at
    )


def audience(consultation: Consultation, *, without: Iterable[int] = ()) -> Iterator[int]:
    """Ids of everybody who hears of a consultation, each once; streamed, not kept in memory."""
    people = followers_of(consultation).exclude(pk__in=list(without))
    return people.values_list("pk", flat=True).iterator(chunk_size=CHUNK)


def followers_of(consultation: Consultation) -> QuerySet[Person]:
    """Accounts that stand and follow it, its clauses, submissions or programmes, or answer for a named organisation."""
    here = (
        Q(subject=consultation.subject_id)
        | Q(subject__clause__consultation=consultation)
        | Q(subject__submission__consultation=consultation)
        | Q(subject__program__consultation_ties__consultation=consultation)
        | Q(subject__phase__program__consultation_ties__consultation=consultation)
    )
    follows = Follow.objects.filter(here).values("person")
    rows = Person.objects.filter(Q(pk__in=follows) | Q(pk__in=_invited(consultation)), deleted_at=None)
    return rows.order_by("pk")


def _invited(consultation: Consultation) -> QuerySet[Person]:
    emails = consultation.invited.annotate(address=Lower("email")).values("address")
    if consultation.audience != Audience.ORGANISATIONS:
        return Person.objects.none().values("pk")  # type: ignore[return-value]
    found = Person.objects.annotate(address=Lower("email")).filter(address__in=emails)
    return found.values("pk")  # type: ignore[return-value]


def _authors(consultation: Consultation, states: Iterable[str]) -> QuerySet[Submission]:
    rows = Submission.objects.filter(consultation=consultation, state__in=list(states))
    return rows.filter(author__isnull=False, author__deleted_at=None)


def _tell(
    consultation: Consultation,
    kind: Kind,
    event: ConsultationEvent,
    people: Iterable[int],
    path: str = "",
    **more: str | int,
) -> int:
    """Tell people of an event under one key, a chunk at a time; whoever did it is left out."""
    remaining = (person for person in people if person != event.by_id)
    params = {**_params(consultation), "reason": event.reason, **more}
    params["office"] = event.office.name if event.office else consultation.unit.name
    told = 0
    while chunk := list(islice(remaining, CHUNK)):
        told += outbox.enqueue(
            f"{kind.key}:{consultation.code}:{event.pk}",
            kind=kind.key,
            recipients=chunk,
            params=params,
            url=path or f"/uji-publik/{consultation.code}/",
            at=event.at,
        )
    return told


def _params(consultation: Consultation) -> dict[str, str | int]:
    return {
        "title": consultation.title,
        "code": consultation.code,
        "opens": _when(consultation, consultation.opens_at),
        "closes": _when(consultation, consultation.closes_at),
    }


def _when(consultation: Consultation, moment: datetime | None) -> str:
    """An instant in its zone as people of both languages read it."""
    if moment is None:
        return ""
    return f"{moment.astimezone(consultation.tz):%d/%m/%Y %H.%M} {consultation.zone}"
