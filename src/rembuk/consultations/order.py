"""The order in which consultations are read: by the clock, what can be answered now first."""

from datetime import UTC, datetime
from functools import cache
from typing import Any, cast

from django.db.models import (
    BigIntegerField,
    Case,
    DurationField,
    ExpressionWrapper,
    F,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.expressions import Expression
from django.utils.timezone import get_current_timezone

from rembuk.common.composed import Composed, Given
from rembuk.consultations.models import Consultation
from rembuk.consultations.schedule import Stage
from rembuk.consultations.selectors.listing import CLOCKED, TEXTS, WITH, at_stage, listed
from rembuk.consultations.states import State

# For the keyset; ``in_order`` gives the rows what it names.
ORDER = ("place", "away", "-id")
_PLACES = 4
_NARROW = ("id", "place", "away")
_FIXED = datetime(2000, 1, 1, tzinfo=UTC)
type Row = dict[str, Any]


def in_order(rows: QuerySet[Consultation], at: datetime) -> QuerySet[Consultation]:
    """With ``place`` and ``away`` for ``ORDER``: open ones first, the soonest closing at the top; then announced ones,
    those being answered, concluded ones, each with the nearest date first.
    """
    # One comparison tells each from those before it; a thousand are put in order for ten.
    has_closed, opens_later = Q(closes_at__lte=at), Q(opens_at__gt=at)
    place = Case(
        When(~CLOCKED, then=Value(3)),
        When(has_closed, then=Value(2)),
        When(opens_later, then=Value(1)),
        default=Value(0),
        output_field=BigIntegerField(),
    )
    away = Case(
        When(~CLOCKED | has_closed, then=_away("-closes_at")),
        When(opens_later, then=_away("opens_at")),
        default=_away("closes_at"),
        output_field=DurationField(),
    )
    return rows.annotate(place=place, away=away)


def narrow(rows: QuerySet[Consultation], at: datetime) -> QuerySet[Consultation, Row]:
    """The same with ``id``, ``place`` and ``away`` alone, which put a thousand in order quickly."""
    found: Any = in_order(rows, at)
    return cast(QuerySet[Consultation, Row], found.values(*_NARROW))


def first_of(rows: QuerySet[Consultation], at: datetime, most: int) -> QuerySet[Consultation]:
    """The first of these. All are put in order, so what a card shows is read of the first alone."""
    first = in_order(rows, at).order_by(*ORDER).values("pk")[:most]
    found = in_order(Consultation.objects.filter(pk__in=first), at)
    return found.select_related(*WITH).defer(*TEXTS).order_by(*ORDER)


def first_listed(at: datetime, most: int, *, kind: str = "", year: int | None = None) -> list[Row]:
    """The first listed ones, as ``narrow`` has them: each place along an index, whatever the number of all.

    Of a kind, of those that open in a year of the site's clock, or of both, where that is told: then place after place
    until there are so many, for PostgreSQL plans all four anew for each year, which takes longer.
    """
    if not kind and year is None:
        return _first_listed(most).rows(at=at)
    given: dict[str, Any] = {"at": at, **({"kind": kind} if kind else {})}
    if year is not None:
        given |= {"since": _new_year(year), "until": _new_year(year + 1)}
    # By key: one that is concluded between two statements stands in both.
    found: dict[int, Row] = {}
    for place in range(_PLACES):
        if len(found) < most:
            for row in _first_at(place, most, frozenset(given)).rows(**given):
                found.setdefault(row["id"], row)
    return list(found.values())[:most]


@cache
def _first_listed(most: int) -> Composed[Row]:
    return Composed(lambda: _together(most))


def _together(most: int) -> QuerySet[Consultation, Row]:
    first, *others = (_at_place(place, most) for place in range(_PLACES))
    return first.union(*others, all=True).order_by(*ORDER)[:most]


@cache
def _first_at(place: int, most: int, given: frozenset[str]) -> Composed[Row]:
    return Composed(lambda: _at_place(place, most, given))


def _new_year(year: int) -> datetime:
    return datetime(year, 1, 1, tzinfo=get_current_timezone())


def _at_place(place: int, most: int, given: frozenset[str] = frozenset()) -> QuerySet[Consultation, Row]:
    at, rows = Given("at"), cast(Any, listed())
    those, date = (
        (at_stage(Stage.OPEN, at), "closes_at"),
        (at_stage(Stage.ANNOUNCED, at), "opens_at"),
        (CLOCKED & Q(closes_at__lte=at), "-closes_at"),
        (Q(state=State.CONCLUDED), "-closes_at"),
    )[place]
    if "kind" in given:
        rows = rows.filter(kind=Given("kind"))
    if "since" in given:
        rows = rows.filter(opens_at__gte=Given("since"), opens_at__lt=Given("until"))
    rows = rows.filter(those).annotate(place=Value(place, output_field=BigIntegerField()), away=_away(date))
    return cast(QuerySet[Consultation, Row], rows.order_by(date, "-id").values(*_NARROW)[:most])


def _away(date: str) -> Expression:
    """How long after a fixed instant, so that the sooner comes first; with ``-`` how long before it: the later comes first."""
    instant = F(date.removeprefix("-"))
    length = Value(_FIXED) - instant if date.startswith("-") else instant - Value(_FIXED)
    return ExpressionWrapper(length, DurationField())
