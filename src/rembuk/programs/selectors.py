"""Which programmes, which links, how late, and who stands behind a programme."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.utils.translation import get_language

from rembuk.access import permissions as izin
from rembuk.access import rights
from rembuk.access.rights import Somebody
from rembuk.accounts.models import Person
from rembuk.common import search
from rembuk.common.codes import read_code
from rembuk.common.composed import Composed, Given
from rembuk.engagement.models import Ballot, Follow, Vote
from rembuk.programs import lateness as clock
from rembuk.programs.choices import Extent
from rembuk.programs.lateness import Lateness
from rembuk.programs.models import KindOfPhase, Link, Phase, Program, ProgramEvent
from rembuk.programs.states import PUBLIC, State
from rembuk.proposals import selectors as proposals
from rembuk.proposals.models import Proposal
from rembuk.proposals.states import ADOPT
from rembuk.proposals.states import State as ProposalState

# One already adopted may be taken up by a further programme.
LINKABLE = frozenset({*ADOPT.sources, ProposalState.ADOPTED})

# Thousands may support one proposal: of the most supported of each programme the count is enough, and only the others'
# people are told apart. A vote that belongs to nobody any more (its account was deleted) stays one person.
_BEHIND = """
    WITH linked AS (
        SELECT l.program_id, p.author_id, b.id AS ballot_id,
            coalesce((SELECT t.count FROM engagement_tally t WHERE t.ballot_id = b.id AND t.choice = %(support)s), 0)
            + coalesce((SELECT sum(d.change) FROM engagement_votedelta d
                        WHERE d.ballot_id = b.id AND d.choice = %(support)s), 0)::int AS count
        FROM programs_link l JOIN proposals_proposal p ON p.id = l.proposal_id
        LEFT JOIN engagement_ballot b ON b.subject_id = p.subject_id AND b.kind = %(kind)s
        WHERE l.removed_at IS NULL AND l.program_id = ANY(%(programs)s)
    ), most AS (
        SELECT DISTINCT ON (program_id) program_id, ballot_id, count FROM linked ORDER BY program_id, count DESC, ballot_id
    ), others AS (
        SELECT program_id, author_id AS person FROM linked WHERE author_id IS NOT NULL
        UNION
        SELECT linked.program_id, coalesce(v.voter_id, -v.id) FROM linked JOIN most USING (program_id)
        JOIN engagement_vote v ON v.ballot_id = linked.ballot_id AND v.value = %(support)s
        WHERE linked.ballot_id <> most.ballot_id
    ), told AS (
        SELECT program_id, count(*) AS people FROM others JOIN most USING (program_id)
        WHERE NOT EXISTS (SELECT FROM engagement_vote v WHERE v.ballot_id = most.ballot_id
                          AND v.voter_id = others.person AND v.value = %(support)s)
        GROUP BY program_id
    )
    SELECT program_id, (SELECT count(*) FROM linked WHERE linked.program_id = most.program_id),
        most.count + coalesce(told.people, 0)
    FROM most LEFT JOIN told USING (program_id)
"""


@dataclass(frozen=True, slots=True)
class Behind:
    """Where a programme came from: its proposals, and the different people who wrote or support them."""

    proposals: int = 0
    people: int = 0


@dataclass(frozen=True, slots=True)
class Listeners:
    """How many people are told: authors at once, everybody else in the daily letter."""

    authors: int
    others: int


@dataclass(frozen=True, slots=True)
class ProgramLink:
    """A programme a proposal is taken up by, as the proposal's page tells it."""

    code: str
    title: str
    state: str
    unit: str
    leading_phase: str
    leading_phase_en: str
    extent: str
    sentence: str

    @property
    def path(self) -> str:
        """The public path without language prefix."""
        return f"/program/{self.code}/"

    @property
    def phase_label(self) -> str:
        """The leading phase in the reader's language; empty before there is one."""
        return self.leading_phase_en if get_language() == "en" else self.leading_phase

    @property
    def extent_label(self) -> str:
        """How the proposal is taken up, in the reader's language."""
        return str(Extent(self.extent).label)


def listed() -> QuerySet[Program]:
    """Programmes on public lists and in search, without order."""
    # All of them were published; said so, because drafts come first in the index of the newest.
    return Program.objects.filter(state__in=PUBLIC, published_at__isnull=False)


def readable_by_staff(person: Somebody) -> Q:
    """Programmes a staff member may read whole, drafts among them: those of her units."""
    return rights.covered(person, izin.PROGRAM_READ)


def found_by(text: str) -> Q:
    """Programmes with this code, or with every word of the text."""
    code = read_code(text)
    if code is not None:
        return Q(code=str(code))
    words = search.query(text)
    return Q(search=words) if words is not None else Q(pk__in=[])


def open_to_links(by: Person, text: str = "") -> QuerySet[Program]:
    """Drafts and running programmes she may add proposals to, the last changed first; ``text`` narrows them."""
    held = rights.within("unit", rights.paths(by, izin.PROGRAM_EDIT))
    rows = Program.objects.filter(held, state__in=[State.DRAFT, State.PUBLISHED]).select_related("unit")
    rows = rows.order_by("-changed_at", "-id")
    return rows.filter(found_by(text)) if text.strip() else rows


def active_links(program: Program) -> QuerySet[Link]:
    """The links that stand, oldest first, with their proposals."""
    return program.links.filter(removed_at=None).select_related("proposal").order_by("id")


def public_origins(program: Program) -> QuerySet[Link]:
    """The links everybody may read: those whose proposal has a public page."""
    shown = Proposal.objects.filter(proposals.with_public_page())
    return active_links(program).filter(proposal__in=shown)


