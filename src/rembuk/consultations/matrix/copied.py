"""One reason on many rows outside a confirmed group: what the auditor is shown (LOCAL.md: copied answers)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, Max, Min, Q, QuerySet

from rembuk.access import permissions as izin
from rembuk.access import rights
from rembuk.accounts.models import Person
from rembuk.consultations.models import Consultation, MatrixRow
from rembuk.keeping.values import Kept, Made

# A reason on more rows than this is flagged; the newest so many are kept.
MOST, _MOST_FLAGS = 10, 5_000


@dataclass(frozen=True, slots=True)
class Flag:
    """A reason that is on too many rows of a consultation: its key, the path of its unit, and the digest of the reason."""

    consultation: int
    unit: str
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CopiedReason:
    """One flagged reason: on how many rows of which consultation, by whom, from when until when."""

    consultation: Consultation
    digest: str
    reason: str
    number: int
    people: Sequence[Person]
    first_at: datetime
    last_at: datetime


def outside_groups() -> QuerySet[MatrixRow]:
    """Rows with a proposed reason that are not answered through a confirmed group."""
    alone = Q(group=None) | Q(group__confirmed_at=None)
    return MatrixRow.objects.exclude(reason_digest="").filter(alone)


def number_of(consultation: Consultation, digest: str) -> int:
    """On how many such rows of a consultation the reason stands."""
    return outside_groups().filter(consultation=consultation, reason_digest=digest).count()


def _found() -> tuple[Flag, ...]:
    rows = outside_groups().values("consultation", "consultation__unit__path", "reason_digest")
    rows = rows.annotate(number=Count("pk"), last_at=Max("proposed_at")).filter(number__gt=MOST)
    newest = rows.order_by("-last_at", "reason_digest")
    found = newest.values_list("consultation", "consultation__unit__path", "reason_digest")
    return tuple(Flag(*keys) for keys in found[:_MOST_FLAGS])


FLAGS = Kept("copied-reasons", tuple[Flag, ...], _found)


def flagged(by: Person) -> Made[list[Flag]]:
    """Flagged reasons of the consultations within an auditor's reach, the newest first, and when they were found.

    Finding them reads every answered row of every matrix, so that is done once for all processes (``rembuk.keeping``), and
    of the whole site the newest 5,000 are kept.
    """
    held = tuple(rights.paths(by, izin.AUDIT_READ))
    found = FLAGS.made()
    return Made([flag for flag in found.value if flag.unit.startswith(held)], found.at)


def shown(flags: Sequence[Flag]) -> list[CopiedReason]:
    """These as they stand now, in four queries; left out is what no longer stands on so many rows."""
    asked = {(flag.consultation, flag.digest): None for flag in flags}
    found = {(one["consultation"], one["reason_digest"]): one for one in _counted(list(asked))}
    told = [found[keys] for keys in asked if keys in found]
    consultations = Consultation.objects.in_bulk({one["consultation"] for one in told})
    samples = MatrixRow.objects.in_bulk({one["sample"] for one in told})
    people = Person.objects.in_bulk({key for one in told for key in one["people"] if key is not None})
    return [
        CopiedReason(
            consultation=consultations[one["consultation"]],
            digest=one["reason_digest"],
            reason=samples[one["sample"]].reason,
            number=one["number"],
            people=[people[key] for key in one["people"] if key in people],
            first_at=one["first_at"],
            last_at=one["last_at"],
        )
        for one in told
    ]


def _counted(asked: Sequence[tuple[int, str]]) -> QuerySet[MatrixRow, Any]:
    """Each of these that is on too many rows, with what is told of it; others, too, where consultations share a digest."""
    consultations, digests = zip(*asked, strict=True) if asked else ((), ())
    rows = outside_groups().filter(consultation__in=consultations, reason_digest__in=digests)
    return (
        rows.order_by()
        .values("consultation", "reason_digest")
        .annotate(
            number=Count("pk"),
            first_at=Min("proposed_at"),
            last_at=Max("proposed_at"),
            people=ArrayAgg("proposed_by", distinct=True, default=[]),
            sample=Min("pk"),
        )
        .filter(number__gt=MOST)
    )
