"""Programmes with milestones for the tests, brought there by real actions."""

from datetime import date
from decimal import Decimal

from rembuk.accounts.models import Person
from rembuk.programs.actions.milestones.changing import MilestoneWords
from rembuk.programs.actions.milestones.course import reach_milestone
from rembuk.programs.actions.milestones.evidence import NewEvidence
from rembuk.programs.actions.milestones.plan import add_milestone
from rembuk.programs.models import Milestone, Program
from tests import program_scenes as programs
from tests.scenes import Regency

SURVEY = (date(2027, 1, 1), date(2027, 2, 28))
TODAY = date(2026, 11, 24)


def words(program: Program, /, phase: int = 2, **fields: object) -> MilestoneWords:
    """The survey of a programme's roads, in its phase of execution."""
    values: dict[str, object] = {
        "title": "Survei lima ruas jalan selesai",
        "phase": programs.phase(program, phase),
        "starts_on": SURVEY[0],
        "ends_on": SURVEY[1],
        "weight": Decimal(2),
    }
    return MilestoneWords(**{**values, **fields})  # type: ignore[arg-type]


def planned(place: Regency, by: Person, *, is_public: bool = True, **fields: object) -> Milestone:
    """A milestone of the first plan of a programme that runs (or of a draft)."""
    program = programs.draft(place, by=by)
    row = add_milestone(program, words(program, **fields), by=by, at=programs.MORNING)
    if is_public:
        from rembuk.programs.actions.publish import publish_program

        publish_program(program, by=by, at=programs.MORNING)
    return fresh(row)


def fresh(row: Milestone) -> Milestone:
    """As it is stored now."""
    return Milestone.objects.select_related("program", "phase", "office").get(pk=row.pk)


def proof(title: str = "Foto titik nol", **fields: str) -> NewEvidence:
    """An open picture."""
    return NewEvidence(programs.stored(), title, **fields)


def done(row: Milestone, by: Person) -> Milestone:
    """Called done with one picture, today."""
    return reach_milestone(row, evidence=[proof()], by=by, at=programs.MORNING)