def public_events() -> QuerySet[ProgramEvent]:
    """The public history of all public programmes, without order."""
    events = ProgramEvent.objects.filter(program__state__in=PUBLIC)
    return events.select_related("program", "phase", "office", "milestone")


def public_links(proposal: Proposal) -> list[ProgramLink]:
    """The public programmes a proposal is taken up by, in one query; those of drafts never."""
    return _told(_PUBLIC_LINKS.rows(proposal=proposal.pk))


def links_for_desk(proposal: Proposal, by: Person) -> list[ProgramLink]:
    """The programmes a proposal is taken up by, drafts of her own units among them."""
    own = rights.within("program__unit", rights.paths(by, izin.PROGRAM_READ))
    return _told(_links(proposal, Q(program__state__in=PUBLIC) | own))


def _links(proposal: Proposal | Given, visible: Q) -> QuerySet[Link]:
    # The words come along: the kinds, which a process keeps for seconds, would be a statement more.
    words = KindOfPhase.objects.filter(code=OuterRef("program__leading_kind")).values(
        words=JSONObject(name="name", name_en="name_en")
    )
    found = Link.objects.filter(visible, proposal=proposal, removed_at=None)
    return found.annotate(leading=Subquery(words)).select_related("program__unit").order_by("id")


_PUBLIC_LINKS = Composed(lambda: _links(Given("proposal"), Q(program__state__in=PUBLIC)))


def _told(rows: Iterable[Any]) -> list[ProgramLink]:
    return [
        ProgramLink(
            code=row.program.code,
            title=row.program.title,
            state=row.program.state,
            unit=row.program.unit.name,
            leading_phase=row.leading["name"] if row.leading else "",
            leading_phase_en=row.leading["name_en"] if row.leading else "",
            extent=row.extent,
            sentence=row.sentence,
        )
        for row in rows
    ]


def linkable(by: Person, *, among: QuerySet[Proposal] | None = None) -> QuerySet[Proposal]:
    """Proposals she may take into a programme: of her units, in a state that allows it, not her own; ``among`` few, or of all."""
    hers = proposals.in_reach(by) if among is None else proposals.readable_by_staff(by) & Q(pk__in=among)
    found = Proposal.objects.filter(hers, state__in=LINKABLE)
    return found.exclude(author=by).select_related("unit", "region", "category")


def proposals_found_by(text: str) -> Q:
    """Proposals with this code, or with every word of the text; all without a text."""
    if not text.strip():
        return Q()
    code = read_code(text)
    words = search.query(text)
    return Q(code=str(code)) if code is not None else Q(search=words)


def with_card_parts(programs: QuerySet[Program]) -> QuerySet[Program]:
    """The same programmes with what a card shows: unit and phases, in one more query."""
    return programs.select_related("unit").prefetch_related("phases")


def is_taken_up(proposal: Proposal) -> bool:
    """Whether a programme of any state carries the proposal."""
    return (
        Link.objects.filter(proposal=proposal, removed_at=None)
        .exclude(program__state=State.CANCELLED)
        .exists()
    )


def behind(program_ids: Collection[int]) -> dict[int, Behind]:
    """Proposals behind several programmes, and the different people who wrote or support them, each counted once.

    Exact at this moment, in one statement; absent ids have none.
    """
    given: dict[str, Any] = {
        "programs": list(program_ids),
        "kind": Ballot.Kind.SUPPORT,
        "support": Ballot.SUPPORT,
    }
    with connection.cursor() as cursor:
        cursor.execute(_BEHIND, given)
        return {pk: Behind(proposals, people) for pk, proposals, people in cursor.fetchall()}


def lateness(program: Program, today: date, phases: Iterable[Phase] | None = None) -> Lateness:
    """How late a programme and its phases are on a date; ``phases`` saves the query where at hand."""
    return clock.of_program(program, program.phases.all() if phases is None else phases, today)


def audience(
    program: Program, proposals: Collection[int], *, leave_out: Collection[int] = ()
) -> Iterator[int]:
    """Ids of the people who hear of a programme, each once: authors, supporters and followers of these
    proposals (by id), and followers of the programme and its phases. Streamed, not kept in memory.
    """
    return _audience(program, proposals, leave_out).iterator(chunk_size=2000)


def listeners(program: Program) -> Listeners:
    """How many people hear of its publication: authors with an answer, and everybody else; each once."""
    linked = list(active_links(program).values_list("proposal_id", flat=True))
    writers = set(authors(linked).values_list("author_id", flat=True))
    return Listeners(authors=len(writers), others=_audience(program, linked, list(writers)).count())


def _audience(
    program: Program, proposals: Collection[int], leave_out: Collection[int]
) -> QuerySet[Follow, int]:
    followed = (
        Q(subject__proposal__in=proposals)
        | Q(subject=program.subject_id)
        | Q(subject__phase__program=program)
    )
    followers = (
        Follow.objects.filter(followed).exclude(person__in=leave_out).values_list("person_id", flat=True)
    )
    return followers.union(
        supporters(proposals).exclude(voter__in=leave_out).values_list("voter_id", flat=True),
        authors(proposals).exclude(author__in=leave_out).values_list("author_id", flat=True),
    )


def supporters(proposals: Collection[int]) -> QuerySet[Vote]:
    """The supporting votes on these proposals (by id)."""
    return Vote.objects.filter(
        ballot__subject__proposal__in=proposals, ballot__kind=Ballot.Kind.SUPPORT, value=Ballot.SUPPORT
    )


def authors(proposals: Collection[int]) -> QuerySet[Proposal]:
    """The proposals among these (by id) that have an author with an account."""
    return Proposal.objects.filter(pk__in=proposals, author__isnull=False)
