"""How far the answers of a consultation are: by butir, by person, and what is left before it can be concluded.

Figures for a person count the rows she reads on the desk (``rows.readable``).
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q

from rembuk.accounts.models import Person
from rembuk.consultations.matrix.rows import readable
from rembuk.consultations.models import ClauseText, Consultation, MatrixRow
from rembuk.consultations.selectors import heard
from rembuk.consultations.states import RowState

_COUNTS: dict[str, Any] = {
    "rows": Count("pk"),
    "open": Count("pk", filter=Q(state=RowState.OPEN)),
    "proposed": Count("pk", filter=Q(state=RowState.PROPOSED)),
    "approved": Count("pk", filter=Q(state=RowState.APPROVED)),
    "published": Count("pk", filter=Q(state=RowState.PUBLISHED)),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """Rows of one butir, person or the whole, by state. ``label`` is empty for what belongs to none."""

    label: str = ""
    key: str = ""
    rows: int = 0
    open: int = 0
    proposed: int = 0
    approved: int = 0
    published: int = 0

    @property
    def percent(self) -> int:
        """Share that is published, rounded down so that 100 means all."""
        return self.published * 100 // self.rows if self.rows else 0


def whole(consultation: Consultation, by: Person) -> Progress:
    """All rows of a consultation that this person reads, in one query."""
    return Progress(**readable(consultation, by).aggregate(**_COUNTS))


def by_clause(consultation: Consultation, by: Person) -> list[Progress]:
    """By butir in the order of the newest text that has it, those on the whole first; two queries."""
    labels = clause_labels(consultation)
    order = {key: place for place, key in enumerate(labels)}
    found = _grouped(consultation, by, "clause", place="clause__number")
    found.sort(key=lambda one: -1 if one["clause"] is None else order.get(one["clause"], len(order)))
    return [_progress(one, labels.get(one["clause"], ""), str(one["place"] or "")) for one in found]


def by_person(consultation: Consultation, by: Person) -> list[Progress]:
    """By the person in charge, nobody first, then who has most left; two queries."""
    found = _grouped(consultation, by, "assigned_to")
    people = Person.objects.in_bulk({one["assigned_to"] for one in found if one["assigned_to"]})
    found.sort(key=lambda one: (one["assigned_to"] is not None, one["published"] - one["rows"]))
    return [
        _progress(
            one,
            people[one["assigned_to"]].shown_name if one["assigned_to"] else "",
            str(people[one["assigned_to"]].public_id) if one["assigned_to"] else "",
        )
        for one in found
    ]


def by_unit(consultation: Consultation, by: Person) -> list[Progress]:
    """By the unit in charge, in one query."""
    found = _grouped(consultation, by, "unit__name", code="unit__code")
    return [_progress(one, one["unit__name"], one["code"]) for one in found]


def clause_labels(consultation: Consultation) -> dict[int, str]:
    """The label of each clause as the newest published version that has it says, in reading order; one query."""
    texts = ClauseText.objects.filter(
        version__consultation=consultation, version__published_at__isnull=False
    ).order_by("-version__number", "position")
    labels: dict[int, str] = {}
    for key, label in texts.values_list("clause_id", "full_label"):
        labels.setdefault(key, label)
    return labels


def unfinished(consultation: Consultation) -> tuple[int, int]:
    """How many rows are not published, and how many counted submissions have no row at all."""
    rows = MatrixRow.objects.filter(consultation=consultation).exclude(state=RowState.PUBLISHED).count()
    return rows, heard.counted(consultation).filter(rows=None).count()


def _grouped(consultation: Consultation, by: Person, field: str, **more: str) -> list[dict[str, Any]]:
    rows = readable(consultation, by).order_by()
    named = {name: F(path) for name, path in more.items()}
    return list(rows.values(field, **named).annotate(**_COUNTS))


def _progress(one: dict[str, Any], label: str, key: str) -> Progress:
    counts = {name: one[name] for name in _COUNTS}
    return Progress(label=label, key=key, **counts)
