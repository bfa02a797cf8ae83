"""How the rows of the matrix follow a submission whose words are corrected after they were made.

A point that says the same is left alone, whatever its state. Where it says something else the row gets the new words;
what nobody said goes, what is said now comes.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count
from django.utils.translation import gettext as _

from rembuk.common.errors import WrongState
from rembuk.consultations import verbs
from rembuk.consultations.actions.answering import acts
from rembuk.consultations.actions.answering.acts import RowAct
from rembuk.consultations.actions.rows import Point, points_of
from rembuk.consultations.choices import RowSource
from rembuk.consultations.models import MatrixGroup, MatrixRow, Submission
from rembuk.consultations.notices import matrix as notices
from rembuk.consultations.states import RowState

type Key = tuple[str, int | None, int | None]

_LEAST_IN_GROUP = 2


@dataclass(frozen=True, slots=True)
class Standing:
    """The locked rows of a submission by what they are about, and its points, before its words change."""

    rows: list[tuple[Key, MatrixRow]]
    points: dict[Key, Point]


def standing_rows(found: Submission) -> Standing:
    """The rows as they are now, locked; none before the matrix is made."""
    rows = list(found.rows.select_related("remark").order_by("id"))
    if not rows:
        return Standing([], {})
    keys = {row.pk: _key(row) for row in rows}
    return Standing([(keys[row.pk], row) for row in acts.lock_rows(rows)], _points(found))


def follow_words(found: Submission, standing: Standing, act: RowAct) -> None:
    """Let the rows say what the submission says now.

    Raises:
        WrongState: when a point that changes was cut or has an approved answer, or one that is gone a proposed one.
    """
    if not standing.rows:
        return
    now = _points(found)
    every = {*standing.points, *now}
    changed = {key for key in every if _words(standing.points, key) != _words(now, key)}
    touched = [(key, row) for key, row in standing.rows if key in changed]
    _require_free(touched, now)
    for key, row in standing.rows:
        if key in now and row.remark_id != now[key].remark_id:
            acts.change_rows([row], {"remark_id": now[key].remark_id})
    groups = {row.group_id for _key, row in touched if row.group_id is not None}
    for key, row in touched:
        if key in now:
            acts.change_rows([row], {"text": now[key].words, "group": None})
        else:
            row.delete()
    kept = [row for key, row in touched if key in now]
    acts.note_deed(kept, "corrected", act)
    _give_back([row for row in kept if row.state == RowState.PROPOSED], act)
    _add(found, [point for key, point in now.items() if key not in standing.points], standing, act)
    _clear(groups)


def _points(found: Submission) -> dict[Key, Point]:
    return {point.key: point for point in points_of(found)}


def _words(points: dict[Key, Point], key: Key) -> str | None:
    return points[key].words if key in points else None


def _key(row: MatrixRow) -> Key:
    """What a row is about, also when it was cut out of another or placed at another clause."""
    if row.remark is not None:
        return RowSource.REMARK.value, row.remark.clause_id, None
    if row.question_id is not None:
        return RowSource.ANSWER.value, None, row.question_id
    return RowSource.OVERALL.value, None, None


def _require_free(touched: Sequence[tuple[Key, MatrixRow]], now: dict[Key, Point]) -> None:
    """Refuse where the words under an answer can't change."""
    seen: set[Key] = set()
    for key, row in touched:
        words = {"number": row.number}
        if key in seen:
            raise WrongState(
                _("Row %(number)s was cut out of words that change. Take the cut back first.") % words
            )
        seen.add(key)
        if row.state == RowState.APPROVED:
            raise WrongState(
                _("The answer to row %(number)s is approved. Its words can't change any more.") % words
            )
        if key not in now and row.state != RowState.OPEN:
            raise WrongState(
                _("Row %(number)s has a proposed answer. What it answers can be corrected, not taken away.")
                % words
            )


def _give_back(rows: Sequence[MatrixRow], act: RowAct) -> None:
    """A proposed answer to other words goes back to who proposed it, with the reason of the correction as the note."""
    if not rows:
        return
    note = _("The entry was corrected: %(reason)s") % {"reason": act.note}
    acts.change_rows(rows, {"returned_by": act.by, "returned_at": act.moment, "returned_note": note})
    acts.note_deed(rows, "returned", act)
    acts.record(rows, verbs.ROW_RETURNED, act, after={"state": RowState.PROPOSED})
    notices.answers_returned(rows, by=act.by, note=note, at=act.moment)


def _add(found: Submission, points: Iterable[Point], standing: Standing, act: RowAct) -> None:
    """Rows for what is said now and was not before; they lie with the consultation's unit, as all do first."""
    last = max(row.number for _key, row in standing.rows)
    MatrixRow.objects.bulk_create(
        MatrixRow(
            consultation=found.consultation,
            submission=found,
            number=last + place,
            source=point.source,
            remark_id=point.remark_id,
            question_id=point.question_id,
            clause_id=point.clause_id,
            text=point.words,
            category_id=found.consultation.category_id,
            unit=found.consultation.unit,
            created_at=act.moment,
        )
        for place, point in enumerate(points, 1)
    )


def _clear(groups: Iterable[int]) -> None:
    """Groups that lost a row and have fewer than two left go away, as when somebody takes it out."""
    left = MatrixGroup.objects.filter(pk__in=groups).annotate(size=Count("rows"))
    MatrixGroup.objects.filter(pk__in=left.filter(size__lt=_LEAST_IN_GROUP).values("pk")).delete()
