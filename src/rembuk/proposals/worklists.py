"""What waits for one staff member: proposals to hand on, to assess, to answer; by her grants, her own never.

The moderation queue itself is ``engagement.selectors.queue``. Not here: public lists (``selectors``).
"""

from django.db.models import Exists, OuterRef, Q, QuerySet

from rembuk.access import permissions as izin
from rembuk.access import rights
from rembuk.accounts.models import Person
from rembuk.proposals.choices import AssessmentVerdict
from rembuk.proposals.models import Assessment, Decision, Disposition, Objection, Proposal
from rembuk.proposals.selectors import HANDING_ON
from rembuk.proposals.states import AWAITS_ANSWER, State


def to_assess(person: Person) -> QuerySet[Disposition]:
    """Dispositions that wait for the telaah of her units."""
    held = rights.paths(person, izin.PROPOSAL_ASSESS)
    waiting = Disposition.objects.filter(rights.within("unit", held), closed_at=None)
    return waiting.filter(proposal__state=State.REVIEWING).exclude(proposal__author=person)


def to_answer(person: Person) -> QuerySet[Proposal]:
    """Proposals without official answer for which a unit of hers is responsible.

    Those she declined herself before an objection wait for somebody else.
    """
    held = rights.paths(person, izin.PROPOSAL_ANSWER)
    in_charge = Disposition.objects.filter(rights.within("unit", held), is_responsible=True)
    answered_first = Objection.objects.filter(kind=Objection.Kind.OBJECTION, first_decided_by=person)
    return (
        Proposal.objects.filter(state__in=AWAITS_ANSWER, pk__in=in_charge.values("proposal"))
        .exclude(author=person)
        .exclude(pk__in=answered_first.values("proposal"))
    )


def to_refer(person: Person) -> QuerySet[Proposal]:
    """Proposals to hand to work units: published and not handed on, or come back as not theirs."""
    held = rights.paths(person, izin.PROPOSAL_REFER)
    in_charge = Disposition.objects.filter(proposal=OuterRef("pk"), is_responsible=True)
    handed_on = Decision.objects.filter(rights.within("office", held), step__in=HANDING_ON)
    fresh = Q(state=State.PUBLISHED) & ~Exists(in_charge) & rights.within("unit", held)
    mine = rights.within("unit", held) | Q(pk__in=handed_on.values("proposal"))
    back = Q(state=State.REVIEWING) & _came_back(in_charge) & mine
    return Proposal.objects.filter(fresh | back)


def _came_back(in_charge: QuerySet[Disposition]) -> Q:
    """The newest telaah of the unit in charge says «bukan wewenang», and nobody was asked since."""
    telaah = Assessment.objects.filter(proposal=OuterRef("pk"), unit=OuterRef("unit"))
    refused = telaah.filter(verdict=AssessmentVerdict.NOT_OURS)
    later = telaah.exclude(verdict=AssessmentVerdict.NOT_OURS)
    return Q(Exists(refused)) & ~Q(Exists(later)) & Q(Exists(in_charge.filter(closed_at__isnull=False)))
