"""What waits for one staff member: proposals to hand on, to assess, to answer; by her grants, her own never.

The moderation queue itself is ``engagement.selectors.queue``. Not here: public lists (``selectors``).
"""

from collections.abc import Callable, Sequence
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from rembuk.access import permissions as izin
from rembuk.access import rights
from rembuk.accounts.models import Person
from rembuk.common.postgresql.asking import exists_row_by_row
from rembuk.engagement.models import Comment
from rembuk.proposals.choices import AssessmentVerdict
from rembuk.proposals.models import Assessment, Decision, Disposition, Objection, Proposal
from rembuk.proposals.selectors import HANDING_ON, readable_by_staff
from rembuk.proposals.states import AWAITS_ANSWER, State
from rembuk.workunits.models import WorkUnit


def to_assess(person: Person) -> QuerySet[Disposition]:
    """Dispositions that wait for the telaah of her units."""
    waiting = Disposition.objects.filter(rights.covered(person, izin.PROPOSAL_ASSESS), closed_at=None)
    return waiting.filter(proposal__state=State.REVIEWING).exclude(proposal__author=person)


def awaits_assessment(person: Person) -> Q:
    """The proposals of ``to_assess``, as a condition on them: a list keeps its own order, and reads no further than it shows."""
    hers = rights.covered(person, izin.PROPOSAL_ASSESS)
    waiting = Disposition.objects.filter(hers, proposal=OuterRef("pk"), closed_at=None)
    return Q(state=State.REVIEWING) & ~Q(author=person) & Q(Exists(waiting))


def units_to_assess(proposal: Proposal, person: Person) -> list[WorkUnit]:
    """The units a proposal was handed to for which this person may record a telaah, the one in charge first.

    The twin of ``rules.may_assess`` in one query.
    """
    if proposal.author_id == person.pk:
        return []
    rows = proposal.dispositions.select_related("unit")
    return [row.unit for row in rows if rights.can(person, izin.PROPOSAL_ASSESS, row.unit)]


def to_answer(person: Person) -> QuerySet[Proposal]:
    """Proposals without official answer for which a unit of hers is responsible.

    Those she declined herself before an objection wait for somebody else.
    """
    return Proposal.objects.filter(awaits_answer(person))


def awaits_answer(person: Person) -> Q:
    """The same as a condition, for lists with an order of their own."""
    hers = rights.covered(person, izin.PROPOSAL_ANSWER)
    in_charge = Disposition.objects.filter(hers, proposal=OuterRef("pk"), is_responsible=True)
    answered_first = Objection.objects.filter(
        proposal=OuterRef("pk"), kind=Objection.Kind.OBJECTION, first_decided_by=person
    )
    waits = Q(state__in=AWAITS_ANSWER) & ~Q(author=person)
    return waits & Q(Exists(in_charge)) & ~Q(Exists(answered_first))


def to_refer(person: Person) -> QuerySet[Proposal]:
    """Proposals to hand to work units: published and not handed on, or come back as not theirs."""
    return Proposal.objects.filter(awaits_referral(person))


def awaits_referral(person: Person) -> Q:
    """The same as a condition, for lists with an order of their own."""
    return reduce(or_, _to_refer(person, exists_row_by_row))


def to_refer_parts(person: Person) -> tuple[QuerySet[Proposal], QuerySet[Proposal]]:
    """The same in two that hold nothing in common: fresh ones, and those that came back. An index serves each of them."""
    fresh, back = _to_refer(person, Exists)
    return Proposal.objects.filter(fresh), Proposal.objects.filter(back)


def _to_refer(person: Person, exists: Callable[[QuerySet[Any]], Any]) -> tuple[Q, Q]:
    in_charge = Disposition.objects.filter(proposal=OuterRef("pk"), is_responsible=True)
    fresh = Q(state=State.PUBLISHED) & ~Q(exists(in_charge))
    back = Q(state=State.REVIEWING) & _came_back(in_charge, exists)
    if rights.can_everywhere(person, izin.PROPOSAL_REFER):
        return fresh, back
    held = rights.paths(person, izin.PROPOSAL_REFER)
    here = rights.within("unit", held)
    handed_on = Decision.objects.filter(
        rights.within("office", held), proposal=OuterRef("pk"), step__in=HANDING_ON
    )
    return fresh & here, back & (here | Q(exists(handed_on)))


def _came_back(in_charge: QuerySet[Disposition], exists: Callable[[QuerySet[Any]], Any]) -> Q:
    """The newest telaah of the unit in charge says «bukan wewenang», and nobody was asked since."""
    # The state is asked here too: whoever reads this table whole then reads what is under review and no more.
    telaah = Assessment.objects.filter(
        proposal=OuterRef("pk"), unit=OuterRef("unit"), proposal__state=State.REVIEWING
    )
    refused = telaah.filter(verdict=AssessmentVerdict.NOT_OURS)
    later = telaah.exclude(verdict=AssessmentVerdict.NOT_OURS)
    closed = in_charge.filter(closed_at__isnull=False)
    return Q(exists(refused)) & ~Q(exists(later)) & Q(exists(closed))


def waiting(person: Person, codes: Sequence[str]) -> QuerySet[Proposal]:
    """Of the proposals with these codes those she may read, in the order they arrived; the action judges each."""
    found = Proposal.objects.filter(readable_by_staff(person), code__in=list(codes))
    return found.select_related("unit", "category", "executing_unit", "target_unit").order_by("id")


def decided_together(mark: UUID, person: Person) -> QuerySet[Decision]:
    """The decisions one person made in one bulk act."""
    found = Decision.objects.filter(bulk=mark, by=person).select_related("proposal", "office", "reason")
    return found.order_by("id")


def record_of(person: Person) -> dict[str, int]:
    """What an author sent so far: in all, published, not published; and comments that were hidden."""
    counts = Proposal.objects.filter(author=person, code__isnull=False).aggregate(
        sent=Count("pk"),
        published=Count("pk", filter=Q(published_at__isnull=False)),
        rejected=Count("pk", filter=Q(state=State.REJECTED)),
    )
    hidden = Comment.objects.filter(author=person, state=Comment.State.HIDDEN).count()
    return {**counts, "hidden_comments": hidden}
