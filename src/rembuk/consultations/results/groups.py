"""Groups of participants by which totals are split, and the care that no group gives away a hidden name.

A group of fewer than ``SMALLEST`` submissions in which one may not be recognised (name hidden, text not shown) is
joined with other small ones, and the joined group grows until it has as many itself: nobody gets at it by subtraction.
Each clause and each question has groups of its own, of those who said something on it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, models
from django.utils.translation import gettext_lazy as _

from rembuk.consultations.models import Clause, Consultation
from rembuk.consultations.selectors.heard import shows_submissions

SMALLEST = 5
# The key of the joined group; the empty key is «not stated».
JOINED = "*"


class Split(models.TextChoices):
    """By what the participants are told apart."""

    KIND = "kind", _("kind of participant")
    AFFECTED = "affected", _("directly affected or not")
    REGENCY = "regency", _("regency or city")
    DISTRICT = "district", _("subdistrict")
    CHANNEL = "channel", _("way in")


# The key of a submission's group, in SQL over ``s``. Codes of regions are dotted: 32.02.01.2001.
_KEYS = {
    Split.KIND: "s.participant_kind",
    Split.AFFECTED: "CASE WHEN s.is_affected THEN 'yes' ELSE 'no' END",
    Split.REGENCY: "coalesce(array_to_string((string_to_array(s.region_id, '.'))[1:2], '.'), '')",
    Split.DISTRICT: "coalesce(array_to_string((string_to_array(s.region_id, '.'))[1:3], '.'), '')",
    Split.CHANNEL: "s.channel",
}
# Submissions that count: ``states.COUNTED``.
COUNTED_SQL = "s.consultation_id = %(consultation)s AND s.state IN ('sent', 'held', 'not_shown')"
_SIZES = """
    SELECT {about} AS about, {key} AS key, count(*),
           bool_or(%(all_hidden)s OR s.is_name_masked OR s.is_rechecking OR s.state <> 'sent')
    FROM consultations_submission s {joined} WHERE {counted} GROUP BY 1, 2 ORDER BY 1, count(*) DESC, 2
"""
_REMARKS = "JOIN consultations_remark m ON m.submission_id = s.id AND m.clause_id = %(clause)s"
_ANSWERS = "JOIN consultations_answer a ON a.submission_id = s.id"


@dataclass(frozen=True, slots=True)
class Grouping:
    """The groups of a split with their numbers of submissions, the largest first, the joined one last.

    ``is_possible`` is False where even all groups joined are too few to say anything of them.
    """

    split: Split
    sizes: Mapping[str, int]
    joined: frozenset[str]

    @property
    def is_possible(self) -> bool:
        """Whether there is anything to tell apart without giving somebody away."""
        return bool(self.sizes) and self.sizes.get(JOINED, SMALLEST) >= SMALLEST

    def group_of(self, key: str) -> str:
        """The group under which a key is shown."""
        return JOINED if key in self.joined else key


def grouping(consultation: Consultation, split: Split, at: datetime) -> Grouping:
    """The groups of all counted submissions as they may be shown, in one statement."""
    return _groupings(consultation, split, at).get(0, Grouping(split, {}, frozenset()))


def clause_grouping(consultation: Consultation, split: Split, at: datetime, clause: Clause) -> Grouping:
    """The groups of those who remarked on a clause, in one statement."""
    found = _groupings(consultation, split, at, joined=_REMARKS, clause=clause.pk)
    return found.get(0, Grouping(split, {}, frozenset()))


def question_groupings(consultation: Consultation, split: Split, at: datetime) -> dict[int, Grouping]:
    """The groups of those who answered each question, by its id, in one statement."""
    return _groupings(consultation, split, at, about="a.question_id", joined=_ANSWERS)


def key_sql(split: Split) -> str:
    """The SQL of a submission's key over the alias ``s``."""
    return _KEYS[split]


def rows_of(sql: str, consultation: Consultation, **values: Any) -> list[tuple[Any, ...]]:
    """The rows of a statement over one consultation, ``%(consultation)s``."""
    with connection.cursor() as cursor:
        cursor.execute(sql, {"consultation": consultation.pk, **values})
        return list(cursor.fetchall())


def _groupings(
    consultation: Consultation,
    split: Split,
    at: datetime,
    *,
    about: str = "0",
    joined: str = "",
    **values: int,
) -> dict[int, Grouping]:
    sql = _SIZES.format(about=about, key=_KEYS[split], joined=joined, counted=COUNTED_SQL)
    hides_all = not shows_submissions(consultation, at)
    found: dict[int, list[tuple[str, int, bool]]] = {}
    for thing, key, size, hidden in rows_of(sql, consultation, all_hidden=hides_all, **values):
        found.setdefault(thing, []).append((key, size, bool(hidden)))
    return {thing: _grouping(split, groups) for thing, groups in found.items()}


def _grouping(split: Split, groups: list[tuple[str, int, bool]]) -> Grouping:
    """The groups of the largest-first list as they may be shown."""
    joined = _joined(groups)
    shown = {key: size for key, size, _hidden in groups if key not in joined}
    if joined:
        shown[JOINED] = sum(size for key, size, _hidden in groups if key in joined)
    return Grouping(split, shown, frozenset(joined))


def _joined(groups: list[tuple[str, int, bool]]) -> set[str]:
    """The keys to join: small ones that hide somebody, then the smallest others until they are enough together."""
    joined = {key for key, size, hidden in groups if hidden and size < SMALLEST}
    if not joined:
        return joined
    total = sum(size for key, size, _hidden in groups if key in joined)
    for key, size, _hidden in reversed(groups):
        if total >= SMALLEST:
            break
        if key not in joined:
            joined.add(key)
            total += size
    return joined
