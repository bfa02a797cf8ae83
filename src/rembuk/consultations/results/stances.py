"""Stances on the whole and on each clause, always with the number they are a part of."""

from dataclasses import dataclass

from rembuk.consultations.models import Clause, Consultation
from rembuk.consultations.results.groups import COUNTED_SQL, Grouping, key_sql, rows_of

_PARTS = """
           count(*) FILTER (WHERE {said}.stance = 'agree'),
           count(*) FILTER (WHERE {said}.stance = 'with_notes'),
           count(*) FILTER (WHERE {said}.stance = 'disagree')
"""
_OVERALL = "SELECT count(*), {parts} FROM consultations_submission s WHERE {counted}"
_OVERALL_BY = """
    SELECT {key} AS key, count(*), {parts} FROM consultations_submission s WHERE {counted} GROUP BY key
"""
_CLAUSES = """
    SELECT m.clause_id, count(*), {parts},
           count(*) FILTER (WHERE m.comment <> ''), count(*) FILTER (WHERE m.suggestion <> '')
    FROM consultations_remark m JOIN consultations_submission s ON s.id = m.submission_id
    WHERE {counted} GROUP BY m.clause_id
"""
_CLAUSE_BY = """
    SELECT {key} AS key, count(*), {parts}
    FROM consultations_remark m JOIN consultations_submission s ON s.id = m.submission_id
    WHERE {counted} AND m.clause_id = %(clause)s GROUP BY key
"""


@dataclass(frozen=True, slots=True)
class Stances:
    """Submissions by stance; ``whole`` are all that are looked at, those without a stance among them."""

    whole: int = 0
    agree: int = 0
    with_notes: int = 0
    disagree: int = 0

    @property
    def total(self) -> int:
        """Those with a stance: what shares are shares of."""
        return self.agree + self.with_notes + self.disagree

    @property
    def silent(self) -> int:
        """Those without a stance."""
        return self.whole - self.total

    @property
    def counts(self) -> tuple[int, int, int]:
        """The three counts in the order of ``choices.Stance``."""
        return (self.agree, self.with_notes, self.disagree)

    def plus(self, other: "Stances") -> "Stances":
        """Both together."""
        return Stances(
            self.whole + other.whole,
            self.agree + other.agree,
            self.with_notes + other.with_notes,
            self.disagree + other.disagree,
        )


@dataclass(frozen=True, slots=True)
class ClauseStances:
    """What was said of a clause: ``stances`` of those who remarked on it, and how many commented or suggested words."""

    stances: Stances = Stances()
    comments: int = 0
    suggestions: int = 0


def stance_totals(consultation: Consultation) -> Stances:
    """Stances on the whole, in one statement."""
    (row,) = rows_of(_sql(_OVERALL, "s"), consultation)
    return Stances(*row)


def stances_by(consultation: Consultation, groups: Grouping) -> dict[str, Stances]:
    """Stances on the whole of each group, in the order of the grouping, in one statement."""
    return _folded(rows_of(_sql(_OVERALL_BY, "s", groups), consultation), groups)


def clause_totals(consultation: Consultation) -> dict[int, ClauseStances]:
    """What was said of each clause, by its id, in one statement; clauses nobody remarked on are left out."""
    rows = rows_of(_sql(_CLAUSES, "m"), consultation)
    return {row[0]: ClauseStances(Stances(*row[1:5]), *row[5:]) for row in rows}


def clause_by(consultation: Consultation, clause: Clause, groups: Grouping) -> dict[str, Stances]:
    """Stances on one clause of each group, in the order of the grouping, in one statement."""
    rows = rows_of(_sql(_CLAUSE_BY, "m", groups), consultation, clause=clause.pk)
    return _folded(rows, groups)


def _sql(template: str, said: str, groups: Grouping | None = None) -> str:
    key = key_sql(groups.split) if groups else ""
    return template.format(parts=_PARTS.format(said=said), counted=COUNTED_SQL, key=key)


def _folded(rows: list[tuple[str, int, int, int, int]], groups: Grouping) -> dict[str, Stances]:
    found = dict.fromkeys(groups.sizes, Stances())
    for key, *counts in rows:
        name = groups.group_of(key)
        if name in found:  # else it came in since the groups were formed
            found[name] = found[name].plus(Stances(*counts))
    return found
