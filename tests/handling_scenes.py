"""Proposals brought further by real actions of staff, and what the tests look at afterwards."""

from datetime import date, datetime

from rembuk.accounts.models import Person
from rembuk.audit.models import AuditEntry
from rembuk.engagement.models import Case
from rembuk.notifications.models import Notice
from rembuk.proposals.actions import answer, assess, edit, moderate, refer
from rembuk.proposals.actions.steps import Because
from rembuk.proposals.choices import AssessmentVerdict
from rembuk.proposals.models import Proposal
from rembuk.taxonomy.models import ReasonCode
from rembuk.workunits.models import WorkUnit
from tests import people, scenes
from tests.scenes import Regency

WHY = "Alasan yang cukup panjang untuk dibaca pengusul."


def reason(code: str = "lainnya") -> ReasonCode:
    """A seeded reason code."""
    return ReasonCode.objects.get(code=code)


def because(code: str = "anggaran", text: str = WHY) -> Because:
    """A reason for an official answer."""
    return Because(reason=reason(code), explanation=text)


def referred(
    place: Regency, /, author: Person | None = None, *others: WorkUnit, at: datetime | None = None
) -> Proposal:
    """A proposal under review by the works agency, and perhaps others."""
    found = scenes.published(place, author, at)
    to = refer.Handover(responsible=place.works, others=others)
    refer.refer_proposal(found, to=to, by=people.staff("moderator", place.root), at=at)
    found.refresh_from_db()
    return found


def assessed(place: Regency, /, author: Person | None = None) -> Proposal:
    """A proposal that the works agency has found feasible."""
    found = referred(place, author)
    verdict = AssessmentVerdict.FEASIBLE
    by = people.staff("assessor", place.works)
    assess.record_assessment(found, unit=place.works, verdict=verdict, reason=WHY, by=by)
    found.refresh_from_db()
    return found


def declined(place: Regency, by: Person | None = None, author: Person | None = None) -> Proposal:
    """A proposal answered with «tidak dilanjutkan»."""
    found = referred(place, author)
    answer.decline_proposal(found, because=because(), by=by or people.staff("unit-admin", place.works))
    found.refresh_from_db()
    return found


def objected(place: Regency, first: Person) -> Proposal:
    """A declined proposal whose author has objected."""
    author = people.citizen()
    found = declined(place, first, author)
    edit.object_to_answer(found, by=author, text=WHY)
    found.refresh_from_db()
    return found


def deferred(place: Regency, until: date, at: datetime) -> Proposal:
    """A proposal kept for a later year."""
    found = referred(place, None, at=at)
    by = people.staff("unit-admin", place.works)
    answer.defer_proposal(found, year=until.year, return_on=until, because=because(), by=by, at=at)
    found.refresh_from_db()
    return found


def appealed(place: Regency, first: Person) -> Proposal:
    """A proposal that ``first`` did not publish and whose author has appealed."""
    author = people.citizen()
    found = scenes.submitted(place, author)
    moderate.reject_proposal(found, reason=reason("iklan"), message="Isinya iklan.", by=first)
    edit.appeal_rejection(found, by=author, text=WHY)
    found.refresh_from_db()
    return found


def state_of(proposal: Proposal) -> str:
    """The state as the database has it."""
    return str(Proposal.objects.values_list("state", flat=True).get(pk=proposal.pk))


def open_kinds(proposal: Proposal) -> list[str]:
    """Kinds of cases that still wait."""
    return sorted(
        Case.objects.filter(subject=proposal.subject, closed_at=None).values_list("kind", flat=True)
    )


def told(person: Person) -> list[str]:
    """What stands in somebody's inbox, oldest first."""
    rows = Notice.objects.filter(person_id=person.pk).order_by("pk")
    return list(rows.values_list("event__kind", flat=True))


def trail(proposal: Proposal) -> list[str]:
    """What was done to a proposal, newest first."""
    rows = AuditEntry.objects.filter(target_kind="proposal", target_key=proposal.code).order_by("-id")
    return list(rows.values_list("verb", flat=True))
