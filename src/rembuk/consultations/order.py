"""The order in which consultations are read: by the clock, what can be answered now first."""

from datetime import datetime
from functools import cache
from typing import Any, cast

from django.db.models import BigIntegerField, Case, F, Q, QuerySet, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Extract

from rembuk.common.composed import Composed, Given
from rembuk.consultations.models import Consultation
from rembuk.consultations.schedule import Stage
from rembuk.consultations.selectors import CLOCKED, TEXTS, WITH, at_stage, listed
from rembuk.consultations.states import State

# For the keyset; ``in_order`` gives the rows what it names.
ORDER = ("place", "turn", "-id")
_NARROW = ("id", "place", "turn")
type Row = dict[str, Any]


def in_order(rows: QuerySet[Consultation], at: datetime) -> QuerySet[Consultation]:
    """With ``place`` and ``turn`` for ``ORDER``: open ones first, the soonest closing at the top; then announced ones,
    those being answered, concluded ones, each with the nearest date first.
    """
    place = Case(
        When(at_stage(Stage.OPEN, at), then=Value(0)),
        When(at_stage(Stage.ANNOUNCED, at), then=Value(1)),
        When(CLOCKED, then=Value(2)),
        default=Value(3),
        output_field=BigIntegerField(),
    )
    turn = Case(
        When(at_stage(Stage.OPEN, at), then=_instant("closes_at")),
        When(at_stage(Stage.ANNOUNCED, at), then=_instant("opens_at")),
        default=_instant("closes_at") * -1,
        output_field=BigIntegerField(),
    )
    return rows.annotate(place=place, turn=turn)


def narrow(rows: QuerySet[Consultation], at: datetime) -> QuerySet[Consultation, Row]:
    """The same with ``id``, ``place`` and ``turn`` alone, which put a thousand in order quickly."""
    found: Any = in_order(rows, at)
    return cast(QuerySet[Consultation, Row], found.values(*_NARROW))


def first_of(rows: QuerySet[Consultation], at: datetime, most: int) -> QuerySet[Consultation]:
    """The first of these. All are put in order, so what a card shows is read of the first alone."""
    first = in_order(rows, at).order_by(*ORDER).values("pk")[:most]
    found = in_order(Consultation.objects.filter(pk__in=first), at)
    return found.select_related(*WITH).defer(*TEXTS).order_by(*ORDER)


def first_listed(at: datetime, most: int) -> list[Row]:
    """The first listed ones, as ``narrow`` has them: each place along an index, whatever the number of all."""
    return _first_listed(most).rows(at=at)


@cache
def _first_listed(most: int) -> Composed[Row]:
    return Composed(lambda: _places(most))


def _places(most: int) -> QuerySet[Consultation, Row]:
    at = Given("at")
    first, *others = (
        _at_place(0, at_stage(Stage.OPEN, at), "closes_at", most),
        _at_place(1, at_stage(Stage.ANNOUNCED, at), "opens_at", most),
        _at_place(2, CLOCKED & Q(closes_at__lte=at), "-closes_at", most),
        _at_place(3, Q(state=State.CONCLUDED), "-closes_at", most),
    )
    return first.union(*others, all=True).order_by(*ORDER)[:most]


def _at_place(place: int, those: Q, date: str, most: int) -> QuerySet[Consultation, Row]:
    instant = _instant(date.removeprefix("-"))
    turn: Combinable = instant * -1 if date.startswith("-") else instant
    rows: Any = listed().filter(those)
    rows = rows.annotate(place=Value(place, output_field=BigIntegerField()), turn=turn)
    return cast(QuerySet[Consultation, Row], rows.order_by(date, "-id").values(*_NARROW)[:most])


def _instant(field: str) -> Cast:
    """As a number, to the microsecond: no two instants are one."""
    return Cast(Extract(F(field), "epoch") * 1_000_000, BigIntegerField())
