"""Work programmes for the tests, brought to a state by real actions; proposals come from ``scenes``."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

from rembuk.accounts.models import Person
from rembuk.engagement.actions.votes import cast_vote
from rembuk.engagement.models import Ballot, Follow, Subject
from rembuk.files.models import StoredFile
from rembuk.programs.actions import phases, publish, report
from rembuk.programs.actions.create import Contents, Plan, create_program
from rembuk.programs.actions.link import NewLink
from rembuk.programs.models import Phase, Program
from rembuk.proposals.models import Proposal
from tests import consultation_scenes, people, scenes
from tests.scenes import Regency

MORNING = datetime(2026, 11, 24, 2, tzinfo=UTC)
REASON = "Jadwal disesuaikan dengan pencairan anggaran daerah."
SENTENCE = "Usulan Anda kami masukkan sepenuhnya ke dalam program kerja ini."
PLAN: Plan = {
    1: (date(2026, 11, 1), date(2026, 12, 31)),
    2: (date(2027, 1, 1), date(2027, 8, 31)),
    3: (date(2027, 9, 1), date(2027, 12, 31)),
}


def contents(place: Regency, /, **fields: object) -> Contents:
    """The words of a programme of the regency's public works agency."""
    values: dict[str, object] = {
        "title": "Perbaikan jalan desa Kecamatan Sukamaju",
        "summary": "Lima ruas jalan desa diperkeras agar anak sekolah dan hasil panen lewat sepanjang tahun.",
        "body": "Pekerjaan dimulai dari ruas yang **paling rusak**.",
        "unit": place.works,
        "category": place.category,
        "place": "Kecamatan Sukamaju",
        "year": 2027,
    }
    return Contents(**{**values, **fields})  # type: ignore[arg-type]


def manager(place: Regency) -> Person:
    """The programme manager of the public works agency."""
    return people.staff("program-manager", place.works, "Rina Kartika")


def links(*proposals: Proposal, extent: str = "whole", sentence: str = SENTENCE) -> list[NewLink]:
    """These proposals as they are handed to an action."""
    return [NewLink(proposal, extent, sentence) for proposal in proposals]


def draft(
    place: Regency,
    /,
    *proposals: Proposal,
    by: Person | None = None,
    at: datetime = MORNING,
    **fields: object,
) -> Program:
    """A complete draft from these proposals."""
    return create_program(
        contents(place, **fields), by=by or manager(place), plan=PLAN, links=links(*proposals), at=at
    )


def published(
    place: Regency,
    /,
    *proposals: Proposal,
    by: Person | None = None,
    at: datetime = MORNING,
    **fields: object,
) -> Program:
    """A public programme from these proposals; no phase has begun."""
    person = by or manager(place)
    return publish.publish_program(draft(place, *proposals, by=person, at=at, **fields), by=person, at=at)


def phase(program: Program, number: int) -> Phase:
    """A phase by its number, fresh."""
    return Phase.objects.select_related("program", "subject").get(program=program, position=number)


def carried_out(program: Program, by: Person, at: datetime = MORNING) -> Program:
    """All phases started and finished."""
    for number in (1, 2, 3):
        phases.start_phase(phase(program, number), by=by, at=at)
        phases.finish_phase(phase(program, number), by=by, at=at)
    return program


def completed(place: Regency, /, *proposals: Proposal, by: Person | None = None) -> Program:
    """A completed programme from these proposals."""
    person = by or manager(place)
    return publish.complete_program(
        carried_out(published(place, *proposals, by=person), person), by=person, at=MORNING
    )


def support(proposal: Proposal, *supporters: Person) -> None:
    """Votes for a proposal."""
    ballot = Ballot.objects.get(subject=proposal.subject, kind=Ballot.Kind.SUPPORT)
    for person in supporters:
        cast_vote(ballot, voter=person, value=Ballot.SUPPORT)


def follow(subject: Subject | None, *followers: Person) -> None:
    """People who follow a proposal, programme or phase."""
    assert subject is not None
    for person in followers:
        Follow.objects.create(subject=subject, person=person, created_at=MORNING)


def states(rows: Sequence[Proposal]) -> list[str]:
    """The states of proposals as they are stored now."""
    found = dict(Proposal.objects.filter(pk__in=[row.pk for row in rows]).values_list("pk", "state"))
    return [found[row.pk] for row in rows]


def stored(name: str = "foto.webp", kind: str = "picture") -> StoredFile:
    """The row of an upload, without bytes in the storage."""
    return StoredFile.objects.create(
        kind=kind,
        purpose="program",
        name=name,
        content_type="image/webp",
        size=10,
        sha256="0" * 64,
        storage_key=f"k/{StoredFile.objects.count()}",
        width=8,
        height=6,
        created_at=MORNING,
    )


def furnished(place: Regency, rows: int) -> Program:
    """A published program with so many each of linked proposals, updates with a picture, documents and consultations."""
    by = manager(place)
    program = published(place, *[scenes.published(place) for _ in range(rows)], by=by)
    for number in range(rows):
        pictures = [report.Picture(stored(), "Jalan")]
        report.post_update(phase(program, 1), title="Kabar", body="Isi", pictures=pictures, by=by)
        report.add_document(program, title=f"KAK {number}", file=stored("kak.pdf", "document"), by=by)
        consultation_scenes.tie(consultation_scenes.opened(place), program)
    return program
