"""The only ways to a programme and what hangs on it: each fetches and authorises in one step."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Q

from rembuk.access import permissions as izin
from rembuk.access import rights
from rembuk.access.rights import Somebody
from rembuk.accounts.models import Person
from rembuk.common.codes import read_code
from rembuk.common.errors import NotVisible
from rembuk.files.models import StoredFile
from rembuk.programs import selectors, suggested
from rembuk.programs.choices import DocumentClass
from rembuk.programs.models import (
    Document,
    Evidence,
    Link,
    Milestone,
    Phase,
    Program,
    Round,
    Suggestion,
    UpdatePicture,
    Witness,
)
from rembuk.programs.models.indicators import Indicator
from rembuk.programs.models.money import Realisation
from rembuk.programs.states import PUBLIC
from rembuk.proposals import selectors as proposals
from rembuk.proposals.models import Proposal

_WITH = ("unit", "executing_unit", "category", "region", "subject")


def for_reader(code: str, reader: Somebody) -> Program:
    """The programme whose page this reader may open: a public one, or a draft of her units.

    Raises:
        NotVisible: for everybody else, and for codes that do not exist.
    """
    visible = Q(state__in=PUBLIC)
    if isinstance(reader, Person):
        visible |= selectors.readable_by_staff(reader)
    return _one(code, visible)


def for_desk(code: str, by: Person) -> Program:
    """A programme of her units.

    Raises:
        NotVisible: outside of them.
    """
    return _one(code, selectors.readable_by_staff(by))


def phase_for_desk(code: str, number: int, by: Person) -> Phase:
    """A phase of a programme of her units, by its number from 1.

    Raises:
        NotVisible: outside of them, or when there is no such phase.
    """
    program = for_desk(code, by)
    phase = program.phases.filter(position=number).first()
    if phase is None:
        raise NotVisible
    phase.program = program
    return phase


def link_for_desk(code: str, proposal_code: str, by: Person) -> Link:
    """The standing link of a proposal in a programme of her units.

    Raises:
        NotVisible: outside of them, or when the proposal is not linked.
    """
    program = for_desk(code, by)
    parsed = read_code(proposal_code)
    link = selectors.active_links(program).filter(proposal__code=str(parsed)).first()
    if link is None:
        raise NotVisible
    link.program = program
    return link


def milestone_for_desk(code: str, public_id: UUID, by: Person) -> Milestone:
    """A milestone of a programme of her units.

    Raises:
        NotVisible: outside of them, or when there is none.
    """
    return _milestone(for_desk(code, by), public_id)


def evidence_for_reader(code: str, public_id: UUID, reader: Somebody) -> Evidence:
    """Open evidence of a milestone, by its file's public id; excluded and removed ones are never found here.

    Raises:
        NotVisible: for those, and where the programme is.
    """
    return _evidence(for_reader(code, reader), public_id, Q(access_class=DocumentClass.OPEN))


def evidence_for_desk(code: str, public_id: UUID, by: Person) -> Evidence:
    """Any standing evidence of a milestone of her units, excluded ones too.

    Raises:
        NotVisible: outside of them, and for removed ones.
    """
    return _evidence(for_desk(code, by), public_id, Q())


def document_for_reader(code: str, public_id: UUID, reader: Somebody) -> Document:
    """An open document of a programme the reader may open; an excluded one is never found here.

    Raises:
        NotVisible: for excluded, removed and absent ones.
    """
    return _document(for_reader(code, reader), public_id, Q(access_class=DocumentClass.OPEN))


def document_for_desk(code: str, public_id: UUID, by: Person) -> Document:
    """Any standing document of a programme of her units, excluded ones too.

    Raises:
        NotVisible: outside of them.
    """
    return _document(for_desk(code, by), public_id, Q())


def realisation_for_desk(code: str, public_id: UUID, by: Person) -> Realisation:
    """A payment of a programme of her units, struck out or not, by its public id.

    Raises:
        NotVisible: outside of them, or when there is none.
    """
    program = for_desk(code, by)
    found = program.realisations.select_related("pagu", "evidence").filter(public_id=public_id).first()
    if found is None:
        raise NotVisible
    found.program = program
    return found


def indicator_for_desk(code: str, number: int, by: Person) -> Indicator:
    """An indicator of a programme of her units, by its number from 1.

    Raises:
        NotVisible: outside of them, or when there is no such indicator.
    """
    program = for_desk(code, by)
    found = program.indicators.filter(position=number).first()
    if found is None:
        raise NotVisible
    found.program = program
    return found


def picture_for_reader(code: str, public_id: UUID, reader: Somebody) -> UpdatePicture:
    """A picture of an update, by its file's public id.

    Raises:
        NotVisible: where the programme is, or when there is none.
    """
    pictures = UpdatePicture.objects.select_related("file", "update__program").filter(
        update__program=for_reader(code, reader)
    )
    found = pictures.filter(file__public_id=public_id).first()
    if found is None:
        raise NotVisible
    return found


def round_for_desk(code: str, number: int, by: Person) -> Round:
    """A round of rating of a programme of her units, by its number from 1.

    Raises:
        NotVisible: outside of them, or when there is no such round.
    """
    program = for_desk(code, by)
    found = program.rounds.select_related("phase").filter(number=number).first()
    if found is None:
        raise NotVisible
    found.program = program
    return found


def milestone_for_reader(code: str, public_id: UUID, reader: Somebody) -> Milestone:
    """A milestone of a programme whose page this reader may open.

    Raises:
        NotVisible: where the programme is, or when there is none.
    """
    program = for_reader(code, reader)
    found = program.milestones.select_related("office").filter(public_id=public_id).first()
    if found is None:
        raise NotVisible
    found.program = program
    return found


def witness_picture(code: str, public_id: UUID, reader: Somebody) -> StoredFile:
    """The picture of what somebody said of a milestone, by the id of the answer; hidden ones for moderators alone.

    Raises:
        NotVisible: where the programme is, and for hidden and absent ones.
    """
    witnesses = Witness.objects.select_related("picture", "subject__unit")
    of_program = witnesses.filter(milestone__program=for_reader(code, reader), picture__isnull=False)
    found = of_program.filter(public_id=public_id).first()
    if found is None or found.picture is None:
        raise NotVisible
    is_moderator = rights.can(reader, izin.COMMENT_MODERATE, found.subject.unit)
    if found.hidden_at is not None and not is_moderator:
        raise NotVisible
    return found.picture


def witness_to_moderate(public_id: UUID, by: Person) -> Witness:
    """What somebody said of a milestone, shown or hidden, for moderators of its unit.

    Raises:
        NotVisible: outside of her units.
    """
    held = rights.within("subject__unit", rights.paths(by, izin.COMMENT_MODERATE))
    rows = Witness.objects.select_related("milestone__program", "subject__unit", "person", "hidden_reason")
    found = rows.filter(held, public_id=public_id).first()
    if found is None:
        raise NotVisible
    return found


def suggestion_for_desk(public_id: UUID, by: Person) -> Suggestion:
    """A suggested group with at least two proposals she may take up; also one that was closed since, to tell her so.

    Raises:
        NotVisible: for everybody else, and for ids that do not exist.
    """
    found = Suggestion.objects.select_related("program").filter(public_id=public_id).first()
    if found is None or not suggested.is_hers(found, by):
        raise NotVisible
    return found


def proposals_to_link(codes: Sequence[str], by: Person) -> list[Proposal]:
    """The proposals with these codes that she may read and did not write, in the order given.

    Those of other units are left out as if they did not exist; those in other states are found, so that the
    page can say why they can't be taken up.
    """
    parsed = [str(code) for text in codes if (code := read_code(text)) is not None]
    reach = Proposal.objects.filter(proposals.readable_by_staff(by), code__in=parsed).exclude(author=by)
    found = {row.code: row for row in reach.select_related("unit", "executing_unit", "region", "category")}
    return [found[code] for code in dict.fromkeys(parsed) if code in found]


def _milestone(program: Program, public_id: UUID) -> Milestone:
    found = program.milestones.select_related("phase", "office").filter(public_id=public_id).first()
    if found is None:
        raise NotVisible
    found.program = program
    return found


def _evidence(program: Program, public_id: UUID, which: Q) -> Evidence:
    rows = Evidence.objects.select_related("file", "milestone").filter(which, removed_at=None)
    found = rows.filter(milestone__program=program, file__public_id=public_id).first()
    if found is None:
        raise NotVisible
    found.milestone.program = program
    return found


def _document(program: Program, public_id: UUID, which: Q) -> Document:
    documents = program.documents.select_related("file", "phase").filter(which, removed_at=None)
    found = documents.filter(public_id=public_id).first()
    if found is None:
        raise NotVisible
    found.program = program
    return found


def _one(code: str, visible: Q) -> Program:
    parsed = read_code(code)
    found = parsed and Program.objects.select_related(*_WITH).filter(visible, code=str(parsed)).first()
    if not found:
        raise NotVisible
    return found
