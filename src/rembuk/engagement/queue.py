"""The moderation queue: which cases a person sees, in what order, and how many wait. The twin of ``may_see_case``."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Lower

from rembuk.access import permissions as izin
from rembuk.access import rights
from rembuk.access.permissions import Permission
from rembuk.accounts.models import Person
from rembuk.engagement.models import Case, Comment, Subject
from rembuk.engagement.rules import DECIDES, OF_SUBMISSIONS
from rembuk.workunits.models import WorkUnit

_EVERYWHERE = ("",)


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueFilter:
    """What a moderator narrows the queue to; ``unit`` includes the units below it."""

    kinds: tuple[str, ...] = ()
    unit: WorkUnit | None = None
    claim: Literal["", "mine", "free"] = ""
    overdue_at: datetime | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Waiting:
    """How much waits for a person: in all, past its deadline, by kind of case."""

    total: int
    overdue: int
    by_kind: dict[str, int]


def visible_to(by: Person, *, are_many: bool = True) -> Q:
    """Cases her rights cover, open or closed; those of one subject are not many.

    Only a report asks who wrote what it is about, and in a condition of its own: all other cases are judged by their own row.
    """
    covered = Q(pk__in=[])
    about, talked = (
        Subject.objects.filter(pk=OuterRef("subject")),
        Comment.objects.filter(pk=OuterRef("comment")),
    )
    of_submission = Q(kind=Case.Kind.REPORT, comment=None) & Exists(
        about.filter(kind=Subject.Kind.SUBMISSION)
    )
    for paths, kinds in _kinds_by_paths(by).items():
        covered |= Q(kind__in=kinds) & ~of_submission & _within(by, paths, are_many)
    covered |= of_submission & _within(by, _paths(by, OF_SUBMISSIONS), are_many)
    released = Q(released_by_unit__in=rights.unit_ids(by, izin.PROPOSAL_RELEASE))
    hers = Exists(talked.filter(author=by)) | Q(comment=None) & Exists(about.filter(author=by))
    about_herself = Q(kind=Case.Kind.REPORT) & hers
    return (Q(released_by_unit=None) & covered | released) & ~about_herself


def _kinds_by_paths(by: Person) -> dict[tuple[str, ...], list[str]]:
    """The kinds of case she decides in the same units go into one condition: mostly there is one, not seven."""
    found: dict[tuple[str, ...], list[str]] = {}
    for kind, permission in DECIDES.items():
        if paths := _paths(by, permission):
            found.setdefault(paths, []).append(kind)
    return found


def _paths(by: Person, permission: Permission) -> tuple[str, ...]:
    """Where she holds it; of the whole instansi one path that all begin with."""
    if rights.can_everywhere(by, permission):
        return _EVERYWHERE
    return tuple(rights.paths(by, permission))


def _within(by: Person, paths: tuple[str, ...], are_many: bool) -> Q:
    """Cases there; where nothing lies outside, no unit is asked for."""
    if paths == _EVERYWHERE:
        return Q()
    return rights.seek(by, "unit", paths) if are_many else rights.within("unit", paths)


def queue(by: Person, chosen: QueueFilter = QueueFilter()) -> QuerySet[Case]:
    """Open cases she sees, by deadline: overdue ones come first. ``is_barred`` marks those a colleague decides.

    Without what a row shows of each: joined to these conditions, planning it would take ten times as long as the rest.
    """
    return _open(by, visible_to(by) & _matches(by, chosen))


def of_subject(by: Person, subject: Subject) -> QuerySet[Case]:
    """Of the queue the cases about one subject."""
    return _open(by, visible_to(by, are_many=False) & Q(subject=subject))


def _open(by: Person, those: Q) -> QuerySet[Case]:
    barred = Case.barred.through.objects.filter(case=OuterRef("pk"), person=by)
    found = Case.objects.filter(those, closed_at=None)
    return found.annotate(is_barred=Exists(barred)).order_by("due_at", "id")


def waiting_counts(by: Person, at: datetime) -> Waiting:
    """Counts of open cases she sees and may decide, in one query."""
    barred = Case.barred.through.objects.filter(case=OuterRef("pk"), person=by)
    rows = (
        Case.objects.filter(visible_to(by), ~Exists(barred), closed_at=None)
        .values_list("kind")
        .annotate(total=Count("pk"), overdue=Count("pk", filter=Q(due_at__lt=at)))
    )
    found = {kind: (total, overdue) for kind, total, overdue in rows}
    return Waiting(
        total=sum(total for total, _overdue in found.values()),
        overdue=sum(overdue for _total, overdue in found.values()),
        by_kind={kind: total for kind, (total, _overdue) in found.items()},
    )


def _matches(by: Person, chosen: QueueFilter) -> Q:
    wanted = Q()
    if chosen.kinds:
        wanted &= Q(kind__in=chosen.kinds)
    if chosen.unit is not None:
        wanted &= rights.within("unit", [chosen.unit.path])
    if chosen.claim:
        wanted &= Q(claimed_by=by) if chosen.claim == "mine" else Q(claimed_by=None)
    if chosen.overdue_at is not None:
        wanted &= Q(due_at__lt=chosen.overdue_at)
    if chosen.words:
        wanted &= _says(chosen.words)
    return wanted


def _says(words: str) -> Q:
    """Cases about what has these words in its title, or this code: every code has a digit."""
    found = Q(lower_title__contains=words.lower())
    if any(map(str.isdigit, words)):
        found |= Q(code=words.upper())
    # Both of the subject alone, so that indexes find them: beside a condition on the case they would be asked of each case.
    return Q(subject__in=Subject.objects.alias(lower_title=Lower("title")).filter(found))
