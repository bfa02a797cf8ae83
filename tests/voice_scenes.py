"""Programmes that are rated and milestones that are called done, for the tests; rounds are opened by real actions."""

from datetime import date, datetime, timedelta

from rembuk.accounts.models import Person
from rembuk.programs.actions import phases
from rembuk.programs.actions.voices.rating import Given, rate
from rembuk.programs.actions.voices.rounds import Terms, open_round
from rembuk.programs.actions.voices.witness import Answer, bear_witness
from rembuk.programs.evaluation.elements import OF
from rembuk.programs.models import Milestone, Program, Round, Witness
from rembuk.regions.models import Region
from tests import people, scenes
from tests import program_scenes as programs
from tests.program_scenes import MORNING

EVALUATION = 3
UNTIL_CLOSED = Terms()
LATER = MORNING + timedelta(days=30)


def evaluated(place: scenes.Regency, by: Person, **fields: object) -> Program:
    """A running programme whose evaluation is active beside the phase that leads."""
    program = programs.published(place, by=by)
    Program.objects.filter(pk=program.pk).update(**fields)
    phases.start_phase(programs.phase(program, EVALUATION), by=by, at=MORNING)
    return Program.objects.select_related("unit", "subject").get(pk=program.pk)


def opened(place: scenes.Regency, by: Person, terms: Terms = UNTIL_CLOSED, **fields: object) -> Round:
    """An open round of such a programme."""
    program = evaluated(place, by, **fields)
    return open_round(programs.phase(program, EVALUATION), terms, by=by, at=MORNING)


def scores(found: Round, score: int = 3) -> dict[str, int]:
    """The same score for everything that is asked."""
    return {element.code: score for element in OF[found.survey]}


def rated(
    found: Round, *given: int, at: datetime = MORNING, region: Region | None = None, remark: str = ""
) -> list[Person]:
    """One person for each score, who gives it to everything."""
    people_who_rate = [people.citizen(f"Penilai {score}") for score in given]
    for person, score in zip(people_who_rate, given, strict=True):
        rate(found, Given(scores=scores(found, score), region=region, remark=remark), by=person, at=at)
    return people_who_rate


def milestone(program: Program, at: datetime = MORNING, **fields: object) -> Milestone:
    """A milestone that its office has just called done."""
    phase = programs.phase(program, 1)
    values: dict[str, object] = {
        "program": program,
        "phase": phase,
        "position": program.milestones.count() + 1,
        "title": "Ruas 1 diperkeras",
        "office": program.unit,
        "state": "done",
        "planned_start_on": date(2026, 11, 1),
        "planned_end_on": date(2026, 11, 20),
        "actual_start_on": date(2026, 11, 1),
        "actual_end_on": date(2026, 11, 20),
        "claims": 1,
        "claimed_at": at,
    }
    return Milestone.objects.create(**{**values, **fields})


def said(
    found: Milestone, value: str, by: Person | None = None, at: datetime = MORNING, **fields: object
) -> Witness:
    """What somebody says of the milestone's present claim."""
    answer = Answer(value=value, claim=found.claims, **fields)  # type: ignore[arg-type]
    return bear_witness(found, answer, by=by or people.citizen("Saksi"), at=at)
