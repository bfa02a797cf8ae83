"""Which programmes are in which condition, as it was found at most a minute ago: every running one has to be looked at."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import BooleanField, Q
from django.db.models.expressions import RawSQL

from rembuk.common.clock import local_date
from rembuk.keeping.values import Kept
from rembuk.programs.plan.condition import Thresholds
from rembuk.programs.plan.reading import thresholds
from rembuk.programs.portfolio.conditions import STANDINGS, in_condition, parameters
from rembuk.siteconfig.selectors import current

_LISTS = " ".join(
    ("WITH", STANDINGS, "SELECT condition, array_agg(program_id) FROM standings GROUP BY condition")
)
_FEW = 20
"""Fewer than one in so many keys are sought each, as the list would be walked for long to meet them."""


@dataclass(frozen=True, slots=True)
class Members:
    """Keys of programmes, as PostgreSQL writes them: an array of few, or a bit for each of so many keys (hexadecimal bytes).

    Thousands of keys would be read and put in order anew for each page; their bits are a tenth as long and are not.
    """

    keys: str = "{}"
    bits: str = ""

    def condition(self) -> RawSQL:
        """Whether a programme is among them."""
        truth = BooleanField()
        if not self.bits:
            return RawSQL('"programs_program"."id" = ANY(%s::bigint[])', [self.keys], output_field=truth)
        # PostgreSQL takes such a comparison for one in three rows, so it walks the list in its order until a page is full.
        return RawSQL(
            'CASE WHEN "programs_program"."id" < %s THEN get_bit(%s::bytea, "programs_program"."id") ELSE 0 END > 0',
            [len(self.bits) * 4, rf"\x{self.bits}"],
            output_field=truth,
        )


@dataclass(frozen=True, slots=True)
class Lists:
    """The programmes by their condition on a day under these limits."""

    day: date
    limits: Thresholds
    members: dict[str, Members]


def lists(day: date, limits: Thresholds) -> Lists:
    """All of them on a day, in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(_LISTS, parameters(day, limits))
        return Lists(day, limits, {condition: members(keys) for condition, keys in cursor.fetchall()})


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
    found = LATELY.get()
    if (found.day, found.limits) != (today, limits):
        return in_condition(condition, today, limits)
    return Q(found.members.get(condition, Members()).condition())


LATELY = Kept("conditions", Lists, lambda: lists(local_date(zone=current().tz), thresholds()))
