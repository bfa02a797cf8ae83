"""Cutting a submission that makes several points into several rows, and taking a cut back."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from rembuk.accounts.models import Person
from rembuk.common.clock import instant
from rembuk.common.errors import Invalid, WrongState, require
from rembuk.common.text import clean_text
from rembuk.consultations import rules, verbs
from rembuk.consultations.actions.answering import acts
from rembuk.consultations.choices import RowSource
from rembuk.consultations.models import MatrixRow
from rembuk.consultations.states import RowState

MOST_POINTS = 20


@transaction.atomic
def cut_row(
    row: MatrixRow, *, points: Sequence[str], by: Person, at: datetime | None = None
) -> list[MatrixRow]:
    """Cut an open row into points: the first stays, each other becomes a row of its own; returns the new ones.

    The points together are the person's words, whole and in their order: nothing is lost and nothing put in her mouth.

    Raises:
        Invalid: for fewer than two points, too many, or other words.
        Denied: outside her units, and for her own submission.
        AlreadyDecided, WrongState: when the row is no longer open.
    """
    (found,) = acts.lock_rows([row])
    require(rules.may_answer(found, by))
    acts.sort_out([found], _check_open)
    first, *others = _checked(points, found.text)
    act = acts.act_of([found], by, instant(at))
    last = MatrixRow.objects.filter(submission=found.submission).aggregate(last=Max("number"))["last"]
    made = MatrixRow.objects.bulk_create(
        _cut(found, text, last + place, act.moment) for place, text in enumerate(others, 1)
    )
    acts.change_rows([found], {"text": first})
    acts.note_deed([found, *made], "cut", act)
    numbers = [one.number for one in made]
    acts.record([found], verbs.ROW_CUT, act, after={"rows": numbers})
    return made


@transaction.atomic
def join_row(row: MatrixRow, *, by: Person, at: datetime | None = None) -> MatrixRow:
    """Take a cut back: the words go back to the row they were cut from, the cut-out row is removed; returns the former.

    Raises:
        Denied: outside her units, and for her own submission.
        AlreadyDecided, WrongState: when one of both is no longer open, or the row was not cut out.
    """
    origin = origin_of(row)
    if origin is None:
        raise WrongState(_("This row was not cut out of another."))
    locked = {one.pk: one for one in acts.lock_rows([row, origin])}
    found, target = locked[row.pk], locked[origin.pk]
    for one in (found, target):
        require(rules.may_answer(one, by))
        acts.sort_out([one], _check_open)
    act = acts.act_of([target], by, instant(at))
    acts.change_rows([target], {"text": f"{target.text}\n\n{found.text}"})
    acts.note_deed([target], "joined", act)
    acts.record([target], verbs.ROW_JOINED, act, after={"row": found.number})
    found.delete()
    return target


def origin_of(row: MatrixRow) -> MatrixRow | None:
    """The row that a cut-out point was cut from: that of the same remark, question or reason."""
    if row.source != RowSource.CUT:
        return None
    same = MatrixRow.objects.filter(submission=row.submission_id).exclude(source=RowSource.CUT)
    return same.filter(remark=row.remark_id, question=row.question_id).order_by("number").first()


def _check_open(row: MatrixRow) -> None:
    if row.state != RowState.OPEN:
        raise acts.wrong_state(row)


def _checked(points: Sequence[str], whole: str) -> list[str]:
    cleaned = [text for text in map(clean_text, points) if text]
    if not 1 < len(cleaned) <= MOST_POINTS:
        wording = _("Give at least two points, and at most %(most)s.") % {"most": MOST_POINTS}
    elif _bare("".join(cleaned)) != _bare(whole):
        wording = _("The points together have to be the person's words, unchanged and in their order.")
    else:
        return cleaned
    raise Invalid(wording, fields={"points": [wording]})


def _bare(text: str) -> str:
    return "".join(clean_text(text).split())


def _cut(row: MatrixRow, text: str, number: int, at: datetime) -> MatrixRow:
    return MatrixRow(
        consultation=row.consultation,
        submission=row.submission,
        number=number,
        source=RowSource.CUT,
        remark_id=row.remark_id,
        question_id=row.question_id,
        clause_id=row.clause_id,
        category_id=row.category_id,
        unit=row.unit,
        assigned_to_id=row.assigned_to_id,
        text=text,
        created_at=at,
    )
