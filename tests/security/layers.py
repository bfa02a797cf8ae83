"""The further things of the small site: those of an official of public works, and of a programme with all its layers."""

from dataclasses import dataclass
from datetime import timedelta

from rembuk.access.models import Grant, GrantRequest, Role
from rembuk.accounts.models import Person
from rembuk.audit.models import AuditEntry
from rembuk.common.clock import local_date, now
from rembuk.consultations.actions.making.attach import add_file
from rembuk.consultations.models import Consultation, ConsultationFile, Submission
from rembuk.management.actions.desk_accounts import Visitor, open_account
from rembuk.management.actions.grants import ask_grant
from rembuk.management.facts import GrantFacts
from rembuk.programs.actions.suggestions.find import refresh_suggestions
from rembuk.programs.models import Evidence, Milestone, Program, Realisation, Round, Suggestion, Witness
from rembuk.proposals.actions.moderate import mark_duplicate
from rembuk.proposals.models import Proposal
from rembuk.reports.models import AccountabilityReport, EvaluationReport
from tests import (
    consultation_scenes,
    handling_scenes,
    layer_scenes,
    people,
    program_scenes,
    report_scenes,
    scenes,
    voice_scenes,
)
from tests.security.uploads import kept


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
    account: AccountabilityReport
    evaluated: EvaluationReport
    evaluation: EvaluationReport
    round: Round
    claimed: Milestone
    witness: Witness
    suggestion: Suggestion
    map: ConsultationFile
    letter: Submission
    duplicate: Proposal
    deferred: Proposal
    entry: int
    desk_person: Person
    request: GrantRequest


def furnish(place: scenes.Regency, consultation: Consultation) -> Layers:
    """Everything, by the actions behind the pages; the map belongs to the consultation."""
    official = people.staff("assessor", place.works, "Penelaah Jalan")
    manager = program_scenes.manager(place)
    program = layer_scenes.running(place, manager)
    opened = voice_scenes.opened(place, manager)
    claimed = voice_scenes.milestone(opened.program)
    evidence = Evidence.objects.filter(milestone__program=program).latest("pk")
    evidence.file = kept(manager, "bukti.jpg", "program")
    evidence.save(update_fields=["file"])
    payment = program.realisations.filter(struck_at=None).latest("pk")
    payment.evidence = kept(manager, "kuitansi.jpg", "program")
    payment.save(update_fields=["evidence"])
    witness = voice_scenes.said(claimed, "no")
    witness.picture = kept(manager, "saksi.jpg", "program")
    witness.save(update_fields=["picture"])
    consultation_scenes.tie(consultation, program)
    letter = consultation_scenes.sent(consultation, channel="letter", on_behalf_of="Pak Darmo")
    letter.scan = kept(manager, "surat.jpg", "consultation")
    letter.save(update_fields=["scan"])
    deferred = handling_scenes.deferred(place, local_date() + timedelta(days=300), now())
    Proposal.objects.filter(pk=deferred.pk).update(scan=kept(manager, "usulan.jpg", "proposal"))
    for _turn in range(2):
        scenes.published(place, region=scenes.village_region(), place="Kp. Tugu RT 01/02")
    refresh_suggestions()
    return Layers(
        official=official,
        grant=Grant.objects.get(person=official),
        program=program,
        planned=program.milestones.get(position=4),
        reached=program.milestones.get(position=2),
        evidence=evidence,
        payment=payment,
        account=report_scenes.accounted(place.works, report_scenes.head(place), report_scenes.THIRD),
        evaluated=report_scenes.evaluated(program, manager),
        evaluation=report_scenes.evaluation(program, manager),
        round=opened,
        claimed=claimed,
        witness=witness,
        letter=letter,
        suggestion=Suggestion.objects.earliest("pk"),
        map=add_file(
            consultation,
            title="Peta",
            file=kept(manager, "peta.jpg", "consultation"),
            by=consultation_scenes.manager(place),
        ),
        duplicate=_duplicate(place),
        deferred=deferred,
        entry=AuditEntry.objects.filter(target_unit_path=place.works.path).latest("pk").pk,
        desk_person=_at_the_desk(place),
        request=_request(place),
    )


def _at_the_desk(place: scenes.Regency) -> Person:
    """Somebody without email whose account the agency opened."""
    visitor = Visitor(name="Mbah Sarinah", unit=place.works, privacy_version=1)
    return open_account(visitor, by=people.staff("moderator", place.works))[0].person


def _request(place: scenes.Regency) -> GrantRequest:
    """Somebody is to become an administrator, and a second person has to agree."""
    facts = GrantFacts(
        role=Role.objects.get(slug="administrator"), unit=place.root, reason="Menggantikan yang pindah."
    )
    asker = people.staff("administrator", place.root, "Ketua Kedua")
    return ask_grant(people.citizen("Calon Admin"), facts, by=asker)


def _duplicate(place: scenes.Regency) -> Proposal:
    first, second = scenes.published(place), scenes.published(place)
    mark_duplicate(second, of=first, message=handling_scenes.WHY, by=people.staff("moderator", place.root))
    second.refresh_from_db()
    return second
