"""Which programmes are in which condition: every running one has to be looked at, so it is found once a minute.

Visitors get what was found; staff get the same with what has changed since looked at anew.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection
from django.db.models import BinaryField, BooleanField, Case, F, Func, IntegerField, Q, Value, When
from django.db.models.functions import Cast
from django.db.models.lookups import GreaterThan

from rembuk.common.clock import local_date, now
from rembuk.keeping.values import Kept
from rembuk.programs.models import Program
from rembuk.programs.plan.condition import Thresholds
from rembuk.programs.plan.reading import thresholds
from rembuk.programs.portfolio.conditions import STANDINGS, in_condition, measured, parameters
from rembuk.siteconfig.selectors import current

_LISTS = " ".join(
    ("WITH", STANDINGS, "SELECT condition, array_agg(program_id) FROM standings GROUP BY condition")
)
_FEW = 20
"""Fewer than one in so many keys are sought each, as the list would be walked for long to meet them."""
_MARGIN = timedelta(minutes=2)
"""Longer than from the moment of an act to its commit, and than the clocks of two hosts lie apart."""
_MOST_CHANGED = 500
"""More than one act changes; after an import of thousands all are looked at until the next making."""


@dataclass(frozen=True, slots=True)
class Members:
    """Keys of programmes, as PostgreSQL writes them: an array of few, or a bit for each of so many keys (hexadecimal bytes).

    Thousands of keys would be read and put in order anew for each page; their bits are a tenth as long and are not.
    """

    keys: str = "{}"
    bits: str = ""

    def condition(self) -> Func | GreaterThan:
        """Whether a programme is among them."""
        if not self.bits:
            # As a list it would be handed over key by key.
            return Func(
                *(F("pk"), Value(self.keys)),
                template="(%(expressions)s::bigint[]))",
                arg_joiner=" = ANY(",
                output_field=BooleanField(),
            )
        marks = Cast(Value(rf"\x{self.bits}"), BinaryField())
        bit = Func(marks, F("pk"), function="get_bit", output_field=IntegerField())
        # PostgreSQL takes such a comparison for one in three rows, so it walks the list in its order until a page is full.
        return GreaterThan(Case(When(pk__lt=len(self.bits) * 4, then=bit), default=Value(0)), 0)


@dataclass(frozen=True, slots=True)
class Lists:
    """The programmes by their condition on a day under these limits, as found from an instant on."""

    at: datetime
    day: date
    limits: Thresholds
    members: dict[str, Members]

    def members_of(self, condition: str) -> Q:
        """Whether a programme is among those in a condition."""
        return Q(self.members.get(condition, Members()).condition())


def lists(day: date, limits: Thresholds) -> Lists:
    """All of them on a day, in one statement."""
    at = now()
    with connection.cursor() as cursor:
        cursor.execute(_LISTS, parameters(day, limits))
        return Lists(at, day, limits, {condition: members(keys) for condition, keys in cursor.fetchall()})


def members(keys: Collection[int]) -> Members:
    """These keys in the shorter way."""
    span = max(keys, default=0) + 1
    if len(keys) * _FEW < span:
        return Members(keys=f"{{{','.join(map(str, keys))}}}")
    marks = bytearray((span + 7) // 8)
    for key in keys:
        marks[key // 8] |= 1 << key % 8  # as get_bit of PostgreSQL counts them
    return Members(bits=marks.hex())


def in_condition_lately(condition: str) -> Q:
    """Running and postponed programmes in this condition today, as it was found at most a minute ago."""
    today, limits = local_date(zone=current().tz), thresholds()
    found = _found(today, limits)
    return in_condition(condition, today, limits) if found is None else found.members_of(condition)


def in_condition_now(condition: str) -> Q:
    """Running and postponed programmes in this condition today: what was found, and anew of what has changed since.

    Every act that changes how a public programme stands sets ``changed_at``.
    """
    today, limits = local_date(zone=current().tz), thresholds()
    found = _found(today, limits)
    changed = [] if found is None else _changed_since(found.at - _MARGIN)
    if found is None or len(changed) > _MOST_CHANGED:
        return in_condition(condition, today, limits)
    if not changed:
        return found.members_of(condition)
    standings = measured(changed, today, limits)
    here = [pk for pk, standing in standings.items() if standing.condition == condition]
    return Q(pk__in=here) | (~Q(pk__in=changed) & found.members_of(condition))


def _found(today: date, limits: Thresholds) -> Lists | None:
    """What was found lately, if it was for this day and under these limits."""
    found = LATELY.get()
    return found if (found.day, found.limits) == (today, limits) else None


def _changed_since(at: datetime) -> list[int]:
    """The keys of programmes, drafts too; one more than ``_MOST_CHANGED`` at the most."""
    rows = Program.objects.filter(changed_at__gt=at).order_by("-changed_at", "-id")
    return list(rows.values_list("pk", flat=True)[: _MOST_CHANGED + 1])


LATELY = Kept("conditions", Lists, lambda: lists(local_date(zone=current().tz), thresholds()))
