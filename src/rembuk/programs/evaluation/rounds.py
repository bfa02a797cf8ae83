"""Rounds of rating: which is open, what a person gave, the counts, and the regions she may choose from."""

from collections.abc import Iterable
from datetime import datetime

from django.db import connection
from django.db.models import Q, QuerySet

from rembuk.accounts.models import Person
from rembuk.programs.choices import Nature
from rembuk.programs.evaluation.figures import NONE, NOWHERE, ByRegion, Figures, figures
from rembuk.programs.models import KindOfPhase, Phase, Program, Rating, Round
from rembuk.programs.states import PhaseState, State
from rembuk.regions import selectors as regions
from rembuk.regions.models import Region
from rembuk.workunits.models import WorkUnit

# While cancelled nothing is rated any more; one that is completed may still be.
RATED = frozenset({State.PUBLISHED, State.POSTPONED, State.COMPLETED})
_COUNT = """
    SELECT coalesce(rating.region_id, ''), score.key, score.value::int, count(*)
    FROM programs_rating AS rating, jsonb_each_text(rating.scores) AS score
    WHERE rating.round_id = %s GROUP BY 1, 2, 3
"""


def open_at(moment: datetime) -> Q:
    """Rounds that take ratings at an instant."""
    running = Q(closed_at=None) & (Q(closes_at=None) | Q(closes_at__gt=moment))
    return running & Q(program__state__in=RATED)


def open_round(program: Program, moment: datetime) -> Round | None:
    """The round in which the programme is rated at an instant."""
    return program.rounds.filter(open_at(moment)).first()


def is_open(found: Round, moment: datetime) -> bool:
    """The twin of ``open_at`` for a row at hand, with its programme."""
    running = found.closed_at is None and (found.closes_at is None or found.closes_at > moment)
    return running and found.program.state in RATED


def can_be_opened_in(program: Program) -> QuerySet[Phase]:
    """The active phases of the programme whose kind evaluates and takes ratings."""
    kinds = KindOfPhase.objects.filter(nature=Nature.EVALUATION, takes_ratings=True).values("code")
    return evaluating(program).filter(kind__in=kinds)


def evaluating(program: Program) -> QuerySet[Phase]:
    """The active phases of the programme that evaluate, whether another leads or not."""
    kinds = KindOfPhase.objects.filter(nature=Nature.EVALUATION).values("code")
    return program.phases.filter(state=PhaseState.ACTIVE, kind__in=kinds).order_by("position")


def rating_of(found: Round, person: Person) -> Rating | None:
    """What a person gave in a round."""
    return found.ratings.filter(person=person).first()


def people(found: Round) -> int:
    """How many have rated."""
    return found.ratings.count()


def counts(found: Round) -> ByRegion:
    """Counts by region, element and score: those kept at closing, else counted now in one statement."""
    if found.counts is not None:
        return {
            region: {code: tuple(of) for code, of in of_one.items()}
            for region, of_one in found.counts.items()
        }
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [found.pk])
        return _nested(cursor.fetchall())


def result(found: Round) -> Figures | None:
    """The figures of a round as they stand; ``None`` before anybody rated."""
    return figures(found.survey, counts(found))


def region_choices(program: Program) -> list[Region]:
    """The regions directly below the programme's, or below that of its unit; none where neither is known."""
    held = program.region_id or _region_of(program.unit)
    return list(regions.children(held)) if held else []


def _region_of(unit: WorkUnit) -> str:
    """The region of the unit, or of the nearest above it that has one."""
    steps = unit.path.rstrip(".").split(".")
    above = [".".join(steps[:length]) + "." for length in range(1, len(steps) + 1)]
    found = WorkUnit.objects.filter(path__in=above, region__isnull=False).order_by("-path")
    return found.values_list("region_id", flat=True).first() or ""


def _nested(rows: Iterable[tuple[str, str, int, int]]) -> ByRegion:
    found: dict[str, dict[str, list[int]]] = {}
    for region, code, score, count in rows:
        found.setdefault(region or NOWHERE, {}).setdefault(code, list(NONE))[score - 1] = count
    return {
        region: {code: (of[0], of[1], of[2], of[3]) for code, of in of_one.items()}
        for region, of_one in found.items()
    }
