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

# A reason on more rows than this is flagged.
MOST = 10


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


def flagged(by: Person) -> QuerySet[MatrixRow, Any]:
    """Flagged reasons of the consultations within an auditor's reach, newest first, as dictionaries."""
    held = rights.paths(by, izin.AUDIT_READ)
    return (
        outside_groups()
        .filter(rights.within("consultation__unit", held))
        .values("consultation", "reason_digest")
        .annotate(
            number=Count("pk"),
            first_at=Min("proposed_at"),
            last_at=Max("proposed_at"),
            people=ArrayAgg("proposed_by", distinct=True, default=[]),
            sample=Min("pk"),
        )
        .filter(number__gt=MOST)
        .order_by("-last_at", "reason_digest")
    )


def shown(found: Sequence[dict[str, Any]]) -> list[CopiedReason]:
    """The same with consultations, words and people, in three queries."""
    consultations = Consultation.objects.in_bulk({one["consultation"] for one in found})
    samples = MatrixRow.objects.in_bulk({one["sample"] for one in found})
    people = Person.objects.in_bulk({key for one in found for key in one["people"] if key is not None})
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
        for one in found
    ]
