"""The further things of the small site: those of an official of public works, and of a programme with all its layers."""

from dataclasses import dataclass

from rembuk.access.models import Grant
from rembuk.accounts.models import Person
from rembuk.consultations.actions.making.attach import add_file
from rembuk.consultations.models import Consultation, ConsultationFile
from rembuk.management.actions.desk_accounts import Visitor, open_account
from rembuk.programs.actions.suggestions.find import refresh_suggestions
from rembuk.programs.models import Evidence, Milestone, Program, Realisation, Round, Suggestion, Witness
from rembuk.reports.models import EvaluationReport
from tests import (
    consultation_scenes,
    layer_scenes,
    people,
    program_scenes,
    report_scenes,
    scenes,
    voice_scenes,
)


@dataclass(slots=True)
class Layers:
    """The things, all of the public works agency."""

    official: Person
    grant: Grant
    program: Program
    planned: Milestone
    reached: Milestone
    evidence: Evidence
    payment: Realisation
    evaluation: EvaluationReport
    round: Round
    claimed: Milestone
    witness: Witness
    suggestion: Suggestion
    map: ConsultationFile
    desk_person: Person


def furnish(place: scenes.Regency, consultation: Consultation) -> Layers:
    """Everything, by the actions behind the pages; the map belongs to the consultation."""
    official = people.staff("assessor", place.works, "Penelaah Jalan")
    manager = program_scenes.manager(place)
    program = layer_scenes.running(place, manager)
    opened = voice_scenes.opened(place, manager)
    claimed = voice_scenes.milestone(opened.program)
    for _turn in range(2):
        scenes.published(place, region=scenes.village_region(), place="Kp. Tugu RT 01/02")
    refresh_suggestions()
    return Layers(
        official=official,
        grant=Grant.objects.get(person=official),
        program=program,
        planned=program.milestones.get(position=4),
        reached=program.milestones.get(position=2),
        evidence=Evidence.objects.filter(milestone__program=program).latest("pk"),
        payment=program.realisations.filter(struck_at=None).latest("pk"),
        evaluation=report_scenes.evaluation(program, manager),
        round=opened,
        claimed=claimed,
        witness=voice_scenes.said(claimed, "no"),
        suggestion=Suggestion.objects.earliest("pk"),
        map=add_file(
            consultation,
            title="Peta",
            file=program_scenes.stored("peta.webp"),
            by=consultation_scenes.manager(place),
        ),
        desk_person=_at_the_desk(place),
    )


def _at_the_desk(place: scenes.Regency) -> Person:
    """Somebody without email whose account the agency opened."""
    visitor = Visitor(name="Mbah Sarinah", unit=place.works, privacy_version=1)
    return open_account(visitor, by=people.staff("moderator", place.works))[0].person
